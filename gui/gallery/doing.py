"""What keys and buttons of the Gallery view ask for, done with what is selected."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import Problem
from engine.gallery.entries import Entry
from gui.gallery.deeds import Deeds
from gui.gallery.grid import PictureGrid
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.reader import Reader, Told
from gui.gallery.selection import Selection
from gui.gallery.slideshow import Slideshow
from gui.recalling import Told as Settings
from gui.recalling import told_by_reading
from gui.widgets.described import named
from gui.widgets.menus import add_line
from gui.words import tr

RECALLS = ("all", "rest", "prompt", "seed")
FEWEST, MOST = 2, 9
"""Pictures that can be compared."""


class Doing(QObject):
    """`recalled` carries settings and which of them are wanted; `reopened` a comparison's file.

    `compared` carries the pictures to look at side by side, `reproduced` the one to make again,
    and `marked` says that something is thought of some pictures now.
    """

    recalled = Signal(Settings, str)
    reopened = Signal(Path)
    compared = Signal(list)
    reproduced = Signal(Path)
    exported = Signal(list)
    marked = Signal()
    troubled = Signal(Problem)
    wants_gallery = Signal()

    def __init__(self, grid: PictureGrid, model: PicturesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.selection = Selection(grid, model, self)
        self.deeds = Deeds(model.catalogue, model, self)
        self.calm = False
        self._grid, self._model = grid, model
        self._view = parent
        self._reader = Reader(self)
        self._reader.told.connect(self._take_told)
        self._wish = "all"
        self._show: Slideshow | None = None
        self.selection.answers.failed.connect(self.troubled)
        self.deeds.troubled.connect(self.troubled)

    def close(self) -> bool:
        """Wait a little for what is being read; return whether that is done."""
        return self._reader.close()

    def do(self, what: str) -> bool:
        """Do what is wanted with what is selected; return whether it is known here."""
        kind, _, number = what.partition("-")
        if kind == "rate" and number:
            self._mark(partial(self.deeds.rate, stars=int(number)))
        elif what in RECALLS:
            self._with_one(partial(self._recall, what))
        elif what in (deeds := self._deeds()):
            deeds[what]()
        else:
            return False
        return True

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "favourite": self.turn_favourite,
            "trash": self.throw_away,
            "undo": self.deeds.undo,
            "move": self.ask_move,
            "compare": self.compare,
            "copy": partial(self.selection.apply, self.deeds.copy_picture),
            "settings": partial(self._with_one, self.deeds.copy_settings),
            "folder": partial(self._with_one, self.deeds.show_on_disk),
            "grid": partial(self._with_one, self._reopen),
            "reproduce": partial(self._with_one, self._reproduce),
            "slideshow": self.begin_slideshow,
            "export": self._export,
            "larger": partial(self._grid.enlarge, 1),
            "smaller": partial(self._grid.enlarge, -1),
        }

    def _with_one(self, deed: Callable[[Entry], object]) -> None:
        """Do something with the only picture that is selected, or the current one of several."""
        row = self._grid.currentIndex().row()
        ids = self.selection.ids()
        if len(ids) > 1 and row >= 0:
            ids = [self._model.id_at(row)]
        self.selection.apply_to(ids[:1], lambda entries: [deed(one) for one in entries])

    # Settings

    def _recall(self, what: str, entry: Entry) -> None:
        self._wish = what
        self._reader.read(self._model.catalogue.path(entry))

    @Slot(Told)
    def _take_told(self, told: Told) -> None:
        self.recalled.emit(told_by_reading(told.reading), self._wish)

    def _reopen(self, entry: Entry) -> None:
        if entry.facts.kind == "grid":
            self.reopened.emit(self._model.catalogue.path(entry))

    def _reproduce(self, entry: Entry) -> None:
        if entry.facts.kind == "picture" and entry.facts.settings:
            self.reproduced.emit(self._model.catalogue.path(entry))

    # Looking

    def compare(self) -> None:
        """Have the pictures that are selected shown side by side, two to nine of them."""
        if FEWEST <= self.selection.count() <= MOST:
            self.selection.apply(lambda entries: self.compared.emit(list(entries)))

    @Slot()
    def begin_slideshow(self) -> None:
        """Show what is selected, or everything from the current picture on, on the whole screen."""
        chosen = self.selection.ids()
        several = len(chosen) > 1
        ids = chosen if several else self._model.ids_at(range(self._model.rowCount()))
        if ids:
            self._show = Slideshow(self._model, ids, self.calm)
            self._show.ended.connect(self._after_slideshow)
            self._show.begin(0 if several else max(self._grid.currentIndex().row(), 0))

    @Slot(object)
    def _after_slideshow(self, last: int) -> None:
        self._show = None
        rows = self._model.rows_of([last])
        if rows and self.selection.count() < 2:
            self._grid.go_to(rows[0])
        self._view.window().activateWindow()  # nobody else does without a window manager

    # Changing

    def throw_away(self) -> None:
        """Take what is selected off the grid; in its place the next one is selected."""
        row = min(self._grid.rows(), default=0)

        def throw(entries: Sequence[Entry]) -> None:
            self.deeds.throw(entries)
            self._grid.go_to(min(row, self._model.rowCount() - 1))

        self.selection.apply(throw)

    def ask_move(self) -> None:
        """Offer the galleries that the selected pictures can go to."""
        if not self.selection.count():
            return
        menu = named(QMenu(self._view), "move-menu")
        for one in self._model.catalogue.galleries:
            add_line(menu, one.name, partial(self.move_to, one.name))
        menu.addSeparator()
        add_line(menu, tr("New gallery…"), self.wants_gallery.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        place = self._view.rect().bottomLeft() + QPoint(self._view.width() // 2, 0)
        menu.popup(self._view.mapToGlobal(place - QPoint(0, menu.sizeHint().height() + 48)))

    def move_to(self, gallery: str) -> None:
        """Move what is selected into a gallery."""
        self.selection.apply(lambda entries: self.deeds.move(entries, gallery))

    @Slot(str, list)
    def move_ids(self, gallery: str, ids: list[int]) -> None:
        """Move pictures that were dropped onto a gallery's name."""
        self.selection.apply_to(ids, lambda entries: self.deeds.move(entries, gallery))

    @Slot()
    def turn_favourite(self) -> None:
        """Make all that is selected favourites; if they all are, take that back."""

        def turn(entries: Sequence[Entry]) -> None:
            self.deeds.favour(entries, not all(one.mark.favourite for one in entries))

        self._mark(turn)

    @Slot(int)
    def rate(self, stars: int) -> None:
        self._mark(partial(self.deeds.rate, stars=stars))

    @Slot(tuple, tuple)
    def tag(self, on: tuple[str, ...], off: tuple[str, ...]) -> None:
        self._mark(partial(self.deeds.tag, on=on, off=off))

    def _mark(self, deed: Callable[[Sequence[Entry]], object]) -> None:
        def mark(entries: Sequence[Entry]) -> None:
            deed(entries)
            self.marked.emit()

        self.selection.apply(mark)

    def _export(self) -> None:
        self.exported.emit(self.selection.ids())
