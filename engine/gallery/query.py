"""What people type to find pictures, as terms; whatever is not understood is said, never raised.

    red boat "quoted phrase" -moon sampler:ddim,plms eta>0.3 steps:10..20 seed:7 model:starter
    after:2026-01-01 rating>=4 is:favourite tag:sea gallery:"My boats" width>=128 sort:oldest
    eta:none steps:..20 on:2026-01..2026-03

All terms must hold; a minus turns one round. Words look for the prompt and may be the beginning of
one there; Chinese is found anywhere.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.gallery.findings import shown
from engine.gallery.names import known_sampler, known_schedule
from engine.gallery.words import split
from engine.menu import menu
from engine.recipe import SEED_COUNT

Value = str | int | float

SORTS = ("newest", "oldest", "rating")
STATES = ("favourite", "rated", "tagged", "grid", "cell", "partial", "broken")
MOST_TERMS = 50
"""Terms of a query that are looked at."""
_LONGEST = 20_000
"""Characters of a query that are looked at."""
_LONGEST_VALUE = 1000
"""Characters of a name that are looked for; none is as long."""
_MOST_MODELS = 400
"""Models of a name that are looked for."""
_NONE = "none"

WORDS = ("prompt", "negative")
TEXTS = ("sampler", "schedule", "model", "gallery", "tool", "tag", "name", "device", "dtype")
NUMBERS = ("steps", "eta", "guidance", "seed", "width", "height", "rating")
TOLD = "told"
"""The key of a term whose values are numbers that pictures tell at all; nobody can type it."""
_DATES = ("after", "before", "on")
_KEYS = {*WORDS, *TEXTS, *NUMBERS, *_DATES, "is", "sort"}
_OTHER_NAMES = {
    "cfg": "guidance",
    "since": "after",
    "until": "before",
    "date": "on",
    "made": "on",
    "tags": "tag",
    "file": "name",
    "stars": "rating",
    "without": "negative",
}
_OTHER_STATES = {"favorite": "favourite", "starred": "favourite", "fav": "favourite"}

# A blank may stand round < > = after a number's name, as people write it; never round a colon. A
# colon may stand before them there, as others have it; that of a text is followed by any text.
_NUMBER_NAME = "|".join([*NUMBERS, "cfg", "stars"])
_TERM = re.compile(
    rf"(?P<minus>-?)"
    rf"(?:(?P<number>{_NUMBER_NAME})(?:[ \t]|[:：])?(?P<compare>>=|<=|!=|=|>|<)[ \t]?"
    rf"|(?P<key>[^\W\d_]\w{{0,30}})(?P<op>[:：]|>=|<=|!=|=|>|<))?"
    rf'(?:["“”„](?P<quoted>[^"“”„]*)["“”„]?|(?P<plain>[^\s"“”„]*))',
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `key` of the words, texts, numbers or states above, TOLD or "made".

    `op` is one of = > < >= <= and ".." (two values, both included); with = one of `values` must
    fit. "made" is in microseconds since 1970. Where `phrase`, words are meant exactly. `ids` are
    of models that fit as well, by what they are called.
    """

    key: str
    op: str
    values: tuple[Value, ...]
    negated: bool = False
    phrase: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `notes` says in sentences what of the text was not understood."""

    terms: tuple[Term, ...] = ()
    sort: str = "newest"
    notes: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Make sense of what was typed. Never raises, whatever it is."""
    reader = _Reader()
    for found in _TERM.finditer(text[:_LONGEST]):
        if len(reader.terms) + len(reader.notes) >= MOST_TERMS:
            reader.notes.append(f"Only the first {MOST_TERMS} words and terms were looked for.")
            break
        reader.read(found)
    return Query(tuple(reader.terms), reader.sort, tuple(dict.fromkeys(reader.notes)))


