"""Where on a canvas a picture lies: fitted, or zoomed and panned by hand."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

MOST = 64.0
"""The largest zoom, in logical pixels for one of the picture's."""

KEPT = 48.0
"""How much of the picture panning leaves on the canvas, in logical pixels."""


class Viewport:
    """The zoom and the place of a picture on a canvas. Fits until it is zoomed or panned."""

    def __init__(self) -> None:
        self._area = QRectF(0, 0, 1, 1)
        self._natural = QSizeF(1, 1)
        self._scale: float | None = None
        self._middle = QPointF(0, 0)

    @property
    def fitted(self) -> bool:
        return self._scale is None

    @property
    def scale(self) -> float:
        """Logical pixels for one of the picture's."""
        return self.fit_scale if self._scale is None else self._scale

    @property
    def fit_scale(self) -> float:
        across = self._area.width() / self._natural.width()
        return max(1e-3, min(across, self._area.height() / self._natural.height()))

    def rect(self) -> QRectF:
        """Return where the picture lies."""
        size = self._natural * self.scale
        middle = self._area.center() if self._scale is None else self._middle
        return QRectF(
            middle.x() - size.width() / 2,
            middle.y() - size.height() / 2,
            size.width(),
            size.height(),
        )

    def set_area(self, area: QRectF) -> None:
        """Set the part of the canvas that a fitted picture may take."""
        moved = area.center() - self._area.center()
        self._area = QRectF(area)
        self._place(self._middle + moved)

    def set_natural(self, width: int, height: int) -> None:
        """Set the picture's size in its own pixels; the zoom stays."""
        self._natural = QSizeF(width, height)
        self._place(self._middle)

    def fit(self) -> None:
        self._scale = None

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Zoom so that the point `about` stays where it is; the canvas's centre by default."""
        fixed = self._area.center() if about is None else about
        before = self.rect()
        lowest = min(self.fit_scale, 1.0) / 4
        scale = min(max(scale, lowest), max(MOST, self.fit_scale))
        ratio = scale / self.scale
        self._scale = scale
        self._place(fixed + (before.center() - fixed) * ratio)

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        self.zoom_to(self.scale * factor, about)

    def pan(self, by: QPointF) -> None:
        """Move a zoomed picture; one that fits stays where it is."""
        if self._scale is not None:
            self._place(self._middle + by)

    def _place(self, middle: QPointF) -> None:
        if self._scale is None:
            return
        half = self._natural * (self._scale / 2)
        self._middle = QPointF(
            _within(middle.x(), self._area.left(), self._area.right(), half.width()),
            _within(middle.y(), self._area.top(), self._area.bottom(), half.height()),
        )


def _within(middle: float, low: float, high: float, half: float) -> float:
    kept = min(KEPT, half)
    return min(max(middle, low - half + kept), high + half - kept)
