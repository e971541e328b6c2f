"""An icon to look at, in the colours of whichever theme is in force."""

from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class IconLabel(QWidget):
    """Paints the icon anew each time, so that it follows the theme and the screen's sharpness."""

    def __init__(self, icon: QIcon, side: int) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
