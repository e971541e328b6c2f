"""The panels' other components, and what is so of all of them."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from engine.recipe import SEED_COUNT
from gui import theme
from gui.widgets import (
    ChipGroup,
    CountField,
    Hint,
    IconButton,
    NumberRow,
    PrimaryButton,
    PromptEdit,
    SectionHead,
    SeedField,
    Segmented,
    ThinProgress,
)
from gui.widgets.fitting import Fitting
from tests.gui.widgets.hands import REASON, SHAPES, VIEWS, field, steps_row, type_over

# A tooltip raises its window, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_the_count_goes_from_one_to_a_thousand(shown):
    count = CountField("count")
    shown(count)
    heard = []
    count.changed.connect(heard.append)
    type_over(count, "12")
    assert count.value() == 12
    assert heard[-1] == 12
    type_over(count, "1001")
    assert count.problem()
    assert count.value() == 100


def test_a_prompt_is_plain_text_whatever_is_pasted(shown):
    prompt = PromptEdit("prompt", "what it should show", 3)
    shown(prompt)
    rich = QMimeData()
    rich.setHtml("<b>a boat</b>")
    rich.setText("a boat")
    prompt.insertFromMimeData(rich)
    assert prompt.text() == "a boat"
    assert not prompt.textCursor().charFormat().font().bold()


def test_tab_leaves_the_prompt(shown):
    prompt, after = PromptEdit("prompt", "", 3), QLineEdit()
    shown(prompt, after)
    prompt.setFocus()
    QTest.keyClick(prompt, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_a_prompt_that_was_replaced_can_be_had_back(shown):
    prompt = PromptEdit("prompt", "", 3)
    shown(prompt)
    QTest.keyClicks(prompt, "a boat")
    prompt.set_text("a house")
    prompt.undo()
    assert prompt.text() == "a boat"


@pytest.mark.parametrize("lines", [1, 3, 5])
def test_a_prompt_holds_its_lines_without_scrolling(shown, lines: int):
    prompt = PromptEdit("prompt", "", lines)
    shown(prompt)
    height = prompt.height()
    prompt.set_text("\n".join(["boat"] * lines))
    QApplication.processEvents()
    assert prompt.verticalScrollBar().maximum() == 0
    assert prompt.height() == height


def test_the_primary_button_is_clicked_by_keyboard_and_never_shrinks(shown, qtbot):
    button = PrimaryButton("Add to the queue", "Ctrl+↵")
    shown(button)
    wide = button.sizeHint().width()
    button.set_text("Generate")
    assert button.sizeHint().width() == wide
    assert button.accessibleName() == "Generate"
    with qtbot.waitSignal(button.clicked):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_the_progress_is_drawn_to_its_share(shown):
    progress = ThinProgress()
    shown(progress)
    progress.set_share(0.5)
    image = progress.grab().toImage()
    y = image.height() // 2
    assert image.pixelColor(image.width() // 4, y).name() == theme.tokens().accent
    assert image.pixelColor(image.width() * 3 // 4, y).name() == theme.tokens().groove


def test_a_hint_with_room_for_two_lines_does_not_jump_when_it_says_less(shown):
    hint = Hint("Deterministic at η 0; η 1 adds as much noise as DDPM. One model call.", 2)
    shown(hint)
    full = hint.heightForWidth(290)
    hint.setText("Short.")
    assert hint.heightForWidth(290) == full


def everything() -> list[QWidget]:
    unavailable = NumberRow("Eta  η", "eta", lowest=0, highest=1, step=0.05, decimals=2)
    unavailable.set_available(False, REASON)
    seed = SeedField("seed")
    seed.set_value(SEED_COUNT - 1)
    return [
        SectionHead("Sampling"),
        steps_row(),
        unavailable,
        seed,
        ChipGroup("shape", SHAPES),
        Segmented(VIEWS),
        CountField("count"),
        PromptEdit("prompt", "what it should show", 2),
        PrimaryButton("Generate", "Ctrl+↵"),
    ]


def test_whatever_takes_the_focus_has_a_name_and_words_for_everyone(shown):
    window = shown(*everything())
    takers = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]
    assert len(takers) > 8
    assert [w for w in takers if not w.objectName()] == []
    assert [w.objectName() for w in takers if not w.accessibleName()] == []
    assert [w.objectName() for w in takers if not w.toolTip()] == []


def test_whatever_takes_the_focus_shows_it(shown):
    window = shown(*everything(), QLineEdit(objectName="elsewhere"))
    elsewhere = field(window, "elsewhere")
    for widget in window.findChildren(QWidget):
        if not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()):
            continue
        if widget is elsewhere or widget.focusProxy() is not None:
            continue
        elsewhere.setFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.grab().toImage() != before, widget.objectName()


def test_what_goes_by_room_and_type_is_fitted_when_either_changes(shown):
    widget, fitted = QWidget(), []
    Fitting(widget, lambda: fitted.append((widget.width(), QFontInfo(widget.font()).pixelSize())))
    shown(widget)
    widget.resize(200, 50)
    assert fitted[-1][0] == 200
    larger = QFont(widget.font())
    larger.setPixelSize(30)
    widget.setFont(larger)
    assert fitted[-1] == (200, 30)
    del fitted[:]
    widget.setToolTip("neither")
    assert fitted == []


def test_type_of_twice_the_size_is_not_clipped(qapp, shown):
    font = QFont(qapp.font())
    font.setPixelSize(26)
    qapp.setFont(font)
    widgets = everything()
    window = shown(*widgets)
    window.resize(640, 1200)
    QApplication.processEvents()
    for widget in window.findChildren(QWidget):
        if (
            isinstance(widget, (QLabel, QLineEdit, PrimaryButton, IconButton))
            and widget.isVisible()
        ):
            needed = widget.fontMetrics().height()
            assert widget.height() >= needed, widget.objectName()
        if isinstance(widget, QLabel) and not widget.wordWrap() and widget.isVisible():
            assert widget.width() >= widget.fontMetrics().horizontalAdvance(widget.text())
