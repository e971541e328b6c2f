"""A prompt's field: weights by Ctrl+Up and Ctrl+Down, brackets tinted, its length said."""

from itertools import takewhile

from PySide6.QtCore import QEvent, QLine, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit
from typing_extensions import override

from engine.wording.chunks import MOST_CHUNKS
from engine.wording.reweigh import STEP, reweigh
from gui import theme
from gui.prompt_reader import Kind, PromptReader, Read, Stretch, Units
from gui.retelling import retold
from gui.widgets import PromptEdit
from gui.widgets.elided import Elided
from gui.words import marked, tr

PAUSE = 150
"""Milliseconds without a key after which what has been typed is read."""
TINT = 0.16
"""How much of its colour the ground of weighted words has."""

_WEIGHING = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}
_CUT = marked("After {chunks} chunks nothing is read: what is struck out has no effect.")
_CHUNKS = marked("The model reads it in chunks of {limit} tokens; thin lines mark where one ends.")


class PromptField(PromptEdit):
    """A prompt that is read a moment after it was edited; `was_read` tells what came of it.

    The recipe calls it by its name, but for "compare-"; fields of one reader that hold the same
    text are told the same.
    """

    was_read = Signal(Read)

    def __init__(self, name: str, placeholder: str, lines: int, reader: PromptReader) -> None:
        super().__init__(name, placeholder, lines)
        self._field = name.removeprefix("compare-").replace("-", "_")
        self._reader = reader
        self._read = Read()
        self._breaks: list[QTextCursor] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self.textChanged.connect(self._pause.start)
        reader.ready.connect(self._look)
        reader.read.connect(self._on_read)
        theme.signals().changed.connect(self._mark)

    def weigh(self, by: float) -> None:
        """Make the selected words, or those at the cursor, stronger by `by`: one step to undo."""
        cursor, text = self.textCursor(), self.text()
        units = Units(text)
        ends = (units.offset(cursor.selectionStart()), units.offset(cursor.selectionEnd()))
        after = reweigh(text, *ends, by)
        if after.text == text:
            return
        _replace(cursor, text, after.text)
        units = Units(after.text)
        cursor.setPosition(units[after.start])
        cursor.setPosition(units[after.end], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_problem(self, problem: str) -> None:
        """Frame it as refused until it has been edited; "" for nothing."""
        self.setAccessibleDescription(problem or self.toolTip())
        if bool(self.property("invalid")) != bool(problem):
            self.setProperty("invalid", bool(problem))
            self.style().polish(self)

    @Slot()
    def _look(self) -> None:
        self._reader.look(self._field, self.text())

    @Slot(str, Read)
    def _on_read(self, field: str, read: Read) -> None:
        if field != self._field or read.text != self.text():
            return
        self._read = read
        self.show_problem(retold(read.problem))
        self._mark()
        self.was_read.emit(read)

    # What is marked; Qt moves it along with the text until that is read again.

    @Slot()
    def _mark(self) -> None:
        shown = self._read.text == self.text() and self.isEnabled()
        stretches = self._read.stretches if shown else ()
        self.setExtraSelections([self._marked(stretch) for stretch in stretches])
        self._breaks = [self._cursor(place) for place in self._read.breaks] if shown else []
        self.viewport().update()

    def _marked(self, stretch: Stretch) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = self._cursor(stretch.start)
        cursor.setPosition(stretch.end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = look_of(stretch.kind)
        return selection

    def _cursor(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return cursor

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.color("edge"), 1, Qt.PenStyle.DotLine))
        for cursor in self._breaks:
            place = self.cursorRect(cursor)
            if self.viewport().rect().intersects(place):
                foot = QPoint(place.left(), place.bottom())
                painter.drawLine(QLine(place.topLeft(), foot))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _WEIGHING.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # arrows on a Mac have it
        if by is not None and held == Qt.KeyboardModifier.ControlModifier:
            self.weigh(by)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._mark()


class TokenCount(Elided):
    """Says how long a prompt is, and what is wrong with it; nothing where there is no knowing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @Slot(Read)
    def show_read(self, read: Read) -> None:
        """Say it."""
        count = read.count
        cut = count is not None and count.chunks > MOST_CHUNKS
        role = "warning" if read.problem or cut else "secondary"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().polish(self)
        if read.problem:
            self.say(read.brief, retold(read.problem))
        else:
            self.say(words_of(read), _more(read))


def words_of(read: Read) -> str:
    """Return the length of a prompt in words: "12 of 75", "81 tokens · 2 chunks"."""
    count = read.count
    if count is None or not count.tokens:
        return ""
    about = "≈ " if read.varies else ""
    if count.chunks == 1:
        return about + tr("{tokens} of {limit}", tokens=count.tokens, limit=count.limit)
    tokens = tr("%n token(s)", n=count.tokens)
    cut = count.chunks > MOST_CHUNKS
    after = tr("end not read") if cut else tr("%n chunk(s)", n=count.chunks)
    return f"{about}{tokens} · {after}"


def look_of(kind: Kind) -> QTextCharFormat:
    """Return how a stretch looks in the colours in force."""
    look = QTextCharFormat()
    if kind == "stronger":
        look.setBackground(tint("accent"))
    elif kind == "weaker":
        look.setBackground(tint("series_3"))
    else:
        look.setForeground(theme.color("secondary"))
        look.setBackground(theme.color("raised"))  # also between words of equal weight
        look.setFontStrikeOut(kind == "unread")
    return look


def tint(token: str) -> QColor:
    """Return a little of a colour on the ground of a field."""
    ground, colour = theme.color("raised"), theme.color(token)
    pairs = zip(ground.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + TINT * (b - a)) for a, b in pairs))


def _more(read: Read) -> str:
    """Return what the tooltip says of a prompt's length beside it."""
    count = read.count
    if count is None or not count.tokens:
        return ""
    said = [tr("How many tokens the model reads; one chunk holds {limit}.", limit=count.limit)]
    if count.chunks > 1:
        said = [tr(_CHUNKS, limit=count.limit)]
    if count.chunks > MOST_CHUNKS:
        said.append(tr(_CUT, chunks=MOST_CHUNKS))
    if read.varies:
        said.append(tr("With wildcards it depends on what is chosen."))
    return "\n".join(said)


def _replace(cursor: QTextCursor, before: str, after: str) -> None:
    """Turn the cursor's document from one text into another, in one step, where they differ."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    units = Units(before)
    cursor.beginEditBlock()
    cursor.setPosition(units[head])
    cursor.setPosition(units[len(before) - tail], QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(after[head : len(after) - tail])
    cursor.endEditBlock()


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
