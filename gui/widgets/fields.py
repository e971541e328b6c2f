"""Numbers to set: a field that refuses visibly, and the row of label, slider and field."""

from typing import Unpack

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontInfo, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from gui import theme
from gui.widgets.scaled import line_height
from gui.widgets.slider import ThinSlider
from gui.widgets.span import Limits, Span
from gui.words import tr

_ROOMY = 15
"""Ems of width from which on label, slider and field stand side by side."""
NONE = "–"
"""Shown for a number that cannot apply."""


def set_invalid(edit: QLineEdit, problem: str) -> None:
    """Mark a field as refused and say why, or clear the mark."""
    edit.setAccessibleDescription(problem)
    if bool(edit.property("invalid")) != bool(problem):
        edit.setProperty("invalid", bool(problem))
        edit.style().polish(edit)
        QToolTip.hideText()
    if problem:
        QToolTip.showText(edit.mapToGlobal(QPoint(0, edit.height())), problem, edit)


class NumberEdit(QLineEdit):
    """A number in a field. What is out of range is refused in sight.

    Left so, it goes back to what it was before it was edited: what had been typed of 2000 until it
    was refused was never meant.
    """

    edited = Signal(float)

    def __init__(self, name: str, label: str, span: Span) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._span = span
        self._number = self._before = span.lowest
        self._problem = tr("{label}: {span}.", label=label, span=span.words)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._take)
        self.show_number(span.lowest)

    @property
    def number(self) -> float:
        """The last number that was accepted."""
        return self._number

    def show_number(self, number: float) -> None:
        """Show what is accepted; while the field is greyed, that there is none."""
        self._number = self._before = number
        set_invalid(self, "")
        self.setText(self._span.shown(number) if self.isEnabled() else NONE)
        self.setCursorPosition(len(self.text()))

    def problem(self) -> str:
        """Say what is wrong with the text being typed; empty if nothing is."""
        return self._problem if self.property("invalid") else ""

    def _take(self, text: str) -> None:
        number = self._span.parsed(text)
        set_invalid(self, self._problem if number is None else "")
        if number is not None and number != self._number:
            self._number = number
            self.edited.emit(number)

    def _move(self, by: float) -> None:
        number = self._span.clamped(self._number + by)
        changed = number != self._number
        self.show_number(number)
        if changed:
            self.edited.emit(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, page = self._span.step, self._span.page
        moves = {
            Qt.Key.Key_Up: step,
            Qt.Key.Key_Down: -step,
            Qt.Key.Key_PageUp: page,
            Qt.Key.Key_PageDown: -page,
        }
        by = moves.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._move(by)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        typed = self._number
        self.show_number(self._before if self.problem() else typed)
        if self._number != typed:
            self.edited.emit(self._number)

    @override
    def sizeHint(self) -> QSize:
        longest = max(
            (self._span.shown(x) for x in (self._span.lowest, self._span.highest)), key=len
        )
        room = QFontMetrics(self.font()).horizontalAdvance("0" * max(4, len(longest)))
        return QSize(room + 2 * 12, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class RowLabel(QLabel):
    """A row's label; at least as wide as "Guidance", so that sliders stand in one line."""

    @override
    def sizeHint(self) -> QSize:
        least = QFontMetrics(self.font()).horizontalAdvance(tr("Guidance")) + theme.SMALL
        return super().sizeHint().expandedTo(QSize(least, 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class NumberRow(QWidget):
    """A label, a thin slider and a field. Where it cannot apply it says why instead."""

    changed = Signal(float)

    def __init__(self, label: str, name: str, **limits: Unpack[Limits]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._span = Span(**limits)
        self._help = tr("{label}, {span}.", label=label, span=self._span.words)
        self._label = RowLabel(label)
        self._slider = ThinSlider(f"{name}-slider", label, self._span)
        self._edit = NumberEdit(f"{name}-field", label, self._span)
        self._reason = QLabel()
        self._reason.setProperty("role", "secondary")
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(ThinSlider.RADIUS, 0, 0, 0)
        self._lay_out()
        self.set_help(self._help)
        self._slider.valueChanged.connect(self._slid)
        self._edit.edited.connect(self._typed)

    def _lay_out(self) -> None:
        self._middle = QStackedLayout()
        self._middle.addWidget(self._slider)
        self._middle.addWidget(self._reason)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(theme.TINY)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._edit, 0, 2)
        self._folded = False
        self._grid.addLayout(self._middle, 0, 1)
        self._keep_room()
        self._label.setBuddy(self._edit)
        self.setFocusProxy(self._edit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the slider on a line of its own where the type leaves it too little room."""
        super().resizeEvent(event)
        folded = self.width() < _ROOMY * QFontInfo(self.font()).pixelSize()
        if folded != self._folded:
            self._folded = folded
            self._grid.removeItem(self._middle)
            self._grid.addLayout(self._middle, *((1, 0, 1, 3) if folded else (0, 1)))
            self._keep_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_room()

    def _keep_room(self) -> None:
        """Be high enough for a reason of two lines: nothing is to move when one is shown."""
        self._grid.setRowMinimumHeight(0, 0 if self._folded else 2 * line_height(self))

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than it takes folded."""
        ends = self._label.minimumSizeHint().width() + self._edit.minimumSizeHint().width()
        width = max(ends + theme.SMALL, self._middle.minimumSize().width())
        return QSize(width, super().minimumSizeHint().height())

    def value(self) -> float:
        return self._edit.number

    def set_value(self, value: float) -> None:
        """Show `value`; one outside the span is brought to its nearest end."""
        value = self._span.clamped(value)
        changed = value != self._edit.number
        self._edit.show_number(value)
        self._slider.show_number(value)
        if changed:
            self.changed.emit(value)

    def problem(self) -> str:
        """Say what is wrong with the text being typed; empty if nothing is."""
        return self._edit.problem()

    def set_help(self, text: str) -> None:
        """Explain the setting in plain words, in its tooltips."""
        self._help = text
        for part in (self, self._label, self._slider, self._edit):
            part.setToolTip(text)

    def set_available(self, ok: bool, reason: str = "") -> None:
        """Let it be set, or grey it in its place and show the reason."""
        self._reason.setText(reason)
        self._middle.setCurrentIndex(0 if ok else 1)
        self._slider.setEnabled(ok)
        self._edit.setEnabled(ok)
        self._label.setEnabled(ok)
        self._edit.show_number(self._edit.number)
        for part in (self, self._label, self._edit):
            part.setToolTip(self._help if ok else reason)
        self._edit.setAccessibleDescription("" if ok else reason)

    def _slid(self) -> None:
        number = self._slider.number()
        self._edit.show_number(number)
        self.changed.emit(number)

    def _typed(self, number: float) -> None:
        self._slider.show_number(number)
        self.changed.emit(number)


class CountField(NumberEdit):
    """A small whole number, 1 to 1000, without a label of its own."""

    changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, tr("Count"), Span(1, 1000, 1, 0))
        self.setToolTip(tr("How many pictures to make, with seeds that follow one another."))
        self.edited.connect(lambda number: self.changed.emit(int(number)))

    def value(self) -> int:
        return int(self.number)

    def set_value(self, value: int) -> None:
        changed = value != self.value()
        self.show_number(min(1000, max(1, value)))
        if changed:
            self.changed.emit(self.value())
