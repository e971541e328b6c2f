"""From any cell at any step into the Create view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.commands import Submit
from engine.draft import Draft
from engine.recipe import Branch


def press(widget, key):
    QTest.keyClick(widget, key)


def last_job(engine):
    return [one.job for one in engine.heard if isinstance(one, Submit)][-1]


@pytest.mark.parametrize("position", [1, 2])
def test_the_step_that_a_cell_shows_is_gone_on_from_with_other_settings(
    done, window, engine, qtbot, position
):
    cell = done.comparison.cells[2]
    done.grid.set_current(cell)
    done.frames.look_at(position)
    press(done.grid, Qt.Key.Key_B)
    create = window.create_view
    assert window.views.currentWidget() is create
    assert create.stage.reel is cell.reel
    assert create.stage.timeline.position() == position
    assert create.draft().sampler == cell.recipe.sampler == "plms"
    create.controls.prompt.set_text("a house")
    qtbot.waitUntil(create.stage.timeline.hasFocus)
    press(create.stage.timeline, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: last_job(engine).recipe.branch is not None)
    recipe = last_job(engine).recipe
    assert recipe.branch == Branch(cell.recipe, position)
    assert (recipe.prompt, recipe.sampler, recipe.seed) == ("a house", "plms", 7)


def test_a_running_cell_is_branched_from_where_it_is(view, window, engine, qtbot, finish):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    view.grid.set_current(cell)
    press(view.grid, Qt.Key.Key_B)
    create = window.create_view
    assert create.stage.timeline.position() == 2
    create.controls.show_draft(Draft(prompt="a house", seed=7, steps=3, sampler="ddim"))
    create.branch()
    finish(view)
    qtbot.waitUntil(lambda: last_job(engine).recipe.branch is not None)
    assert last_job(engine).recipe.branch == Branch(cell.recipe, 2)
    assert cell.picture is not None


def test_a_cell_that_shows_nothing_yet_cannot_be_branched_from(view, window, engine, finish):
    engine.free = False
    view.compare()
    view.grid.set_current(view.comparison.cells[3])
    press(view.grid, Qt.Key.Key_B)
    assert window.views.currentWidget() is view
    assert not view.panel.buttons["branch"].isEnabled()
    finish(view)
