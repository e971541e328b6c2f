"""What of a picture is drawn: pixel for pixel where that is promised, and never out of place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage

from gui.pixels import to_image
from gui.viewer.exhibit import Exhibit, Projector, differing, magnified, projected


def noise(width, height, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def array_of(image: QImage):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    wide = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return wide[:, : image.width(), 2::-1]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(1, 9),
    st.integers(-200, 60),
    st.integers(-200, 60),
)
def test_at_whole_zooms_every_pixel_is_repeated_exactly(qapp, width, height, times, left, top):
    pixels = noise(width, height)
    exhibit = Exhibit("", pixels)
    window = QRect(0, 0, 50, 40)
    place = QRectF(left, top, width * times, height * times)
    made = projected(to_image(pixels), exhibit, place, window)
    whole = np.repeat(np.repeat(pixels, times, axis=0), times, axis=1)
    below, right = min(top + height * times, 40), min(left + width * times, 50)
    expected = whole[max(0, -top) : max(below - top, 0), max(0, -left) : max(right - left, 0)]
    if not expected.size:
        assert made.image.isNull()
        return
    assert made.corner == QPoint(max(left, 0), max(top, 0))
    assert (array_of(made.image) == expected).all()


@pytest.mark.parametrize("scale", [0.3, 0.8, 1.5, 2.7])
def test_between_whole_zooms_a_part_is_that_part_of_the_smooth_whole(qapp, scale):
    y, x = np.mgrid[0:200, 0:300]
    pixels = np.stack([x * 255 // 299, y * 255 // 199, x * 0 + 90], axis=2).astype(np.uint8)
    exhibit, image = Exhibit("", pixels), to_image(pixels)
    place = QRectF(-40, -30, 300 * scale, 200 * scale)
    part = projected(image, exhibit, place, QRect(0, 0, 60, 50))
    seen = array_of(part.image).astype(int)
    xs = (np.arange(seen.shape[1]) + 0.5 + 40) / scale
    ys = (np.arange(seen.shape[0]) + 0.5 + 30) / scale
    assert np.abs(seen[:, :, 0] - xs[None, :] * 255 / 300).max() < 4
    assert np.abs(seen[:, :, 1] - ys[:, None] * 255 / 200).max() < 4


def test_a_preview_takes_the_place_of_its_picture_and_is_smooth(qapp):
    small = np.zeros((4, 4, 3), np.uint8)
    small[:, 2:] = 255
    exhibit = Exhibit("", small, (64, 64))
    assert exhibit.size == QSizeF(64, 64)
    made = projected(to_image(small), exhibit, QRectF(0, 0, 64, 64), QRect(0, 0, 64, 64))
    assert made.image.size() == QSize(64, 64)
    assert len(np.unique(array_of(made.image))) > 8  # a soft edge, not a step


def test_what_is_not_seen_is_not_drawn(qapp):
    exhibit = Exhibit("", noise(8, 8))
    image = to_image(exhibit.pixels)
    assert projected(image, exhibit, QRectF(100, 0, 8, 8), QRect(0, 0, 50, 50)).image.isNull()


def test_looking_again_at_the_same_spot_draws_nothing_anew(qapp):
    projector = Projector(Exhibit("", noise(64, 64)))
    place, window = QRectF(0, 0, 90, 90), QRect(0, 0, 100, 100)
    first = projector.projection(place, window)
    assert projector.projection(QRectF(place), QRect(window)) is first
    assert projector.projection(place.translated(1, 0), window) is not first


@given(st.floats(0, 0.9999), st.floats(0, 0.9999), st.integers(1, 12))
def test_the_middle_of_the_loupe_is_the_pixel_at_the_spot(qapp, x, y, times):
    pixels = noise(31, 17, seed=5)
    made = magnified(pixels, QPointF(x, y), 80, times)
    middle = QPoint(40, 40) - made.corner
    # The spot may be on the border of two pixels, of which rounding chooses one.
    near = {
        tuple(pixels[min(max(int(y * 17 + dy), 0), 16), min(max(int(x * 31 + dx), 0), 30)].tolist())
        for dx in (-0.5 / times, 0, 0.5 / times, 1 / times)
        for dy in (-0.5 / times, 0, 0.5 / times, 1 / times)
    }
    if made.image.rect().contains(middle):  # else it is on the picture's very edge
        assert made.image.pixelColor(middle).getRgb()[:3] in near


def test_a_difference_is_the_distance_of_the_colours_times_the_gain():
    a, b = noise(9, 7, 1), noise(9, 7, 2)
    made = differing(Exhibit("a", a), Exhibit("b", b), 3)
    expected = np.minimum(np.abs(a.astype(int) - b) * 3, 255)
    assert (made.pixels == expected).all()
    assert made.label == "a − b"


def test_pictures_of_other_sizes_are_compared_at_the_size_of_the_one_shown():
    made = differing(Exhibit("a", noise(10, 8)), Exhibit("b", noise(5, 4)), 1)
    assert made.pixels.shape == (8, 10, 3)
