"""Rows, columns and pages added later, a window closed in the middle, and going on tomorrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.commands import Submit
from engine.compare.axes import axis, plan
from engine.compare.keep import read_grid
from engine.draft import Draft, SizeRule
from engine.recipe import Recipe
from gui.compare.cells import State, placed
from gui.compare.cells_model import CellsModel


def submitted(engine):
    return [one.job.recipe for one in engine.heard if isinstance(one, Submit)]


def states(view):
    return [cell.state for cell in view.comparison.cells]


def on_page(view):
    model = view.cells
    return [
        model.cell(model.index(row, column))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def test_pages_added_later_run_only_what_is_missing(done, engine, finish):
    path, before = done.comparison.path, set(submitted(engine))
    done.setup.pages.set_axis("seed", "7-9")
    done.compare()
    finish(done)
    new = submitted(engine)[4:]
    assert len(new) == 8
    assert {recipe.seed for recipe in new} == {8, 9}
    assert not before & set(new)
    assert done.comparison.path == path
    assert [done.pages.itemText(k) for k in range(3)] == ["seed 7", "seed 8", "seed 9"]
    assert set(submitted(engine)[:4]) == {cell.recipe for cell in on_page(done)}


@pytest.mark.parametrize("values", ["2, 3, 4", "3, 4, 9"])
def test_a_row_added_in_front_or_at_the_end_runs_alone(done, engine, finish, values):
    done.setup.down.set_axis("steps", values)
    done.compare()
    finish(done)
    assert len(submitted(engine)) == 6
    assert [cell.recipe.steps for cell in on_page(done)][::2] == [
        int(value) for value in values.split(", ")
    ]


def test_the_cell_in_hand_stays_in_hand_when_a_column_is_added(done, finish):
    cell = done.comparison.cells[3]
    done.grid.set_current(cell)
    done.setup.across.set_axis("sampler", "heun, ddim, plms")
    done.compare()
    assert done.grid.current() is cell
    finish(done)


def test_another_page_has_the_same_place_in_hand(done, finish):
    done.setup.pages.set_axis("seed", "7, 8")
    done.compare()
    finish(done)
    cell = next(c for c in done.comparison.cells if c.at == ((1, 1, 0),))
    done.grid.set_current(cell)
    done.pages.setCurrentIndex(1)
    done.pages.activated.emit(1)
    assert done.grid.current().at == ((1, 1, 1),)


def test_pages_are_turned_by_keys_from_anywhere_in_the_view(done, window, finish, qtbot):
    done.setup.pages.set_axis("seed", "7-9")
    done.compare()
    finish(done)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    done.grid.setFocus()
    ctrl = Qt.KeyboardModifier.ControlModifier
    seeds = []
    for key in (Qt.Key.Key_PageDown,) * 3 + (Qt.Key.Key_PageUp,):
        QTest.keyClick(done.grid, key, ctrl)
        seeds.append(done.grid.current().recipe.seed)
    assert seeds == [8, 9, 9, 8]
    assert done.pages.currentText() == "seed 8"


def test_pages_are_offered_over_the_grid_alone_and_no_wider_than_it(done, finish):
    prompts = ", ".join(["boat", "house " * 60, "windmill"])
    done.setup.pages.set_axis("prompt", prompts)
    done.compare()
    finish(done)
    assert done.pages.isVisible()
    assert done.pages.count() == 3
    assert done.pages.width() <= done.stack.width()
    for page in ("plots", "judge", "open"):
        done.do(page)
        assert not done.pages.isVisible()
        assert done.escape()
        assert done.pages.isVisible()
    done.setup.pages.set_axis("", "")
    done.compare()
    assert not done.pages.isVisible()


def test_axes_beyond_the_third_are_pages_too(qapp):
    lists = {"sampler": "ddim, plms", "steps": "2, 3", "seed": "1, 2", "guidance": "1, 5, 9"}
    chosen = plan(Draft(), [axis(*one) for one in lists.items()], lambda _: SizeRule())
    cells = [placed(None, cell) for cell in chosen.cells]
    model = CellsModel()
    model.show_cells(chosen, cells)
    names = model.pages()
    assert names[1] == "seed 1, guidance 5"
    seen = set()
    for page in range(len(names)):
        model.show_cells(chosen, cells, page)
        for row in range(2):
            seen |= {model.cell(model.index(row, column)) for column in range(2)}
    assert seen == set(cells)


def test_a_grid_of_four_axes_is_set_up_as_it_was(view, finish):
    lists = {"sampler": "ddim, plms", "steps": "2, 3", "seed": "1, 2", "guidance": "1, 5"}
    chosen = plan(Draft(prompt="a"), [axis(*one) for one in lists.items()], lambda _: SizeRule())
    view.setup.show_plan(Draft(prompt="a", seed=1), chosen)
    assert view.setup.plan().cells == chosen.cells
    assert "guidance 1, 5" in view.setup.same.text()


def test_pages_closed_in_the_middle_go_on_tomorrow(view, window, engine, qtbot, restart):
    engine.free = False
    view.setup.pages.set_axis("seed", "7, 8")
    view.compare()
    engine.tick(3 + 3)  # DDIM's three steps for each seed
    qtbot.waitUntil(lambda: states(view).count(State.DONE) == 2)
    done = {cell.recipe for cell in view.comparison.cells if cell.state is State.DONE}
    made = [cell for cell in view.comparison.cells if cell.recipe in done]
    qtbot.waitUntil(lambda: all(cell.sha256 and cell.path for cell in made))
    again, second = restart(window)
    other = again.compare_view
    qtbot.waitUntil(lambda: states(other).count(State.DONE) == 2)
    with qtbot.waitSignal(again._session.loaded):
        again._session.begin("starter")
    assert [other.pages.itemText(k) for k in range(2)] == ["seed 7", "seed 8"]
    other.compare()
    qtbot.waitUntil(lambda: states(other) == [State.DONE] * 8)
    assert not done & set(submitted(second))
    assert len(submitted(second)) == 6
    assert len(read_grid(other.comparison.path).cells) == 8


@pytest.mark.parametrize("looked", [True, False])
def test_what_is_opened_at_the_start_stays_set_up_as_it_was_whenever_it_is_looked_at(
    done, window, restart, looked
):
    again, _ = restart(window, looked=looked)
    view = again.compare_view
    assert view.setup.base().prompt == "a boat"
    assert view.comparison.missing(view.setup.plan()) == []
    again.open_view("create")
    again.create_view.controls.show_draft(Draft(prompt="a house"))
    again.open_view("compare")
    assert view.setup.base().prompt == "a house", "what was changed in Create since is taken over"


def test_a_grid_of_equal_time_is_the_same_tomorrow_though_more_was_measured(
    view, window, engine, qtbot, finish, restart
):
    pace = view.comparison.pace
    for guidance, seconds in ((1.0, 1.0), (5.0, 2.0)):
        pace.note(Recipe(prompt="a", guidance=guidance), 10, seconds)
    view.setup.across.set_axis("guidance", "1, 5")
    view.setup.down.set_axis("steps", "4, 8")
    view.setup.equal.set_value("time")
    view.compare()
    finish(view)
    steps = [(c.recipe.guidance, c.recipe.steps) for c in view.comparison.cells]
    assert steps == [(1, 4), (1, 8), (5, 2), (5, 4)]
    heads = [view.cells.headerData(k, Qt.Orientation.Vertical) for k in range(2)]
    assert heads == ["time of 4 calls", "time of 8 calls"]
    again, _ = restart(window)
    other = again.compare_view
    qtbot.waitUntil(lambda: states(other) == [State.DONE] * 4)
    other.comparison.pace.note(other.comparison.cells[0].recipe, 10, 50.0)
    assert other.comparison.missing(other.setup.plan()) == []
    other.setup.down.set_axis("steps", "4, 8, 12")
    assert [r.steps for r in other.comparison.missing(other.setup.plan())] == [12, 6]
