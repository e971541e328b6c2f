"""A picture that is looked at, and how it is drawn into the part of a pane that it covers."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from engine.compare.figures import difference
from gui.pixels import Pixels, resampled, to_image
from gui.viewer.look import is_whole

CRISP_FROM = 4.0
"""From this zoom on single pixels are to be seen as they are, whole number or not."""


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """A picture, or a frame on the way to it: uint8 (H, W, 3).

    `natural` is the finished picture's (width, height), of which a small preview takes the place;
    None where the pixels are the picture itself.
    """

    label: str
    pixels: Pixels
    natural: tuple[int, int] | None = None

    @property
    def size(self) -> QSizeF:
        """The picture's own size, previews' that of what they will be."""
        height, width = self.pixels.shape[:2]
        return QSizeF(*(self.natural or (width, height)))

    def at_size(self, size: QSizeF) -> Pixels:
        """Return its pixels at another picture's size, as soft as previews are."""
        wanted = (round(size.width()), round(size.height()))
        if self.pixels.shape[1::-1] == wanted:
            return self.pixels
        return np.asarray(Image.fromarray(self.pixels).resize(wanted, Image.Resampling.BICUBIC))


def differing(shown: Exhibit, against: Exhibit, gain: float) -> Exhibit:
    """Return how far two pictures' colours are apart, as a picture of the first one's size."""
    pixels = difference(shown.at_size(shown.size), against.at_size(shown.size), gain)
    return Exhibit(f"{shown.label} − {against.label}", pixels)


@dataclass(frozen=True, slots=True)
class Projection:
    """What of a picture is seen in a pane: its image, and where in the pane it goes, in pixels."""

    image: QImage
    corner: QPoint


class Projector:
    """Draws one picture as it is looked at, and keeps that for the next painting."""

    def __init__(self, exhibit: Exhibit) -> None:
        self.exhibit = exhibit
        self.place = QRectF(0, 0, 1, 1)
        """Where it lies in its pane, as it was looked at last."""
        self._image: QImage | None = None
        self._key: tuple[QRectF, QRect] | None = None
        self._made = Projection(QImage(), QPoint())

    def projection(self, place: QRectF, window: QRect) -> Projection:
        """Return the part of the picture, which lies at `place`, that is seen in `window`."""
        key = (QRectF(place), QRect(window))
        self.place = key[0]
        if key != self._key:
            self._image = self._image or to_image(self.exhibit.pixels)
            self._key, self._made = key, projected(self._image, self.exhibit, place, window)
        return self._made

    def knows(self, place: QRectF, window: QRect) -> bool:
        """Whether that part needs no drawing any more."""
        return self._key == (place, window)


def projected(image: QImage, exhibit: Exhibit, place: QRectF, window: QRect) -> Projection:
    """Draw the part of a picture, which lies at `place`, that is seen in `window`.

    A picture at a whole zoom, or looked into closely, is drawn pixel by pixel; all else is smooth.
    """
    whole = place.toAlignedRect()
    seen = whole & window
    if seen.isEmpty() or image.isNull():
        return Projection(QImage(), window.topLeft())
    if _is_crisp(image, exhibit, place):
        return Projection(_pixel_by_pixel(exhibit.pixels, place, seen), seen.topLeft())
    if seen == whole:
        return Projection(resampled(image, exhibit.pixels, whole.size()), seen.topLeft())
    return Projection(_smooth(image, place, seen), seen.topLeft())


def _is_crisp(image: QImage, exhibit: Exhibit, place: QRectF) -> bool:
    scale = place.width() / exhibit.size.width()
    itself = image.size() == exhibit.size.toSize()
    return itself and (is_whole(scale) or scale >= CRISP_FROM)


def _pixel_by_pixel(pixels: Pixels, place: QRectF, seen: QRect) -> QImage:
    """Take the picture's pixel under the middle of each of the screen's; Qt's own is not exact."""
    height, width = pixels.shape[:2]
    xs = np.arange(seen.left(), seen.left() + seen.width()) + 0.5 - place.left()
    ys = np.arange(seen.top(), seen.top() + seen.height()) + 0.5 - place.top()
    columns = np.clip(xs * (width / place.width()), 0, width - 1).astype(np.intp)
    rows = np.clip(ys * (height / place.height()), 0, height - 1).astype(np.intp)
    return to_image(pixels[rows][:, columns])


def _smooth(image: QImage, place: QRectF, seen: QRect) -> QImage:
    part = QImage(seen.size(), QImage.Format.Format_RGB32)
    across, down = image.width() / place.width(), image.height() / place.height()
    source = QRectF(
        (seen.left() - place.left()) * across,
        (seen.top() - place.top()) * down,
        seen.width() * across,
        seen.height() * down,
    )
    painter = QPainter(part)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(part.rect()), image, source)
    painter.end()
    return part


def magnified(pixels: Pixels, spot: QPointF, side: int, times: int) -> Projection:
    """Return the pixels round a spot (0 to 1 both ways), each `times` as large, in a square.

    The middle of the square is the spot; what lies beyond the picture's edge is left out.
    """
    height, width = pixels.shape[:2]
    left = round(side / 2 - spot.x() * width * times)
    top = round(side / 2 - spot.y() * height * times)
    place = QRectF(left, top, width * times, height * times)
    seen = place.toAlignedRect() & QRect(0, 0, side, side)
    if seen.isEmpty():
        return Projection(QImage(), QPoint())
    return Projection(_pixel_by_pixel(pixels, place, seen), seen.topLeft())
