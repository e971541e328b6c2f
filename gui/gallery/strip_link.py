"""The strip of the Create view and the Gallery view, told of what is done in the other."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from engine.gallery.entries import Entry
from gui.gallery.answers import Answers
from gui.gallery.catalogue import Catalogue
from gui.gallery.deeds import Deeds
from gui.gallery_model import NewestPictures
from gui.trash import Trash


class StripLink(QObject):
    """Lives with the deeds of the Gallery view."""

    def __init__(self, pictures: NewestPictures, catalogue: Catalogue, deeds: Deeds) -> None:
        super().__init__(deeds)
        self._pictures, self._catalogue, self._deeds = pictures, catalogue, deeds
        self._thrown: list[Path] = []
        self._answers = Answers(self)
        deeds.thrown.connect(self._on_gone)
        deeds.moved.connect(self._on_moved)
        deeds.returned.connect(self._list_again)
        catalogue.opened.connect(self._hide_thrown)

    def hear(self, trash: Trash) -> None:
        """Listen to what is thrown away from the strip, and had back."""
        trash.thrown.connect(self._on_thrown)
        trash.had_back.connect(self._on_had_back)
        trash.stuck.connect(self._on_had_back)
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

    # From the strip

    @Slot(Path)
    def _on_thrown(self, path: Path) -> None:
        self._thrown.append(path)
        self._hide(path)

    @Slot()
    def _hide_thrown(self) -> None:
        """Hide what was thrown away before there was an index."""
        for path in self._thrown:
            self._hide(path)

    def _hide(self, path: Path) -> None:
        index = self._catalogue.index
        if index is not None:
            self._answers.ask(index.named(path), lambda entry: self._take(path, entry))

    def _take(self, path: Path, entry: Entry | None) -> None:
        if entry is not None and path in self._thrown:  # not had back meanwhile
            self._deeds.hide(path, entry)

    @Slot(Path)
    def _on_had_back(self, path: Path) -> None:
        self._let_go(path)
        self._deeds.unhide(path)

    @Slot(Path)
    def _on_given(self, path: Path) -> None:
        self._let_go(path)
        self._deeds.forget(path)

    def _let_go(self, path: Path) -> None:
        if path in self._thrown:
            self._thrown.remove(path)
