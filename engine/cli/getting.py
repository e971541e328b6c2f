"""`etascope models get`, `search` and `token`: what goes to the network, because it was asked."""

import getpass
import json
import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TypeVar

from tqdm import tqdm  # type: ignore[import-untyped]

from engine.cli.drive import printable, say_all, write
from engine.errors import NetworkError
from engine.hub.child import Child
from engine.hub.curated import offers
from engine.hub.names import MAIN, search_words, token_of, wanted
from engine.hub.talk import (
    Checking,
    Done,
    Found,
    Get,
    KeepToken,
    Progress,
    Report,
    Resolved,
    Search,
    TokenKept,
    Trouble,
    Waiting,
    Wish,
)
from engine.library.vocabulary import COMMIT, REPOSITORY

_FAILED = 1
_HOW_TO_TOKEN = "etascope models token keeps it for you."  # noqa: S105 - a sentence
_Last = TypeVar("_Last", Done, Found, TokenKept)


def get(arguments: Namespace) -> int:
    """Get a model; what breaks off goes on when it is asked for again."""
    asked = wanted(arguments.repository, arguments.revision or _pinned(arguments.repository))
    listener = _Listener(as_json=arguments.json)
    try:
        done = _ask(Get(asked.repository, asked.revision, asked.file), listener, Done)
    except KeyboardInterrupt:
        listener.close()
        say_all(["what has arrived is kept; the same command goes on from there."])
        raise
    finally:
        listener.close()
    write(json.dumps({"event": "done"} | asdict(done)) if arguments.json else _told(done))
    return 0


def _told(done: Done) -> str:
    if not done.id:
        return printable(f"The vocabulary of {done.label} is here: {done.path}")
    return printable(f"{done.label} is on the list: {done.path}") + f"\n  {done.id}"


def search(arguments: Namespace) -> int:
    """List repositories, the most used first."""
    words = search_words(" ".join(arguments.words))
    found = _ask(Search(words), _Listener(as_json=arguments.json), Found)
    for hit in found.hits:
        gated = ", gated" if hit.gated else ""
        plain = f"{hit.repository}  {hit.licence or 'no licence told'}{gated}"
        write(json.dumps(asdict(hit)) if arguments.json else plain)
    if not found.hits:
        say_all([f"nothing on the Hub is called {printable(words)!r}."])
    return 0 if found.hits else _FAILED


def token(arguments: Namespace) -> int:
    """Keep a token in the keyring: it is typed or piped in, never an argument that others see."""
    given = ""
    if not arguments.forget:
        piped = not sys.stdin.isatty()
        given = token_of(sys.stdin.readline() if piped else getpass.getpass("Token: "))
    kept = _ask(KeepToken(given), _Listener(as_json=arguments.json), TokenKept)
    plain = f"The token is kept in {kept.place}." if kept.place else "The token is forgotten."
    write(json.dumps(asdict(kept)) if arguments.json else plain)
    return 0


def _pinned(repository: str) -> str:
    """Return the commit that our own list names for a repository."""
    if "@" in repository:
        return ""
    if repository == REPOSITORY:
        return COMMIT
    return next((one.revision for one in offers() if one.repository == repository), MAIN)


def _ask(wish: Wish, listener: "_Listener", last: type[_Last]) -> _Last:
    """Have it done in a process of its own, and return what came of it. Raises KnownError."""
    with Child(wish) as child:
        for report in child.reports():
            if isinstance(report, last):
                return report
            if isinstance(report, Trouble):
                advice = f"{report.advice} {_HOW_TO_TOKEN}" if report.kind else report.advice
                raise NetworkError(report.message, f"{advice}\n{report.details}".strip())
            listener.hear(report)
    raise RuntimeError("the process said nothing")  # it always does


class _Listener:
    """Turns reports into a bar on stderr, or into JSON lines on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._bar: tqdm | None = None

    def hear(self, report: Report) -> None:
        """Say what a report means."""
        if self._as_json:
            write(json.dumps({"event": type(report).__name__.lower()} | asdict(report)))
            return
        match report:
            case Resolved(repository, commit, licence, total, _, files):
                about = f"{files} files, {total / 1e9:.2f} GB, licence: {licence or 'not told'}"
                say_all([printable(f"{repository} at {commit[:12]}: {about}.")])
                self._bar = tqdm(
                    total=total, unit="B", unit_scale=True, leave=False,
                    disable=not sys.stderr.isatty(),
                )  # fmt: skip
            case Progress(done) if self._bar is not None:
                self._bar.update(done - self._bar.n)
            case Waiting(reason, seconds):
                self._interrupt(f"{reason} Trying again in {seconds:.0f} seconds.")
            case Checking(name) if self._bar is not None:
                self._bar.set_postfix_str(f"checking {printable(name)}")
            case _:
                pass

    def _interrupt(self, sentence: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        say_all([sentence])

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
