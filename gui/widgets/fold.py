"""A layout of two groups: side by side, or one under the other where there is no more room."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from gui.widgets.item_layout import ItemLayout


class Fold(ItemLayout):
    """The first at the left and the second at the right; folded, both begin at the left."""

    def __init__(self, first: QWidget, second: QWidget, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self.setContentsMargins(QMargins())
        self.addWidget(first)
        self.addWidget(second)

    def is_folded(self, width: int) -> bool:
        """Whether the two do not fit beside each other into `width` pixels."""
        wanted = sum(item.sizeHint().width() for item in self._items)
        return wanted + self._gap * (len(self._items) - 1) > width

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        heights = [item.sizeHint().height() for item in self._items]
        if self.is_folded(width):
            return sum(heights) + self._gap * (len(heights) - 1)
        return max(heights, default=0)

    @override
    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._items]
        width = sum(widths) + self._gap * (len(widths) - 1)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(widest, max((i.sizeHint().height() for i in self._items), default=0))

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if self.is_folded(rect.width()):
            self._stack(rect)
        else:
            self._spread(rect)

    def _stack(self, rect: QRect) -> None:
        top = rect.y()
        for item in self._items:
            size = item.sizeHint()
            item.setGeometry(QRect(rect.x(), top, min(size.width(), rect.width()), size.height()))
            top += size.height() + self._gap

    def _spread(self, rect: QRect) -> None:
        """Put the last at the right end, the others at the left, all of them in the middle."""
        left = rect.x()
        for item in self._items:
            size = item.sizeHint()
            if item is self._items[-1]:
                left = rect.x() + rect.width() - size.width()
            top = rect.y() + (rect.height() - size.height()) // 2
            item.setGeometry(QRect(left, top, size.width(), size.height()))
            left += size.width() + self._gap
