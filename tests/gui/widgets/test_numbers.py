"""A number's row: its field, its slider, what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from gui.widgets import (
    NumberRow,
)
from gui.widgets.span import Span
from tests.gui.widgets.hands import REASON, field, steps_row, type_over

# A tooltip raises its window, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def eta_row() -> NumberRow:
    return NumberRow("Eta  η", "eta", lowest=0, highest=1, step=0.05, decimals=2)


def test_a_number_that_is_typed_is_the_value_at_once(shown, qtbot):
    row = steps_row()
    shown(row)
    heard = []
    row.changed.connect(heard.append)
    type_over(field(row, "steps-field"), "35")
    assert row.value() == 35
    assert heard[-1] == 35


def test_a_number_out_of_range_is_refused_in_sight_and_the_typed_text_stays(shown):
    row = steps_row()
    shown(row)
    edit = field(row, "steps-field")
    type_over(edit, "2000")
    assert edit.text() == "2000"
    assert edit.property("invalid")
    assert "from 1 to 1000" in row.problem()
    assert "from 1 to 1000" in edit.toolTip()
    assert row.value() == 200, "the last that could be"


def test_leaving_the_field_puts_the_accepted_number_back(shown):
    row, other = steps_row(), QLineEdit()
    shown(row, other)
    edit = field(row, "steps-field")
    type_over(edit, "0")
    assert row.problem()
    other.setFocus()
    assert edit.text() == "20"
    assert not row.problem()
    assert not edit.property("invalid")


def test_of_what_is_refused_not_even_the_beginning_is_taken(shown):
    row, other = steps_row(), QLineEdit()
    shown(row, other)
    heard = []
    row.changed.connect(heard.append)
    type_over(field(row, "steps-field"), "2000")
    other.setFocus()
    assert field(row, "steps-field").text() == "20"
    assert heard[-1] == row.value() == 20


@pytest.mark.parametrize(("typed", "shown_as"), [("-0", "0.00"), ("0_1", "0.50"), ("0,25", "0.25")])
def test_zero_has_no_sign_and_numbers_are_as_people_write_them(shown, typed, shown_as):
    row, other = eta_row(), QLineEdit()
    shown(row, other)
    row.set_value(0.5)
    type_over(field(row, "eta-field"), typed)
    other.setFocus()
    assert field(row, "eta-field").text() == shown_as


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Up, 21),
        (Qt.Key.Key_Down, 19),
        (Qt.Key.Key_PageUp, 30),
        (Qt.Key.Key_PageDown, 10),
    ],
)
def test_arrows_and_page_keys_step_in_the_field_and_on_the_slider(shown, key, value):
    row = steps_row()
    shown(row)
    QTest.keyClick(field(row, "steps-field"), key)
    assert row.value() == value
    row.set_value(20)
    QTest.keyClick(row.findChild(QWidget, "steps-slider"), key)
    assert row.value() == value


def test_stepping_stops_at_the_ends(shown):
    row = steps_row()
    shown(row)
    row.set_value(3)
    QTest.keyClick(field(row, "steps-field"), Qt.Key.Key_PageDown)
    assert row.value() == 1


def test_a_click_on_the_slider_sets_the_value_there_and_the_field_shows_it(shown):
    row = eta_row()
    shown(row)
    slider = row.findChild(QWidget, "eta-slider")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert row.value() == pytest.approx(0.5, abs=0.051)
    assert field(row, "eta-field").text() == f"{row.value():.2f}"


def test_a_comma_is_as_good_as_a_point_and_no_decimal_that_was_typed_is_lost(shown):
    row, other = eta_row(), QLineEdit()
    shown(row, other)
    type_over(field(row, "eta-field"), "0,125")
    other.setFocus()
    assert row.value() == 0.125
    assert field(row, "eta-field").text() == "0.125"


def test_a_setting_that_cannot_apply_stays_in_its_place_and_says_why(shown):
    row = eta_row()
    shown(row)
    before = row.geometry()
    row.set_available(False, REASON)
    QApplication.processEvents()
    edit = field(row, "eta-field")
    assert any(label.text() == REASON and label.isVisible() for label in row.findChildren(QLabel))
    assert row.toolTip() == edit.toolTip() == REASON
    assert not edit.isEnabled()
    assert edit.text() == "–"
    assert row.geometry().topLeft() == before.topLeft()
    row.set_available(True)
    assert edit.isEnabled()
    assert edit.text() == "0.00"
    assert REASON not in edit.toolTip()


def test_setting_a_value_tells_once_and_only_if_it_is_another(qtbot):
    row = eta_row()
    qtbot.addWidget(row)
    heard = []
    row.changed.connect(heard.append)
    row.set_value(0.5)
    row.set_value(0.5)
    assert heard == [0.5]


def test_the_steps_slider_gives_small_numbers_their_share():
    span = Span(1, 1000, 1, 0)
    assert span.share(20) > 0.4
    assert span.at(0) == 1
    assert span.at(1) == 1000
    assert len({span.at(k / 130) for k in range(60)}) > 20


@given(st.floats(0, 1))
def test_wherever_the_slider_is_put_the_value_lies_on_a_step(share: float):
    value = Span(0, 1, 0.05, 2).at(share)
    assert 0 <= value <= 1
    assert round(value / 0.05) * 0.05 == pytest.approx(value)


def test_a_comma_is_a_point_in_a_broken_number_and_refused_in_a_whole_one():
    assert Span(0, 1, 0.05, 2).parsed("0,25") == 0.25
    assert Span(1, 1000, 1, 0).parsed("1,000") is None, "a thousand is meant, or is it one?"
    assert Span(1, 1000, 1, 0).parsed("20.0") == 20
