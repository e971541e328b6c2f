"""The strip of the Create view and the Gallery view, told of what is done in the other."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gui.gallery.catalogue import Catalogue
from gui.gallery.deeds import Deeds
from gui.gallery_model import NewestPictures
from gui.trash import Trash


class StripLink(QObject):
    """Lives with the deeds of the Gallery view."""

    def __init__(self, pictures: NewestPictures, catalogue: Catalogue, deeds: Deeds) -> None:
        super().__init__(deeds)
        self._pictures, self._catalogue = pictures, catalogue
        deeds.thrown.connect(self._on_gone)
        deeds.moved.connect(self._on_moved)
        deeds.returned.connect(self._list_again)

    def hear(self, trash: Trash) -> None:
        """Listen to what is thrown away from the strip."""
        trash.given.connect(self._on_given)

    @Slot(list)
    def _on_gone(self, paths: Sequence[Path]) -> None:
        for path in paths:
            row = self._pictures.row_of(path)
            if row is not None:
                self._pictures.take_out(row)

    @Slot(list)
    def _on_moved(self, paths: Sequence[Path]) -> None:
        self._on_gone(paths)
        self._list_again()

    @Slot()
    def _list_again(self) -> None:
        self._pictures.begin()

    @Slot(Path)
    def _on_given(self, path: Path) -> None:
        self._catalogue.forget([path])
