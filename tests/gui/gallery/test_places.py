"""Where pictures lie: by arithmetic, and the same as if each were placed one after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from gui.gallery.places import GAP, Measures, Places


@st.composite
def sections(draw):
    """A width, the edge of a cell, and the lengths of some sections."""
    lengths = draw(st.lists(st.integers(1, 17), min_size=1, max_size=6))
    return draw(st.integers(120, 900)), draw(st.integers(40, 200)), lengths


def made(width, edge, lengths, *, heads=True):
    starts = np.cumsum([0, *lengths[:-1]]).astype(np.int64)
    measures = Measures(width, edge, 30 if heads else 0, 16)
    return Places(sum(lengths), measures, starts if heads else np.empty(0, np.int64))


def one_by_one(places, lengths, *, heads=True):
    """Place each cell after the other, as a typesetter would."""
    top, rects = places.margin, []
    for length in lengths if heads else [sum(lengths)]:
        top += places.head
        for k in range(length):
            line, column = divmod(k, places.columns)
            pitch = places.edge + GAP
            left = places.margin + column * pitch
            rects.append(QRect(left, top + line * pitch, places.edge, places.edge))
        top += -(-length // places.columns) * (places.edge + GAP)
    return rects


@given(sections(), st.booleans())
def test_every_cell_lies_where_a_typesetter_puts_it(case, heads):
    width, edge, lengths = case
    places = made(width, edge, lengths, heads=heads)
    rects = one_by_one(places, lengths, heads=heads)
    assert [places.rect(row) for row in range(places.count)] == rects
    assert places.edge >= edge
    assert max(rect.right() for rect in rects) <= max(width, edge + 2 * 16)
    assert places.height >= rects[-1].bottom()


@given(sections(), st.booleans(), st.integers(-20, 900), st.integers(-20, 3000))
def test_a_point_is_in_the_cell_that_covers_it(case, heads, x, y):
    width, edge, lengths = case
    places = made(width, edge, lengths, heads=heads)
    rects = one_by_one(places, lengths, heads=heads)
    covering = [row for row, rect in enumerate(rects) if rect.contains(QPoint(x, y))]
    assert places.row_at(QPoint(x, y)) == (covering[0] if covering else None)


@given(sections(), st.booleans(), st.integers(-50, 2500), st.integers(0, 900))
def test_the_lines_on_the_screen_have_all_cells_that_can_be_seen(case, heads, top, height):
    width, edge, lengths = case
    places = made(width, edge, lengths, heads=heads)
    screen = QRect(0, top, 5000, height + 1)
    seen = {row for line in places.lines(top, top + height) for row in line}
    rects = one_by_one(places, lengths, heads=heads)
    visible = {row for row, rect in enumerate(rects) if rect.intersects(screen)}
    assert visible <= seen
    assert len(seen) <= len(visible) + 2 * places.columns


@given(sections(), st.booleans(), st.data())
def test_a_rubber_band_touches_what_it_covers(case, heads, data):
    width, edge, lengths = case
    places = made(width, edge, lengths, heads=heads)
    numbers = st.integers(0, 1200)
    area = QRect(data.draw(numbers), data.draw(numbers), *(data.draw(numbers) + 1 for _ in "wh"))
    rects = one_by_one(places, lengths, heads=heads)
    touched = {row for row, rect in enumerate(rects) if rect.intersects(area)}
    assert {row for piece in places.within(area) for row in piece} == touched


@given(sections(), st.data())
def test_down_and_up_again_comes_back_within_a_section(case, data):
    width, edge, lengths = case
    places = made(width, edge, lengths)
    row = data.draw(st.integers(0, places.count - 1))
    below = places.beside(row, 1)
    assert places.rect(below).top() >= places.rect(row).top()
    same_section = places.section_of(below) == places.section_of(row)
    if same_section and places.rect(below).left() == places.rect(row).left() and below != row:
        assert places.beside(below, -1) == row
    assert 0 <= places.beside(row, 99) < places.count
    assert 0 <= places.beside(row, -99) < places.count


def test_nothing_has_no_place():
    places = Places(0, Measures(500, 100))
    assert places.height == 0
    assert places.row_at(QPoint(30, 30)) is None
    assert list(places.lines(0, 1000)) == []
    assert places.within(QRect(0, 0, 500, 500)) == []


def test_a_hundred_thousand_cost_no_more_than_a_hundred():
    places = Places(100_000, Measures(1000, 160, 0, 16))
    assert places.height > 3_000_000
    assert len(list(places.lines(1_000_000, 1_000_800))) < 10
