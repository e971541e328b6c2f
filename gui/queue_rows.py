"""One job of the queue as it is painted: what is made, how it stands, how far it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from gui import theme
from gui.queue_model import ROW_ROLE, Queue, Row, cost
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex

_BAR = 3
_ELIDE = Qt.TextElideMode.ElideRight


class QueueRows(QStyledItemDelegate):
    """Two lines with an icon before them and a thin bar under them; high enough for any type."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(200, 2 * line + _BAR + 2 * theme.SMALL + theme.TINY)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, queue = index.data(ROW_ROLE), index.model()
        if not isinstance(row, Row) or not isinstance(queue, Queue):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        inner = option.rect.adjusted(theme.SMALL, theme.SMALL, -theme.SMALL, -theme.SMALL)
        held = queue.is_held(row)
        side = QFontMetrics(option.font).ascent()
        mark = QRect(inner.left(), inner.top() + 1, side, side)
        _icon(row, held=held).paint(painter, mark)
        inner.setLeft(mark.right() + theme.SMALL)
        _paint_words(painter, option.font, inner, row, row.state(held=queue.all_paused))
        if row.progress is not None:
            _paint_bar(painter, inner, row.progress.share, held=held)
        painter.restore()


def _icon(row: Row, *, held: bool) -> QIcon:
    if row.problem is not None:
        return theme.icon("warning", "warning")
    if held:
        return theme.icon("pause", "secondary")
    runs = row.progress is not None
    return theme.icon("play", "accent") if runs else theme.icon("clock", "secondary")


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    state: QStyle.StateFlag = option.state
    if not state & QStyle.StateFlag.State_Selected:
        return
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("accent" if focused else "edge"), 2 if focused else 1))
    edge = QRectF(option.rect).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(edge, theme.CORNER, theme.CORNER)


def _paint_words(painter: QPainter, font: QFont, room: QRect, row: Row, state: str) -> None:
    metrics = QFontMetrics(font)
    line = metrics.lineSpacing()
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    title = _cut(metrics, row.title(), room.width())
    painter.drawText(room.left(), room.top() + metrics.ascent(), title)
    base = room.top() + line + metrics.ascent()
    # How it stands matters more than what it costs; the seed tells it from those of one prompt.
    free = room.width() - metrics.horizontalAdvance(state) - theme.MEDIUM
    made = made_in(row, metrics, free)
    painter.setPen(theme.color("secondary"))
    painter.drawText(room.left() + room.width() - metrics.horizontalAdvance(made), base, made)
    painter.setPen(theme.color("warning" if row.problem is not None else "secondary"))
    painter.drawText(room.left(), base, _cut(metrics, state, room.width()))


def made_in(row: Row, metrics: QFontMetrics, room: int) -> str:
    """Return what is said of a job's picture in `room` pixels: all, its seed alone, or nothing."""
    recipe = row.job.recipe
    seed = tr("seed {seed}", seed=recipe.seed)
    said = (tr("{cost}, seed {seed}", cost=cost(recipe), seed=recipe.seed), seed)
    return next((words for words in said if metrics.horizontalAdvance(words) <= room), "")


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, _ELIDE, width)


def _paint_bar(painter: QPainter, room: QRect, share: float, *, held: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    whole = QRectF(room.left(), room.bottom() - _BAR + 1, room.width(), _BAR)
    painter.setBrush(theme.color("groove"))
    painter.drawRoundedRect(whole, 1.5, 1.5)
    if share > 0:
        painter.setBrush(theme.color("secondary" if held else "accent"))
        whole.setWidth(max(_BAR, whole.width() * share))
        painter.drawRoundedRect(whole, 1.5, 1.5)
