import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from engine.counting import Count
from engine.draft import Draft
from engine.errors import BadSetting
from gui import theme
from gui.controls import Controls
from gui.prompt_edit import look_of, tint, words_of
from gui.prompt_reader import Read
from tests.gui.test_theme import contrast

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def controls(qtbot):
    made = Controls()
    qtbot.addWidget(made)
    made.show()
    yield made
    assert made.reader.close()


@pytest.fixture
def prompt(controls):
    return controls.prompt


@pytest.fixture
def counting(qtbot, controls):
    """The controls, which know the starter's vocabulary."""
    with qtbot.waitSignal(controls.reader.ready):
        controls.reader.use("starter")
    return controls


def put(qtbot, field, text):
    """Have the field show a text, and wait until that was read."""
    with qtbot.waitSignal(field.was_read, check_params_cb=lambda r: r.text == text):
        field.set_text(text)


def select(field, word):
    text = field.text().encode("utf-16-le")
    start = text.index(word.encode("utf-16-le")) // 2
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(word.encode("utf-16-le")) // 2, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def press(field, key, times=1):
    for _ in range(times):
        QTest.keyClick(field, key, CTRL)


def selected(field):
    return field.textCursor().selectedText()


# Weights by keys.


def test_ctrl_up_weighs_the_selected_words_and_keeps_them_selected(prompt):
    prompt.set_text("🏠 a red boat")
    select(prompt, "red boat")
    press(prompt, Qt.Key.Key_Up, 2)
    assert prompt.text() == "🏠 a (red boat:1.2)"
    assert selected(prompt) == "red boat"


def test_without_a_selection_it_is_the_word_at_the_cursor(prompt):
    prompt.set_text("a red boat")
    prompt.moveCursor(QTextCursor.MoveOperation.Start)
    press(prompt, Qt.Key.Key_Down)
    assert prompt.text() == "(a:0.9) red boat"
    press(prompt, Qt.Key.Key_Up)
    assert prompt.text() == "a red boat"
    assert selected(prompt) == "a"


def test_each_press_is_one_step_to_undo_and_to_redo(prompt):
    prompt.setFocus()
    QTest.keyClicks(prompt, "a boat")
    press(prompt, Qt.Key.Key_Up, 2)
    seen = [prompt.text()]
    for _ in range(2):
        press(prompt, Qt.Key.Key_Z)
        seen.append(prompt.text())
    assert seen == ["a (boat:1.2)", "a (boat:1.1)", "a boat"]
    QTest.keyClick(prompt, Qt.Key.Key_Z, CTRL | SHIFT)
    assert prompt.text() == "a (boat:1.1)"


def test_nothing_to_weigh_is_nothing_to_undo(prompt):
    prompt.set_text("  ")
    press(prompt, Qt.Key.Key_Up)
    assert prompt.text() == "  "
    press(prompt, Qt.Key.Key_Z)
    assert prompt.text() == ""


def test_the_negative_prompt_has_the_same_keys(controls):
    edit = controls.negative.edit
    edit.set_text("rain")
    controls.sampling.guidance.set_value(5)
    press(edit, Qt.Key.Key_Up)
    assert controls.draft().negative_prompt == "(rain:1.1)"


def test_up_and_down_alone_move_the_cursor(prompt):
    prompt.set_text("a\nb")
    prompt.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(prompt, Qt.Key.Key_Up)
    assert prompt.textCursor().position() == 1
    assert prompt.text() == "a\nb"


# Its length, and what is marked.


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (Read(), ""),
        (Read(count=Count(0, 1, 75)), ""),
        (Read(count=Count(12, 1, 75)), "12 of 75"),
        (Read(count=Count(81, 2, 75)), "81 tokens · 2 chunks"),
        (Read(count=Count(1, 2, 75)), "1 token · 2 chunks"),
        (Read(count=Count(1300, 18, 75, cut=7)), "1300 tokens · end not read"),
        (Read(count=Count(12, 1, 75), varies=True), "≈ 12 of 75"),
    ],
)
def test_the_length_in_words(read, words):
    assert words_of(read) == words


def test_the_length_is_said_at_the_prompt_as_it_is_typed(qtbot, counting):
    put(qtbot, counting.prompt, "a red boat")
    assert counting.tokens.sentence() == "3 of 75"
    put(qtbot, counting.prompt, "a red boat, " * 40)
    assert counting.tokens.sentence() == "160 tokens · 3 chunks"
    assert "75 tokens" in counting.tokens.toolTip()
    put(qtbot, counting.prompt, "")
    assert counting.tokens.sentence() == ""


def test_a_model_that_comes_later_counts_what_is_there(qtbot, controls):
    put(qtbot, controls.prompt, "a red boat")
    assert controls.tokens.sentence() == ""
    with qtbot.waitSignal(controls.prompt.was_read):
        controls.reader.use("starter")
    assert controls.tokens.sentence() == "3 of 75"


