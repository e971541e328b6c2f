"""The panel at the left: the galleries, filters by click, and how things stand."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import Problem
from engine.gallery import galleries
from engine.gallery.facets import Facets
from engine.gallery.store import gallery_folder
from gui import theme
from gui.controls import Column
from gui.gallery.catalogue import Catalogue
from gui.gallery.filters import Filters
from gui.gallery.galleries_list import GalleriesList
from gui.gallery.said import size_of
from gui.widgets import IconButton, SectionHead, Surface, ThinProgress
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.widgets.menus import NameDialog, add_line
from gui.words import tr

WIDTH = 264


class Side(Surface):
    """`chosen` carries the gallery to show, `targeted` the one where new pictures are to go."""

    chosen = Signal(str)
    targeted = Signal(str)
    wanted = Signal(str)
    """"verify" or "rebuild", or "export" for the gallery on show."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__("panel")
        self.setObjectName("gallery-side")
        self._catalogue = catalogue
        self.gallery = ""
        self.is_awaited: Callable[[Path], bool] = lambda _: False
        self._target = ""
        self._wished = ""
        self._facets = Facets()
        self.list = GalleriesList()
        self.filters = Filters()
        self.new = described(
            named(QPushButton(tr("New gallery")), "new-gallery"),
            tr("New gallery"),
            tr("Make another gallery (Ctrl+Shift+N)."),
        )
        self.new.setIcon(theme.icon("plus", "secondary"))
        self.new.setProperty("kind", "quiet")
        self.new.setAutoDefault(False)
        self.more = IconButton(
            "gallery-more", "more", tr("More"), tr("Rename, delete, export, verify this gallery.")
        )
        self.words, self.state = Elided("gallery-status"), Elided("gallery-state")
        self.bar = ThinProgress("gallery-progress")
        self.bar.setAccessibleName(tr("Pictures being read"))
        self._lay_out()
        self._connect()

    def show_target(self, name: str) -> None:
        """Mark the gallery where new pictures go."""
        self._target = name
        self._show_galleries()

    def show_facets(self, facets: Facets) -> None:
        """Show what there is in the gallery that is open."""
        self._facets = facets
        self.filters.show_facets(facets)
        self._say()

    @Slot()
    def _show_galleries(self) -> None:
        catalogue = self._catalogue
        offline = set(catalogue.offline)
        self.list.show_galleries(catalogue.galleries, self._target, offline, self.gallery)
        names = {one.name for one in catalogue.galleries}
        if self.gallery and self.gallery not in names | {self._wished}:
            self.choose("")  # it is gone

    @Slot(str)
    def choose(self, name: str) -> None:
        """Show a gallery, "" for all of them."""
        self.gallery = name
        self.list.choose(name)
        self.chosen.emit(name)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setVisible(total > 0)
        self.bar.set_share(done / max(total, 1))
        if total:
            words = tr("Reading {done} of {total}", done=f"{done:,}", total=f"{total:,}")
            self.words.say(words)
            self.state.say(tr("You need not wait for it"))

    @Slot()
    def _say(self) -> None:
        """Say how much there is, and whether the index is in step."""
        index = self._catalogue.index
        if self._catalogue.reading and not self.bar.isHidden():
            return
        self.bar.hide()
        pictures = self._facets.pictures
        count = tr("1 picture") if pictures == 1 else tr("{count} pictures", count=f"{pictures:,}")
        state = tr("Index in step")
        if index is None or self._catalogue.reading:
            state = tr("Looking at the files")
        elif not index.writable:
            state = tr("Another window keeps the index")
        self.words.say(f"{count}  ·  {size_of(self._facets.size)}")
        self.state.say(state)

    # Galleries

    @Slot()
    def ask_new(self) -> None:
        """Ask for the name of a new gallery, and make it."""
        dialog = NameDialog(
            "name-gallery", tr("New gallery"), tr("What shall it be called?"), self.window()
        )
        dialog.textValueSelected.connect(self._make)
        dialog.open()

    def _make(self, name: str) -> None:
        self._catalogue.do(partial(galleries.create, name.strip()), self._on_made)

    def _on_made(self, folder: Path) -> None:
        self._wished = folder.name
        self.choose(folder.name)
        self._catalogue.list_galleries()

    @Slot()
    def ask_rename(self) -> None:
        """Ask what the gallery on show shall be called from now on."""
        name = self.gallery
        if not name:
            return
        dialog = NameDialog(
            "rename-gallery",
            tr("Rename gallery"),
            tr("What shall {name} be called?", name=name),
            self.window(),
        )
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(partial(self._rename, name))
        dialog.open()

    def _rename(self, name: str, new: str) -> None:
        if new.strip() != name and self._is_free(name):
            task = partial(galleries.rename, name, new.strip())
            self._catalogue.do(task, partial(self._on_renamed, name))

    def _on_renamed(self, old: str, folder: Path) -> None:
        if old == self._target:
            self.targeted.emit(folder.name)
        self._wished = folder.name
        self._catalogue.relocated.emit([(folder.with_name(old), folder)])
        self.choose(folder.name)
        self._catalogue.scan()

    @Slot()
    def ask_delete(self) -> None:
        """Ask whether the gallery on show shall go to the trash, with all that is in it."""
        name = self.gallery
        found = next((one for one in self._catalogue.galleries if one.name == name), None)
        if found is None:
            return
        box = QMessageBox(self.window())
        box.setObjectName("delete-gallery")
        box.setWindowTitle(tr("Delete gallery – Etascope"))
        box.setText(tr("Put the gallery {name} into the trash?", name=name))
        count = found.count or 0
        box.setInformativeText(
            tr(
                "Its {count} pictures go with it. The system's trash can give them back.",
                count=count,
            )
        )
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Cancel)
        delete = box.addButton(tr("Put into the trash"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setObjectName("confirm-delete")
        box.setDefaultButton(kinds.Cancel)
        delete.clicked.connect(partial(self._delete, name))
        buttons = box.findChild(QDialogButtonBox)
        if buttons is not None:
            buttons.setCenterButtons(False)
        box.open()

    def _delete(self, name: str, _checked: bool = False) -> None:
        if not self._is_free(name):
            return
        self._catalogue.do(partial(galleries.delete, name), lambda _: self._on_deleted(name))

    def _on_deleted(self, name: str) -> None:
        self._wished = ""
        self.choose("")
        self._catalogue.scan()
        if name == self._target:
            self.targeted.emit("")

    def _is_free(self, name: str) -> bool:
        """Whether no picture is on its way to a gallery, which would be made again for it."""
        if not self.is_awaited(gallery_folder(name)):
            return True
        message = tr("Pictures are still being made for {name}.", name=name)
        self._catalogue.failed.emit(Problem(message, tr("Wait for them, or cancel them.")))
        return False

    @Slot()
    def open_menu(self) -> None:
        self._menu(self.gallery, self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot(str, QPoint)
    def _menu(self, name: str, at: QPoint) -> None:
        """Offer what can be done with a gallery, "" for all of them."""
        menu = named(QMenu(self), "gallery-menu")
        menu.setToolTipsVisible(True)
        if name:
            add_line(menu, tr("Put new pictures here"), partial(self.targeted.emit, name))
            add_line(menu, tr("Rename…"), self.ask_rename)
            add_line(menu, tr("Delete…"), self.ask_delete)
            menu.addSeparator()
        add_line(menu, tr("New gallery…"), self.ask_new)
        add_line(menu, tr("Export…"), partial(self.wanted.emit, "export"))
        menu.addSeparator()
        add_line(menu, tr("Look again"), self._catalogue.scan)
        add_line(menu, tr("Verify all files…"), partial(self.wanted.emit, "verify"))
        add_line(menu, tr("Make the index anew…"), partial(self.wanted.emit, "rebuild"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # Putting it together

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(SectionHead(tr("Galleries")))
        head.addStretch()
        head.addWidget(self.more)
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self.new)
        column.addSpacing(theme.MEDIUM)
        column.addWidget(self.filters)
        column.addStretch()
        foot = QWidget()
        under = QVBoxLayout(foot)
        under.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        under.setSpacing(6)
        under.addWidget(self.bar)
        under.addWidget(self.words)
        under.addWidget(self.state)
        self.bar.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(named(Column(column), "side-column"), 1)
        outer.addWidget(foot)

    def _connect(self) -> None:
        catalogue = self._catalogue
        self.list.chosen.connect(self.choose)
        self.list.wanted.connect(self._menu)
        self.list.renaming.connect(self.ask_rename)
        self.list.deleting.connect(self.ask_delete)
        self.new.clicked.connect(self.ask_new)
        self.more.clicked.connect(self.open_menu)
        catalogue.listed.connect(self._show_galleries)
        catalogue.scanned.connect(self._on_scanned)
        catalogue.progressed.connect(self._show_progress)

    @Slot()
    def _on_scanned(self) -> None:
        self.bar.hide()
        self._show_galleries()
        self._say()
