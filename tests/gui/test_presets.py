import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.draft import Draft
from engine.paths import current_paths
from gui import app
from gui.presets import FILE_NAME, MOST_RECENT, Kept, preset_of, read_kept, write_kept
from gui.prompt_menu import NONE_YET, NameDialog

drafts = st.builds(
    Draft,
    negative_prompt=st.text(),
    steps=st.none() | st.integers(1, 1000),
    eta=st.none() | st.floats(0, 1),
    guidance=st.floats(1, 30),
    width=st.none() | st.integers(64, 1024),
)
presets = st.lists(st.builds(preset_of, st.text(), drafts), max_size=4)


def kept_of(prompts, presets):
    kept = Kept()
    for prompt in prompts:
        kept = kept.used(prompt)
    for preset in presets:
        kept = kept.with_preset(preset)
    return kept


@settings(max_examples=10)
@given(kept=st.builds(kept_of, st.lists(st.text(), max_size=5), presets))
def test_what_was_kept_is_there_again(tmp_path, kept):
    write_kept(kept, tmp_path)
    assert read_kept(tmp_path) == kept


values = st.recursive(
    st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
tables = st.dictionaries(
    st.sampled_from(["recent", "preset"]),
    values | st.lists(st.dictionaries(st.sampled_from(["name", "settings"]), values)),
)


@settings(max_examples=10)
@given(data=st.binary() | tables.map(lambda table: tomli_w.dumps(table).encode()))
def test_garbage_is_no_presets_and_stops_nothing(tmp_path, data):
    (tmp_path / FILE_NAME).write_bytes(data)
    kept = read_kept(tmp_path)
    assert isinstance(kept, Kept)
    write_kept(kept, tmp_path)


def test_a_damaged_file_is_kept_aside(tmp_path):
    (tmp_path / FILE_NAME).write_text("recent = [")
    assert read_kept(tmp_path) == Kept()
    assert (tmp_path / f"{FILE_NAME}.bad").read_text() == "recent = ["


def test_a_prompt_used_again_goes_to_the_top_and_an_empty_one_is_not_kept():
    kept = kept_of(["a", "b", " ", "a"], [])
    assert kept.recent == ("a", "b")


def test_only_so_many_prompts_are_kept():
    assert len(kept_of([f"prompt {k}" for k in range(100)], []).recent) == MOST_RECENT


def test_a_preset_is_all_settings_but_prompt_seed_and_count():
    preset = preset_of("soft", Draft(prompt="a", seed=3, count=4, steps=50, guidance=2))
    now = Draft(prompt="b", seed=9, count=2, negative_prompt="rain", steps=5)
    applied = preset.applied(now)
    assert (applied.prompt, applied.seed, applied.count) == ("b", 9, 2)
    assert (applied.steps, applied.guidance, applied.negative_prompt) == (50, 2, "rain")


def test_a_preset_of_the_same_name_is_replaced():
    first, second = (preset_of("soft", Draft(steps=steps)) for steps in (5, 6))
    kept = kept_of([], [first, preset_of("A", Draft()), second])
    assert [preset.name for preset in kept.presets] == ["A", "soft"]
    assert kept.presets[1] == second
    assert kept.without("soft").presets == kept.presets[:1]


# The menu.


@pytest.fixture
def menu(window, session, home):
    app.connect(window, session, current_paths())
    return window.create_view.controls.menu


def texts(menu):
    return [action.text() for action in menu.menu_shown.actions() if action.text()]


def action(menu, text):
    return next(one for one in menu.menu_shown.actions() if one.text() == text)


def test_ctrl_h_opens_the_menu_without_waiting_and_a_prompt_is_one_press_away(
    qtbot, window, session, menu
):
    prompt = window.create_view.controls.prompt
    prompt.set_text("a boat & a house")
    with qtbot.waitSignal(session.saved):
        window.create_view.generate()
    prompt.set_text("something else")
    QTest.keyClick(prompt, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert menu.menu_shown.isVisible()
    action(menu, "a boat && a house").trigger()
    menu.menu_shown.close()
    assert prompt.text() == "a boat & a house"
    qtbot.waitUntil(lambda: read_kept(current_paths().config).recent == ("a boat & a house",))


def test_before_anything_was_used_the_menu_says_so(menu):
    menu.open()
    assert NONE_YET in texts(menu)
    assert "Remove a preset" not in texts(menu)
    menu.menu_shown.close()


def test_settings_are_kept_under_a_name_taken_again_and_removed(qtbot, window, menu):
    controls = window.create_view.controls
    controls.show_draft(Draft(prompt="a boat", sampler="plms", steps=33))
    menu.open()
    action(menu, "Keep these settings as a preset…").trigger()
    asked = window.findChild(NameDialog)
    asked.setTextValue("  thorough ")
    asked.accept()
    qtbot.waitUntil(lambda: len(read_kept(current_paths().config).presets) == 1)
    controls.show_draft(Draft(prompt="a house"))
    menu.open()
    action(menu, "thorough").trigger()
    assert (controls.draft().prompt, controls.draft().steps) == ("a house", 33)
    assert controls.draft().sampler == "plms"
    menu.remove_preset("thorough")
    assert menu.kept().presets == ()
    menu.menu_shown.close()


def test_a_preset_without_a_name_is_not_kept(window, menu):
    menu.keep_preset("  ")
    assert menu.kept() == Kept()
    menu.open()
    action(menu, "Keep these settings as a preset…").trigger()
    asked = window.findChild(NameDialog)
    keep = next(one for one in asked.findChildren(QPushButton) if one.text() == "Keep")
    assert not keep.isEnabled()
    asked.setTextValue(" soft")
    assert keep.isEnabled()
    asked.setTextValue(" ")
    assert not keep.isEnabled()
    asked.reject()


def test_a_preset_that_cannot_be_here_is_said_and_changes_nothing(window, menu):
    view = window.create_view
    before = view.draft()
    view.take_preset(preset_of("odd", Draft(sampler="unheard_of")))
    assert "unheard_of" in window.messages.sentence()
    assert view.draft() == before
