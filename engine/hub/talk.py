"""What the window or the command line and the process that downloads say to each other.

One JSON object a line. The first line that goes in is the wish; "stop", or the end of the input,
ends the process at once: what has arrived is kept on the disk. What comes out are reports; the
last one is Done, Found, TokenKept or Trouble.
"""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeVar, get_origin, get_type_hints

from engine.errors import KnownError, Problem

STOP = "stop"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to try again.

    `stall` without `trickle` bytes in it counts as cut off; `tries` are those in a row that bring
    nothing new; `longest` is the longest wait that a server may ask for.
    """

    connect: float = 15.0
    stall: float = 25.0
    trickle: int = 32768
    tries: int = 5
    pause: float = 1.0
    longest: float = 90.0


@dataclass(frozen=True, slots=True)
class Get:
    """Get a model: all that is needed of a repository, or one file of it."""

    repository: str
    revision: str = "main"
    file: str = ""
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class Search:
    """Find repositories with diffusion models by words of their names; `most` at most."""

    words: str
    most: int = 20
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class KeepToken:
    """Keep the user's token in the system's keyring; "" forgets it."""

    token: str

    def __repr__(self) -> str:
        return "KeepToken(…)"  # a token is never in a log


@dataclass(frozen=True, slots=True)
class Resolved:
    """What will be got: the commit, its licence, all bytes and those already here."""

    repository: str
    commit: str
    licence: str
    total: int
    have: int
    files: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: bytes, bytes a second lately, and seconds left (-1: not known)."""

    done: int
    total: int
    speed: float
    left: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing comes at the moment: why, and for how many seconds it waits."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Checking:
    """All bytes of a file are here and are compared with their hash."""

    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """The model is on the list: its id, what it is called and where it lies.

    A vocabulary is on no list and has no id; files that have none find it by themselves.
    """

    id: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A repository that was found; `gated`: only for who has agreed to its licence."""

    repository: str
    downloads: int
    licence: str
    gated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, the most used first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class TokenKept:
    """A token is kept in `place`, or forgotten if that is empty."""

    place: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """It could not be done, in words for people; `kind` tells what might be done about it."""

    message: str
    advice: str = ""
    details: str = ""
    kind: Literal["", "token"] = ""

    @property
    def problem(self) -> Problem:
        """The same, ready to be shown."""
        return Problem(self.message, self.advice, self.details)


Wish = Get | Search | KeepToken
Report = Resolved | Progress | Waiting | Checking | Done | Found | TokenKept | Trouble
_WISHES = {kind.__name__: kind for kind in (Get, Search, KeepToken)}
_REPORTS = {
    kind.__name__: kind
    for kind in (Resolved, Progress, Waiting, Checking, Done, Found, TokenKept, Trouble)
}
_INSIDE = {"patience": Patience}
_Kind = TypeVar("_Kind")


def line_of(said: Wish | Report) -> str:
    """Return a wish or a report as one line, with its end."""
    return json.dumps({"say": type(said).__name__} | asdict(said)) + "\n"


def wish_of(line: str) -> Wish:
    """Read a wish. Raises ValueError for a line that is none."""
    wish: Wish = _read(line, _WISHES)
    return wish


def report_of(line: str) -> Report:
    """Read a report. Raises ValueError for a line that is none."""
    report: Report = _read(line, _REPORTS)
    return report


def _read(line: str, kinds: dict[str, type[Any]]) -> Any:
    table = json.loads(line)
    if not isinstance(table, dict) or table.get("say") not in kinds:
        raise ValueError("not a word of ours")
    return _made(kinds[table.pop("say")], table)


def _made(kind: type[_Kind], table: Any) -> _Kind:
    """Return a dataclass of the values in a table. Raises ValueError where they do not fit."""
    hints = get_type_hints(kind)
    if not isinstance(table, dict) or set(table) - {one.name for one in fields(kind)}:  # type: ignore[arg-type]
        raise ValueError("an unknown field")
    values = {name: _value(name, hints[name], value) for name, value in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _value(name: str, hint: Any, value: Any) -> Any:
    if name in _INSIDE and isinstance(value, dict):
        return _made(_INSIDE[name], value)
    if name == "hits" and isinstance(value, list):
        return tuple(_made(Hit, one) for one in value)
    plain = str if get_origin(hint) is Literal else hint
    if plain is float and type(value) is int:
        return float(value)
    if type(value) is not plain:
        raise ValueError(f"{name} is {value!r:.80}")
    return value


def trouble_of(error: KnownError, kind: Literal["", "token"] = "") -> Trouble:
    """Return a known error as it is said across."""
    return Trouble(error.message, error.advice, kind=kind)
