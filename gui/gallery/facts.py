"""Labels and values in two columns; a value is cut where there is no room, and whole in its tip."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget
from typing_extensions import override

from gui import theme
from gui.gallery.said import Line, cut
from gui.widgets.described import named
from gui.widgets.elided import Elided
from gui.widgets.menus import add_line
from gui.words import tr

_LONGEST = 300
"""Characters of a value that are shown; all of it is copied."""


class Facts(QWidget):
    """Shows lines, of which each can be copied by a right click.

    The widgets of those that were there before are used again.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines: list[tuple[Elided, Elided]] = []
        self._told: Sequence[Line] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._told = tuple(lines)
        while len(self._lines) < len(lines):
            self._add()
        for number, (label, value) in enumerate(self._lines):
            there = number < len(lines)
            label.setVisible(there)
            value.setVisible(there)
            if there:
                label.say(lines[number][0])
                value.say(" ".join(cut(lines[number][1], _LONGEST).split()))
        self.setAccessibleName("; ".join(f"{label}: {value}" for label, value in lines[:40]))

    def told(self) -> Sequence[Line]:
        """Return the lines as they were given, none of them cut."""
        return self._told

    def lines(self) -> dict[str, str]:
        """Return what is shown, by its labels."""
        shown = [pair for pair in self._lines if not pair[0].isHidden()]
        return {label.sentence(): value.sentence() for label, value in shown}

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the line under the mouse, or all of them."""
        menu = named(QMenu(self), "facts-menu")
        for number, pair in enumerate(self._lines[: len(self._told)]):
            top, bottom = pair[0].geometry().top(), pair[1].geometry().bottom()
            if top <= event.pos().y() <= bottom:
                label, value = self._told[number]
                add_line(menu, tr("Copy {label}", label=label), partial(_copy, value))
        everything = "\n".join(f"{label}: {value}" for label, value in self._told)
        add_line(menu, tr("Copy all of these lines"), partial(_copy, everything))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _add(self) -> None:
        number = len(self._lines)
        label, value = Elided(f"fact-{number}", asks=True), Elided(f"value-{number}")
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setProperty("role", "")
        for part in (label, value):
            part.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(label, number, 0)
        self._grid.addWidget(value, number, 1)
        self._lines.append((label, value))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
