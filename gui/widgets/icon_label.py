"""An icon to look at, in the colours of whichever theme is in force."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from gui import theme


class IconLabel(QWidget):
    """Paints the icon anew each time, so that it follows the theme and the screen's sharpness.

    `side` is in pixels beside type of the least size; larger type has a larger icon, of `most`
    pixels at most.
    """

    def __init__(self, icon: QIcon, side: int, most: int = 999) -> None:
        super().__init__()
        self._icon = icon
        self._side, self._most = side, most
        self._fit()

    def _fit(self) -> None:
        side = min(theme.beside(self.font(), self._side), self._most)
        self.setFixedSize(side, side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
