"""A layout that sets widgets side by side and begins a new line where there is no more room."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from typing_extensions import override

from gui.widgets.item_layout import ItemLayout


class Flow(ItemLayout):
    """Lines of widgets, each as wide as it wants to be; a `wide` one asks for room for one line."""

    def __init__(self, gap: int, *, wide: bool = False) -> None:
        super().__init__()
        self._gap = gap
        self._wide = wide
        self.setContentsMargins(QMargins())

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    @override
    def sizeHint(self) -> QSize:
        if not self._wide or not self._items:
            return self.minimumSize()
        width = sum(item.sizeHint().width() + self._gap for item in self._items) - self._gap
        return QSize(width, self.minimumSize().height())

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Lay the lines out in `rect`; return how high they are."""
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if really:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()
