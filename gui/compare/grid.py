"""The grid of live cells: a Qt table, so that keys, screen readers and scrolling are Qt's own."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from engine.compare.axes import Skip
from gui import theme
from gui.compare.cell_painter import CAPTION, GAP, paint_cell, paint_skip, picture_box
from gui.compare.cells import LiveCell
from gui.compare.cells_model import CELL_ROLE, CellsModel
from gui.compare.frames import Frames

Index = QModelIndex | QPersistentModelIndex

SMALLEST, LARGEST = 80, 420
"""Pixels that a cell's picture has at least, and at most."""

_WIDEST_LABEL = 20
"""Letters that a row's label may have, about."""
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Space: "open",
    Qt.Key.Key_R: "roll",
    Qt.Key.Key_S: "stop",
    Qt.Key.Key_F: "reference",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_U: "use",
    Qt.Key.Key_P: "plots",
}
HELP = (
    "Arrows choose a cell. Enter shows it large, F compares all with it, R rolls it again, "
    "S stops it or lets it go on, Del leaves it out, U takes its settings, P shows the plots."
)


class Grid(QTableView):
    """Shows the cells; `wanted` is what the user wants done with the current one."""

    wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, model: CellsModel, frames: Frames) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName("Cells")
        self.setAccessibleDescription(HELP)
        self.setToolTip(HELP)
        self._cells = model
        self._frames = frames
        self._delegate = _Delegate(frames)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._dress()
        model.modelReset.connect(self.fit)
        frames.ready.connect(model.tell)
        self.doubleClicked.connect(lambda _: self.wanted.emit("open"))

    def current(self) -> LiveCell | None:
        """Return the cell that the keys are about."""
        return self._cells.cell(self.currentIndex())

    def set_current(self, cell: LiveCell) -> None:
        index = self._cells.index_of(cell)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def set_reference(self, cell: LiveCell | None) -> None:
        """Mark the cell that the others are compared with."""
        self._delegate.reference = cell
        self.viewport().update()

    @Slot()
    def fit(self) -> None:
        """Make the cells as large as all of them fit, within reason."""
        columns, rows = self._cells.columnCount(), self._cells.rowCount()
        if not columns or not rows:
            return
        side = self._label_width()
        self.verticalHeader().setFixedWidth(side)
        self.verticalHeader().setVisible(side > 0)
        self.horizontalHeader().setVisible(self._cells.headerData(0, _ACROSS) is not None)
        head = QFontMetrics(self.horizontalHeader().font()).height() + 2 * theme.SMALL
        self.horizontalHeader().setFixedHeight(head)
        room = self.size() - QSize(side + 2, head + 2)
        around = QFontMetrics(self.font()).height() + CAPTION
        edge = _edge(room, columns, rows, around)
        if rows * (edge + around + GAP) > room.height():
            room -= QSize(self.verticalScrollBar().sizeHint().width(), 0)
            edge = _edge(room, columns, rows, around)
        wide = max(edge + GAP, min(room.width() // columns, LARGEST + GAP))
        self.horizontalHeader().setDefaultSectionSize(wide)
        self.verticalHeader().setDefaultSectionSize(edge + around + GAP)
        ratio = self.devicePixelRatioF()
        self._frames.set_size(QSize(round(edge * ratio), round(edge * ratio)))

    def _label_width(self) -> int:
        if self._cells.headerData(0, _DOWN) is None:
            return 0
        widest = _WIDEST_LABEL * QFontMetrics(self.font()).averageCharWidth()
        return min(self.verticalHeader().sizeHint().width() + 2 * theme.MEDIUM, widest)

    def _dress(self) -> None:
        self.setProperty("surface", "cells")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setMinimumSectionSize(1)
            header.setFont(_strong(self.font()))
            header.setTextElideMode(Qt.TextElideMode.ElideRight)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self._cells.cell(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        what = _KEYS.get(Qt.Key(event.key()))
        if what is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(what)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for header in (self.horizontalHeader(), self.verticalHeader()):
                header.setFont(_strong(self.font()))
            self.fit()


def _edge(room: QSize, columns: int, rows: int, around: int) -> int:
    """Return the side of the pictures by which all fit into the room, within reason."""
    edge = min(room.width() // columns - GAP, room.height() // rows - around - GAP)
    return min(max(edge, SMALLEST), LARGEST)


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class _Delegate(QStyledItemDelegate):
    """Paints one cell: its frame, how far it is, and whether it is the one in hand."""

    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.reference: LiveCell | None = None
        self._frames = frames

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        rect: QRect = option.rect
        found = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = picture_box(QRectF(rect), painter.fontMetrics().height())
        if isinstance(found, Skip):
            paint_skip(painter, box, found.reason)
        elif isinstance(found, LiveCell):
            paint_cell(painter, box, found, self._frames)
            if found is self.reference:
                _tag(painter, box, "reference")
        if isinstance(view, QTableView) and view.currentIndex() == index:
            _ring(painter, box, view)
        painter.restore()


def _ring(painter: QPainter, box: QRectF, view: QWidget) -> None:
    """Mark the current cell, more strongly where the keys go to it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = painter.pen()
    pen.setColor(theme.color("accent"))
    pen.setWidthF(3 if view.hasFocus() else 1.5)
    painter.setPen(pen)
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), theme.CORNER, theme.CORNER)


def _tag(painter: QPainter, box: QRectF, text: str) -> None:
    """Write a word into the picture's upper left corner, on a ground of its own."""
    metrics = painter.fontMetrics()
    room = int(box.width()) - 2 * (theme.SMALL + theme.TINY)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    size = QSize(metrics.horizontalAdvance(text) + 2 * theme.SMALL, metrics.height() + theme.TINY)
    place = QRectF(box.topLeft(), size).translated(theme.TINY, theme.TINY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(place, theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    painter.setPen(theme.color("on_accent"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
