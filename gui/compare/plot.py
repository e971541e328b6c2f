"""One plot: lines over an axis, in the theme's own colours, also as a file."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from engine.compare.curves import Scale, Series, scale
from engine.gallery.findings import plain
from gui import theme

_TOKENS = ("accent", "warning", "series_3", "series_4")
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_LEFT, _RIGHT, _ABOVE, _BELOW = 46, 12, 30, 38


def style(number: int) -> tuple[QColor, Qt.PenStyle]:
    """Return how line `number` is drawn: further ones are told apart by their dashes."""
    return theme.color(_TOKENS[number % 4]), _LINES[number // 4 % len(_LINES)]


class Plot(QWidget):
    """Draws series under a head, with the names of its axes' units below."""

    def __init__(self, name: str, head: str, below: str, *, logarithmic: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(head)
        self.setToolTip(head)
        self.head, self._below, self._logarithmic = head, below, logarithmic
        self.series: list[Series] = []
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_series(self, series: list[Series], empty: str) -> None:
        """Show other lines; `empty` is said where there are none."""
        self.series, self._empty = series, empty
        ends = [f"{one.label}: {plain(one.points[-1][1])}" for one in series if one.points]
        self.setAccessibleDescription("; ".join(ends) or empty)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, 110)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, QRectF(self.rect()))

    def draw(self, painter: QPainter, whole: QRectF) -> None:
        """Draw the plot into a rectangle, of the screen or of a file."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("text"))
        painter.setFont(self.font())
        painter.drawText(whole.adjusted(_LEFT, 4, 0, 0), 0, self.head)
        box = whole.adjusted(_LEFT, _ABOVE, -_RIGHT, -_BELOW)
        points = [point for one in self.series for point in one.points]
        if not points:
            painter.setPen(theme.color("secondary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self._empty)
            return
        across = scale([x for x, _ in points])
        up = scale([y for _, y in points], logarithmic=self._logarithmic)
        self._draw_axes(painter, box, across, up)
        for number, one in enumerate(self.series):
            _draw_line(painter, [_at(box, across, up, point) for point in one.points], number)

    def _draw_axes(self, painter: QPainter, box: QRectF, across: Scale, up: Scale) -> None:
        metrics = QFontMetrics(self.font())
        for tick in up.ticks():
            y = box.bottom() - box.height() * up.share(tick)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            room = QRectF(box.left() - _LEFT, y - 10, _LEFT - 6, 20)
            painter.setPen(theme.color("secondary"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, int(flags), f"{tick:g}")
        for tick in across.ticks():
            x = box.left() + box.width() * across.share(tick)
            room = QRectF(x - 30, box.bottom() + 2, 60, metrics.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), f"{tick:g}")
        under = QRectF(box.left(), box.bottom() + metrics.height(), box.width(), metrics.height())
        painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter), self._below)


def _at(box: QRectF, across: Scale, up: Scale, point: tuple[float, float]) -> QPointF:
    x, y = point
    return QPointF(
        box.left() + box.width() * across.share(x), box.bottom() - box.height() * up.share(y)
    )


def _draw_line(painter: QPainter, points: list[QPointF], number: int) -> None:
    color, dashes = style(number)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.75, dashes))
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    if len(points) <= 12:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for point in points:
            painter.drawEllipse(point, 3, 3)
