"""Labels and values in two columns; a value is cut where there is no room, and whole in its tip."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui import theme
from gui.gallery.said import Line
from gui.widgets.elided import Elided


class Facts(QWidget):
    """Shows lines; the widgets of those that were there before are used again."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines: list[tuple[Elided, Elided]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        while len(self._lines) < len(lines):
            self._add()
        for number, (label, value) in enumerate(self._lines):
            there = number < len(lines)
            label.setVisible(there)
            value.setVisible(there)
            if there:
                label.say(lines[number][0])
                value.say(" ".join(lines[number][1].split()))
        self.setAccessibleName("; ".join(f"{label}: {value}" for label, value in lines[:40]))

    def lines(self) -> dict[str, str]:
        """Return what is shown, by its labels."""
        shown = [pair for pair in self._lines if not pair[0].isHidden()]
        return {label.sentence(): value.sentence() for label, value in shown}

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
