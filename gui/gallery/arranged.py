"""A Qt list that knows by arithmetic where each of its items lies.

Qt's own icon view places each item beforehand, a quarter of a second for a hundred thousand, and
again for every one that comes. Here nothing is placed until it is looked at.
"""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView
from typing_extensions import override

from gui import theme
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.places import GAP, Measures, Places

Index = QModelIndex | QPersistentModelIndex

SIZES = (96, 128, 160, 208, 272, 360)
"""Least edges of a cell."""

USUAL_SIZE = 2
_LINE = 3.0
"""Parts of a line of pictures that one notch of the wheel moves by."""


class ArrangedList(QListView):
    """Lines of equal cells, in sections if the model has them. `chosen` is any new selection."""

    chosen = Signal()

    def __init__(self, model: PicturesModel) -> None:
        super().__init__()
        self.pictures = model
        self._step = USUAL_SIZE
        self._anchor = 0
        self._band: QRect | None = None
        self.places = Places(0, Measures(100, SIZES[USUAL_SIZE]))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setModel(model)
        model.modelReset.connect(self.lay_out)
        model.rowsRemoved.connect(self.lay_out)

    # What is selected

    def rows(self) -> list[int]:
        """Return the rows that are selected."""
        return sorted(row for one in self._ranges() for row in one)

    def count_selected(self) -> int:
        return sum(map(len, self._ranges()))

    def _ranges(self) -> list[range]:
        found = self.selectionModel().selection().toList()
        return [range(one.top(), one.bottom() + 1) for one in found]

    def select(self, rows: list[int], current: int) -> None:
        """Select these rows and no others."""
        selection = QItemSelection()
        for row in rows:
            index = self.pictures.index(row)
            selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self._anchor = current
        self.selectionModel().setCurrentIndex(self.pictures.index(current), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def go_to(self, row: int) -> None:
        """Make a picture the current and only selected one."""
        if 0 <= row < self.pictures.rowCount():
            self.select([row], row)

    # Where things are

    def offset(self) -> int:
        """Return how far the list is scrolled down, in pixels."""
        return self.verticalScrollBar().value()

    def first_row(self) -> int:
        """Return the first row on the screen."""
        line = next(self.places.lines(self.offset(), self.places.height), range(1))
        return line[0]

    def set_size_step(self, step: int) -> None:
        """Make the cells as large as one of SIZES; what is in the middle stays there."""
        step = min(max(step, 0), len(SIZES) - 1)
        if step != self._step:
            middle = self._middle_row()
            self._step = step
            self.lay_out()
            self.scrollTo(self.pictures.index(middle), self.ScrollHint.PositionAtCenter)

    def size_step(self) -> int:
        return self._step

    def _middle_row(self) -> int:
        current = self.currentIndex()
        if current.isValid() and self.viewport().rect().intersects(self.visualRect(current)):
            return current.row()
        middle = self.offset() + self.viewport().height() // 2
        return next((line[0] for line in self.places.lines(middle, self.places.height)), 0)

    @Slot()
    def lay_out(self) -> None:
        """Reckon anew where everything lies."""
        model = self.pictures
        head = QFontMetrics(self.font()).height() + 2 * theme.SMALL
        measures = Measures(self.viewport().width(), SIZES[self._step], head, theme.LARGE)
        self.places = Places(model.rowCount(), measures, model.shown.starts)
        self.updateGeometries()
        self.viewport().update()

    @override
    def doItemsLayout(self) -> None:
        self.lay_out()

    @override
    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(self.places.height - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(max(round((self.places.edge + GAP) / _LINE), 1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.first_row() if self.offset() else 0
        super().resizeEvent(event)
        self.lay_out()
        if first and first < self.places.count:
            self.verticalScrollBar().setValue(self.places.rect(first).top() - theme.LARGE)

    @override
    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Keep what is on the screen where it is, unless that is the beginning."""
        above = self.offset() > 0 and start <= self.first_row()
        lines = -(-(end - start + 1) // self.places.columns)
        self.lay_out()
        if above:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + lines * (self.places.edge + GAP))

    @override
    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self.places.count:
            return QRect()
        return self.places.rect(index.row()).translated(0, -self.offset())

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        row = self.places.row_at(p + QPoint(0, self.offset()))
        return QModelIndex() if row is None else self.pictures.index(row)

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= self.places.count:
            return
        rect = self.places.rect(index.row())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        above = rect.top() - theme.LARGE - self.places.head
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(rect.center().y() - height // 2)
        elif above < bar.value():
            bar.setValue(above)
        elif rect.bottom() + theme.LARGE > bar.value() + height:
            bar.setValue(rect.bottom() + theme.LARGE - height)

    @override
    def isIndexHidden(self, index: Index) -> bool:
        return False

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def verticalOffset(self) -> int:
        return self.offset()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # Selecting, by mouse and keys

    def band(self) -> QRect | None:
        """Return where the rubber band lies that is being drawn, on the screen; None for none."""
        return None if self._band is None else self._band.translated(0, -self.offset())

    @override
    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band touches, or all from the anchor to the current picture."""
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = _between(rect.topLeft(), rect.bottomRight()).translated(0, self.offset())
            self.viewport().update()
        selection = QItemSelection()
        for piece in self._pieces(rect, command):
            first, last = self.pictures.index(piece[0]), self.pictures.index(piece[-1])
            selection.select(first, last)
        self.selectionModel().select(selection, command)

    def _pieces(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> list[range]:
        """Return the rows to be selected, in pieces."""
        below = rect.translated(0, self.offset())
        if self.state() == QAbstractItemView.State.DragSelectingState:
            return self.places.within(below.normalized())
        if command & QItemSelectionModel.SelectionFlag.Current:
            current = max(self.currentIndex().row(), 0)
            return [range(min(self._anchor, current), max(self._anchor, current) + 1)]
        row = self.places.row_at(below.center())
        self._anchor = self._anchor if row is None else row
        return [] if row is None else [range(row, row + 1)]

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.scrollTo(current)
        self.viewport().update()
        self.chosen.emit()

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        count, row = self.pictures.rowCount(), self.currentIndex().row()
        if not count or row < 0:
            return self.pictures.index(0) if count else QModelIndex()
        page = max(self.viewport().height() // (self.places.edge + GAP), 1)
        action, beside = QAbstractItemView.CursorAction, self.places.beside
        aims = {
            action.MoveLeft: row - 1,
            action.MoveRight: row + 1,
            action.MoveHome: 0,
            action.MoveEnd: count - 1,
            action.MoveUp: beside(row, -1),
            action.MoveDown: beside(row, 1),
            action.MovePageUp: beside(row, -page),
            action.MovePageDown: beside(row, page),
        }
        return self.pictures.index(min(max(aims.get(cursorAction, row), 0), count - 1))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters mean other things here, and it would look at every picture."""


def _between(one: QPoint, other: QPoint) -> QRect:
    """Return the rectangle with two points in opposite corners; Qt's own loses its edges."""
    across, down = sorted((one.x(), other.x())), sorted((one.y(), other.y()))
    return QRect(QPoint(across[0], down[0]), QPoint(across[1], down[1]))
