from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from engine.commands import Submit
from engine.draft import Draft, SizeRule
from engine.errors import Problem
from engine.paths import current_paths
from engine.recipe import Branch, Recipe
from engine.trajectory import kept_file
from gui.create_view import EXAMPLES
from gui.presets import Preset
from gui.recalling import recalled, told_by_recipe
from gui.shelf import Shelf
from tests.gui.scripted import sigmas, trajectory


@pytest.fixture
def view(window):
    return window.create_view


@pytest.fixture
def slow(engine):
    """The engine takes a step only when told to."""
    engine.free = False
    return engine


def made(qtbot, view, session, prompt="a boat"):
    """Generate one picture and wait until it is on the disk; return its path."""
    view.controls.prompt.set_text(prompt)
    with qtbot.waitSignal(session.saved) as saved:
        view.generate()
    return saved.args[0].path


def choose(view, row):
    view.strip.chosen.emit(view._session.pictures.index(row))


def sent(engine):
    return [command.job.recipe for command in engine.heard if isinstance(command, Submit)]


def test_what_is_set_is_what_the_engine_gets(qtbot, view, session, engine):
    view.controls.sampling.steps.set_value(7)
    view.controls.sampling.eta.set_value(0.5)
    view.controls.picture.shape.set_value("16:9")
    made(qtbot, view, session, "a lighthouse")
    recipe = sent(engine)[0]
    assert (recipe.prompt, recipe.steps, recipe.eta) == ("a lighthouse", 7, 0.5)
    assert (recipe.width, recipe.height) == (168, 96)


def test_an_unlocked_seed_is_new_each_time_and_shown(qtbot, view, session, engine):
    made(qtbot, view, session)
    made(qtbot, view, session)
    first, second = (recipe.seed for recipe in sent(engine))
    assert first != second
    shown = view.controls.picture.seed.focusProxy().text()
    assert int("".join(filter(str.isdigit, shown))) == second
    assert view.draft().seed is None


def test_a_locked_seed_stays(qtbot, view, session, engine):
    view.controls.picture.seed.set_value(5)
    made(qtbot, view, session)
    made(qtbot, view, session)
    assert [recipe.seed for recipe in sent(engine)] == [5, 5]


def test_the_canvas_follows_the_run(qtbot, view, session, slow):
    with qtbot.waitSignal(session.begun):
        view.generate()
    with qtbot.waitSignal(session.grew):
        slow.tick()
    assert view.stage.reel is session.running_reel()
    assert view.stage.timeline.position() == 1
    slow.free = True
    with qtbot.waitSignal(session.saved):
        slow.tick()
    assert view.stage.reel.picture is not None
    assert view.strip.current().row() == 0


def test_an_older_picture_being_looked_at_is_not_snatched_away(qtbot, view, session, engine):
    path = made(qtbot, view, session)
    engine.free = False
    with qtbot.waitSignal(session.begun):
        view.generate()
    choose(view, 0)
    assert view.stage.reel.path == path
    engine.free = True
    with qtbot.waitSignal(session.saved):
        engine.tick()
    assert view.stage.reel.path == path


def test_generating_goes_back_to_the_running_picture(qtbot, view, session, engine):
    path = made(qtbot, view, session)
    engine.free = False
    with qtbot.waitSignal(session.begun):
        view.generate()
    choose(view, 0)
    assert view.stage.reel.path == path
    view.generate()
    assert view.stage.reel is session.running_reel()


def test_the_next_job_of_the_queue_is_followed(qtbot, view, session, slow):
    view.controls.picture.count.set_value(2)
    with qtbot.waitSignal(session.begun):
        view.generate()
    first = view.stage.reel
    slow.free = True
    with qtbot.waitSignals([session.saved, session.saved]):
        slow.tick()
    assert view.stage.reel is not first
    assert view.stage.reel.picture is not None


def test_a_picture_of_an_earlier_session_is_read_from_the_disk(qtbot, view, session):
    made(qtbot, view, session)
    session.shelf = Shelf()
    with qtbot.waitSignal(session.pictures.opened):
        choose(view, 0)
    assert view.stage.reel is None
    assert view._told.draft.prompt == "a boat"


def test_a_slow_reader_does_not_overtake_a_later_choice(qtbot, view, session):
    made(qtbot, view, session, "older")
    made(qtbot, view, session, "newer")
    newer = session.shelf.by_path(session.pictures.path(0))
    session.shelf = Shelf()
    session.shelf.put(newer)
    with qtbot.waitSignal(session.pictures.opened):
        choose(view, 1)
        choose(view, 0)
    assert view.stage.reel is newer


