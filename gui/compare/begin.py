"""What an empty Compare view shows: comparisons to begin with."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from engine.compare.starts import STARTS, Start
from gui import theme
from gui.widgets import Hint, Surface
from gui.widgets.described import described, named

_WIDTH = 380


class Begin(Surface):
    """Offers the starting points; `chosen` carries one."""

    chosen = Signal(Start)

    def __init__(self) -> None:
        super().__init__("canvas")
        self.setObjectName("begin")
        head = QLabel("Compare samplers from the same noise, side by side.")
        hint = Hint("Choose on the left what varies, or begin with one of these.")
        hint.setWordWrap(False)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SMALL)
        column.addStretch()
        column.addWidget(head, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.SMALL)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for number, start in enumerate(STARTS):
            buttons.addWidget(self._button(number, start))
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(buttons)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def _button(self, number: int, start: Start) -> QPushButton:
        button = named(QPushButton(f"{start.name}\n{start.about}"), f"begin-{number}")
        button.setProperty("kind", "example")
        button.setMinimumWidth(_WIDTH)
        button.clicked.connect(partial(self.chosen.emit, start))
        return described(button, start.name, start.about)
