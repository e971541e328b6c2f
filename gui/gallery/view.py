"""The Gallery view: galleries at the left, pictures in the middle, what they tell at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFontInfo, QPixmapCache
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.gallery.facets import Facets
from gui.gallery.action_bar import ActionBar
from gui.gallery.begin import EMPTY, NOTHING, OFFLINE, UNFOUND, WAITING
from gui.gallery.catalogue import Catalogue
from gui.gallery.details import Details
from gui.gallery.dialogs import Dialogs
from gui.gallery.doing import Doing
from gui.gallery.finder import Finder
from gui.gallery.found import Found
from gui.gallery.grid import PictureGrid
from gui.gallery.keys import EVERYWHERE, KEYS, ON_LARGE, put_keys
from gui.gallery.notice import Notice
from gui.gallery.pages import Pages
from gui.gallery.picture_menu import PictureMenu
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.reader import Reader, Told
from gui.gallery.search_bar import SearchBar
from gui.gallery.side import Side
from gui.gallery.thumbs import Thumbs, Wish
from gui.messages import Messages
from gui.session import Session
from gui.throttle import Throttle
from gui.toast import Toast
from gui.widgets import Hairline, Surface
from gui.widgets.fitting import Fitting
from gui.words import tr

PIXMAPS = 96 << 10
"""Kilobytes of pictures that are kept ready to be painted."""

SIDE, DETAILS = 20, 23.5
"""How wide the panels would like to be, in ems."""

_MOST_SIDE, _MOST_DETAILS = 0.24, 0.3
"""Shares of the width that they take at most, as far as their words allow."""
_OFTEN, _SELDOM = 250, 1500
"""Milliseconds between two looks at what has changed, for the pictures and for what they count."""

_AFTER_YOU = 150
"""Milliseconds after which it is counted for the first time: the pictures are shown before."""


class GalleryView(QWidget):
    """`targeted` names the gallery where new pictures are to go from now on, "" for the usual one.

    What `doing` tells, the window hears as well.
    """

    targeted = Signal(str)
    wants_create = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("gallery")
        QPixmapCache.setCacheLimit(PIXMAPS)
        self.session = session
        self.catalogue = Catalogue(self)
        self.model = PicturesModel(self.catalogue, self)
        self.thumbs = Thumbs(parent=self)
        self.reader = Reader(self)
        self.finder = Finder(self.catalogue, self)
        self.side = Side(self.catalogue)
        self.side.is_awaited = session.jobs.goes_to
        self.search = SearchBar()
        self.grid = PictureGrid(self.model, self.thumbs)
        self.doing = Doing(self.grid, self.model, self)
        self.pages = Pages(self.grid, self.model)
        self.bar = ActionBar()
        self.details = Details(self.thumbs)
        self.dialogs = Dialogs(session, self.model, self)
        self._facets = Facets()
        self._again = Throttle(self.finder.again, _OFTEN, self)
        self._count = Throttle(self._count_all, _SELDOM, self)
        self._chosen, self._counting = QTimer(self), QTimer(self)
        for timer, pause in ((self._chosen, 0), (self._counting, _AFTER_YOU)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        self._lay_out()
        self.toast = Toast(self.pages)
        self.notice = Notice(self.pages)
        self.messages = Messages(self.pages)
        self._connect()
        Fitting(self, self._share_out)

    # From the window

    def begin(self) -> None:
        """Open the index and bring it in step."""
        self.catalogue.begin()

    def shown(self) -> None:
        """The view comes to the front; what has been done outside is looked at."""
        self.begin()
        self.catalogue.look_again()
        self.pages.take_focus()

    def escape(self) -> bool:
        """Go back to the grid; return whether there was anything to go back from."""
        if self.pages.shows_all():
            return False
        self.pages.show_grid()
        return True

    def set_calm(self, calm: bool) -> None:
        """Move as little as can be."""
        self.doing.calm = calm
        self.pages.comparing.viewer.set_calm(calm)

    def close_down(self) -> None:
        """Let go of what has been thrown away, at the end."""
        self.doing.deeds.trash.close()

    def close_threads(self) -> bool:
        """Wait a little for what is being read and written; return whether that is done."""
        parts = (self.thumbs, self.reader, self.doing, self.catalogue)
        ended = [self.pages.end(), *(part.close() for part in parts)]
        return all(ended)

    # Searching

    @Slot()
    def search_again(self) -> None:
        """Look for what is wanted now."""
        self.side.filters.show_text(self.search.field.text())
        self.finder.find(self.search.wanted(self.side.gallery))

    @Slot(str)
    def _open_gallery(self, _name: str) -> None:
        self.escape()
        self.search_again()
        self._count.do()
        self._watch()

    @Slot()
    def _changed(self) -> None:
        """Pictures have come, gone or changed."""
        self._again.ask()
        self._count.ask()

    def _count_all(self) -> None:
        self.finder.count()
        self.catalogue.list_galleries()

    @Slot(Found)
    def _take(self, found: Found) -> None:
        kept = self.doing.selection.kept()
        self.model.show_found(found, self.doing.deeds.take_returned())
        self.doing.selection.restore(kept)
        self._show_state()

    @Slot(Facets)
    def _take_facets(self, found: Facets) -> None:
        self._facets = found
        self.side.show_facets(found)
        self.search.field.offer(found)
        self.details.marks.offer_tags([tag for tag, _ in found.tags])

    @Slot()
    def _watch(self) -> None:
        here = self.side.gallery
        found = [one for one in self.catalogue.galleries if one.name == (here or one.name)]
        self.catalogue.watch([one.folder for one in found])

    # What is on show

    @Slot()
    def _show_state(self) -> None:
        """Show the grid, or why there is nothing to show."""
        empty, field = self.pages.currentWidget() is self.pages.begin_with, self.search.field
        self.pages.show_state(*self._why_nothing())
        if empty and self.model.rowCount() and field.edit.hasFocus() and not field.text():
            self.grid.setFocus()
        self._chosen.start()

    def _why_nothing(self) -> tuple[str, str]:
        catalogue, gallery = self.catalogue, self.side.gallery
        root = str(catalogue.index.galleries) if catalogue.index is not None else ""
        if gallery in catalogue.offline or (not gallery and catalogue.offline):
            return OFFLINE, f"{root}/{gallery}".rstrip("/")
        if self.search.field.text().strip():
            return UNFOUND, self.search.field.text()
        if catalogue.index is None or catalogue.reading:
            return WAITING, ""
        return (EMPTY, gallery) if gallery else (NOTHING, root)

    @Slot()
    def _turned(self) -> None:
        """Another page is in front: the grid's buttons are of no use beside several pictures."""
        self.bar.setVisible(not self.pages.shows_several())

    # What is selected

    @Slot()
    def _show_chosen(self) -> None:
        """Tell of what is selected, in the bar and at the right."""
        selection = self.doing.selection
        count, entries = selection.count(), selection.known()
        self.bar.show_counts(count, self.model.rowCount())
        self.details.show_entries(entries, count)
        if self.grid.isVisible():
            self.grid.viewport().update()
        else:
            self.thumbs.want(self._preview_wish())
            self.pages.open_current()
        if count == 1 and entries:
            self.reader.read(self.catalogue.path(entries[0]))

    def _preview_wish(self) -> list[Wish]:
        return self.details.preview.wish(self.catalogue.path)

    @Slot(Told)
    def _take_told(self, told: Told) -> None:
        one = self.doing.selection.one()
        if one is not None and self.catalogue.path(one) == told.path:
            self.details.show_reading(told.reading, told.problem.message if told.problem else "")

    # Doing what keys and buttons ask for

    @Slot(str)
    def do(self, what: str) -> None:
        """Do what is wanted: with what is selected, or with the view."""
        row, last = self.grid.currentIndex().row(), self.model.rowCount() - 1
        places = {"previous": row - 1, "next": row + 1, "first": 0, "last": last}
        if what in places:
            self.grid.go_to(min(max(places[what], 0), last))
        elif not self.doing.do(what):
            self._do_here(what)

    def _do_here(self, what: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "large": lambda: self.pages.show_large(self.grid.currentIndex()),
            "back": self.pages.show_grid,
            "zoom": self.pages.large.turn_zoom,
            "tags": self.details.marks.tags.setFocus,
            "search": self.search.setFocus,
            "new_gallery": self.side.ask_new,
            "create": self.wants_create.emit,
            "clear": partial(self.search.field.set_text, ""),
            "again": self._look_again,
            "target": partial(self.targeted.emit, self.side.gallery),
        }
        deeds[what]()

    def _look_again(self) -> None:
        self.thumbs.try_again()
        self.catalogue.scan()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        """Say what was done and can be undone, "" when it no longer can."""
        (self.toast.say(sentence) if sentence else self.toast.hide())

    @Slot(bool)
    def _show_held(self, held: bool) -> None:
        """Say that another program holds the index, for as long as it does."""
        waiting = tr("Another program holds the index. What you do is done as soon as it lets go.")
        self.notice.say(waiting if held else "")
        self.told.emit(waiting if held else tr("The index is free again"))

    @Slot(str)
    def _search_for(self, text: str) -> None:
        self.search.field.set_text(text)

    # Putting it together

    def _share_out(self) -> None:
        """Divide the width; with large type in a small window the pictures keep most of it."""
        em, width = QFontInfo(self.font()).pixelSize(), self.width()
        for part, ems, most in (
            (self.side, SIDE, _MOST_SIDE),
            (self.details, DETAILS, _MOST_DETAILS),
        ):
            wanted = min(round(ems * em), round(most * width))
            part.setFixedWidth(max(wanted, part.minimumSizeHint().width()))

    def _lay_out(self) -> None:
        middle = Surface("canvas")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.search, self.pages, self.bar):
            column.addWidget(widget)
        column.setStretchFactor(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(middle)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self.details)
        row.setStretchFactor(middle, 1)
        self.grid.also_wanted = self._preview_wish
        for part in (self.grid, self.pages.large, self.bar, self.details):
            put_keys(KEYS, part, self.do)
        self.menu = PictureMenu(self.grid, self.doing.selection, self.do)
        put_keys(ON_LARGE, self.pages.large, self.do)
        put_keys(EVERYWHERE, self, self.do)

    def _connect(self) -> None:
        self._connect_catalogue()
        doing, marks = self.doing, self.details.marks
        self.search.changed.connect(self.search_again)
        self.search.field.left.connect(self.grid.setFocus)
        self.search.field.edit.undo_wanted.connect(doing.deeds.undo)
        self.side.chosen.connect(self._open_gallery)
        self.side.targeted.connect(self.targeted)
        self.side.wanted.connect(self.dialogs.open)
        self.side.list.dropped.connect(doing.move_ids)
        self.side.filters.edited.connect(self._search_for)
        self.grid.chosen.connect(self._chosen.start)
        self._chosen.timeout.connect(self._show_chosen)
        self._counting.timeout.connect(self._count.do)
        self.model.known.connect(self._chosen.start)
        self.pages.large.canvas.previous_wanted.connect(partial(self.do, "previous"))
        self.pages.large.canvas.next_wanted.connect(partial(self.do, "next"))
        self.pages.turned.connect(self._turned)
        self.pages.emptied.connect(self.search.setFocus)
        self.pages.begin_with.wanted.connect(self.do)
        self.bar.wanted.connect(self.do)
        self.details.wanted.connect(self.do)
        self.details.told.connect(self.told)
        self.toast.undo.connect(doing.deeds.undo)
        marks.favoured.connect(doing.turn_favourite)
        marks.rated.connect(doing.rate)
        marks.tagged.connect(doing.tag)
        doing.deeds.said.connect(self._say)
        doing.deeds.told.connect(self.told)
        doing.compared.connect(self.pages.show_side_by_side)
        doing.marked.connect(self._chosen.start)
        doing.marked.connect(self._count.ask)
        doing.exported.connect(self.dialogs.export_ids)
        doing.reproduced.connect(self.dialogs.reproduce)
        doing.wants_gallery.connect(self.side.ask_new)
        doing.troubled.connect(self.messages.report)
        self.pages.comparing.troubled.connect(self.messages.report)
        self.dialogs.query = self.finder.query
        self.dialogs.renewed.connect(self.catalogue.scan)

    def _connect_catalogue(self) -> None:
        catalogue = self.catalogue
        catalogue.failed.connect(self.messages.report)
        catalogue.held.connect(self._show_held)
        catalogue.opened.connect(self.search_again)
        catalogue.opened.connect(self._counting.start)
        catalogue.changed.connect(self._changed)
        catalogue.scanned.connect(self._changed)
        catalogue.listed.connect(self._watch)
        catalogue.progressed.connect(self._again.ask)
        self.finder.found.connect(self._take)
        self.finder.failed.connect(self.messages.report)
        self.finder.counted.connect(self._take_facets)
        self.reader.told.connect(self._take_told)
        self.session.bridge.saved.connect(catalogue.on_saved)
        self.session.bridge.kept.connect(catalogue.on_saved)
