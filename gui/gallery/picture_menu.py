"""The menu at a picture: all that can be done with what is selected, with the keys that do it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.gallery.doing import FEWEST, MOST
from gui.gallery.grid import PictureGrid
from gui.gallery.keys import KEYS
from gui.gallery.selection import Selection
from gui.widgets.described import named
from gui.widgets.menus import native
from gui.words import marked, tr

_LARGE = {"large": marked("Show large")}
_SETTINGS = {
    "all": marked("Use all settings"),
    "rest": marked("Use all but the seed"),
    "prompt": marked("Use the prompt"),
    "seed": marked("Use the seed"),
}
_WITH_ALL = {
    "favourite": marked("Favourite"),
    "compare": marked("Compare"),
    "move": marked("Move to…"),
    "export": marked("Export…"),
    "copy": marked("Copy"),
}
_WITH_ONE = {
    "settings": marked("Copy settings"),
    "folder": marked("Show on disk"),
    "reproduce": marked("Reproduce and check"),
}
_GRID = {"grid": marked("Open in Compare")}
_TRASH = {"trash": marked("Delete")}


class PictureMenu(QObject):
    """Opens at a right click, and by the menu's key."""

    def __init__(
        self, grid: PictureGrid, selection: Selection, do: Callable[[str], object]
    ) -> None:
        super().__init__(grid)
        self._grid, self._selection, self._do = grid, selection, do
        grid.customContextMenuRequested.connect(self.open)

    @Slot(QPoint)
    def open(self, at: QPoint) -> None:
        """Offer what makes sense for what is selected."""
        count = self._selection.count()
        if not count:
            return
        menu = named(QMenu(self._grid), "picture-menu")
        one = self._selection.one()
        is_grid = one is not None and one.facts.kind == "grid"
        parts = (
            (_LARGE | (_GRID if is_grid else {}), True),
            (_SETTINGS, one is not None and bool(one.facts.settings)),
            (_WITH_ALL, True),
            (_WITH_ONE, one is not None),
            (_TRASH, True),
        )
        for lines, there in parts:
            if there:
                menu.addSeparator()
                for name, words in lines.items():
                    self._add(menu, name, tr(words))
        compare = menu.findChild(QAction, "menu-compare")
        if compare is not None:
            compare.setEnabled(FEWEST <= count <= MOST)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._grid.viewport().mapToGlobal(at))

    def _add(self, menu: QMenu, name: str, words: str) -> None:
        action = QAction(words, menu)
        action.setObjectName(f"menu-{name}")
        for key in KEYS.get(name, ("Return",) if name == "large" else ())[:1]:
            action.setText(f"{words}\t{native(key)}")
        action.triggered.connect(lambda _=False: self._do(name))
        menu.addAction(action)
