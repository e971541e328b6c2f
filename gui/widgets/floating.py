"""A panel that lies over another widget, so that nothing moves when it comes and goes."""

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from gui import theme


class Floating(QWidget):
    """Hidden at first; placed anew, by `place`, whenever its `host` changes its size.

    `edge` names the colour of its frame.
    """

    def __init__(self, host: QWidget, name: str, edge: str) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self.host = host
        self._edge = edge
        self.hide()
        host.installEventFilter(self)

    def place(self) -> None:
        """Take its place over the host."""
        raise NotImplementedError

    def appear(self) -> None:
        """Show itself on top."""
        self.show()
        self.raise_()
        self.place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("raised"))
        painter.setPen(theme.color(self._edge))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.CORNER, theme.CORNER)
