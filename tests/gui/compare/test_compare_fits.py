"""Nothing is cut in the Compare view, whatever the size of the window and of the type."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from engine.recipe import SEED_COUNT
from gui.compare.sides import CELL, SETUP
from gui.widgets.seed import grouped
from tests.gui.test_fits import SIZES, SOME, TYPES, cut, outside, type_size

__all__ = ["type_size"]  # a fixture

SMALL = SIZES[0]


@pytest.fixture
def small(window, type_size):
    """The window as small as it is to be usable, made in the language and type at hand."""
    window.resize(*SMALL)
    return window


def is_whole(window):
    assert cut(window) == []
    assert outside(window) == []
    assert (window.width(), window.height()) == SMALL


@SOME
def test_a_comparison_can_be_looked_at_in_every_way(qtbot, type_size, small, view, finish):
    view.setup.down.set_axis("seed", f"7, {SEED_COUNT - 1}")
    view.compare()
    finish(view)
    view.grid.setCurrentIndex(view.cells.index(1, 1))
    view.do("reference")
    sides = view.sides
    for tab in (CELL, SETUP) if sides._shared else (SETUP,):
        sides.tabs.set_value(tab)
        qtbot.waitUntil(partial(is_whole, small))
    assert view.grid.width() >= 0.38 * SMALL[0]
    assert view.panel.figures["Seed"].text() == grouped(SEED_COUNT - 1)
    for page in ("open", "plots", "judge"):
        view.do(page)
        qtbot.waitUntil(partial(is_whole, small))
        assert view.escape()


@pytest.mark.parametrize("type_size", [TYPES[0]], indirect=True, ids=str)
def test_four_columns_fit_beside_both_panels(small, view, finish, qtbot):
    view.setup.across.set_axis("steps", "2, 3, 4, 5")
    view.setup.down.set_axis("sampler", "ddim, plms, dpmpp_2m_sde")
    view.compare()
    finish(view)
    QApplication.processEvents()
    assert not view.sides._shared
    assert view.grid.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("type_size", [TYPES[2]], indirect=True, ids=str)
def test_with_large_type_in_a_small_window_the_panels_share_a_side(small, view, finish, qtbot):
    sides = view.sides
    assert sides._shared
    assert view.setup.isVisible()
    assert not view.panel.isVisible()
    sides.tabs.set_value(CELL)
    assert view.panel.isVisible()
    assert not view.setup.isVisible()
    assert view.panel.mapTo(view, QPoint(0, 0)).x() == 0
    view.setup.down.set_axis("steps", "many")
    view.compare()  # what is wrong is led to
    assert view.setup.isVisible()
    qtbot.waitUntil(view.setup.down.values.hasFocus)
    small.resize(3840, 2160)
    QApplication.processEvents()
    assert not sides._shared
    assert view.panel.isVisible()
    assert view.panel.mapTo(view, QPoint(0, 0)).x() > view.grid.mapTo(view, QPoint(0, 0)).x()


def test_nothing_tells_of_cells_while_pictures_are_judged(view, finish):
    view.compare()
    finish(view)
    for size in (SMALL, (700, 600)):
        view.resize(*size)
        view.do("judge")
        assert not view.panel.isVisible()
        assert view.setup.isVisible()
        view.escape()
