"""Where several pictures are looked at together: one zoom and one spot for all of them.

Lengths are the screen's own pixels, so that 100 % is exact on every screen. A pane is the room that
one picture has; `spot` is the point of each picture, 0 to 1 both ways, in the middle of its pane.
"""

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF

MOST = 64.0
"""The largest zoom, in the screen's pixels for one of the picture's."""

_LADDER = (1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
_NEAR = 0.05
"""So near to a whole number, as a share of it, a zoom is that number."""


class Look:
    """Fits every picture into its pane until it is zoomed; then shows all at one scale."""

    def __init__(self) -> None:
        self.spot = QPointF(0.5, 0.5)
        self._wanted: float | None = None

    @property
    def fitted(self) -> bool:
        return self._wanted is None

    def fit(self) -> None:
        self._wanted, self.spot = None, QPointF(0.5, 0.5)

    def scale(self, picture: QSizeF, pane: QSizeF) -> float:
        """Return the screen's pixels for one of the picture's."""
        return fitting(picture, pane) if self._wanted is None else _snapped(self._wanted)

    def place(self, picture: QSizeF, pane: QSizeF) -> QRectF:
        """Return where a picture lies in its pane, its corner on whole pixels of the screen."""
        scale = self.scale(picture, pane)
        size = picture * scale
        if self.fitted:
            size = QSizeF(max(1, round(size.width())), max(1, round(size.height())))
        left = pane.width() / 2 - self.spot.x() * size.width()
        top = pane.height() / 2 - self.spot.y() * size.height()
        return QRectF(QPointF(round(left), round(top)), size)

    def zoom_to(self, scale: float, picture: QSizeF, pane: QSizeF, about: QPointF | None) -> None:
        """Zoom so that the point `about` of the pane stays; its middle by default."""
        middle = QPointF(pane.width() / 2, pane.height() / 2)
        fixed = middle if about is None else about
        kept = self.spot_at(fixed, picture, pane)
        lowest = min(fitting(picture, pane), 1.0) / 4
        self._wanted = min(max(scale, lowest), MOST)
        now = self.scale(picture, pane)
        self.spot = QPointF(
            kept.x() - (fixed.x() - middle.x()) / (picture.width() * now),
            kept.y() - (fixed.y() - middle.y()) / (picture.height() * now),
        )
        self._hold(picture, pane)

    def zoom_by(self, factor: float, picture: QSizeF, pane: QSizeF, about: QPointF | None) -> None:
        """Zoom by a little, as a wheel does; what snaps to a whole number is not stuck there."""
        before = self.scale(picture, pane) if self._wanted is None else self._wanted
        self.zoom_to(before * factor, picture, pane, about)

    def step(self, direction: int, picture: QSizeF, pane: QSizeF) -> None:
        """Zoom to the next round number, in (1) or out (-1)."""
        here = self.scale(picture, pane)
        if direction > 0:
            wanted = next((one for one in _LADDER if one > here * 1.01), MOST)
        else:
            wanted = next((one for one in reversed(_LADDER) if one < here * 0.99), _LADDER[0])
        self.zoom_to(wanted, picture, pane, None)

    def pan(self, by: QPointF, picture: QSizeF, pane: QSizeF) -> None:
        """Move zoomed pictures by so many pixels; fitted ones stay where they are."""
        if self._wanted is None:
            return
        scale = self.scale(picture, pane)
        self.spot -= QPointF(
            by.x() / (picture.width() * scale), by.y() / (picture.height() * scale)
        )
        self._hold(picture, pane)

    def spot_at(self, point: QPointF, picture: QSizeF, pane: QSizeF) -> QPointF:
        """Return which spot of the picture, 0 to 1 within it, is at a point of its pane."""
        place = self.place(picture, pane)
        return QPointF(
            (point.x() - place.x()) / place.width(), (point.y() - place.y()) / place.height()
        )

    def _hold(self, picture: QSizeF, pane: QSizeF) -> None:
        """Keep the pane full of picture, or the picture in the middle where it is smaller."""
        size = picture * self.scale(picture, pane)
        across = min(0.5, pane.width() / 2 / size.width())
        down = min(0.5, pane.height() / 2 / size.height())
        self.spot = QPointF(
            min(max(self.spot.x(), across), 1 - across), min(max(self.spot.y(), down), 1 - down)
        )


def fitting(picture: QSizeF, pane: QSizeF) -> float:
    """Return the scale by which a picture just fits into its pane."""
    across = pane.width() / max(picture.width(), 1)
    return max(1e-3, min(across, pane.height() / max(picture.height(), 1)))


def is_whole(scale: float) -> bool:
    """Whether each of the picture's pixels takes the same whole number of the screen's."""
    return scale >= 1 and math.isclose(scale, round(scale), rel_tol=1e-6)


def columns_for(count: int, room: QSizeF, shape: QSizeF) -> int:
    """Return in how many columns `count` pictures, 1 at least, come out largest in a room.

    Of equals the one with the fewest empty places, and then with the fewest rows, is taken.
    """

    def size(columns: int) -> tuple[float, int, int]:
        rows = math.ceil(count / columns)
        pane = QSizeF(room.width() / columns, room.height() / rows)
        return round(fitting(shape, pane), 6), -(columns * rows), -rows

    return max(range(1, count + 1), key=size)


def _snapped(scale: float) -> float:
    whole = round(scale)
    return float(whole) if whole >= 1 and abs(scale - whole) <= _NEAR * whole else scale
