"""Two pictures against each other in the viewer: wiped, blinking, or what differs."""

import pytest
from PySide6.QtCore import QPoint, Qt

from gui.viewer import BLINK, DIFFERENCE, WIPE
from tests.gui.viewer.hands import COLOURS, colour, drag, exhibits, middle, press

SHIFT = Qt.KeyboardModifier.ShiftModifier


# ------------------------------------------------------------------ wipe


def test_an_edge_between_two_pictures_is_dragged_and_moved_by_keys(viewer):
    viewer.show_pictures(exhibits(2))
    viewer.mode.set_value(WIPE)
    centre = middle(viewer, 0)
    left, right = centre - QPoint(60, -40), centre + QPoint(60, 40)
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[0], COLOURS[1])
    drag(viewer.panes, centre, centre + QPoint(100, 0))
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[0], COLOURS[0])
    assert viewer.edge.value() == round(100 * viewer.panes.edge)
    viewer.edge.set_value(0)
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[1], COLOURS[1])
    press(viewer, Qt.Key.Key_Right)
    press(viewer, Qt.Key.Key_Right, SHIFT)
    assert viewer.panes.edge == pytest.approx(0.11)


def test_of_several_pictures_any_two_are_wiped(viewer):
    viewer.show_pictures(exhibits(4))
    viewer.mode.set_value(WIPE)
    assert viewer.shown.isVisible()
    viewer.against.setCurrentIndex(3)
    viewer.against.activated.emit(3)
    press(viewer, Qt.Key.Key_Down)
    centre = middle(viewer, 0)
    assert colour(viewer, centre - QPoint(60, -40)) == COLOURS[1]
    assert colour(viewer, centre + QPoint(60, 40)) == COLOURS[3]
    assert (viewer.shown.currentIndex(), viewer.against.currentIndex()) == (1, 3)


def test_a_picture_is_never_wiped_against_itself(viewer):
    viewer.show_pictures(exhibits(3), current=1, against=1)
    viewer.mode.set_value(WIPE)
    assert viewer.panes.current == 2
    press(viewer, Qt.Key.Key_Down)
    press(viewer, Qt.Key.Key_Down)
    assert viewer.panes.current == 2  # 0, and then past 1


# ------------------------------------------------------------------ blink


def test_pictures_blink_by_themselves_and_stop_on_space(viewer, qtbot):
    viewer.show_pictures(exhibits(2))
    viewer._blinking.setInterval(10)
    with qtbot.waitSignals([viewer.turned] * 3):
        viewer.mode.set_value(BLINK)
    press(viewer, Qt.Key.Key_Space)
    assert not viewer.is_blinking()
    press(viewer, Qt.Key.Key_Space)
    assert viewer.is_blinking()
    here = viewer.panes.current
    press(viewer, Qt.Key.Key_B)
    assert (viewer.is_blinking(), viewer.panes.current) == (False, 1 - here)


def test_where_little_motion_is_wished_pictures_blink_by_key_only(viewer):
    viewer.show_pictures(exhibits(3))
    viewer.set_calm(True)
    viewer.mode.set_value(BLINK)
    assert not viewer.is_blinking()
    press(viewer, Qt.Key.Key_Space)
    press(viewer, Qt.Key.Key_B)
    assert (viewer.is_blinking(), viewer.panes.current) == (False, 2)


def test_what_is_not_seen_does_not_blink(viewer):
    viewer.show_pictures(exhibits(2))
    viewer.mode.set_value(BLINK)
    viewer.hide()
    assert not viewer.is_blinking()
    viewer.show()
    assert viewer.is_blinking()


# ------------------------------------------------------------ difference


def test_what_differs_is_shown_of_all_others(viewer):
    viewer.show_pictures(exhibits(3), against=1)
    viewer.mode.set_value(DIFFERENCE)
    assert viewer.panes.shown() == [0, 2]
    for place, number in enumerate((0, 2)):
        apart = [min(255, 4 * abs(a - b)) for a, b in zip(COLOURS[number], COLOURS[1], strict=True)]
        assert colour(viewer, middle(viewer, place)) == tuple(apart)
    viewer.gain.set_value(1)
    apart = [abs(a - b) for a, b in zip(COLOURS[0], COLOURS[1], strict=True)]
    assert colour(viewer, middle(viewer, 0)) == tuple(apart)
