"""The seed's field, its dice and its lock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from engine.recipe import SEED_COUNT
from gui.widgets import (
    IconButton,
    SeedField,
)
from gui.widgets.seed import grouped, parsed
from tests.gui.widgets.hands import field, type_over

# A tooltip raises its window, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@given(st.integers(0, SEED_COUNT - 1))
def test_a_seed_is_read_back_exactly_as_it_is_shown(seed: int):
    assert parsed(grouped(seed)) == parsed(str(seed)) == seed


@pytest.mark.parametrize("text", ["-1", "1.5", "seed", str(SEED_COUNT), "9" * 5000, "٣"])
def test_what_is_no_seed_is_refused_in_sight(shown, text: str):
    seed = SeedField("seed")
    shown(seed)
    seed.set_value(7)
    edit = field(seed, "seed-field")
    edit.setFocus()
    edit.selectAll()
    edit.insert(text)
    edit.textEdited.emit(text)
    assert "from 0 to 18" in seed.problem()
    assert seed.value() == 7


@pytest.mark.parametrize("typed", ["1e5", "12.5", str(10 * SEED_COUNT)])
@pytest.mark.parametrize("kept", [None, 7])
def test_of_what_is_no_seed_not_even_the_first_digits_are_taken(shown, typed, kept):
    seed, other = SeedField("seed"), QLineEdit()
    shown(seed, other)
    seed.set_value(kept)
    seed.show_drawn(99)
    type_over(field(seed, "seed-field"), typed)
    other.setFocus()
    assert seed.value() == kept
    assert field(seed, "seed-field").text() == str(99 if kept is None else kept)
    assert not seed.problem()


def test_the_largest_seed_is_kept_to_the_last_digit(shown):
    seed = SeedField("seed")
    shown(seed)
    type_over(field(seed, "seed-field"), str(SEED_COUNT - 1))
    assert seed.value() == 18446744073709551615


def test_digits_are_grouped_until_they_are_edited(shown):
    seed, other = SeedField("seed"), QLineEdit()
    shown(seed, other)
    other.setFocus()
    seed.set_value(4182771093)
    edit = field(seed, "seed-field")
    assert "".join(edit.text().split()) == "4182771093"
    assert len(edit.text().split()) == 4
    edit.setFocus()
    assert edit.text() == "4182771093"


def test_typing_a_seed_keeps_it_and_emptying_the_field_makes_it_random_again(shown):
    seed = SeedField("seed")
    shown(seed)
    assert seed.value() is None
    edit = field(seed, "seed-field")
    type_over(edit, "42")
    assert seed.value() == 42
    assert seed.findChild(IconButton, "seed-lock").isChecked()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert seed.value() is None


def test_the_lock_keeps_the_seed_that_the_last_run_drew(shown, qtbot):
    seed = SeedField("seed")
    shown(seed)
    seed.show_drawn(99)
    assert seed.value() is None
    with qtbot.waitSignal(seed.changed):
        qtbot.mouseClick(seed.findChild(IconButton, "seed-lock"), Qt.MouseButton.LeftButton)
    assert seed.value() == 99
    seed.show_drawn(100)
    assert seed.value() == 99


def test_the_dice_rolls_another_seed_and_keeps_it(shown, qtbot):
    seed = SeedField("seed")
    shown(seed)
    seed.set_value(5)
    dice = seed.findChild(IconButton, "seed-dice")
    with qtbot.waitSignal(seed.changed):
        dice.setFocus()
        QTest.keyClick(dice, Qt.Key.Key_Space)
    assert seed.value() not in {None, 5}


def test_a_seed_of_twenty_digits_is_never_shown_without_its_first(shown):
    seed, other = SeedField("seed"), QLineEdit()
    window = shown(seed, other)
    seed.set_value(SEED_COUNT - 1)
    other.setFocus()
    edit = field(seed, "seed-field")
    for width in (700, 320, 200):
        window.resize(width, 600)
        QTest.qWait(1)
        grouped_fits = edit.fontMetrics().horizontalAdvance(grouped(SEED_COUNT - 1)) < edit.width()
        assert edit.text() in {grouped(SEED_COUNT - 1), str(SEED_COUNT - 1)}
        assert edit.cursorPosition() == 0
        assert grouped_fits or edit.text() == str(SEED_COUNT - 1)
    assert edit.text() == str(SEED_COUNT - 1)
