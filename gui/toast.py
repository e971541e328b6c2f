"""A line over the picture that says what was done, and lets it be undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.widgets.floating import Floating
from gui.words import tr

_FROM_BELOW = 24


class Toast(Floating):
    """Lies over the bottom of `host` while it says something."""

    undo = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "toast", "edge")
        self._words = Elided("done", asks=True)
        self._words.setProperty("role", "")
        self.button = named(QPushButton(tr("Undo")), "undo")
        described(self.button, tr("Undo"), tr("Take it back (Ctrl+Z)."))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self._words)
        row.addWidget(self.button)

    def say(self, sentence: str) -> None:
        self._words.say(sentence)
        self.setAccessibleName(sentence)
        self.appear()

    def sentence(self) -> str:
        """Return what is said now, "" for nothing."""
        return "" if self.isHidden() else self._words.sentence()

    @override
    def place(self) -> None:
        self.adjustSize()
        width = min(self.width(), self.host.width() - 2 * theme.LARGE)
        left = (self.host.width() - width) // 2
        top = self.host.height() - self.height() - _FROM_BELOW
        self.setGeometry(left, top, width, self.height())
