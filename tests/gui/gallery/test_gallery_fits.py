"""Nothing is cut in the Gallery view, whatever the size of the window and of the type."""

from functools import partial

from PySide6.QtWidgets import QApplication

from gui.gallery.filters import FilterChip
from gui.widgets.elided_box import ElidedBox
from tests.gui.gallery.conftest import shows
from tests.gui.test_fits import SIZES, cut, type_size

__all__ = ["type_size"]  # a fixture

CUT_ON_PURPOSE = (ElidedBox.__name__, FilterChip.__name__, "QToolButton  ''")
"""Their tooltips have the rest; the last are Qt's own icons within a field."""


def nothing_is_cut(view):
    assert [line for line in cut(view) if not line.startswith(CUT_ON_PURPOSE)] == []


def test_no_words_are_cut(type_size, keep, keep_grid, window, qtbot, in_step):
    keep(prompt="an owl with a very long name " * 8)
    keep_grid()
    window.resize(*SIZES[0])
    window.open_view("gallery")
    view = window.gallery_view
    in_step(view.catalogue)
    shows(qtbot, view, 4)
    for rows in ([], [0], [0, 1]):
        view.grid.select(rows, 0)
        view.search.field.set_text("steps>x" if rows else "")
        qtbot.waitUntil(lambda: not view._chosen.isActive())
        QApplication.processEvents()
        qtbot.waitUntil(partial(nothing_is_cut, view))  # the details are read in another thread
    for part in (view.side, view.details, view.grid):
        assert view.rect().contains(part.mapTo(view, part.rect().bottomRight()))
    assert view.grid.viewport().width() >= 200
