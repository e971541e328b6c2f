"""From any cell at any step into the Create view."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.commands import Submit
from engine.draft import Draft
from engine.paths import current_paths
from engine.recipe import Branch
from engine.trajectory import kept_file
from gui.compare.cells import State
from tests.gui.scripted import ENVIRONMENT, sigmas, trajectory


def press(widget, key):
    QTest.keyClick(widget, key)


def jobs(engine):
    return [one.job for one in engine.heard if isinstance(one, Submit)]


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
    qtbot.waitUntil(lambda: any(job.recipe.branch is not None for job in jobs(engine)))
    recipe = jobs(engine)[-1].recipe
    assert recipe.branch == Branch(cell.recipe, position)
    assert (recipe.prompt, recipe.sampler, recipe.seed) == ("a house", "plms", 7)


def branch_from(cell, view, window, engine, qtbot, position=2):
    """Go on from a cell in the Create view with another prompt; return the job that is sent."""
    view.grid.set_current(cell)
    view.frames.look_at(position)
    press(view.grid, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: (way := cell.reel.trajectory) is None or len(way.answers) > 0)
    window.create_view.controls.prompt.set_text("a house")
    window.create_view.branch()
    qtbot.waitUntil(lambda: any(job.recipe.branch is not None for job in jobs(engine)))
    return jobs(engine)[-1]


def test_what_a_finished_cell_was_answered_is_not_asked_again(done, window, engine, qtbot):
    cell = done.comparison.cells[3]
    job = branch_from(cell, done, window, engine, qtbot)
    assert np.array_equal(job.answers, trajectory(cell.recipe).answers)


def test_what_a_stopped_cell_was_answered_is_not_asked_again(view, window, engine, qtbot, finish):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    view.comparison.stop([cell])
    qtbot.waitUntil(lambda: cell.state is State.STOPPED)
    job = branch_from(cell, view, window, engine, qtbot, position=1)
    assert np.array_equal(job.answers, trajectory(cell.recipe).answers[:2])
    finish(view)


def test_a_running_cell_s_branch_leaves_it_to_the_engine_which_has_the_answers(
    view, window, engine, qtbot, finish
):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    assert branch_from(cell, view, window, engine, qtbot).answers is None
    finish(view)


def keep_paths(view):
    """Keep the cells' paths where the engine's archive does; this engine has none."""
    folder = current_paths().data / "trajectories"
    folder.mkdir(parents=True)
    for cell in view.comparison.cells:
        way = replace(trajectory(cell.recipe), sigma=np.float32(sigmas(cell.recipe)))
        kept_file(folder, cell.path).write_bytes(way.to_bytes())


def test_a_cell_of_yesterday_has_its_answers_read_when_it_is_branched_from(
    done, window, restart, qtbot
):
    keep_paths(done)
    again, engine = restart(window)
    view = again.compare_view
    with qtbot.waitSignal(again._session.loaded):
        again._session.begin("starter")
    qtbot.waitUntil(lambda: all(cell.picture is not None for cell in view.comparison.cells))
    cell = view.comparison.cells[3]
    assert len(cell.reel.trajectory.answers) == 0, "of many cells they would fill the memory"
    job = branch_from(cell, view, again, engine, qtbot)
    assert np.array_equal(job.answers, trajectory(cell.recipe).answers)


def test_what_a_cell_was_answered_elsewhere_is_asked_again(done, window, engine, qtbot):
    cell = done.comparison.cells[3]
    cell.reel.made_on = replace(ENVIRONMENT, dtype="bfloat16")
    assert branch_from(cell, done, window, engine, qtbot).answers is None


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
    qtbot.waitUntil(lambda: any(job.recipe.branch is not None for job in jobs(engine)))
    assert jobs(engine)[-1].recipe.branch == Branch(cell.recipe, 2)
    assert cell.picture is not None


def test_a_cell_that_shows_nothing_yet_cannot_be_branched_from(view, window, engine, finish):
    engine.free = False
    view.compare()
    view.grid.set_current(view.comparison.cells[3])
    press(view.grid, Qt.Key.Key_B)
    assert window.views.currentWidget() is view
    assert not view.panel.buttons["branch"].isEnabled()
    finish(view)
