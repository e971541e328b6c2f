"""How one cell is painted: its picture, a thin bar while it runs, a line of words under it."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPen

from gui import theme
from gui.compare.cells import LiveCell, State, capital
from gui.compare.cells_model import brief
from gui.compare.frames import Frames
from gui.retelling import retold
from gui.viewer.exhibit import Projection
from gui.viewer.painting import Pane, paint_picture
from gui.words import tr

GAP = 14
"""Room between two cells."""

CAPTION = 6
"""Room between a picture and the words under it."""

_BAR = 3
_DOT = "  ·  "
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)
_MOST_TEXTS = 1000


def picture_box(cell: QRect, line: int) -> QRect:
    """Return where in a cell's rectangle its picture goes: a square over a line of words."""
    side = max(1, min(cell.width() - GAP, cell.height() - line - CAPTION - GAP))
    return QRect(cell.left() + (cell.width() - side) // 2, cell.top() + GAP // 2, side, side)


class Captions:
    """The line under each picture: as many of its words as fit, which takes time to find out."""

    def __init__(self) -> None:
        self._usual = QFont()
        self._small = QFont()
        self._texts: dict[tuple[tuple[str, ...], int], str] = {}

    def write(self, painter: QPainter, box: QRect, words: list[str], *, faded: bool) -> None:
        """Write as many of the words as fit under a picture's box."""
        usual = painter.font()
        if usual != self._usual:
            self._begin(usual)
        width = box.width() + GAP
        key = (tuple(words), width)
        if key not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[key] = self._fitting(words, width)
        painter.setFont(self._small)
        painter.setPen(theme.color("secondary" if faded else "text"))
        line = painter.fontMetrics().height() + 2
        room = QRect(box.left() - GAP // 2, box.top() + box.height() + CAPTION, width, line)
        painter.drawText(room, _CENTRED, self._texts[key])
        painter.setFont(usual)

    def _begin(self, usual: QFont) -> None:
        self._usual, self._small = QFont(usual), QFont(usual)
        self._small.setPixelSize(max(1, round(QFontInfo(usual).pixelSize() * 12 / 13)))
        self._texts.clear()

    def _fitting(self, words: list[str], width: int) -> str:
        metrics = QFontMetrics(self._small)
        while len(words) > 1 and metrics.horizontalAdvance(_DOT.join(words)) > width:
            words = words[:-1]
        return metrics.elidedText(_DOT.join(words), Qt.TextElideMode.ElideRight, width)


def paint_cell(
    painter: QPainter, box: QRect, cell: LiveCell, frames: Frames, captions: Captions
) -> None:
    """Paint a cell as it is now, its picture as the darkroom has drawn it."""
    made = frames.print_of(cell)
    area = QRectF(box)
    if made is None:
        _paint_empty(painter, area)
        _write_inside(painter, area, _waiting_words(cell))
    else:
        pane = Pane(box, box, painter.device().devicePixelRatio())
        paint_picture(painter, pane, Projection(made.image, made.corner), fitted=False)
    if cell.state is State.RUNNING:
        _paint_bar(painter, area, cell.reached / cell.steps)
    if made is not None:
        words = brief(cell, made.of.step)
        captions.write(painter, box, words, faded=cell.state is not State.DONE)


def paint_skip(painter: QPainter, box: QRectF, reason: str) -> None:
    """Paint a place where no picture can be, and say why."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("line"), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(_sharp(box), theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    _write_inside(painter, box, reason)


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


def _write_inside(painter: QPainter, box: QRectF, words: str) -> None:
    painter.setPen(theme.color("secondary"))
    inside = box.adjusted(theme.SMALL, theme.SMALL, -theme.SMALL, -theme.SMALL)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(inside, int(flags), words)


def _waiting_words(cell: LiveCell) -> str:
    if cell.state is State.FAILED and cell.problem:
        return tr("Failed. {reason}", reason=retold(cell.problem))
    if cell.state is State.LEFT_OUT:
        return capital(cell)
    return f"{capital(cell)}\n{tr('%n step(s)', n=cell.steps)}"


def _sharp(box: QRectF) -> QRectF:
    """Return the box moved onto the middles of pixels, where a hairline is sharp."""
    return QRectF(
        round(box.left()) + 0.5, round(box.top()) + 0.5, box.width() - 1, box.height() - 1
    )
