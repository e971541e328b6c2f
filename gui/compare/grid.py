"""The grid of live cells: a Qt table, so that keys, screen readers and scrolling are Qt's own."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QSize,
    QSizeF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from typing_extensions import override

from gui import theme
from gui.compare.cell_delegate import CellDelegate
from gui.compare.cell_painter import CAPTION, GAP, picture_box
from gui.compare.cells import LiveCell
from gui.compare.cells_model import CellsModel
from gui.compare.frames import Frames
from gui.widgets.pinch import pinched, turned
from gui.words import marked, tr

Index = QModelIndex | QPersistentModelIndex

SMALLEST, LARGEST = 72, 420
"""Pixels that a cell's picture has at least, and at most."""

_LEAST_EMS = 5.5
"""Ems that it has at least, for the words under it."""

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
_WIDEST_LABEL, _MOST_LABEL = 20, 0.25
"""Letters that a row's label may have, about, and the share of the width that it may take."""
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Space: "open",
    Qt.Key.Key_R: "roll",
    Qt.Key.Key_S: "stop",
    Qt.Key.Key_F: "reference",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_U: "use",
    Qt.Key.Key_K: "pin",
    Qt.Key.Key_B: "branch",
    Qt.Key.Key_J: "judge",
    Qt.Key.Key_P: "plots",
    Qt.Key.Key_X: "noisy",
}
HELP = marked(
    "Arrows choose a cell, with Shift several. Enter shows them large, F compares all with the "
    "cell, K pins it, R rolls it again, S stops it or lets it go on, Del leaves it out, B branches "
    "from its step, U takes its settings, P shows the plots, J begins the blind test. + and - or "
    "Ctrl and the wheel zoom into all, 0 fits, 1 is 100 %, X shows the noisy pictures."
)


class Grid(QTableView):
    """Shows the cells; `wanted` is what the user wants done with the current one.

    `looked` says that all of them are looked at more closely now, or at another spot.
    """

    wanted = Signal(str)
    chosen = Signal(object)
    looked = Signal()

    def __init__(self, model: CellsModel, frames: Frames) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName(tr("Cells"))
        self.setAccessibleDescription(tr(HELP))
        self.setToolTip(tr(HELP))
        self._cells = model
        self._frames = frames
        self._delegate = CellDelegate(frames)
        self._grip: QPoint | None = None
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._dress()
        model.modelReset.connect(self.fit)
        frames.ready.connect(model.tell)
        self.doubleClicked.connect(lambda _: self.wanted.emit("open"))

    def current(self) -> LiveCell | None:
        """Return the cell that the keys are about."""
        return self._cells.cell(self.currentIndex())

    def selected(self) -> list[LiveCell]:
        """Return the cells that are chosen together, row by row; the current one alone else."""
        indexes = sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column()))
        found = [self._cells.cell(index) for index in indexes]
        return list(dict.fromkeys(cell for cell in found if cell is not None))

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
        edge = self._edge(room, around)
        if rows * (edge + around + GAP) > room.height():
            room -= QSize(self.verticalScrollBar().sizeHint().width(), 0)
            edge = self._edge(room, around)
        wide = max(edge + GAP, min(room.width() // columns, LARGEST + GAP))
        self.horizontalHeader().setDefaultSectionSize(wide)
        self.verticalHeader().setDefaultSectionSize(edge + around + GAP)
        ratio = self.devicePixelRatioF()
        self._frames.set_size(QSize(round(edge * ratio), round(edge * ratio)))

    def _label_width(self) -> int:
        if self._cells.headerData(0, _DOWN) is None:
            return 0
        widest = _WIDEST_LABEL * QFontMetrics(self.font()).averageCharWidth()
        widest = min(widest, round(_MOST_LABEL * self.width()))
        return min(self.verticalHeader().sizeHint().width() + 2 * theme.MEDIUM, widest)

    def _edge(self, room: QSize, around: int) -> int:
        """Return the side of the pictures by which all fit into the room, within reason."""
        across = room.width() // self._cells.columnCount() - GAP
        edge = min(across, room.height() // self._cells.rowCount() - around - GAP)
        smallest = max(SMALLEST, round(_LEAST_EMS * QFontInfo(self.font()).pixelSize()))
        return min(max(edge, smallest), LARGEST)

    def _dress(self) -> None:
        self.setProperty("surface", "cells")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
            # Seeds may differ in the last of many digits.
            header.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    # Zoom and pan, one for all cells

    def zoom_percent(self) -> int:
        """Return how large the cells' pictures are shown."""
        return round(100 * self._frames.look.scale(self._natural(), self._frames.box))

    def fit_pictures(self) -> None:
        self._frames.look.fit()
        self._looked()

    @Slot()
    def turn_zoom(self) -> None:
        """Show the cells at 100 %, or fitted where they are not."""
        (self.actual_size if self._frames.look.fitted else self.fit_pictures)()

    def actual_size(self) -> None:
        """Show each of the pictures' pixels on one of the screen's, in all cells."""
        self._frames.look.zoom_to(1.0, self._natural(), self._frames.box, None)
        self._looked()

    def zoom_step(self, direction: int) -> None:
        self._frames.look.step(direction, self._natural(), self._frames.box)
        self._looked()

    def zoom_by(self, factor: float, about: QPointF) -> None:
        """Zoom so that what is at a point of the viewport stays there."""
        rect = self.visualRect(self.indexAt(about.toPoint()))
        box = picture_box(rect, QFontMetrics(self.font()).height())
        inside = (about - QPointF(box.topLeft())) * self.devicePixelRatioF()
        self._frames.look.zoom_by(factor, self._natural(), self._frames.box, inside)
        self._looked()

    def _pan(self, by: QPoint) -> None:
        pixels = QPointF(by) * self.devicePixelRatioF()
        self._frames.look.pan(pixels, self._natural(), self._frames.box)
        self._looked()

    def _natural(self) -> QSizeF:
        """Return the size of the current cell's picture, by which zooming is reckoned."""
        cell = self.current() or self._cells.cell(self._cells.index(0, 0))
        return QSizeF(1, 1) if cell is None else QSizeF(cell.recipe.width, cell.recipe.height)

    def _looked(self) -> None:
        free = not self._frames.look.fitted
        shape = Qt.CursorShape.OpenHandCursor if free else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._frames.touch_all()
        self.looked.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(turned(event), event.position())
        else:
            super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        return pinched(event, self.zoom_by) or super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self._frames.look.fitted:
            self._grip = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            super().mouseMoveEvent(event)
            return
        here = event.position().toPoint()
        self._pan(here - self._grip)
        self._grip = here

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        super().mouseReleaseEvent(event)

    # Keys

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self._cells.cell(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift, pad = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
        if not event.modifiers() & ~(shift | pad) and self._zoomed_by(key):
            return
        if key not in _KEYS or event.modifiers() & ~pad:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(_KEYS[key])

    def _zoomed_by(self, key: Qt.Key) -> bool:
        """Zoom as a key asks for; False if it asks for something else."""
        deeds: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_0: self.fit_pictures,
            Qt.Key.Key_1: self.actual_size,
            Qt.Key.Key_Plus: lambda: self.zoom_step(1),
            Qt.Key.Key_Equal: lambda: self.zoom_step(1),
            Qt.Key.Key_Minus: lambda: self.zoom_step(-1),
        }
        if key in deeds:
            deeds[key]()
        return key in deeds

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


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
