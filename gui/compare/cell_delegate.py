"""Paints the grid's cells where Qt wants them, and marks those in hand, chosen, referred to."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from engine.compare.axes import Skip
from gui import theme
from gui.compare.cell_painter import Captions, paint_cell, paint_skip, picture_box
from gui.compare.cells import LiveCell
from gui.compare.cells_model import CELL_ROLE, TAG_ROLE
from gui.compare.frames import Frames
from gui.retelling import retold
from gui.words import tr


class CellDelegate(QStyledItemDelegate):
    """Paints one cell: its frame, how far it is, and whether it is the one in hand."""

    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.reference: LiveCell | None = None
        self._frames = frames
        self._captions = Captions()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        view, rect, state = option.widget, option.rect, option.state
        found = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = picture_box(rect, painter.fontMetrics().height())
        if isinstance(found, Skip):
            paint_skip(painter, QRectF(box), retold(found.reason))
        elif isinstance(found, LiveCell):
            paint_cell(painter, box, found, self._frames, self._captions)
            tags = [*index.data(TAG_ROLE)]
            tags += [tr("reference")] if found is self.reference else []
            if tags:
                _tag(painter, box, "  ·  ".join(tags))
        current = isinstance(view, QTableView) and view.currentIndex() == index
        if current and isinstance(view, QWidget):
            _ring(painter, box, 3 if view.hasFocus() else 1.5)
        elif state & QStyle.StateFlag.State_Selected and isinstance(found, LiveCell):
            _ring(painter, box, 1.5)
        painter.restore()


def _ring(painter: QPainter, box: QRect, width: float) -> None:
    """Mark a cell that the keys are about, or that was chosen with others."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), width))
    around = QRectF(box).adjusted(-2, -2, 2, 2)
    painter.drawRoundedRect(around, theme.CORNER, theme.CORNER)


def _tag(painter: QPainter, box: QRect, text: str) -> None:
    """Write a word into the picture's upper left corner, on a ground of its own."""
    metrics = painter.fontMetrics()
    room = box.width() - 2 * (theme.SMALL + theme.TINY)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    size = QSize(metrics.horizontalAdvance(text) + 2 * theme.SMALL, metrics.height() + theme.TINY)
    place = QRect(box.topLeft(), size).translated(theme.TINY, theme.TINY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(place, theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    painter.setPen(theme.color("on_accent"))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
