"""A picture as it is painted: resampled well where it fits, crisp where it is looked into."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPainterPath

from gui import theme
from gui.canvas.viewport import Viewport
from gui.pixels import Pixels, resampled, to_image

CRISP_FROM = 4.0
"""From this zoom on single pixels are to be seen as they are."""


class Shown:
    """One picture, turned into Qt's format once; its fitted size is kept for the next painting."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._image = to_image(pixels)
        self._fitted: QImage | None = None

    def paint(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        """Paint where `viewport` says; `ratio` is the screen's pixels for one logical pixel."""
        rect = viewport.rect()
        image = self._image
        if viewport.fitted:
            rect = QRectF(rect.toRect())
            image = self._resampled((rect.size() * ratio).toSize().expandedTo(QSize(1, 1)))
        smooth = viewport.fitted or viewport.scale < CRISP_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(rect, image)
        round_off(painter, rect, "canvas")

    def _resampled(self, size: QSize) -> QImage:
        """Return the picture at exactly `size`, kept for the next painting."""
        if self._fitted is None or self._fitted.size() != size:
            self._fitted = resampled(self._image, self._pixels, size)
        return self._fitted


def round_off(painter: QPainter, rect: QRectF, ground: str) -> None:
    """Round a painted picture's corners by painting the ground over them, which clips softly."""
    corners = QPainterPath()
    corners.addRect(rect)
    corners.addRoundedRect(rect, theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners, theme.color(ground))
