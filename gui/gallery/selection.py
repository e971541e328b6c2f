"""The pictures that are selected, of which not all need be known yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from engine.gallery.entries import Entry
from gui.gallery.answers import Answers
from gui.gallery.grid import PictureGrid
from gui.gallery.pictures_model import PicturesModel

MOST_TOGETHER = 500
"""Pictures of a selection that are looked at one by one, for what they have in common."""


class Selection(QObject):
    """What is selected in the grid."""

    def __init__(self, grid: PictureGrid, model: PicturesModel, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._model = grid, model
        self.answers = Answers(self)

    def count(self) -> int:
        return self._grid.count_selected()

    def ids(self) -> list[int]:
        """Return the ids of all that are selected, in their order."""
        return self._model.ids_at(self._grid.rows())

    def kept(self) -> tuple[list[int], int | None]:
        """Return ids and the current one's, to be selected again; none if they are too many."""
        current = self._grid.currentIndex()
        at = self._model.id_at(current.row()) if current.isValid() else None
        return (self.ids() if self.count() <= MOST_TOGETHER else []), at

    def restore(self, kept: tuple[list[int], int | None]) -> None:
        """Select again what was selected, where it is still there."""
        ids, at = kept
        rows = self._model.rows_of(ids) if ids else []
        current = self._model.rows_of([at]) if at is not None else []
        if rows and self.count() != len(rows):
            self._grid.select(rows, current[0] if current else rows[0])

    def known(self) -> list[Entry]:
        """Return what is known of the first of them."""
        rows = self._grid.rows()[:MOST_TOGETHER]
        return [entry for row in rows if (entry := self._model.entry(row)) is not None]

    def one(self) -> Entry | None:
        """Return the picture that is selected, if it is only one and is known."""
        rows = self._grid.rows() if self.count() == 1 else []
        return self._model.entry(rows[0]) if rows else None

    def apply(self, deed: Callable[[Sequence[Entry]], object]) -> None:
        """Do something with all of them, as soon as all are known."""
        self.apply_to(self.ids(), deed)

    def apply_to(self, ids: Sequence[int], deed: Callable[[Sequence[Entry]], object]) -> None:
        """Do something with the pictures of these ids, as soon as they are known."""
        known = [entry for at in ids if (entry := self._model.entry_of(at)) is not None]
        index = self._model.catalogue.index
        if len(known) == len(ids):
            if known:
                deed(known)
        elif index is not None:
            self.answers.ask(index.entries(ids), deed)
