"""The panels' components, driven as a hand would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

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
from gui.widgets.seed import grouped, parsed
from gui.widgets.span import Span

SHAPES = [("1:1", "1:1"), ("3:2", "3:2"), ("2:3", "2:3"), ("16:9", "16:9")]
# A tooltip raises its window, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

VIEWS = [("create", "Create"), ("compare", "Compare"), ("gallery", "Gallery")]
REASON = "PLMS is deterministic and adds no noise."


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    font = qapp.font()
    theme.apply(qapp, "dark")
    yield
    qapp.setFont(font)


@pytest.fixture
def shown(qtbot):
    """Put widgets in a window of 320 by 600 and show it."""
    kept = []

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(320, 600)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


def steps_row() -> NumberRow:
    row = NumberRow("Steps", "steps", lowest=1, highest=1000, step=1, decimals=0)
    row.set_value(20)
    return row


def eta_row() -> NumberRow:
    return NumberRow("Eta  η", "eta", lowest=0, highest=1, step=0.05, decimals=2)


def field(widget: QWidget, name: str) -> QLineEdit:
    found = widget.findChild(QLineEdit, name)
    assert found is not None
    return found


def type_over(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


# ---------------------------------------------------------------- number row


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


# --------------------------------------------------------------------- seed


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


# ------------------------------------------------------------ chips and tabs


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


# --------------------------------------------------------- the simpler ones


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
