import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.events import Previewed, Started
from engine.recipe import Recipe
from gui.reel import new_reel
from gui.stage import Stage
from tests.gui.scripted import cut, grey, preview_map, sigmas, trajectory


@pytest.fixture
def stage(qtbot):
    made = Stage()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.shown = []
    real = made.canvas.show_pixels

    def show_pixels(pixels, *, natural=None):
        made.shown.append((pixels, natural))
        real(pixels, natural=natural)

    made.canvas.show_pixels = show_pixels
    return made


@pytest.fixture
def reel():
    recipe = Recipe(prompt="", steps=5)
    return new_reel(Started("a", (801.0, 601.0, 401.0, 201.0, 1.0), sigmas(recipe), 5), recipe)


def arrive(stage, reel, step):
    reel.grow(Previewed("a", step, x0=grey(step), x=grey(100 + step)))
    stage.step_arrived(step)


def finish(stage, reel):
    reel.picture = grey(250)
    reel.settle(trajectory(reel.recipe), preview_map())
    stage.settled()


def shade(stage):
    return int(stage.shown[-1][0][0, 0, 0])


def test_the_canvas_follows_the_steps_at_the_pictures_own_size(stage, reel):
    stage.show_reel(reel)
    arrive(stage, reel, 1)
    arrive(stage, reel, 2)
    assert shade(stage) == 2
    assert stage.shown[-1][1] == (128, 128)
    assert stage.timeline.position() == 2
    assert stage.caption.sentence().startswith("Step 2 of 5  ·  t 601")


def test_the_noisy_picture_is_there_on_a_toggle(stage, reel):
    stage.show_reel(reel)
    arrive(stage, reel, 1)
    stage.space.set_value("xt")
    assert shade(stage) == 101
    assert stage.is_noisy()


def test_looking_back_is_not_interrupted_by_new_steps(stage, reel):
    stage.show_reel(reel)
    for step in (1, 2, 3):
        arrive(stage, reel, step)
    stage.timeline.moved.emit(1)
    assert shade(stage) == 1
    arrive(stage, reel, 4)
    assert shade(stage) == 1
    stage.timeline.moved.emit(4)
    arrive(stage, reel, 5)
    assert shade(stage) == 5


def test_a_dropped_preview_is_stood_in_for_by_the_one_before(stage, reel):
    stage.show_reel(reel)
    arrive(stage, reel, 1)
    arrive(stage, reel, 3)
    stage.timeline.moved.emit(2)
    assert shade(stage) == 1
    assert stage.caption.sentence().startswith("Step 2 of 5")


def test_at_the_end_the_picture_itself_is_shown_and_every_step_can_be_scrubbed(stage, reel, qtbot):
    stage.show_reel(reel)
    arrive(stage, reel, 1)
    finish(stage, reel)
    assert shade(stage) == 250
    assert stage.timeline.position() == 5
    stage.timeline.moved.emit(4)
    assert shade(stage) == 204
    qtbot.waitUntil(lambda: not stage._to_fill)


def test_the_end_does_not_snatch_away_the_step_being_looked_at(stage, reel):
    stage.show_reel(reel)
    for step in (1, 2, 3):
        arrive(stage, reel, step)
    stage.timeline.moved.emit(2)
    finish(stage, reel)
    assert shade(stage) == 102


def test_a_cancelled_run_can_be_scrubbed_as_far_as_it_came(stage, reel):
    stage.show_reel(reel)
    for step in (1, 2, 3):
        arrive(stage, reel, step)
    reel.settle(cut(trajectory(reel.recipe), 3), preview_map())
    stage.settled()
    stage.timeline.moved.emit(5)
    assert stage.timeline.position() == 3


def test_playing_shows_the_steps_one_after_another_and_stops(stage, reel, qtbot):
    stage._frame_time = 1
    stage.show_reel(reel)
    finish(stage, reel)
    stage.shown.clear()
    stage.play.click()
    qtbot.waitUntil(lambda: not stage.play.isChecked())
    assert [int(pixels[0, 0, 0]) for pixels, _ in stage.shown] == [51, 102, 153, 204, 250]


def test_playing_a_running_job_goes_over_to_following_it(stage, reel, qtbot):
    stage._frame_time = 1
    stage.show_reel(reel)
    for step in (1, 2):
        arrive(stage, reel, step)
    stage.play.click()
    qtbot.waitUntil(lambda: not stage.play.isChecked())
    arrive(stage, reel, 3)
    assert shade(stage) == 3


def test_the_keyboard_scrubs(stage, reel):
    stage.show_reel(reel)
    finish(stage, reel)
    stage.timeline.setFocus()
    QTest.keyClick(stage.timeline, Qt.Key.Key_Left)
    assert shade(stage) == 204
    QTest.keyClick(stage.timeline, Qt.Key.Key_Home)
    assert shade(stage) == 51


def test_a_picture_without_a_past_has_an_idle_timeline(stage, reel):
    stage.show_reel(reel)
    stage.show_picture(grey(9))
    assert shade(stage) == 9
    assert stage.caption.sentence() == ""
    assert not stage.play.isEnabled()
    stage.timeline.moved.emit(1)
    stage.settled()
    stage.step_arrived(1)
    assert shade(stage) == 9
