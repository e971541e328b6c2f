"""Cells stopped, rolled, pinned and left out: by keys, by the menu, several together."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.compare.keep import read_grid
from gui.compare.cell_menu import DEEDS, CellMenu
from gui.compare.cells import State
from gui.compare.cells_model import marks
from gui.compare.grid import _KEYS
from gui.shortcuts import ON_CELLS

ACROSS = Qt.Orientation.Horizontal


def press(widget, key):
    QTest.keyClick(widget, key)


def labels(view):
    """What stands at each place of the page, row by row."""
    model = view.cells
    rows = [
        [model.cell(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return [[cell and view.cells.label(cell) for cell in row] for row in rows]


def choose(view, *cells):
    view.grid.set_current(cells[0])
    for cell in cells[1:]:
        index = view.cells.index_of(cell)
        view.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def test_a_pinned_cell_stays_in_sight_when_the_axes_change(done, finish):
    cell = done.comparison.cells[3]
    done.grid.set_current(cell)
    press(done.grid, Qt.Key.Key_K)
    assert cell.pinned
    assert labels(done) == [["DDIM, 3 steps", "PLMS, 3 steps"], ["DDIM, 4 steps", "PLMS, 4 steps"]]
    done.setup.across.set_axis("sampler", "heun, euler")
    done.compare()
    finish(done)
    assert labels(done) == [
        ["PLMS, 4 steps", "Heun, 3 steps", "Euler, 3 steps"],
        [None, "Heun, 4 steps", "Euler, 4 steps"],
    ]
    assert done.cells.headerData(0, ACROSS) == "Pinned"
    assert done.cells.headerData(1, ACROSS) == "Heun"
    assert cell.state is State.DONE
    assert done.comparison.reference is cell


def test_a_pinned_cell_goes_back_to_its_place_when_the_axes_have_it_again(done, finish):
    cell = done.comparison.cells[0]
    done.comparison.pin(cell)
    done.setup.across.set_axis("sampler", "heun, euler")
    done.compare()
    assert cell.at == ()
    done.setup.across.set_axis("sampler", "heun, ddim")
    done.compare()
    finish(done)
    assert cell.at == ((1, 0),)
    assert labels(done)[0] == ["Heun, 3 steps", "DDIM, 3 steps"]


def test_an_unpinned_cell_without_a_place_is_let_go(done, finish):
    cell = done.comparison.cells[0]
    done.comparison.pin(cell)
    done.setup.across.set_axis("sampler", "heun, euler")
    done.compare()
    finish(done)
    done.grid.set_current(cell)
    press(done.grid, Qt.Key.Key_K)
    assert cell not in done.comparison.cells
    assert done.cells.columnCount() == 2


def test_a_pinned_cell_is_in_sight_on_every_page(done, finish):
    done.setup.pages.set_axis("seed", "7, 8")
    done.compare()
    finish(done)
    done.grid.set_current(done.comparison.cells[0])
    press(done.grid, Qt.Key.Key_K)
    done.pages.setCurrentIndex(1)
    done.pages.activated.emit(1)
    assert labels(done)[0][0] == "DDIM, 3 steps, seed 7"
    assert done.cells.columnCount() == 3
    assert done.grid.current() is not None


def test_pinned_cells_are_there_again_from_the_file(done, finish, qtbot):
    cell = done.comparison.cells[3]
    done.comparison.pin(cell)
    done.setup.across.set_axis("sampler", "heun, euler")
    done.compare()
    finish(done)
    done.comparison.write()
    path = done.comparison.path
    qtbot.waitUntil(lambda: path.exists() and len(read_grid(path).cells) == 4)
    qtbot.waitUntil(lambda: bool(read_grid(path).beside and read_grid(path).beside[0].file))
    with qtbot.waitSignal(done.reopening.opened):
        done.reopening.open(path)
    qtbot.waitUntil(lambda: done.comparison.cells[-1].state is State.DONE)
    again = done.comparison.cells[-1]
    assert (again.recipe, again.pinned, again.at) == (cell.recipe, True, ())
    assert labels(done)[0][0] == "PLMS, 4 steps"


def test_a_cell_that_was_rolled_again_says_so_wherever_it_is(done, finish):
    cell = done.comparison.cells[1]
    done.grid.set_current(cell)
    assert marks(cell) == []
    press(done.grid, Qt.Key.Key_R)
    finish(done)
    assert "rolled again" in done.cells.data(done.cells.index_of(cell), Qt.ItemDataRole.ToolTipRole)
    done._tell()
    assert "rolled again" in done.panel.state.text()


def test_several_cells_are_left_out_together(done):
    first, _, third, fourth = done.comparison.cells
    choose(done, first, third, fourth)
    press(done.grid, Qt.Key.Key_Delete)
    states = [cell.state for cell in done.comparison.cells]
    assert states == [State.LEFT_OUT, State.DONE, State.LEFT_OUT, State.LEFT_OUT]


def test_cells_are_stopped_and_pinned_while_they_run(view, engine, qtbot, finish):
    engine.free = False
    view.compare()
    engine.tick(1)
    first, second = view.comparison.cells[:2]
    qtbot.waitUntil(lambda: first.reached == 1)
    view.grid.set_current(first)
    press(view.grid, Qt.Key.Key_K)
    press(view.grid, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: first.state is State.STOPPED)
    assert first.pinned
    view.setup.down.set_axis("steps", "5, 6")
    view.compare()
    assert first in view.comparison.cells
    assert second not in view.comparison.cells
    finish(view)


@pytest.fixture
def menu(done, qtbot):
    """Ask for the menu at the second cell, as a right click does; return its lines."""
    cell = done.comparison.cells[1]
    done.grid.set_current(cell)
    box = done.grid.visualRect(done.cells.index_of(cell))
    viewport = done.grid.viewport()
    place = box.center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
    found = done.grid.findChild(CellMenu)
    qtbot.waitUntil(found.isVisible)
    yield {action.objectName().removeprefix("menu-"): action for action in found.actions()}
    found.hide()


def test_the_menu_has_every_deed_with_its_key(menu, done):
    for name, deed in DEEDS.items():
        words, _, key = menu[name].text().partition("\t")
        assert words
        assert key
        assert deed.key == ON_CELLS[name][0]
        assert name in _KEYS.values()
        assert done.panel.buttons[name].toolTip()


def test_the_menu_does_what_it_says(menu, done):
    menu["pin"].trigger()
    assert done.comparison.cells[1].pinned
    menu["remove"].trigger()
    assert done.comparison.cells[1].state is State.LEFT_OUT


def test_the_menu_opens_at_the_current_cell_by_the_keyboard(done, qtbot):
    done.grid.set_current(done.comparison.cells[2])
    place = QPoint(0, 0)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(done.grid, QContextMenuEvent(reason, place, place))
    found = done.grid.findChild(CellMenu)
    qtbot.waitUntil(found.isVisible)
    box = done.grid.visualRect(done.cells.index_of(done.comparison.cells[2]))
    wanted = done.grid.viewport().mapToGlobal(box.center())
    room = found.screen().availableGeometry()
    assert found.y() == min(wanted.y(), room.bottom() + 1 - found.height())
    assert found.activeAction() is found.actions()[0]
    found.hide()


def test_what_cannot_be_done_is_greyed_in_the_menu_and_in_the_panel(done, qtbot):
    cell = done.comparison.cells[0]
    done.grid.set_current(cell)
    press(done.grid, Qt.Key.Key_Delete)
    found = CellMenu(cell, done.do, done.grid)
    for action in found.actions():
        name = action.objectName().removeprefix("menu-")
        if name:
            assert action.isEnabled() == done.panel.buttons[name].isEnabled()
    assert not done.panel.buttons["pin"].isEnabled()
    found.deleteLater()
