"""Setting up by the keyboard alone: where Tab leads, what keys choose, where one comes back to."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.compare.cells import State

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SETUP = [
    "compare-take",
    "compare-prompt",
    "compare-dice",
    "compare-starts",
    "across-field",
    "across-values",
    "across-chips-DDIM",
    "down-field",
    "down-values",
    "down-chips-5",
    "equal-steps",
    "pages-field",
    "primary",
]

TO_TIMELINE = 5
"""Presses of Tab from the cells to the steps: play, what is shown, what links them, the zoom."""

TO_FIGURES = 16
"""From the cells to the button that saves the figures, past what a finished cell is not offered."""

BACK_TO_ACROSS = 7
"""Presses of Shift+Tab from the cells that all are on their way to the values across."""


@pytest.fixture
def keys(view, window, qtbot):
    """Presses keys wherever the focus is."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    class Keys:
        def press(self, key, modifier=NONE):
            QTest.keyClick(window.focusWidget(), key, modifier)

        def type(self, text):
            self.press(Qt.Key.Key_A, CTRL)
            QTest.keyClicks(window.focusWidget(), text)

        def go_to(self, name):
            for _ in range(40):
                if window.focusWidget().objectName() == name:
                    return
                self.press(Qt.Key.Key_Tab)
            raise AssertionError(f"Tab never leads to {name}")

    view.setup.prompt.setFocus()
    return Keys()


def test_tab_goes_through_the_set_up_from_top_to_bottom(view, window, keys):
    view.setup.take.setFocus()
    seen = []
    for _ in SETUP:
        seen.append(window.focusWidget().objectName())
        keys.press(Qt.Key.Key_Tab)
    assert seen == SETUP


def test_after_another_field_is_chosen_its_chips_come_next(view, window, keys, qtbot):
    keys.go_to("down-field")
    keys.press(Qt.Key.Key_G)  # Guidance
    assert view.setup.down.chosen() == "guidance"
    qtbot.waitUntil(view.setup.down.chips._buttons["1"].isVisible)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)
    assert window.focusWidget().objectName() == "down-chips-1"


def test_axes_chips_equality_and_pages_are_set_and_run_by_keys_alone(
    view, window, keys, qtbot, finish
):
    keys.type("a house")
    keys.go_to("across-values")
    keys.type("ddim, heun")
    keys.go_to("down-values")
    keys.type("3")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Space)  # the chip of 5 steps
    assert view.setup.down.values.text() == "3, 5"
    keys.go_to("equal-steps")
    keys.press(Qt.Key.Key_Right)
    assert view.setup.equal.value() == "calls"
    keys.go_to("pages-field")
    keys.press(Qt.Key.Key_S)
    for _ in range(10):
        if view.setup.pages.chosen() == "seed":
            break
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Tab)
    keys.type("1-2")
    keys.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(view.grid.hasFocus)
    finish(view)
    made = {(c.recipe.sampler, c.recipe.steps, c.recipe.seed) for c in view.comparison.cells}
    steps = {"ddim": (3, 5), "heun": (2, 3)}
    assert made == {(name, s, seed) for name in steps for s in steps[name] for seed in (1, 2)}
    assert {cell.recipe.prompt for cell in view.comparison.cells} == {"a house"}
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Delete)
    assert view.grid.current().state is State.LEFT_OUT


def test_what_is_wrong_with_equal_time_leads_to_where_it_is_chosen(view, window, keys, qtbot):
    view.setup.across.set_axis("guidance", "1, 5")
    keys.go_to("equal-steps")
    keys.press(Qt.Key.Key_Left)
    assert view.setup.equal.value() == "time"
    keys.press(Qt.Key.Key_Return, CTRL)
    assert "never measured here" in view.messages.sentence()
    qtbot.waitUntil(lambda: window.focusWidget().objectName() == "equal-time")


def test_in_the_set_up_nothing_lies_over_anything_else(view, window, qtbot):
    view.setup.pages.set_axis("eta", "0, 1")
    qtbot.wait(20)
    setup = view.setup
    tops = [
        part.mapTo(setup, QPoint(0, 0)).y()
        for part in (setup.prompt, setup.across, setup.down, setup.equal, setup.pages)
    ]
    assert tops == sorted(tops)
    right = max(chip.geometry().right() for chip in setup.equal._buttons.values())
    assert right <= setup.equal.width()
    assert setup.equal.mapTo(setup, QPoint(0, 0)).x() + setup.equal.width() <= setup.width()


def test_from_the_cells_tab_leads_to_the_steps_and_to_what_can_be_done_with_them(
    done, window, keys
):
    done.grid.set_current(done.comparison.cells[0])
    for presses, name in ((TO_TIMELINE, "compare-timeline"), (TO_FIGURES, "cell-save_figures")):
        done.grid.setFocus()
        for _ in range(presses):
            keys.press(Qt.Key.Key_Tab)
        assert window.focusWidget().objectName() == name
    done.grid.setFocus()
    seen = []
    for _ in range(BACK_TO_ACROSS):
        keys.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        seen.append(window.focusWidget().objectName())
    assert "equal-steps" in seen, "the one that is chosen, from either side"
    assert seen[-1] == "across-values"
