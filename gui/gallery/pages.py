"""The middle of the Gallery view: the grid, one picture large, several side by side, or nothing."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from engine.errors import Problem
from engine.gallery.entries import Entry
from engine.gallery.store import Stored
from gui.gallery.begin import WAITING, Begin
from gui.gallery.comparing import Comparing
from gui.gallery.grid import PictureGrid
from gui.gallery.large import LargePicture
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.reader import Reader
from gui.retelling import retold
from gui.words import tr


class Pages(QStackedWidget):
    """`turned` says that another page is in front, `emptied` that no page takes the keyboard."""

    turned = Signal()
    emptied = Signal()

    def __init__(self, grid: PictureGrid, model: PicturesModel) -> None:
        super().__init__()
        self.setObjectName("gallery-pages")
        self.grid, self._model = grid, model
        self.begin_with = Begin()
        self.large = LargePicture()
        self.comparing = Comparing(model.catalogue)
        self._reader = Reader(self)
        self._asked: Path | None = None
        for page in (self.begin_with, grid, self.large, self.comparing):
            self.addWidget(page)
        self.begin_with.show_state(WAITING)
        self.currentChanged.connect(self.turned)
        self._reader.opened.connect(self._show_stored)
        self._reader.failed.connect(self._show_unread)
        for part in (self.large, self.comparing):
            part.left.connect(self.show_grid)
        grid.opened.connect(self.show_large)

    def end(self) -> bool:
        """Wait a little for what is being read; return whether that is done."""
        return self._reader.close()

    def shows_all(self) -> bool:
        """Whether the grid is in front, or would be if there were anything in it."""
        return self.currentWidget() in {self.grid, self.begin_with}

    def shows_large(self) -> bool:
        return self.currentWidget() is self.large

    def shows_several(self) -> bool:
        return self.currentWidget() is self.comparing

    def show_state(self, state: str, about: str) -> None:
        """Show the grid, or if there is nothing in it, why."""
        if self._model.rowCount():
            if self.currentWidget() is self.begin_with:
                self.setCurrentWidget(self.grid)
            return
        self.begin_with.show_state(state, about)
        if self.currentWidget() in {self.grid, self.large}:
            held = self.grid.hasFocus() or self.large.canvas.hasFocus()
            self.setCurrentWidget(self.begin_with)
            if held:
                self.emptied.emit()

    @Slot()
    def show_grid(self) -> None:
        """Go back to all pictures."""
        self._asked = None
        self.comparing.clear()
        self.setCurrentWidget(self.grid if self._model.rowCount() else self.begin_with)
        self.grid.setFocus()
        self.grid.scrollTo(self.grid.currentIndex())

    @Slot(QModelIndex)
    def show_large(self, index: QModelIndex) -> None:
        """Show one picture large."""
        if index.isValid():
            self.grid.go_to(index.row())
            self.setCurrentWidget(self.large)
            self.large.setFocus()
            self.open_current()

    @Slot()
    def open_current(self) -> None:
        """Have the current picture read, as soon as it is known where its file is."""
        index = self.grid.currentIndex()
        entry = self._model.entry(index.row()) if index.isValid() else None
        if entry is None or not self.shows_large():
            return
        path = self._model.catalogue.path(entry)
        if path != self._asked:
            self._asked = path
            self._reader.open(path)

    def show_side_by_side(self, entries: Sequence[Entry]) -> None:
        """Show two to nine pictures together."""
        self.setCurrentWidget(self.comparing)
        self.comparing.show_entries(entries)

    def take_focus(self) -> None:
        """Give the keyboard to the page in front."""
        page = self.currentWidget()
        if page is self.begin_with or page is None:
            self.emptied.emit()
        else:
            page.setFocus()

    @Slot(Stored)
    def _show_stored(self, stored: Stored) -> None:
        row, total = self.grid.currentIndex().row(), self._model.rowCount()
        place = tr("{at} of {total}", at=f"{row + 1:,}", total=f"{total:,}")
        self.large.show_stored(stored, place)

    @Slot(Path, Problem)
    def _show_unread(self, _: Path, problem: Problem) -> None:
        self.large.say(retold(problem.message))
