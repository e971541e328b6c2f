"""Pixels (uint8, H x W x 3) to Qt's images, and to other sizes."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

Pixels = NDArray[np.uint8]

MOST_BICUBIC = 1_000_000
"""Above so many pixels Qt's bilinear scaling, several times quicker, is soft enough."""


def to_image(pixels: Pixels) -> QImage:
    """Return the picture in the format that Qt paints fastest, in memory of its own."""
    packed = np.ascontiguousarray(pixels)
    height, width, _ = packed.shape
    borrowed = QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


def resampled(image: QImage, pixels: Pixels, size: QSize) -> QImage:
    """Return a picture, given in both forms, at another size: bicubic where it grows."""
    grows = size.width() >= image.width()
    if grows and size.width() * size.height() <= MOST_BICUBIC:
        picture = Image.fromarray(pixels).resize(size.toTuple(), Image.Resampling.BICUBIC)
        return to_image(np.asarray(picture))
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
