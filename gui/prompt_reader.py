"""How a prompt is read: its tokens counted, its brackets and its end found, in another thread."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, QThreadPool, Signal

from engine.errors import BadSetting, KnownError
from engine.library import find
from engine.library.embeddings import vectors_in
from engine.library.extras import LORA, has
from engine.wording.tags import blanked, lora_tags, places
from engine.wording.weights import LEAST_WEIGHT, MOST_WEIGHT, check_weights, marks, parse
from engine.wording.wildcards import expand
from gui.words import tr

if TYPE_CHECKING:
    from engine.counting import Count, Counter

MOST_STRETCHES = 300
"""Further ones are not tinted: painting them at each blink of the cursor would be felt."""
LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for a prompt being read."""

Kind = Literal["stronger", "weaker", "bracket", "unread"]

_log = logging.getLogger(__name__)


class Stretch(NamedTuple):
    """A part of a prompt that is marked: from `start` up to `end`, in Qt's UTF-16 units."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """How the text of a field is read.

    `count` is None while the checkpoint's vocabulary is not known; with wildcards it `varies`, and
    is that of one choice. `breaks` are where a chunk ends and another begins, in UTF-16 units.
    `problem` says what is wrong with it, "" for nothing, and `brief` the same in a few words.
    """

    text: str = ""
    count: "Count | None" = None
    varies: bool = False
    stretches: tuple[Stretch, ...] = ()
    breaks: tuple[int, ...] = ()
    problem: str = ""
    brief: str = ""


class PromptReader(QObject):
    """Reads prompts in other threads; `read` has the field's name and what came of it.

    `ready` is emitted when another checkpoint's vocabulary has been read, or could not be. It
    has no parent: it outlives the fields, and what is still being read does no harm.
    """

    read = Signal(str, Read)
    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = ""
        self._counter: Counter | None = None
        self._workers = QThreadPool()
        self._workers.setMaxThreadCount(2)  # brackets need not wait for a vocabulary

    def use(self, model: str) -> None:
        """Count as the encoder of this checkpoint does from now on."""
        self._model, self._counter = model, None
        self._workers.start(partial(self._use, model))

    def look(self, field: str, text: str) -> None:
        """Have a text read; `read` follows."""
        self._workers.start(partial(self._look, field, text))

    def close(self) -> bool:
        """Drop what has not been read; return whether nothing is being read any more."""
        self._workers.clear()
        return self._workers.waitForDone(LONGEST_GOODBYE)

    # In the workers' threads.

    def _use(self, model: str) -> None:
        from engine.counting import Counter  # its tokenizers would hold up the window's start

        counter = None
        try:
            vocabulary = find(model).plan().vocabularies[0]
            counter = Counter(vocabulary.folder, vocabulary.pad)
        except (KnownError, OSError) as error:
            _log.info("tokens are not counted: %s", error)
        if model == self._model:  # and no other is wanted by now
            self._counter = counter
            self.ready.emit()

    def _look(self, field: str, text: str) -> None:
        self.read.emit(field, read_prompt(field, text, self._counter))


def read_prompt(field: str, text: str, counter: "Counter | None" = None) -> Read:
    """Return how `text` is read as the recipe's `field`; without a counter, uncounted."""
    chosen = expand(text, 0, field)
    count = None if counter is None else counter.count(chosen, vectors_in(chosen))
    if count is not None and chosen != text:
        count = replace(count, breaks=())  # they are places in a text that is not shown
    cut = count.cut if count is not None and chosen == text else None
    units = Units(text)
    stretches = (Stretch(kind, units[a], units[b]) for kind, a, b in _stretches(text, cut))
    return Read(
        text,
        count,
        chosen != text,
        tuple(islice(stretches, MOST_STRETCHES)),
        () if count is None else tuple(units[place] for place in count.breaks),
        *_problem(field, text),
    )


class Units:
    """Offsets in a text as Qt counts them: in UTF-16, where some characters are two."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, letter in enumerate(text) if ord(letter) > 0xFFFF]

    def __getitem__(self, offset: int) -> int:
        """Return Qt's offset for Python's."""
        return offset + sum(1 for place in self._wide if place < offset)

    def offset(self, unit: int) -> int:
        """Return Python's offset for Qt's."""
        for place in self._wide:
            if place >= unit - 1:
                break
            unit -= 1
        return unit


def _stretches(text: str, cut: int | None) -> Iterator[Stretch]:
    """Yield what is to be marked, in Python's offsets; what comes first is painted below."""
    end = len(text) if cut is None else cut
    if end < len(text):
        yield Stretch("unread", end, len(text))
    for start, behind in places(text):
        yield Stretch("bracket", start, min(behind, end))
    words = blanked(text)
    for piece in parse(words):
        if piece.weight != 1 and piece.start < end:
            kind: Kind = "stronger" if piece.weight > 1 else "weaker"
            yield Stretch(kind, piece.start, min(piece.end, end))
    for mark in marks(words):
        if mark.kind != "text" and mark.end <= end:
            yield Stretch("bracket", mark.start, mark.end)


def _problem(field: str, text: str) -> tuple[str, str]:
    try:
        tags = lora_tags(field, text)
    except BadSetting as error:
        return error.message, tr("A LoRA that cannot be")
    try:
        check_weights(field, blanked(text))
    except BadSetting as error:
        least, most = f"{LEAST_WEIGHT:g}", f"{MOST_WEIGHT:g}"
        return error.message, tr("Weights go from {least} to {most}", least=least, most=most)
    lacking = next((tag.name for tag in tags if not has(LORA, tag.name)), None)
    if lacking is None:
        return "", ""
    return tr("There is no LoRA “{name}” here.", name=lacking), tr("No such LoRA")
