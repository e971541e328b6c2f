"""A thin slider."""

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from gui import theme
from gui.widgets.span import Span
from gui.words import tr


class ThinSlider(QSlider):
    """A groove of 3 px and a round handle. Its integer counts the span's steps."""

    RADIUS = 7

    def __init__(self, name: str, label: str, span: Span) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setAccessibleName(tr("{label}, slider", label=label))
        self._span = span
        self.setRange(self._count(span.lowest), self._count(span.highest))
        self.setPageStep(max(1, self._count(span.page)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _count(self, value: float) -> int:
        return round(value / self._span.step)

    def number(self) -> float:
        return self._span.clamped(self.value() * self._span.step)

    def show_number(self, number: float) -> None:
        with QSignalBlocker(self):
            self.setValue(self._count(number))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, 2 * self.RADIUS + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(48, 2 * self.RADIUS + 6)

    def _ends(self) -> tuple[float, float]:
        return self.RADIUS + 2.0, self.width() - self.RADIUS - 2.0

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, x: float) -> None:
        left, right = self._ends()
        self.setValue(self._count(self._span.at((x - left) / max(1.0, right - left))))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, which may be scrolling by under the pointer."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._ends()
        x = left + (right - left) * self._span.share(self.number())
        y = self.height() / 2
        self._groove(painter, QRectF(left, y - 1.5, right - left, 3), "groove")
        if self.isEnabled():
            self._groove(painter, QRectF(left, y - 1.5, x - left, 3), "accent")
        painter.setBrush(theme.color("text" if self.isEnabled() else "edge"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, y), self.RADIUS, self.RADIUS)
        if self.hasFocus():
            painter.setBrush(theme.color("text"))
            painter.setPen(QPen(theme.color("accent"), 3))
            painter.drawEllipse(QPointF(x, y), self.RADIUS, self.RADIUS)

    @staticmethod
    def _groove(painter: QPainter, rect: QRectF, token: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(token))
        painter.drawRoundedRect(rect, 1.5, 1.5)
