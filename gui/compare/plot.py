"""One plot: lines over an axis, in the theme's own colours, also as a file."""

import math

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from engine.compare.curves import Scale, Series, scale
from engine.gallery.findings import plain
from gui import theme

_TOKENS = ("accent", "warning", "series_3", "series_4")
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_RIGHT, _NEAR = 14, 14
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def style(number: int) -> tuple[QColor, Qt.PenStyle]:
    """Return how line `number` is drawn: further ones are told apart by their dashes."""
    return theme.color(_TOKENS[number % 4]), _LINES[number // 4 % len(_LINES)]


class Plot(QWidget):
    """Draws series under a head, with the names of its axes' units below."""

    def __init__(
        self, name: str, head: str, below: str, *, logarithmic: bool = False, share: bool = False
    ) -> None:
        """Begin without lines; a `share` goes from 0 to 1, whatever values there are."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(head)
        self.setToolTip(head)
        self.head, self._below, self._logarithmic = head, below, logarithmic
        self._share = share
        self.series: list[Series] = []
        self._empty = ""
        self._drawn: list[tuple[QPointF, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_head(self, head: str) -> None:
        """Say that it is about something else."""
        self.head = head
        self.setAccessibleName(head)
        self.setToolTip(head)

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
        return QSize(200, 8 * self.fontMetrics().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._drawn = self.draw(painter, QRectF(self.rect()))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def told_at(self, place: QPointF) -> str:
        """Return what the point of a line next to a place says; elsewhere, what the plot is of."""
        near = [(QLineF(place, point).length(), words) for point, words in self._drawn]
        distance, words = min(near, default=(math.inf, ""))
        return words if distance <= _NEAR else self.head

    def draw(self, painter: QPainter, whole: QRectF) -> list[tuple[QPointF, str]]:
        """Draw the plot into a rectangle, of the screen or of a file.

        Returns where the lines' points are, each with what it says.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        line = QFontMetrics(self.font()).height()
        points = [point for one in self.series for point in one.points]
        across = scale([x for x, _ in points])
        up = scale([y for _, y in points], logarithmic=self._logarithmic)
        up = Scale(0.0, 1.0) if self._share else up
        widest = max(QFontMetrics(self.font()).horizontalAdvance(f"{k:.4g}") for k in up.ticks())
        box = whole.adjusted(widest + 14, 1.8 * line, -_RIGHT, -2.4 * line)
        painter.setPen(theme.color("text"))
        head = QRectF(box.left(), whole.top() + 2, box.width() + _RIGHT, 1.4 * line)
        painter.drawText(head, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), self.head)
        if not points:
            painter.setPen(theme.color("secondary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self._empty)
            return []
        self._draw_axes(painter, box, across, up)
        told = []
        for number, one in enumerate(self.series):
            places = [_at(box, across, up, point) for point in one.points]
            beneath = sum(one.points == other.points for other in self.series[number + 1 :])
            _draw_line(painter, places, number, 1.75 + 2 * min(beneath, 3))
            told += [
                (place, f"{one.label}: {plain(y)} ({self._below} {x:g})")
                for place, (x, y) in zip(places, one.points, strict=True)
            ]
        return told

    def _draw_axes(self, painter: QPainter, box: QRectF, across: Scale, up: Scale) -> None:
        line = QFontMetrics(self.font()).height()
        for tick in up.ticks():
            y = box.bottom() - box.height() * up.share(tick)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            room = QRectF(box.left() - 208, y - line, 200, 2 * line)
            painter.setPen(theme.color("secondary"))
            painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), f"{tick:.4g}")
        for tick in across.ticks():
            x = box.left() + box.width() * across.share(tick)
            room = QRectF(x - 60, box.bottom() + 2, 120, line)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), f"{tick:.4g}")
        under = QRectF(box.left(), box.bottom() + 1.1 * line, box.width(), 1.2 * line)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter), self._below)


def _at(box: QRectF, across: Scale, up: Scale, point: tuple[float, float]) -> QPointF:
    x, y = point
    return QPointF(
        box.left() + box.width() * across.share(x), box.bottom() - box.height() * up.share(y)
    )


def _draw_line(painter: QPainter, points: list[QPointF], number: int, width: float) -> None:
    """Draw a line, a broader one where others lie over it, so that all are seen."""
    color, dashes = style(number)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width, dashes))
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    if len(points) <= 12:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for point in points:
            painter.drawEllipse(point, 2.1 + width / 2, 2.1 + width / 2)
