"""Pixels (uint8, H x W x 3) to Qt's images, and to other sizes."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

Pixels = NDArray[np.uint8]

MOST_BICUBIC = 1_000_000
"""Above so many pixels Qt's bilinear scaling, several times quicker, is soft enough."""

THREEFOLD = 3
"""What grows more than this grows so much bicubically, and the rest of the way bilinearly.

It is hardly to be told from bicubic all the way and takes a quarter of the time, at each preview.
"""


LONGEST_BESIDE = 512
"""Longer side of each of two pictures side by side, so that joining them takes few milliseconds."""


def to_image(pixels: Pixels) -> QImage:
    """Return the picture in the format that Qt paints fastest, in memory of its own."""
    packed = np.ascontiguousarray(pixels)
    height, width, _ = packed.shape
    borrowed = QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


def resampled(image: QImage, pixels: Pixels, size: QSize) -> QImage:
    """Return a picture, given in both forms, at another size: bicubic where it grows."""
    grows = size.width() >= image.width()
    first = size.boundedTo(image.size() * THREEFOLD)
    if grows and first.width() * first.height() <= MOST_BICUBIC:
        picture = Image.fromarray(pixels).resize(first.toTuple(), Image.Resampling.BICUBIC)
        image = to_image(np.asarray(picture))
    if image.size() == size:
        return image
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def beside(left: Pixels, right: Pixels, size: tuple[int, int], ground: QColor) -> Pixels:
    """Return two pictures or previews of a picture of that `size` (width, height) side by side.

    A narrow strip of the `ground` lies between them; what is larger than is needed to judge is
    made smaller.
    """
    scale = min(1.0, LONGEST_BESIDE / max(size))
    wanted = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    colour = np.array([ground.red(), ground.green(), ground.blue()], np.uint8)
    between = np.broadcast_to(colour, (wanted[1], max(2, wanted[0] // 24), 3))
    return np.concatenate([_at(left, wanted), between, _at(right, wanted)], axis=1)


def _at(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))
