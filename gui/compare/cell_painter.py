"""How one cell is painted: its picture, a thin bar while it runs, a line of words under it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QImage, QPainter, QPen

from gui import theme
from gui.compare.cells import LiveCell, State, capital
from gui.compare.cells_model import brief
from gui.compare.frames import Frames

GAP = 14
"""Room between two cells."""

CAPTION = 6
"""Room between a picture and the words under it."""

_BAR = 3
_DOT = "  ·  "


def picture_box(cell: QRectF, line: int) -> QRectF:
    """Return where in a cell's rectangle its picture goes: a square over a line of words."""
    side = min(cell.width() - GAP, cell.height() - line - CAPTION - GAP)
    return QRectF(cell.center().x() - side / 2, cell.top() + GAP / 2, side, side)


def paint_cell(painter: QPainter, box: QRectF, cell: LiveCell, frames: Frames) -> None:
    """Paint a cell as it is now."""
    image = frames.image(cell)
    if image is None:
        _paint_empty(painter, box)
        _write_inside(painter, box, _waiting_words(cell))
    else:
        painter.drawImage(fitted(box, image), image)
    if cell.state is State.RUNNING:
        _paint_bar(painter, box, cell.reached / cell.steps)
    words = brief(cell, frames.shown_step(cell)) if image is not None else []
    _write_below(painter, box, words, faded=cell.state is not State.DONE)


def paint_skip(painter: QPainter, box: QRectF, reason: str) -> None:
    """Paint a place where no picture can be, and say why."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("line"), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(_sharp(box), theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    _write_inside(painter, box, reason)


def fitted(box: QRectF, image: QImage) -> QRectF:
    """Return the largest rectangle of the image's shape in the middle of a box."""
    scale = min(box.width() / image.width(), box.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    return QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)


def _paint_empty(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(_sharp(box), theme.PICTURE_CORNER, theme.PICTURE_CORNER)


def _paint_bar(painter: QPainter, box: QRectF, share: float) -> None:
    """Paint how far a cell is, just under its picture."""
    groove = QRectF(box.left(), box.bottom() + 2, box.width(), _BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("groove"))
    painter.drawRoundedRect(groove, 1.5, 1.5)
    groove.setWidth(max(_BAR, groove.width() * share))
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(groove, 1.5, 1.5)


def _write_below(painter: QPainter, box: QRectF, words: list[str], *, faded: bool) -> None:
    """Write as many of the words as fit."""
    line = painter.fontMetrics().height()
    room = QRectF(box.left() - GAP / 2, box.bottom() + CAPTION, box.width() + GAP, line)
    font = painter.font()
    font.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * 12 / 13)))
    metrics = QFontMetrics(font)
    while len(words) > 1 and metrics.horizontalAdvance(_DOT.join(words)) > room.width():
        words = words[:-1]
    text = metrics.elidedText(_DOT.join(words), Qt.TextElideMode.ElideRight, int(room.width()))
    usual = painter.font()
    painter.setFont(font)
    painter.setPen(theme.color("secondary" if faded else "text"))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(usual)


def _write_inside(painter: QPainter, box: QRectF, words: str) -> None:
    painter.setPen(theme.color("secondary"))
    inside = box.adjusted(theme.SMALL, theme.SMALL, -theme.SMALL, -theme.SMALL)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(inside, int(flags), words)


def _waiting_words(cell: LiveCell) -> str:
    failed = cell.state is State.FAILED and cell.problem
    return f"Failed. {cell.problem}" if failed else capital(cell)


def _sharp(box: QRectF) -> QRectF:
    """Return the box moved onto the middles of pixels, where a hairline is sharp."""
    return QRectF(
        round(box.left()) + 0.5, round(box.top()) + 0.5, box.width() - 1, box.height() - 1
    )
