"""The row above the grid: the search, the order of what it finds, and how it is grouped."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget
from typing_extensions import override

from gui import theme
from gui.gallery import typed
from gui.gallery.finder import Wanted
from gui.gallery.search_field import SearchField
from gui.widgets.described import described, named
from gui.widgets.elided_box import ElidedBox
from gui.words import tr

_FIELD = 16
"""Ems that the field has at least beside the boxes."""


class SearchBar(QWidget):
    """`changed` says that something else is looked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search-bar")
        self.field = SearchField()
        self.sort = _box("gallery-sort", tr("Order"), tr("In which order the pictures stand."))
        for key, words in _orders():
            self.sort.addItem(words, key)
        self.group = _box("gallery-group", tr("Groups"), tr("Which pictures stand together."))
        for key, words in _groups():
            self.group.addItem(words, key)
        self.field.searched.connect(self.changed)
        self.sort.activated.connect(self._on_sorted)
        self.group.activated.connect(self.changed)
        self.setFocusProxy(self.field)
        boxes = QHBoxLayout()
        boxes.setSpacing(theme.SMALL)
        for box in (self.sort, self.group):
            boxes.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        self._halves.setSpacing(theme.SMALL)
        self._halves.addWidget(self.field, 1)
        self._halves.addLayout(boxes)

    def wanted(self, gallery: str) -> Wanted:
        """Return what is looked for in a gallery, "" for all of them."""
        sort, group = str(self.sort.currentData()), str(self.group.currentData())
        return Wanted(self.field.text(), gallery, sort, group)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the boxes under the field where there is no room for them beside it."""
        super().resizeEvent(event)
        needed = sum(box.sizeHint().width() for box in (self.sort, self.group)) + 4 * theme.LARGE
        em = QFontInfo(self.font()).pixelSize()
        beside = self.width() >= needed + _FIELD * em
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    @Slot()
    def _on_sorted(self) -> None:
        """An order that is chosen takes the place of one that was typed."""
        if typed.says(self.field.text(), "sort"):
            self.field.set_text(typed.replaced(self.field.text(), "sort", ""))
        else:
            self.changed.emit()


def _orders() -> list[tuple[str, str]]:
    return [
        ("newest", tr("Newest first")),
        ("oldest", tr("Oldest first")),
        ("rating", tr("Best first")),
    ]


def _groups() -> list[tuple[str, str]]:
    return [
        ("", tr("Not grouped")),
        ("comparison", tr("By comparison")),
        ("prompt", tr("By prompt")),
    ]


def _box(name: str, label: str, tip: str) -> ElidedBox:
    return described(named(ElidedBox(), name), label, tip)
