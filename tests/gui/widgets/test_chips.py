"""Chips, of which one is chosen, and the chips of the views."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from gui import theme
from gui.widgets import (
    ChipGroup,
    Segmented,
)
from tests.gui.widgets.hands import SHAPES, VIEWS

# A tooltip raises its window, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_a_click_on_a_chip_chooses_it_alone(shown, qtbot):
    chips = ChipGroup("shape", SHAPES)
    shown(chips)
    with qtbot.waitSignal(chips.changed) as heard:
        qtbot.mouseClick(chips.findChild(QWidget, "shape-2:3"), Qt.MouseButton.LeftButton)
    assert heard.args == ["2:3"]
    assert chips.value() == "2:3"


def test_arrows_go_through_the_chips_and_tab_stops_at_them_once(shown):
    chips, before, after = ChipGroup("shape", SHAPES), QLineEdit(), QLineEdit()
    shown(before, chips, after)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "shape-1:1"
    for wanted in ("3:2", "2:3", "16:9"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert chips.value() == wanted
        assert QApplication.focusWidget().objectName() == f"shape-{wanted}"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert chips.value() == "2:3"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_being_chosen_moves_no_chip(shown):
    chips = ChipGroup("shape", SHAPES)
    shown(chips)
    before = [chips.findChild(QWidget, f"shape-{value}").geometry() for value, _ in SHAPES]
    chips.set_value("16:9")
    QApplication.processEvents()
    after = [chips.findChild(QWidget, f"shape-{value}").geometry() for value, _ in SHAPES]
    assert before == after


def test_a_chosen_chip_is_filled(shown):
    chips = ChipGroup("shape", SHAPES)
    window = shown(chips)

    def ground(value: str) -> str:
        chip = chips.findChild(QWidget, f"shape-{value}")
        top = chip.mapTo(window, chip.rect().center())
        return window.grab().toImage().pixelColor(top.x(), top.y() - chip.height() // 2 + 3).name()

    assert ground("1:1") == theme.tokens().accent
    assert ground("3:2") == theme.tokens().panel


def test_a_view_that_is_not_there_yet_is_passed_over_and_says_why(shown):
    views = Segmented(VIEWS)
    shown(views)
    views.set_available("compare", False, "Comparing comes later.")
    tab = views.findChild(QWidget, "views-compare")
    assert tab.toolTip() == "Comparing comes later."
    create = views.findChild(QWidget, "views-create")
    create.setFocus()
    QTest.keyClick(create, Qt.Key.Key_Right)
    assert views.value() == "gallery"