@pytest.mark.parametrize(
    ("key", "prompt", "seed", "steps"),
    [("P", "a boat", None, 30), ("S", "else", 11, 30), ("A", "a boat", 11, 20)],
)
@pytest.mark.parametrize("focus", ["canvas", "strip"])
def test_prompt_seed_or_all_are_recalled(qtbot, view, session, focus, key, prompt, seed, steps):
    view.controls.picture.seed.set_value(11)
    made(qtbot, view, session)
    view.controls.picture.seed.set_value(None)
    view.controls.prompt.set_text("else")
    view.controls.sampling.steps.set_value(30)
    place = view.stage.canvas if focus == "canvas" else view.strip._view
    place.setFocus()
    QTest.keyClick(place, Qt.Key(ord(key)))
    draft = view.draft()
    assert (draft.prompt, draft.seed, draft.steps or 20) == (prompt, seed, steps)


def test_recalling_what_cannot_be_made_here_is_said_not_bent(qtbot, view, session, window):
    made(qtbot, view, session)
    view._told = told_by_recipe(replace(view.stage.reel.recipe, sampler="unheard_of"))
    before = view.draft()
    view.recall("all")
    assert "unheard_of" in window.messages.sentence()
    assert view.draft() == before


def test_a_picture_of_a_larger_model_is_recalled_in_a_size_that_can_be_made(
    qtbot, view, session, window
):
    made(qtbot, view, session)
    view._told = told_by_recipe(replace(view.stage.reel.recipe, width=2048, height=1024))
    view.recall("all")
    assert (view.draft().width, view.draft().height) == (1024, 512)
    assert "2048 x 1024" in window.messages.sentence()


def test_a_branch_of_another_models_picture_begins_from_noise_and_says_so(
    qtbot, view, session, window
):
    made(qtbot, view, session)
    recipe = view.stage.reel.recipe
    parent = replace(recipe, model="sha256:" + "0" * 64)
    view.apply(told_by_recipe(replace(recipe, branch=Branch(parent, 3))))
    assert view.draft().branch is None
    assert "noise" in window.messages.sentence()


def test_a_preset_of_a_larger_model_is_fitted_and_that_is_said(view, window):
    view.take_preset(Preset("large", Draft(width=2048, height=2048, steps=7)))
    assert (view.draft().width, view.draft().height, view.draft().steps) == (1024, 1024, 7)
    assert "2048 x 2048" in window.messages.sentence()


def show_foreign(qtbot, view, session, text):
    """Look at a picture of another tool, with this text in it."""
    session.pictures.folder.mkdir(parents=True)
    path = session.pictures.folder / "foreign.png"
    info = PngInfo()
    if text:
        info.add_text("parameters", text)
    Image.new("RGB", (64, 64)).save(path, pnginfo=info)
    session.pictures.add(path)
    with qtbot.waitSignal(session.pictures.opened):
        choose(view, 0)


def test_what_another_tool_wrote_is_recalled_and_what_is_left_out_is_said(
    qtbot, view, session, window
):
    text = "a cat\nNegative prompt: rain\nSteps: 12, Sampler: DPM adaptive, CFG scale: 7, Seed: 5"
    show_foreign(qtbot, view, session, text)
    view.controls.picture.count.set_value(3)
    view.recall("prompt")
    assert (view.draft().prompt, view.draft().negative_prompt) == ("a cat", "rain")
    assert (view.draft().seed, view.draft().steps) == (None, None)
    view.recall("seed")
    assert view.draft().seed == 5
    assert window.messages.sentence() == ""
    view.recall("all")
    assert (view.draft().steps, view.draft().guidance, view.draft().count) == (12, 7, 3)
    assert "means nothing here" in window.messages.sentence()


def keep_path(path, recipe):
    """Put a picture's path where the archive of the engine keeps it."""
    file = kept_file(current_paths().data / "trajectories", path)
    file.parent.mkdir(parents=True, exist_ok=True)
    way = replace(trajectory(recipe), sigma=np.asarray(sigmas(recipe), np.float32))
    file.write_bytes(way.to_bytes())


def test_the_path_of_an_older_picture_can_be_scrubbed_again(qtbot, view, session, engine):
    path = made(qtbot, view, session)
    keep_path(path, sent(engine)[0])
    session.shelf = Shelf()  # as after a restart
    with qtbot.waitSignal(session.pictures.remembered):
        choose(view, 0)
    assert view.stage.reel is not None
    assert view.stage.reel.trajectory is not None
    assert view.stage.reel.path == path
    assert session.shelf.by_path(path) is view.stage.reel


def test_the_path_of_a_picture_chosen_before_the_model_was_there_comes_with_it(
    qtbot, view, session, engine
):
    path = made(qtbot, view, session)
    keep_path(path, sent(engine)[0])
    session.shelf, session.ready = Shelf(), False
    session._maps.clear()  # as at the start
    with qtbot.waitSignal(session.pictures.remembered):
        choose(view, 0)
    assert view.stage.reel is None
    session.load("starter")
    qtbot.waitUntil(lambda: view.stage.reel is not None)
    assert view.stage.reel.path == path


