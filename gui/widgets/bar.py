"""A row of three parts that goes over two or three lines where there is no room for one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override


def together(gap: int, *parts: QWidget) -> QWidget:
    """Return a widget of several beside each other."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    return whole


class Bar(QWidget):
    """What belongs to the left, into the middle, and to the right.

    Where they do not fit side by side the middle goes below, and then each is on its own line.
    """

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, gap: int) -> None:
        super().__init__()
        self._parts = (left, middle, right)
        self._lines = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._grid.setColumnStretch(1, 1)
        self._place(1)

    def arrange(self) -> None:
        """Take as few lines as there is room for; to be called when parts come or go."""
        gap = self._grid.horizontalSpacing()
        left, middle, right = (0 if p.isHidden() else p.sizeHint().width() for p in self._parts)
        room = self.contentsRect().width()
        if left + middle + right + 2 * gap <= room:
            self._place(1)
        else:
            self._place(2 if left + right + gap <= room else 3)

    def _place(self, lines: int) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        places = {
            1: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
            2: ((0, 0, 1, 1), (1, 0, 1, 3), (0, 2, 1, 1)),
            3: ((0, 0, 1, 3), (1, 0, 1, 3), (2, 0, 1, 3)),
        }
        flags = Qt.AlignmentFlag
        sides = (flags.AlignLeft, flags(0), flags.AlignRight)
        for part, place, side in zip(self._parts, places[lines], sides, strict=True):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, *place, side)
        self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest part alone."""
        shown = [part for part in self._parts if not part.isHidden()]
        width = max((part.minimumSizeHint().width() for part in shown), default=0)
        margins = self.contentsMargins()
        around = margins.left() + margins.right()
        return QSize(width + around, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


def centred(part: QWidget) -> QWidget:
    """Return a widget in which a part is in the middle, as wide as it wants to be."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch()
    row.addWidget(part)
    row.addStretch()
    return whole