def by_names(query: Query, names: Callable[[], Mapping[str, str]]) -> Query:
    """Return a query that finds models also by what people call them.

    `names` tells that by their ids; it is asked only where a model is looked for.
    """
    if not any(term.key == "model" for term in query.terms):
        return query
    known = {model: _bare(name) for model, name in names().items()}
    terms = (_called(term, known) if term.key == "model" else term for term in query.terms)
    return replace(query, terms=tuple(terms))


def _called(term: Term, known: Mapping[str, str]) -> Term:
    wanted = [_bare(str(value)) for value in term.values]
    ids = (model for model, name in known.items() if any(one in name for one in wanted))
    return replace(term, ids=tuple(ids)[:_MOST_MODELS])


def _bare(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def written(key: str, value: Value) -> str:
    """Return the term that finds a value, as one would type it: a filter by click."""
    text = re.sub(r'[\s"“”„]+', " ", str(value)).strip()
    plain = text and not re.search(r"^[<>=!]|[\s,，]|\.\.", text)
    return f"{key}:{text}" if plain else f'{key}:"{text}"'


class _Reader:
    """Collects the terms of one text."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.notes: list[str] = []
        self.sort = "newest"

    def read(self, found: re.Match[str]) -> None:
        typed = found["number"] or found["key"] or ""
        quoted = found["quoted"] is not None
        text = found["quoted"] if quoted else found["plain"]
        negated = bool(found["minus"])
        key = _OTHER_NAMES.get(typed.casefold(), typed.casefold())
        if not typed:
            self._words("prompt", text, negated=negated, phrase=quoted)
        elif key not in _KEYS:
            self._unknown(found, negated=negated)
        elif not text.strip():
            self.notes.append(f"Nothing is named after {typed}: it was left out.")
        else:
            op = found["compare"] or found["op"].replace("：", ":")
            self._typed(key, op, _Given(text, quoted=quoted, negated=negated))

    def _unknown(self, found: re.Match[str], *, negated: bool) -> None:
        """Look for text that only looked like a term, say a time of day or a weight."""
        text = found[0][len(found["minus"]) :]
        self.notes.append(f"There is no term {shown(found['key'])}; its text was looked for.")
        self._words("prompt", text, negated=negated, phrase=False)

    def _words(self, key: str, text: str, *, negated: bool, phrase: bool) -> None:
        if split(text):
            self.terms.append(Term(key, "=", (text,), negated, phrase))
        elif text.strip():
            self.notes.append(f"There is no word in {shown(text)} to look for.")

    def _typed(self, key: str, op: str, given: "_Given") -> None:
        if op == "!=":
            op, given = "=", _Given(given.text, quoted=given.quoted, negated=not given.negated)
        op = op.replace(":", "=")
        if key in NUMBERS:
            self._number(key, op, given)
        elif op != "=":
            self.notes.append(f"{key} cannot be compared with {op}; it was left out.")
        elif key in WORDS:
            self._words(key, given.text, negated=given.negated, phrase=given.quoted)
        elif key in _DATES:
            self._date(key, given)
        elif key == "sort":
            self._sort(given.text.casefold())
        elif key == "is":
            self._state(given)
        else:
            values = tuple(_named(key, part) for part in given.parts)
            self._add(Term(key, "=", values, given.negated))

    def _add(self, term: Term) -> None:
        if term.values:
            self.terms.append(term)

    def _number(self, key: str, op: str, given: "_Given") -> None:
        if op == "=" and given.text.casefold() == _NONE:
            self._none(key, given)
            return
        if op == "=" and ".." in given.text:
            op, values = _between(key, *given.text.split("..", 1))
            good = bool(values)
        else:
            read = [_numeral(key, part) for part in given.parts]
            values = tuple(value for value in read if value is not None)
            good = len(values) == len(read) > 0 and (op == "=" or len(values) == 1)
        if good:
            self._add(Term(key, op, values, given.negated))
        else:
            self.notes.append(f"{key} is a number, not {shown(given.text)}; it was left out.")

    def _none(self, key: str, given: "_Given") -> None:
        """Look for what tells no such number: an eta, of samplers that have none."""
        if key == "rating":
            self._add(Term(key, "=", (0,), given.negated))
        else:
            self._add(Term(TOLD, "=", (key,), not given.negated))

    def _date(self, key: str, given: "_Given") -> None:
        begin, dots, end = given.text.partition("..")
        span = _from_to(begin, end) if dots and key == "on" else _span(given.text)
        if span is None:
            self.notes.append(f"{shown(given.text)} is no day; write one as 2026-01-31.")
            return
        first, past = span
        op, values = {
            "after": (">=", (first,)),
            "before": ("<", (first,)),
            "on": ("..", (first, past - 1)),
        }[key]
        self._add(Term("made", op, values, given.negated))

    def _sort(self, name: str) -> None:
        if name in SORTS:
            self.sort = name
        else:
            self.notes.append(f"Pictures are sorted by {', '.join(SORTS)}, not by {shown(name)}.")

    def _state(self, given: "_Given") -> None:
        names = [_OTHER_STATES.get(part.casefold(), part.casefold()) for part in given.parts]
        known = tuple(name for name in names if name in STATES)
        for name in set(names) - set(known):
            self.notes.append(f"A picture is {', '.join(STATES)}, not {shown(name)}.")
        self._add(Term("is", "=", known, given.negated))


@dataclass(frozen=True, slots=True)
class _Given:
    """What stands after a term's operator."""

    text: str
    quoted: bool
    negated: bool

    @property
    def parts(self) -> list[str]:
        """The alternatives: those of a list with commas, unless it is quoted."""
        parts = [self.text] if self.quoted else re.split("[,，]", self.text)
        return [part.strip()[:_LONGEST_VALUE] for part in parts if part.strip()][:MOST_TERMS]


def _named(key: str, text: str) -> str:
    """Return a sampler or schedule by our name for it, however it is called; others as typed."""
    folded = text.casefold()
    if key == "sampler":
        return folded if folded in menu() else known_sampler(text)[0] or folded
    if key == "schedule":
        return known_schedule(text) or folded
    return text


def _numeral(key: str, text: str) -> int | float | None:
    """Return the number, whole if it can be; None if it is none or has no end."""
    try:
        number: int | float = int(text[:40])
    except ValueError:
        try:
            number = float(text[:400])
        except ValueError:
            return None
        if not math.isfinite(number):
            return None
    if key == "seed":
        return min(max(math.floor(number), -1), SEED_COUNT)
    return number if abs(number) < 2**53 else float(number)


def _between(key: str, begin: str, end: str) -> tuple[str, tuple[int | float, ...]]:
    """Return operator and values of a range, whichever end is the higher; one may be left open."""
    low, high = _numeral(key, begin), _numeral(key, end)
    if low is not None and high is not None:
        return "..", tuple(sorted((low, high)))
    if low is not None and not end.strip():
        return ">=", (low,)
    return ("<=", (high,)) if high is not None and not begin.strip() else ("..", ())


def _from_to(begin: str, end: str) -> tuple[int, int] | None:
    """Return when the first of two days, months or years begins, and when the last is over."""
    spans = [span for part in (begin, end) if (span := _span(part))]
    return (min(spans)[0], max(spans)[1]) if len(spans) == 2 else None


def _span(text: str) -> tuple[int, int] | None:
    """Return when a year, month or day begins here, and when the next does, in microseconds."""
    found = _DAY.fullmatch(text.strip().replace("/", "-"))
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    first = _moment(year, month or 1, day or 1)
    ends = [(year, month, day + 1)] * bool(day) + [(year, month + 1, 1)] * bool(month)
    past = next((end for one in [*ends, (year + 1, 1, 1)] if (end := _moment(*one))), None)
    return None if first is None or past is None else (first, past)


def _moment(year: int, month: int, day: int) -> int | None:
    try:
        return int(datetime(year, month, day).astimezone().timestamp()) * 10**6
    except (ValueError, OverflowError, OSError):
        return None