def test_the_window_counts_for_the_model_it_loads(qtbot, window):
    controls = window.create_view.controls
    controls.prompt.set_text("a red boat")
    qtbot.waitUntil(lambda: controls.tokens.sentence() == "3 of 75")


def test_weights_are_tinted_and_the_unread_end_is_struck_out(qtbot, counting):
    prompt = counting.prompt
    put(qtbot, prompt, "a (red:1.2) [boat]")
    selections = prompt.extraSelections()  # what is in them lives no longer than they
    marks = {one.cursor.selectedText(): one.format for one in selections}
    assert marks["red"].background().color() == tint("accent")
    assert marks["boat"].background().color() == tint("series_3")
    assert marks[":1.2)"].foreground().color() == theme.color("secondary")
    put(qtbot, prompt, "a boat BREAK " * 18)
    selections = prompt.extraSelections()
    unread = selections[0]
    assert unread.format.fontStrikeOut()
    assert unread.cursor.selectedText().count("boat") == 2
    assert counting.tokens.sentence().endswith("end not read")
    assert "struck out" in counting.tokens.toolTip()
    assert counting.tokens.property("role") == "warning"


def test_where_a_chunk_ends_there_is_a_line(qtbot, counting):
    prompt = counting.prompt
    put(qtbot, prompt, "a boat, a house")
    before = prompt.grab().toImage()
    put(qtbot, prompt, "a boat BREAK a house")
    (place,) = prompt._breaks
    assert place.position() == len("a boat")
    put(qtbot, prompt, "a boat, a house")
    assert prompt._breaks == []
    assert prompt.grab().toImage() == before


def test_marking_is_no_edit(qtbot, counting):
    prompt = counting.prompt
    put(qtbot, prompt, "a (boat:1.2)")
    with qtbot.assertNotEmitted(counting.changed, wait=50):
        prompt._mark()
    press(prompt, Qt.Key.Key_Z)
    assert prompt.text() == ""


def test_a_greyed_negative_prompt_is_not_marked(qtbot, controls):
    controls.sampling.guidance.set_value(5)
    edit = controls.negative.edit
    put(qtbot, edit, "(rain)")
    assert edit.extraSelections()
    controls.sampling.guidance.set_value(1)
    assert not edit.extraSelections()
    assert controls.negative.tokens.isHidden()
    controls.sampling.guidance.set_value(5)
    assert edit.extraSelections()


@pytest.fixture(params=["dark", "light"])
def mode(request, qapp):
    theme.apply(qapp, request.param)
    yield
    theme.apply(qapp, "dark")


def test_marked_words_keep_their_contrast(mode):
    for kind in ("stronger", "weaker"):
        ground = look_of(kind).background().color().name()
        assert contrast(theme.tokens().text, ground) >= 4.5
    for kind in ("bracket", "unread"):
        look = look_of(kind)
        ink, ground = look.foreground().color(), look.background().color()
        assert contrast(ink.name(), ground.name()) >= 4.5


def test_marks_follow_the_look(qtbot, qapp, mode, controls):
    put(qtbot, controls.prompt, "(boat)")
    theme.apply(qapp, "light")
    selections = controls.prompt.extraSelections()
    assert selections[0].format.background().color() == tint("accent")
    assert tint("accent").lightness() > 200


# What is wrong with it.


def test_a_weight_out_of_bounds_is_framed_and_said_as_it_is_typed(qtbot, controls):
    prompt = controls.prompt
    put(qtbot, prompt, "a (boat:11)")
    assert prompt.property("invalid")
    assert controls.tokens.sentence() == "Weights go from 0 to 10"
    assert "'boat' is 11" in controls.tokens.toolTip()
    assert "'boat' is 11" in prompt.accessibleDescription()
    put(qtbot, prompt, "a (boat:1)")
    assert not prompt.property("invalid")
    assert controls.tokens.sentence() == ""
    assert "Say in words" in prompt.accessibleDescription()


@pytest.mark.parametrize("field", ["prompt", "negative_prompt"])
def test_a_fault_in_a_prompt_leads_to_it(qtbot, controls, field):
    controls.activateWindow()
    controls.sampling.guidance.set_value(5)
    part = controls.prompt if field == "prompt" else controls.negative.edit
    controls.button.setFocus()
    controls.show_fault(BadSetting(field, "It will not do."))
    assert controls.focusWidget() is part
    assert "It will not do." in part.accessibleDescription()


def test_generating_with_a_weight_out_of_bounds_is_said_with_advice(window):
    view = window.create_view
    view.controls.show_draft(Draft(prompt="a (boat:11)"))
    view.controls.button.setFocus()
    view.generate()
    assert "from 0 to 10" in window.messages.sentence()
    assert window.focusWidget() is view.controls.prompt
