"""What the engine says in English, said again in the language of the window.

The engine knows nothing of languages, and its sentences come as they are, with paths and numbers
in them. resources/i18n/engine.txt has all of them with {named} places instead; what fits one of
these is told by its translation, the same values in their places. What fits none stays English.
What speaks of the command line is told as it is done in the window, in every language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from engine.errors import OutOfMemory
from engine.paths import RESOURCES
from gui.words import marked, tr

CONTEXT = "Engine"
SENTENCES = RESOURCES / "i18n" / "engine.txt"

KNOWN_WORDS = 12
"""Letters that a sentence within another must have: fewer might be those of a name or a path."""

OTHERWISE = {
    "Choose another name, or use --force.": marked("Choose another name."),
    "Close other programs, try a smaller size, or use --device cpu.": marked(
        "Close other programs, try a smaller size, or choose the CPU in the settings."
    ),
    "It can be got: etascope models get {repository} --revision {commit}.": marked(
        "It can be got on the page of models (Ctrl+M)."
    ),
    "Get one: etascope models get {repository}.": marked("One can be got from the Hub."),
    'Run "etascope gallery rebuild".': marked(
        "Make the index anew, from the menu beside the galleries."
    ),
    'See "etascope gallery list" for those there are.': marked(
        "Choose one of those at the left of the Gallery view."
    ),
    "Try --dtype float32, or a lower guidance.": marked(
        "Choose float32 in the settings, or a lower guidance."
    ),
    "Use --device auto; the command `doctor` says what there is.": marked(
        "Choose another device in the settings."
    ),
}
"""What the engine advises on the command line, and what is said in the window instead."""

_COMMANDS = re.compile(r"--\w|etascope [a-z]")
_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"[\d.,]+")
_BREAK = re.compile(r"(?<=[.!?]) (?=[A-Z'\"])")


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence of the engine: words, and between them places by `names`."""

    text: str
    words: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def letters(self) -> int:
        return sum(map(len, self.words))

    def values(self, said: str) -> Mapping[str, str] | None:
        """Return what stands in the places of a sentence; None if it is not this one."""
        if not self.names:
            return {} if said == self.text else None
        if not all(words in said for words in self.words):  # most are ruled out by this
            return None
        found = _pattern(self).fullmatch(said)
        return None if found is None else found.groupdict()


@cache
def _pattern(template: Template) -> re.Pattern[str]:
    first, *rest = map(re.escape, template.words)
    pairs = zip(template.names, rest, strict=True)
    return re.compile(first + "".join(f"(?P<{name}>.+){after}" for name, after in pairs), re.DOTALL)


def template(text: str) -> Template:
    """Return how a text with {named} places is known again."""
    pieces = _PLACE.split(text)
    return Template(text, tuple(pieces[::2]), tuple(pieces[1::2]))


@cache
def templates() -> tuple[Template, ...]:
    """Return all of them, the most telling first."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return tuple(sorted(map(template, lines), key=lambda one: (-one.letters, one.text)))


def retold(text: str) -> str:
    """Return what the engine says in the language of the window, or as it is if that is English.

    Several sentences behind one another are told one by one.
    """
    text = in_window(text)
    if not text or not _is_translated():
        return text
    own = tr(text) if text.isprintable() else text  # some problems are the window's own
    told = own if own != text else _retold(text)
    if told is not None:
        return told
    parts = _BREAK.split(text)
    return text if len(parts) == 1 else _joined(parts)


def in_window(text: str) -> str:
    """Return what the engine says without words of the command line, in English still."""
    if not _COMMANDS.search(text):
        return text
    return " ".join(map(_otherwise, _BREAK.split(text)))


def _otherwise(sentence: str) -> str:
    found = _find(sentence)
    return sentence if found is None else OTHERWISE.get(found[0].text, sentence)


def _joined(parts: list[str]) -> str:
    """Retell sentences; one that stays English is followed by a blank, as it needs one."""
    told = [(retold(part), part) for part in parts]
    if all(new == old for new, old in told):
        return " ".join(parts)
    return "".join(new if new != old else f"{old} " for new, old in told).rstrip()


def _is_translated() -> bool:
    known = OutOfMemory().message
    return QCoreApplication.translate(CONTEXT, known) != known


def _retold(text: str) -> str | None:
    found = _find(text)
    if found is None:
        return None
    one, values = found
    said = QCoreApplication.translate(CONTEXT, one.text)
    if said == one.text:
        return None  # not half a sentence in one language and half in another
    return said.format(**{name: _within(value) for name, value in values.items()})


@lru_cache(maxsize=512)
def _find(text: str) -> tuple[Template, Mapping[str, str]] | None:
    for one in templates():
        values = one.values(text)
        if values is not None:
            return one, values
    return None


def _within(value: str) -> str:
    """Return what stands in a place: a reason is retold, a name or a path stays as it is."""
    own = in_window(value)
    if own != value:
        return retold(own)
    found = _find(value)
    if found is None:
        return value
    one, values = found
    telling = one.letters >= KNOWN_WORDS or not one.names
    numbers = all(_NUMBER.fullmatch(inner) for inner in values.values())
    return (_retold(value) or value) if telling or numbers else value
