"""The cards as a Qt list: which there are, and what screen readers say of them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from gui.library.card import Card

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CardsModel(QAbstractListModel):
    """Holds what it is told to show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()

    def show(self, cards: Sequence[Card]) -> None:
        """Show other cards; the same ones are left as they are."""
        if tuple(cards) != self._cards:
            self.beginResetModel()
            self._cards = tuple(cards)
            self.endResetModel()

    def card(self, row: int) -> Card | None:
        """Return the card of a row, None for none."""
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def row_like(self, card: Card) -> int:
        """Return the row of the same model, -1 for none; others may be called the same."""
        same = (row for row, one in enumerate(self._cards) if one.key == card.key)
        return next(same, -1)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cards)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.card(index.row())
        if card is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return card.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return card.about or card.spoken
            case Qt.ItemDataRole.UserRole:
                return card
            case _:
                return None
