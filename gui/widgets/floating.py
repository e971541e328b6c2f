"""A panel that lies over another widget, so that nothing moves when it comes and goes."""

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
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
        self._before: QWidget | None = None
        self.hide()
        host.installEventFilter(self)

    def place(self) -> None:
        """Take its place over the host."""
        raise NotImplementedError

    def appear(self) -> None:
        """Show itself on top."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        self.show()
        self.raise_()
        self.place()

    def put_away(self) -> None:
        """Hide, and give the keys back to who had them before."""
        focus = QApplication.focusWidget()
        mine = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if mine and self._before is not None and isValid(self._before):
            self._before.setFocus()

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
