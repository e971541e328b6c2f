"""Branching from the step on show, and the way there beside the way back."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.commands import Submit
from engine.draft import Draft
from engine.recipe import Branch, Recipe
from engine.trajectory import noised
from gui.branching import check_branch, words
from gui.timeline import not_a_run
from tests.gui.scripted import ENVIRONMENT

PARENT = Recipe(prompt="a boat", seed=3, steps=20)


@pytest.fixture
def view(window):
    return window.create_view


@pytest.fixture
def stage(qtbot, view, session):
    """A finished picture of twenty steps, looked at as it was after the eighth."""
    view.controls.show_draft(Draft(prompt="a boat", seed=3))
    with qtbot.waitSignal(session.saved):
        view.generate()
    view.stage.timeline.moved.emit(8)
    return view.stage


def sent(engine):
    return [command.job for command in engine.heard if isinstance(command, Submit)]


@pytest.mark.parametrize("focus", ["canvas", "timeline", "strip"])
def test_b_goes_on_from_the_step_on_show_with_what_is_set_now(
    qtbot, view, stage, session, engine, focus
):
    view.controls.prompt.set_text("a house")
    places = {"canvas": stage.canvas, "timeline": stage.timeline, "strip": view.strip._view}
    places[focus].setFocus()
    with qtbot.waitSignal(session.saved):
        QTest.keyClick(places[focus], Qt.Key.Key_B)
    job = sent(engine)[-1]
    assert job.recipe.branch == Branch(sent(engine)[0].recipe, 8)
    assert job.recipe.prompt == "a house"
    assert len(job.answers) == 20, "what the model has said is not asked again"


def test_the_button_branches_as_well_and_the_branch_is_shown_where_it_left(
    qtbot, view, stage, session
):
    view.controls.sampling.guidance.set_value(9)
    with qtbot.waitSignal(session.saved):
        stage.branch.click()
    assert stage.reel.branched_at() == 8
    assert stage.caption.sentence().endswith("branched after step 8")
    tip = stage.timeline._tip(stage.timeline._x(3))
    assert "of the picture that this one branched from" in tip
    assert "branched from" not in stage.timeline._tip(stage.timeline._x(12))


def test_the_place_of_the_branch_is_painted(qtbot, view, stage, session):
    before = stage.timeline.grab().toImage()
    view.controls.sampling.guidance.set_value(9)
    with qtbot.waitSignal(session.saved):
        view.branch()
    stage.timeline.moved.emit(8)
    qtbot.waitUntil(lambda: not stage._to_fill)
    assert stage.timeline.grab().toImage() != before


def test_after_the_last_step_there_is_nothing_to_branch_and_the_button_says_so(
    view, stage, session, engine
):
    assert stage.branch.isEnabled()
    stage.timeline.moved.emit(20)
    assert not stage.branch.isEnabled()
    assert "Go back on the timeline" in stage.branch.toolTip()
    view.branch()
    assert len(sent(engine)) == 1


def test_a_branch_that_would_be_the_same_picture_is_refused(view, stage, window, engine):
    view.branch()
    assert "the same picture again" in window.messages.sentence()
    assert len(sent(engine)) == 1


def test_a_branch_of_another_size_is_refused_at_its_field(view, stage, window, engine):
    view.controls.show_draft(Draft(prompt="a house", width=160))
    view.branch()
    assert "set 128 × 128 again" in window.messages.sentence()
    assert len(sent(engine)) == 1


def test_another_seed_changes_only_what_draws_noise():
    same = replace(PARENT, seed=4, branch=Branch(PARENT, 5))
    with pytest.raises(Exception, match="same picture"):
        check_branch(same)
    noisy = replace(PARENT, eta=0.5)
    check_branch(replace(noisy, seed=4, branch=Branch(noisy, 5)))


@pytest.mark.parametrize("where", [None, replace(ENVIRONMENT, device="cuda")])
def test_what_was_answered_elsewhere_is_asked_again(qtbot, view, stage, session, engine, where):
    stage.reel.made_on = where
    view.controls.prompt.set_text("a house")
    with qtbot.waitSignal(session.saved):
        view.branch()
    assert sent(engine)[-1].answers is None


def test_a_running_picture_can_be_branched_from(qtbot, view, session, engine):
    engine.free = False
    view.controls.show_draft(Draft(prompt="a boat", seed=3))
    with qtbot.waitSignal(session.begun):
        view.generate()
    with qtbot.waitSignal(session.grew):
        engine.tick()
    view.controls.prompt.set_text("a house")
    view.branch()
    qtbot.waitUntil(lambda: len(sent(engine)) == 2)
    assert sent(engine)[1].recipe.branch.step == 1


def test_all_settings_of_a_branch_are_recalled_with_the_branch_and_it_can_be_left(
    qtbot, view, stage, session, engine
):
    view.controls.prompt.set_text("a house")
    with qtbot.waitSignal(session.saved):
        view.branch()
    made = sent(engine)[-1].recipe
    view.controls.show_draft(Draft())
    view.recall("all")
    note = view.controls.branch
    assert note.isVisible()
    assert note._words.toolTip().startswith("Goes on from step 8 of “a boat”")
    with qtbot.waitSignal(session.saved):
        view.generate()
    assert sent(engine)[-1].recipe == made
    note.leave.click()
    assert view.draft().branch is None
    assert not note.isVisible()


def test_a_branch_says_whose_it_is():
    assert words(Branch(PARENT, 5)) == "Goes on from step 5 of “a boat”"
    assert words(Branch(Recipe(prompt=" "), 5)).endswith("a picture without a prompt")


def test_the_timeline_says_that_a_step_is_not_a_shorter_run(stage):
    assert "A run of 8 steps would look different" in stage.caption.toolTip()
    assert "A run of 3 steps" in stage.timeline._tip(stage.timeline._x(3))
    assert not_a_run(1, 20).startswith("A run of 1 step would")
    assert not_a_run(20, 20) == not_a_run(0, 20) == ""


# The way there.


@pytest.mark.parametrize("sigma", [0.0, 0.03, 1.0, 14.6])
def test_noise_is_added_as_the_paper_says(sigma):
    generator = np.random.default_rng(0)
    x0, eps = generator.standard_normal((2, 4, 64, 64), dtype=np.float32)
    alpha_bar = 1 / (1 + sigma**2)
    expected = np.sqrt(alpha_bar) * x0 + np.sqrt(1 - alpha_bar) * eps
    made = noised(x0, eps, sigma)
    np.testing.assert_allclose(made, expected, atol=1e-6)
    assert made.dtype == np.float32
    assert made.std() == pytest.approx(1, abs=0.02), "of unit variance throughout"


def test_n_puts_the_way_there_beside_the_way_back(qtbot, stage, monkeypatch):
    shown = []
    real = stage.canvas.show_pixels
    monkeypatch.setattr(
        stage.canvas,
        "show_pixels",
        lambda pixels, **more: shown.append((pixels, more)) or real(pixels, **more),
    )
    stage.canvas.setFocus()
    QTest.keyClick(stage.canvas, Qt.Key.Key_N)
    pixels, more = shown[-1]
    left, right = stage.reel.frame(8, noisy=False), stage.reel.forward(8)
    np.testing.assert_allclose(pixels[:, :128].mean(), left.mean(), atol=1)
    np.testing.assert_allclose(pixels[:, -128:].mean(), right.mean(), atol=1)
    assert pixels.shape == (128, 2 * 128 + 5, 3)
    assert more["natural"] == (261, 128)
    assert "right: there" in stage.caption.sentence()
    stage.window().resize(1280, 800)
    qtbot.waitUntil(lambda: stage.caption.text() == stage.caption.sentence())
    QTest.keyClick(stage.canvas, Qt.Key.Key_N)
    assert shown[-1][0].shape == left.shape


def test_the_way_there_leads_from_noise_to_the_picture(stage):
    reel = stage.reel
    assert reel.forward(20) is reel.picture
    assert reel.forward(0) is None
    brightness = [reel.forward(step).mean() for step in (1, 8, 14, 19)]
    assert brightness == sorted(set(brightness)), "the script's noise is black, its picture white"


def test_without_a_whole_path_there_is_no_way_there_and_the_button_says_so(
    qtbot, view, session, engine
):
    engine.free = False
    with qtbot.waitSignal(session.begun):
        view.generate()
    with qtbot.waitSignal(session.grew):
        engine.tick()
    assert not view.stage.forward.isEnabled()
    assert "once the picture is finished" in view.stage.forward.toolTip()


def test_x_turns_and_space_plays_where_the_picture_has_the_focus(qtbot, stage):
    stage.canvas.setFocus()
    QTest.keyClick(stage.canvas, Qt.Key.Key_X)
    assert stage.is_noisy()
    QTest.keyClick(stage.canvas, Qt.Key.Key_Space)
    assert stage.play.isChecked()
    QTest.keyClick(stage.canvas, Qt.Key.Key_Space)
    assert not stage.play.isChecked()


def test_on_a_narrow_stage_the_branch_button_keeps_its_sign_only(qtbot, window, stage):
    icon_only, both = (
        Qt.ToolButtonStyle.ToolButtonIconOnly,
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    )
    window.resize(1600, 1000)
    qtbot.wait(20)
    assert stage.branch.toolButtonStyle() == both
    window.resize(1024, 680)
    qtbot.wait(20)
    assert stage.branch.toolButtonStyle() == icon_only
    right = stage.branch.mapTo(stage, QPoint(stage.branch.width(), 0)).x()
    assert right <= stage.width()


def test_space_on_a_button_over_the_picture_presses_the_button(qtbot, window, session, view):
    example = window.findChild(QPushButton, "example")
    example.setFocus()
    with qtbot.waitSignal(session.saved):
        QTest.keyClick(example, Qt.Key.Key_Space)
    assert not view.stage.play.isChecked()
