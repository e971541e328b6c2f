"""How the viewer's panes are painted: pictures pixel for pixel, captions, the edge, the loupe."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from gui import theme
from gui.canvas.shown import round_off
from gui.viewer.exhibit import Exhibit, Projection, Projector, magnified
from gui.viewer.look import columns_for

LOUPE = 168
"""Side of the loupe, in logical pixels; a small pane has a smaller one."""

TIMES = 4
"""How many times at least the loupe magnifies what is on the screen."""

_GAP = 12


@dataclass(frozen=True, slots=True)
class Pane:
    """The room of one picture: where it is, with and without its caption, in logical pixels.

    `ratio` is the screen's pixels for one logical pixel.
    """

    whole: QRect
    room: QRect
    ratio: float

    @property
    def size(self) -> QSizeF:
        """The room's size in the screen's pixels."""
        return QSizeF(self.window().size())

    def window(self) -> QRect:
        """Return the room in the screen's pixels, seen from its own corner."""
        width, height = self.room.width() * self.ratio, self.room.height() * self.ratio
        return QRect(0, 0, max(1, round(width)), max(1, round(height)))

    def corner(self) -> QPoint:
        """Return where the room begins, in the screen's pixels."""
        return QPoint(round(self.room.left() * self.ratio), round(self.room.top() * self.ratio))

    def inside(self, point: QPointF) -> QPointF:
        """Return a logical point of the widget in the screen's pixels from the room's corner."""
        return (point * self.ratio) - QPointF(self.corner())


def rooms(count: int, shape: QSizeF, size: QSize, line: int, ratio: float) -> list[Pane]:
    """Return the panes of so many pictures of one shape in a widget of that size.

    `line` is how high a caption is, `ratio` the screen's pixels for one logical pixel.
    """
    width, height = size.width() - _GAP, size.height() - _GAP
    columns = columns_for(count, QSizeF(width, height), shape)
    rows = math.ceil(count / columns)
    found = []
    for place in range(count):
        row, column = divmod(place, columns)
        left, right = (_GAP + width * (column + k) // columns for k in (0, 1))
        top, bottom = (_GAP + height * (row + k) // rows for k in (0, 1))
        whole = QRect(left, top, right - left - _GAP, bottom - top - _GAP)
        found.append(Pane(whole, whole.adjusted(0, 0, 0, -line), ratio))
    return found


def paint_picture(painter: QPainter, pane: Pane, projection: Projection, *, fitted: bool) -> None:
    """Paint what is seen of a picture, one of its image's pixels on each of the screen's."""
    if projection.image.isNull():
        return
    corner = pane.corner() + projection.corner
    if pane.ratio == 1:
        painter.drawImage(corner, projection.image)
    else:
        painter.save()
        painter.scale(1 / pane.ratio, 1 / pane.ratio)
        painter.drawImage(corner, projection.image)
        painter.restore()
    if fitted:
        area = QRectF(QPointF(corner) / pane.ratio, QSizeF(projection.image.size()) / pane.ratio)
        round_off(painter, area, "canvas")


def paint_caption(painter: QPainter, pane: Pane, words: str, below: float, *, strong: bool) -> None:
    """Write a label under the part of a picture that is seen, which ends at `below`."""
    metrics = painter.fontMetrics()
    text = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, pane.whole.width())
    line = QRectF(pane.whole.left(), below + theme.TINY, pane.whole.width(), metrics.height())
    painter.setPen(theme.color("text" if strong else "secondary"))
    painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_ring(painter: QPainter, area: QRectF, *, focus: bool) -> None:
    """Mark the picture in hand, more strongly where the keys go to it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), 2.5 if focus else 1.5))
    painter.drawRoundedRect(area.adjusted(-2, -2, 2, 2), theme.CORNER, theme.CORNER)


def paint_edge(painter: QPainter, area: QRectF, x: float, labels: tuple[str, str]) -> None:
    """Paint where one picture ends and the other begins, and which is on which side."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("canvas"), 4))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setBrush(theme.color("accent"))
    painter.setPen(QPen(theme.color("canvas"), 2))
    painter.drawEllipse(QPointF(x, area.center().y()), 9, 9)
    _tag(painter, labels[0], area, left=True)
    _tag(painter, labels[1], area, left=False)


def _tag(painter: QPainter, text: str, area: QRectF, *, left: bool) -> None:
    """Write a picture's label into its upper corner, on a ground of its own."""
    metrics: QFontMetrics = painter.fontMetrics()
    room = int(area.width() / 2) - 4 * theme.SMALL
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    width = metrics.horizontalAdvance(text) + 2 * theme.SMALL
    x = area.left() + theme.SMALL if left else area.right() - theme.SMALL - width
    place = QRectF(x, area.top() + theme.SMALL, width, metrics.height() + theme.TINY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(place, theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    painter.setPen(theme.color("text"))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def loupe_times(scale: float) -> int:
    """Return how large the loupe shows one of the picture's pixels, in the screen's."""
    return max(TIMES, round(TIMES * scale))


def paint_loupe(painter: QPainter, pane: Pane, projector: Projector, at: QPointF) -> None:
    """Paint the pixels round a spot of a picture over that spot, and mark the one in the middle.

    `at` is the spot in the pane, in the screen's pixels from the room's corner.
    """
    exhibit, place = projector.exhibit, projector.place
    side = round(min(LOUPE, pane.room.width() * 0.6, pane.room.height() * 0.6) * pane.ratio)
    spot = QPointF((at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height())
    grain = exhibit.size.width() / exhibit.pixels.shape[1]
    times = max(1, round(loupe_times(place.width() / exhibit.size.width()) * grain))
    corner = QPointF(pane.corner()) + at - QPointF(side / 2, side / 2)
    painter.save()
    painter.setClipRect(pane.room)
    painter.scale(1 / pane.ratio, 1 / pane.ratio)
    square = QRectF(round(corner.x()), round(corner.y()), side, side)
    painter.fillRect(square, theme.color("canvas"))
    part = magnified(exhibit.pixels, spot, side, times)
    painter.drawImage(square.topLeft().toPoint() + part.corner, part.image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("canvas"), 4 * pane.ratio))
    painter.drawRect(square)
    painter.setPen(QPen(theme.color("text"), 1.5 * pane.ratio))
    painter.drawRect(square)
    _paint_middle(painter, square, exhibit, spot, times)
    painter.restore()


def _paint_middle(
    painter: QPainter, square: QRectF, exhibit: Exhibit, spot: QPointF, times: int
) -> None:
    """Frame the pixel at the spot, light within dark, so that it shows on any colour."""
    height, width = exhibit.pixels.shape[:2]
    x, y = spot.x() * width, spot.y() * height
    pixel = QRectF(
        square.center().x() - (x - int(x)) * times,
        square.center().y() - (y - int(y)) * times,
        times,
        times,
    )
    for color, grow in ((Qt.GlobalColor.black, 2), (Qt.GlobalColor.white, 1)):
        painter.setPen(QPen(color, 1))
        painter.drawRect(pixel.adjusted(-grow, -grow, grow - 1, grow - 1))


def colour_words(exhibit: Exhibit, spot: QPointF) -> str:
    """Return the colour at a spot of a picture as it is written in hexadecimals."""
    height, width = exhibit.pixels.shape[:2]
    x = min(max(int(spot.x() * width), 0), width - 1)
    y = min(max(int(spot.y() * height), 0), height - 1)
    red, green, blue = (int(value) for value in exhibit.pixels[y, x])
    return f"#{red:02x}{green:02x}{blue:02x}"
