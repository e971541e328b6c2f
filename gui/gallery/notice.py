"""A quiet line over the pictures that says what is being waited for, and goes away by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.described import named
from gui.widgets.floating import Floating

_FROM_ABOVE = theme.MEDIUM


class Notice(Floating):
    """Lies over the top of `host` while it says something."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "notice", "edge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = named(QLabel(), "noticed")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.addWidget(self._words)

    def say(self, sentence: str) -> None:
        """Say something; "" for nothing any more."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        (self.appear if sentence else self.hide)()

    def sentence(self) -> str:
        """Return what is said now, "" for nothing."""
        return "" if self.isHidden() else self._words.text()

    @override
    def place(self) -> None:
        room = self.host.width() - 2 * theme.LARGE
        self._words.setWordWrap(self._words.fontMetrics().horizontalAdvance(self.sentence()) > room)
        wanted = min(self.sizeHint().width(), room)
        height = max(self.heightForWidth(wanted), self.sizeHint().height())
        self.setGeometry((self.host.width() - wanted) // 2, _FROM_ABOVE, wanted, height)
