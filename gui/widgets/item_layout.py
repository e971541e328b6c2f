"""What every layout of our own needs: its list of items, as Qt asks for it."""

from PySide6.QtWidgets import QLayout, QLayoutItem
from typing_extensions import override


class ItemLayout(QLayout):
    """Keeps its items in their order; where they lie is for those derived from it."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None
