"""The menu in which the Create view is told to which gallery new pictures go."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from engine.paths import DEFAULT_GALLERY
from gui.gallery.catalogue import Catalogue
from gui.widgets import IconButton
from gui.widgets.described import named
from gui.widgets.menus import add_line
from gui.words import tr


class GalleryChooser(QObject):
    """`chosen` carries where new pictures are to go, `opened` the gallery that is to be shown."""

    chosen = Signal(str)
    opened = Signal(str)
    wants_new = Signal()

    def __init__(self, catalogue: Catalogue, button: IconButton) -> None:
        super().__init__(button)
        self._catalogue, self._button = catalogue, button
        self._target = DEFAULT_GALLERY
        button.clicked.connect(self.ask)
        self._asked = False
        catalogue.listed.connect(self._show)

    def show_target(self, name: str) -> None:
        """Tick the gallery where pictures go now."""
        self._target = name

    @Slot()
    def ask(self) -> None:
        """Have the galleries listed, and the menu opened as soon as they are."""
        self._asked = True
        self._catalogue.list_galleries()

    @Slot()
    def _show(self) -> None:
        if not self._asked:
            return
        self._asked = False
        host: QWidget = self._button.window()
        menu = named(QMenu(host), "gallery-chooser")
        names = [one.name for one in self._catalogue.galleries]
        for name in names if self._target in names else [self._target, *names]:
            action = QAction(name.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(name == self._target)
            action.triggered.connect(partial(self._choose, name))
            menu.addAction(action)
        menu.addSeparator()
        add_line(menu, tr("New gallery…"), self.wants_new.emit)
        add_line(menu, tr("Show in Gallery"), partial(self.opened.emit, self._target))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
