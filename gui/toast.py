"""A line over the picture that says what was done, and lets it be undone."""

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.described import described, named

_FROM_BELOW = 24


class Toast(QWidget):
    """Lies over the bottom of `host` while it says something."""

    undo = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self._host = host
        self._words = named(QLabel(), "done")
        self.button = named(QPushButton("Undo"), "undo")
        described(self.button, "Undo", "Take it back (Ctrl+Z).")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self._words)
        row.addWidget(self.button)
        self.hide()
        host.installEventFilter(self)

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._place()

    def sentence(self) -> str:
        """Return what is said now, "" for nothing."""
        return "" if self.isHidden() else self._words.text()

    def _place(self) -> None:
        self.adjustSize()
        width = min(self.width(), self._host.width() - 2 * theme.LARGE)
        left = (self._host.width() - width) // 2
        top = self._host.height() - self.height() - _FROM_BELOW
        self.setGeometry(left, top, width, self.height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("raised"))
        painter.setPen(theme.color("edge"))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.CORNER, theme.CORNER)
