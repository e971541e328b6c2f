"""The grid of pictures: painting them, having their thumbnails made, dragging them out."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView
from typing_extensions import override

from gui import theme
from gui.gallery.arranged import ArrangedList
from gui.gallery.pictures_model import DRAGGED, MOST_DRAGGED, PicturesModel
from gui.gallery.thumbs import Thumbs, Wish, key_of
from gui.gallery.tiles import Tile, paint_band, paint_tile
from gui.words import tr

_AHEAD = 1.0
"""Screens above and below what is shown whose thumbnails are made as well, after it."""
_DRAGGED_WIDTH = 96


class PictureGrid(ArrangedList):
    """Shows the pictures. `opened` is a double click or Enter.

    `also_wanted` returns thumbnails that are wanted beside those that are seen here.
    """

    opened = Signal(QModelIndex)

    def __init__(self, model: PicturesModel, thumbs: Thumbs) -> None:
        super().__init__(model)
        self.setObjectName("gallery-grid")
        self.setAccessibleName(tr("Pictures"))
        self.setAccessibleDescription(_help())
        self.setToolTip(_help())
        self.also_wanted: Callable[[], list[Wish]] = list
        self._thumbs = thumbs
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        thumbs.ready.connect(self.viewport().update)
        self.doubleClicked.connect(self.opened)

    def enlarge(self, by: int) -> None:
        """Make the cells larger, or smaller."""
        self.set_size_step(self.size_step() + by)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        if e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if e.angleDelta().y() > 0 else -1)
            e.accept()
        else:
            super().wheelEvent(e)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.pictures.rowCount():
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.pictures.index(self.first_row()), flags)
        self.viewport().update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.lay_out()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.pictures.rowCount():
            return True
        return super().viewportEvent(event)

    # Dragging: onto a gallery's name, or out of the window; it means nothing here.

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        indexes = [self.pictures.index(row) for row in self.rows()[:MOST_DRAGGED]]
        data = self.pictures.mimeData(indexes)
        if not data.hasUrls():
            return
        drag = QDrag(self)
        drag.setMimeData(data)
        entry = self.pictures.entry(self.currentIndex().row())
        image = None if entry is None else self._thumbs.image(key_of(entry, 1))
        if image is not None:
            smooth = Qt.TransformationMode.SmoothTransformation
            drag.setPixmap(QPixmap.fromImage(image.scaledToWidth(_DRAGGED_WIDTH, smooth)))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        _take_own(event)

    @override
    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        _take_own(e)

    @override
    def dropEvent(self, e: QDropEvent) -> None:
        _take_own(e)

    # Painting

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(e.rect(), theme.color("canvas"))
        top, height = self.offset(), self.viewport().height()
        self._paint_heads(painter, top, top + height)
        wishes: list[Wish] = []
        for line in self.places.lines(top, top + height):
            for row in line:
                paint_tile(painter, self._tile(row), self._thumbs)
                wishes += self._wish(row)
        paint_band(painter, self.band())
        self._thumbs.want([*wishes, *self.also_wanted(), *self._near(top, height)])

    def _tile(self, row: int) -> Tile:
        entry, index = self.pictures.entry(row), self.pictures.index(row)
        return Tile(
            self.visualRect(index),
            entry,
            selected=self.selectionModel().isSelected(index),
            current=row == self.currentIndex().row() and self.hasFocus(),
            offline=entry is not None and entry.gallery in self.pictures.catalogue.offline,
        )

    def _wish(self, row: int) -> list[Wish]:
        entry = self.pictures.entry(row)
        if entry is None or entry.facts.kind == "broken":
            return []
        key = key_of(entry, self.places.edge * self.devicePixelRatioF())
        if not self._thumbs.lacks(key):
            return []
        return [Wish(key, self.pictures.catalogue.path(entry))]

    def _near(self, top: int, height: int) -> Iterator[Wish]:
        """Yield the thumbnails to be made once all on the screen are there."""
        ahead = round(_AHEAD * height)
        below = self.places.lines(top + height + 1, top + height + ahead)
        above = self.places.lines(max(top - ahead, 0), top - 1) if top > 0 else ()
        for line in (*below, *above):
            for row in line:
                yield from self._wish(row)

    def _paint_heads(self, painter: QPainter, top: int, bottom: int) -> None:
        """Paint what each section's pictures share, and how many they are."""
        metrics = QFontMetrics(self.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        for section, place in self.places.heads(top, bottom):
            tail = f"   {self.places.count_of(section):,}"
            label = " ".join(self.pictures.shown.heads[section].split()) or tr("Single pictures")
            room = place.width() - metrics.horizontalAdvance(tail)
            rect = place.translated(0, -top)
            words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.color("text"))
            painter.drawText(rect, middle, words)
            painter.setPen(theme.color("secondary"))
            rect.setLeft(rect.left() + metrics.horizontalAdvance(words))
            painter.drawText(rect, middle, tail)


def _help() -> str:
    return tr(
        "Arrows choose a picture, Enter shows it large, F makes it a favourite, 0 to 5 rate it, "
        "Del throws it away. P, S and A take its prompt, its seed or all its settings."
    )


def _take_own(event: QDropEvent) -> None:
    if event.mimeData().hasFormat(DRAGGED):
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
    else:
        event.ignore()