def test_a_path_that_is_another_pictures_is_not_shown(qtbot, view, session, engine):
    path = made(qtbot, view, session)
    keep_path(path, replace(sent(engine)[0], seed=1))
    session.shelf = Shelf()
    with qtbot.waitSignal(session.pictures.remembered):
        choose(view, 0)
    assert view.stage.reel is None


@pytest.mark.parametrize("what", ["prompt", "seed", "all"])
def test_a_picture_that_tells_nothing_says_so(qtbot, view, session, window, what):
    show_foreign(qtbot, view, session, "")
    before = view.draft()
    view.recall(what)
    assert "This picture carries no" in window.messages.sentence()
    assert view.draft() == before


def test_a_picture_without_its_seed_says_so(qtbot, view, session, window):
    show_foreign(qtbot, view, session, "a cat\nSteps: 12, CFG scale: 7")
    view.controls.picture.seed.set_value(4)
    view.recall("seed")
    assert "no seed" in window.messages.sentence()
    assert view.draft().seed == 4


def test_all_settings_recalled_are_all_settings(session):
    recipe = Recipe(
        prompt="a", negative_prompt="b", sampler="ddpm", steps=7, eta=None, guidance=2, seed=3
    )
    told = told_by_recipe(recipe)
    again = recalled(Draft(model=recipe.model), told.draft, "all")
    assert again.schedule == recipe.schedule
    assert again.resolve(SizeRule()) == (recipe,)


def test_a_recalled_negative_prompt_waits_where_there_is_no_guidance(qtbot, view, session):
    view.controls.negative.set_text("rain")
    made(qtbot, view, session)
    view.controls.negative.set_text("")
    view.controls.sampling.guidance.set_value(1)
    view.recall("prompt")
    assert view.draft().negative_prompt == ""
    view.recall("seed")
    assert view.controls.negative.text() == "rain"


def test_nothing_is_recalled_from_an_empty_canvas(view):
    before = view.draft()
    view.recall("all")
    assert view.draft() == before


def test_left_and_right_go_through_the_pictures(qtbot, view, session):
    for prompt in ("first", "second", "third"):
        made(qtbot, view, session, prompt)
    prompts = []
    for go in (view.show_next, view.show_next, view.show_next, view.show_previous):
        go()
        prompts.append(view.stage.reel.recipe.prompt)
    assert prompts == ["second", "first", "first", "second"]
    assert view.strip.current().row() == 1


def test_without_pictures_left_and_right_do_nothing(view):
    view.show_next()
    view.show_previous()
    assert view.strip.current() == QModelIndex()


def test_an_example_is_made_at_a_click(qtbot, view, session, engine):
    with qtbot.waitSignal(session.saved):
        view.stage.canvas.example_chosen.emit(EXAMPLES[1])
    assert view.draft().prompt == EXAMPLES[1]
    assert [recipe.prompt for recipe in sent(engine)] == [EXAMPLES[1]]


def test_a_wrong_size_is_said_at_its_field_and_in_the_bar(view, window, session):
    view.controls.picture.custom.click()
    view.controls.picture.width_field.set_pixels(100)
    view.generate()
    assert "96 or 104" in window.messages.sentence()
    assert "96 or 104" in view.controls.picture.width_field.problem()
    assert view.controls.picture.advanced.isChecked()
    assert len(session.jobs) == 0


def test_the_next_good_run_takes_the_message_away(qtbot, view, window, session):
    window.messages.report(Problem("The disk is full."))
    made(qtbot, view, session)
    assert window.messages.sentence() == ""


def test_a_cancelled_run_stays_on_the_stage(qtbot, view, session, slow):
    with qtbot.waitSignal(session.begun):
        view.generate()
    with qtbot.waitSignal(session.grew):
        slow.tick()
    with qtbot.waitSignal(session.settled):
        session.cancel_all()
    assert view.stage.reel.reached == 1
    assert view.stage.reel.trajectory is not None


def test_the_count_in_the_heading_grows(qtbot, view, session):
    view.window().resize(1280, 800)  # in a small one there is no room for the whole name
    made(qtbot, view, session)
    assert view.strip._head.text() == "Etascope  ·  1"


def test_waiting_for_the_model_is_said_until_nothing_waits(qtbot, view, session, monkeypatch):
    said = []
    monkeypatch.setattr(view.stage.canvas, "set_busy_text", said.append)
    session.ready = False
    with qtbot.waitSignal(session.begun):
        view.generate()
    assert said[0] == "Waiting for the model…"
    assert said[-1] == ""


def test_waiting_ends_when_the_job_fails_before_its_first_step(qtbot, view, engine, monkeypatch):
    said = []
    monkeypatch.setattr(view.stage.canvas, "set_busy_text", said.append)
    engine.problem = Problem("The model is damaged.")
    view.generate()
    qtbot.waitUntil(lambda: said[-1] == "")
