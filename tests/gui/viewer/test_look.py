"""One zoom and one spot for several pictures: by its laws, whatever their sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.viewer.look import MOST, Look, columns_for, fitting, is_whole

LENGTHS = st.integers(1, 3000)
SIZES = st.builds(QSizeF, LENGTHS, LENGTHS)
PANES = st.builds(QSizeF, st.integers(20, 2000), st.integers(20, 2000))
SHARES = st.floats(0, 1)
SCALES = st.floats(0.01, 100)


@given(SIZES, PANES)
def test_a_fitted_picture_is_as_large_as_its_pane_allows_and_whole(size, pane):
    place = Look().place(size, pane)
    assert QRectF(-1, -1, pane.width() + 2, pane.height() + 2).contains(place)
    slack = min(pane.width() - place.width(), pane.height() - place.height())
    assert slack <= 1


@given(SIZES, PANES, SCALES, SHARES, SHARES)
def test_zooming_leaves_what_is_under_the_pointer_where_it_is(size, pane, scale, x, y):
    look = Look()
    look.zoom_to(1.0, size, pane, None)
    about = QPointF(x * pane.width(), y * pane.height())
    before = look.spot_at(about, size, pane)
    look.zoom_to(scale, size, pane, about)
    after = look.spot_at(about, size, pane)
    shown = look.place(size, pane)
    # Held at the picture's ends it may move, and by a pixel as corners are on whole pixels.
    free_x = shown.left() < -1 and shown.right() > pane.width() + 1
    free_y = shown.top() < -1 and shown.bottom() > pane.height() + 1
    if free_x and 0 <= before.x() <= 1:
        assert abs(after.x() - before.x()) * shown.width() <= 1 + shown.width() / size.width()
    if free_y and 0 <= before.y() <= 1:
        assert abs(after.y() - before.y()) * shown.height() <= 1 + shown.height() / size.height()


@given(SIZES, PANES, SCALES, st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_panning_never_loses_the_picture(size, pane, scale, x, y):
    look = Look()
    look.zoom_to(scale, size, pane, None)
    look.pan(QPointF(x, y), size, pane)
    place = look.place(size, pane)
    for low, high, room in (
        (place.left(), place.right(), pane.width()),
        (place.top(), place.bottom(), pane.height()),
    ):
        filled = low <= 1 and high >= room - 1
        within = low >= -1 and high <= room + 1
        assert filled or within


@given(PANES, SCALES, st.lists(SIZES, min_size=2, max_size=9))
def test_zoomed_pictures_of_any_size_have_one_scale_and_one_spot_in_the_middle(pane, scale, sizes):
    look = Look()
    look.zoom_to(scale, sizes[0], pane, None)
    assert len({look.scale(size, pane) for size in sizes}) == 1
    middle = QPointF(pane.width() / 2, pane.height() / 2)
    for size in sizes:
        spot, place = look.spot_at(middle, size, pane), look.place(size, pane)
        assert abs(spot.x() - look.spot.x()) * place.width() <= 0.51
        assert abs(spot.y() - look.spot.y()) * place.height() <= 0.51


@given(SIZES, PANES, SCALES)
def test_corners_are_on_whole_pixels_of_the_screen(size, pane, scale):
    look = Look()
    look.zoom_to(scale, size, pane, None)
    place = look.place(size, pane)
    assert (place.left(), place.top()) == (round(place.left()), round(place.top()))


def test_the_keys_go_through_round_numbers_and_back():
    look, size, pane = Look(), QSizeF(512, 512), QSizeF(300, 300)
    seen = []
    for _ in range(8):
        look.step(1, size, pane)
        seen.append(look.scale(size, pane))
    assert seen == [pytest.approx(2 / 3), 1, 2, 3, 4, 6, 8, 12]
    for _ in range(3):
        look.step(-1, size, pane)
    assert look.scale(size, pane) == 4


def test_a_fine_wheel_passes_whole_numbers_without_being_stuck_there():
    look, size, pane = Look(), QSizeF(512, 512), QSizeF(300, 300)
    look.zoom_to(0.8, size, pane, None)
    seen = []
    for _ in range(60):
        look.zoom_by(1.02, size, pane, None)
        seen.append(look.scale(size, pane))
    assert seen == sorted(seen)
    assert {1.0, 2.0} <= set(seen)
    assert seen[-1] > 2


def test_zoom_has_limits():
    look, size, pane = Look(), QSizeF(100, 100), QSizeF(50, 50)
    look.zoom_to(1e6, size, pane, None)
    assert look.scale(size, pane) == MOST
    look.zoom_to(0, size, pane, None)
    assert look.scale(size, pane) == pytest.approx(0.125)


@given(st.integers(1, 9), PANES, SIZES)
def test_no_other_number_of_columns_shows_the_pictures_larger(count, room, shape):
    def size(columns):
        rows = -(-count // columns)
        return fitting(shape, QSizeF(room.width() / columns, room.height() / rows))

    chosen = columns_for(count, room, shape)
    assert size(chosen) >= max(map(size, range(1, count + 1))) - 1e-5


@pytest.mark.parametrize(
    ("count", "room", "columns"),
    [
        (2, (800, 400), 2),
        (2, (400, 800), 1),
        (4, (500, 500), 2),
        (9, (900, 900), 3),
        (6, (900, 600), 3),
        (1, (10, 10), 1),
    ],
)
def test_pictures_are_laid_out_as_one_would(count, room, columns):
    assert columns_for(count, QSizeF(*room), QSizeF(512, 512)) == columns


@pytest.mark.parametrize(("scale", "whole"), [(1, True), (2, True), (0.5, False), (1.25, False)])
def test_whole_scales(scale, whole):
    assert is_whole(scale) is whole
