"""The film strip: scrubbing by hand and by key, frames for any number of steps."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

from gui import theme
from gui.film import MOST_KEPT, Film
from gui.timeline import FRAME_HEIGHT, HEAD, KNOB, Timeline

GREY = np.full((32, 32, 3), 200, np.uint8)


def sigma(steps: int) -> list[float]:
    return [14.6 * 0.7**k for k in range(steps)]


@pytest.fixture
def timeline(qtbot, qapp):
    theme.apply(qapp, "dark")
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(800, timeline.sizeHint().height())
    with qtbot.waitActive(timeline):
        timeline.show()
        timeline.activateWindow()
    return timeline


@pytest.fixture
def run(timeline):
    """Twenty steps, of which fourteen are done."""
    timeline.begin(sigma(20))
    for step in range(1, 15):
        timeline.set_frame(step, GREY)
    timeline.set_position(14)
    timeline.setFocus()
    return timeline


def at(timeline: Timeline, step: int) -> QPoint:
    wide = timeline.reel_width() / timeline.steps()
    return QPoint(round((step - 0.5) * wide), HEAD + FRAME_HEIGHT // 2)


def test_a_click_on_a_frame_goes_to_its_step_and_says_so_once(run, qtbot):
    heard = []
    run.moved.connect(heard.append)
    QTest.mouseClick(run, Qt.MouseButton.LeftButton, pos=at(run, 5))
    assert run.position() == 5
    assert heard == [5]


def test_dragging_scrubs_through_the_steps(run):
    heard = []
    run.moved.connect(heard.append)
    QTest.mousePress(run, Qt.MouseButton.LeftButton, pos=at(run, 3))
    for step in (4, 5, 6):
        QTest.mouseMove(run, at(run, step))
    QTest.mouseRelease(run, Qt.MouseButton.LeftButton, pos=at(run, 6))
    assert heard == [3, 4, 5, 6]


def test_steps_to_come_cannot_be_gone_to(run):
    QTest.mouseClick(run, Qt.MouseButton.LeftButton, pos=at(run, 19))
    assert run.position() == 14
    run.set_reached(20)
    QTest.mouseClick(run, Qt.MouseButton.LeftButton, pos=at(run, 19))
    assert run.position() == 19


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Left, 9),
        (Qt.Key.Key_Right, 11),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_End, 14),
        (Qt.Key.Key_PageUp, 8),
        (Qt.Key.Key_PageDown, 12),
    ],
)
def test_keys_go_through_the_steps(run, key, step):
    heard = []
    run.moved.connect(heard.append)
    run.set_position(10)
    QTest.keyClick(run, key)
    assert run.position() == step
    assert heard == [step], "only the user's doing is said"


def turn(timeline: Timeline, *turns: int) -> list[int]:
    """Turn the wheel; return where the playhead is after each turn."""
    positions = []
    for angle in turns:
        event = QWheelEvent(
            QPointF(5, 20),
            QPointF(5, 20),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        timeline.wheelEvent(event)
        positions.append(timeline.position())
    return positions


def test_a_notch_of_the_wheel_is_a_step_and_parts_of_one_add_up(run):
    run.set_position(5)
    assert turn(run, 120, -120, 0, 0) == [6, 5, 5, 5]
    assert turn(run, 50, 50, 50, 50, 50) == [5, 5, 6, 6, 7]
    assert turn(run, -110, -10) == [7, 6], "what was left over of the other way is forgotten"
    assert turn(run, 360) == [9]


def test_the_position_is_said_to_screen_readers(run):
    assert run.accessibleDescription() == "Step 14 of 20"
    assert (run.minimum(), run.value(), run.maximum()) == (0, 14, 20)
    run.clear()
    assert run.accessibleDescription() == "No steps yet."


def test_while_there_is_no_run_it_takes_no_focus_and_moves_nowhere(timeline, qtbot):
    assert timeline.focusPolicy() == Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(timeline.moved):
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(300, 30))
    assert timeline.cells() > 5
    timeline.grab()


@pytest.mark.parametrize("steps", [1, 2, 20, 50, 1000])
def test_any_number_of_steps_gets_frames_that_fit_evenly_chosen(timeline, steps: int):
    timeline.begin(sigma(steps))
    for step in range(1, steps + 1, 7):
        timeline.set_frame(step, GREY)
    timeline.set_position(1)
    timeline.grab()
    shown = [timeline.shown_step(cell) for cell in range(timeline.cells())]
    assert shown == sorted(set(shown))
    assert 1 <= shown[0] <= shown[-1] <= steps
    assert timeline.reel_width() / timeline.cells() >= 34
    if steps <= 20:
        assert shown == list(range(1, steps + 1))


def test_a_frame_that_came_is_painted_and_one_to_come_is_empty(run):
    image = run.grab().toImage()
    done = image.pixelColor(at(run, 5))
    to_come = image.pixelColor(at(run, 18))
    assert done.lightness() > 190
    assert to_come.lightness() < 60


def test_a_step_without_a_thumbnail_shows_the_one_before_it():
    film = Film(sigma(20))
    film.put(3, GREY, 52)
    film.reached = 6
    assert film.frame(5) is not None
    assert film.frame(7) is None


def test_where_a_run_goes_on_its_first_thumbnail_stands_for_the_steps_before_it():
    film = Film(sigma(20))
    film.reached = 6
    assert film.frame(2) is None
    film.put(5, GREY, 52)
    assert film.frame(1) is film.frame(5) is not None


def test_a_thousand_steps_do_not_keep_a_thousand_thumbnails(qapp):
    film = Film(sigma(1000))
    for step in range(1, 1001):
        film.put(step, GREY, 52)
    assert len(film._frames) <= MOST_KEPT + 2
    assert film.frame(1000) is not None


def test_the_curve_falls_in_equal_parts_where_sigma_falls_by_equal_factors():
    depths = Film(sigma(11)).depths
    assert depths == pytest.approx([k / 10 for k in range(11)])
    assert Film([1.0, 0.1, 0.0]).depths == pytest.approx([0, 1, 1])
    assert Film([1.0]).depths == [1.0]


def test_the_playhead_of_the_last_of_many_steps_is_painted_whole(timeline):
    timeline.begin(sigma(1000))
    timeline.set_reached(1000)
    timeline.set_position(1000)
    image = timeline.grab().toImage()
    accent = theme.color("accent").rgb()
    painted = [x for x in range(image.width()) if image.pixel(x, KNOB) == accent]
    assert len(painted) >= 2 * KNOB - 2, "and not half of it"
