"""A comparison over two models: one after the other, told by their names."""

import pytest
from PySide6.QtCore import Qt

from engine import library
from engine.commands import Submit
from engine.compare import models
from engine.compare.cost import Pace
from engine.compare.keep import read_grid
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting, Problem
from engine.events import Failed, Loading
from engine.library.registry import Entry, Registry
from engine.paths import current_paths
from gui.compare.axis_editor import AxisEditor
from gui.compare.cells import State
from gui.compare.setup_panel import SetupPanel

OTHER = "sha256:" + "ab" * 32


@pytest.fixture(autouse=True)
def two(home):
    """The list of models has a second one, which is the starter by another name."""
    place = library.find("starter").place
    Registry(current_paths()).add(Entry(OTHER, "Ink, wash", place))
    models._name.cache_clear()
    yield
    models._name.cache_clear()


@pytest.fixture
def editor(qtbot):
    made = AxisEditor("across", "Across")
    qtbot.addWidget(made)
    return made


def order(engine):
    return [one.job.recipe.model for one in engine.heard if isinstance(one, Submit)]


def test_models_are_picked_by_their_names_and_a_comma_in_one_parts_nothing(editor):
    editor.set_axis("model", "ink wash, STARTER · postcards")
    assert editor.axis("").values == (OTHER, "starter")


def test_a_model_that_is_not_on_the_list_is_refused_with_those_that_are(editor):
    editor.set_axis("model", "oil")
    with pytest.raises(BadSetting, match="no model 'oil'; choose from Starter · postcards, Ink"):
        editor.axis("")


def test_each_model_makes_its_own_usual_size(qtbot, monkeypatch):
    rules = {"starter": SizeRule(), OTHER: SizeRule(256, 256)}
    panel = SetupPanel(Pace())
    qtbot.addWidget(panel)
    panel.set_sizes(rules["starter"], "starter")
    panel.set_base(Draft(prompt="a", seed=7))
    panel.rules.learn(OTHER, rules[OTHER])
    panel.across.set_axis("model", "Starter · postcards, Ink wash")
    panel.down.set_axis("", "")
    cells = panel.plan().cells
    assert [(c.recipe.model, c.recipe.width) for c in cells] == [("starter", 128), (OTHER, 256)]


@pytest.fixture
def grid_of_two(view):
    view.setup.rules.learn(OTHER, SizeRule())  # as it is once it has been looked at
    view.setup.across.set_axis("model", "Ink wash, Starter · postcards")
    view.setup.down.set_axis("steps", "2, 3")
    return view


def test_cells_of_the_model_that_is_loaded_run_first(grid_of_two, engine, finish, session):
    grid_of_two.compare()
    finish(grid_of_two)
    assert order(engine) == ["starter", "starter", OTHER, OTHER]
    assert session.in_memory == OTHER
    assert session.model == "starter"
    grid_of_two.comparison.roll(grid_of_two.comparison.cells[0], 5)
    finish(grid_of_two)


def test_the_columns_are_called_what_the_models_are_called(grid_of_two, finish, qtbot):
    grid_of_two.compare()
    heads = [grid_of_two.cells.headerData(k, Qt.Orientation.Horizontal) for k in range(2)]
    assert heads == ["Ink wash", "Starter · postcards"]
    finish(grid_of_two)
    path = grid_of_two.comparison.path
    grid_of_two.comparison.write()
    qtbot.waitUntil(lambda: path.exists() and all(c.file for c in read_grid(path).cells))
    assert read_grid(path).axes[0].values == (OTHER, "starter")


def test_the_cost_says_how_many_models_are_to_be_loaded(grid_of_two, qtbot):
    qtbot.waitUntil(lambda: "1 model to load" in grid_of_two.setup.cost.text())


def test_a_job_of_another_model_leaves_the_window_s_own_model_as_it_is(
    grid_of_two, finish, session
):
    sizes = []
    session.sizes_changed.connect(sizes.append)
    grid_of_two.compare()
    finish(grid_of_two)
    assert sizes == []
    assert session.ready
    assert {cell.reel.preview_map for cell in grid_of_two.comparison.cells} == {
        session.preview_map_of("starter"),
        session.preview_map_of(OTHER),
    }


def test_taking_a_cell_s_settings_takes_its_model_as_well(grid_of_two, finish, window, session):
    window.top_bar.model.addItem("Ink, wash", OTHER)
    grid_of_two.compare()
    finish(grid_of_two)
    grid_of_two.grid.set_current(grid_of_two.comparison.cells[0])
    grid_of_two.do("use")
    assert (session.model, window.top_bar.model.currentData()) == (OTHER, OTHER)
    assert grid_of_two.comparison.cells[0].state is State.DONE


def test_the_top_bar_tells_which_model_a_job_brings_while_it_is_being_loaded(
    grid_of_two, finish, window, engine, session, qtbot
):
    bar = window.top_bar
    bar.model.addItem("Ink, wash", OTHER)
    engine.may_load.clear()
    grid_of_two.compare()
    qtbot.waitUntil(lambda: bar.device.sentence() == "Loading Ink, wash…")
    assert session.in_memory is None
    assert bar.model.currentData() == "starter"
    engine.may_load.set()
    qtbot.waitUntil(lambda: bar.device.sentence() == "CPU · float32")
    finish(grid_of_two)


def test_a_model_that_a_job_could_not_bring_leaves_none_and_the_next_picture_tries_again(
    view, window, session, engine, qtbot
):
    session.bridge.loading.emit(Loading(OTHER))
    session.bridge.failed.emit(Failed("a job", Problem("It is damaged.", "Get it again.")))
    assert window.top_bar.device.sentence() == "No model"
    assert not session.ready
    with qtbot.waitSignal(session.loaded):
        session.load("starter")
    assert window.top_bar.device.sentence() == "CPU · float32"
