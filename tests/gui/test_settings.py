import json
import os
from dataclasses import replace

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.draft import Draft
from engine.errors import StorageError
from engine.paths import SETTINGS_FILE, current_paths
from gui.settings import OLD_NAME, VERSION, Settings, read_settings, write_settings

numbers = st.integers(0, 2**64 - 1)
drafts = st.builds(
    Draft,
    prompt=st.text(),
    negative_prompt=st.text(),
    sampler=st.sampled_from(["ddim", "ddpm", "plms"]),
    steps=st.none() | st.integers(1, 1000),
    eta=st.none() | st.floats(0, 1),
    guidance=st.floats(1, 30),
    seed=st.none() | numbers,
    width=st.none() | numbers,
    height=st.none() | numbers,
    count=st.integers(1, 1000),
)
settings_objects = st.builds(
    Settings,
    draft=drafts,
    advanced=st.booleans(),
    noisy=st.booleans(),
    motion=st.sampled_from(["system", "little", "full"]),
    device=st.sampled_from(["auto", "cpu", "cuda", "mps"]),
    dtype=st.sampled_from(["auto", "float32", "bfloat16", "float16"]),
    previews=st.sampled_from(["all", "often", "seldom"]),
    galleries=st.text(),
    trajectory_gigabytes=st.floats(0, 500),
    step_megabytes=st.integers(16, 16_384),
    theme=st.sampled_from(["system", "dark", "light"]),
    language=st.sampled_from(["system", "en", "zh_CN"]),
    geometry=st.text("abc+/=", max_size=8),
)

values = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
names = st.sampled_from(
    ["draft", "advanced", "theme", "prompt", "steps", "eta", "count", "device", "version", "new"]
)


@given(written=settings_objects)
def test_what_was_written_is_read_again(tmp_path, written):
    write_settings(written, tmp_path)
    assert read_settings(tmp_path) == written
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]


@given(data=st.binary() | st.builds(lambda v: tomli_w.dumps({"draft": v}).encode(), values))
def test_garbage_gives_the_usual_settings(tmp_path, data):
    (tmp_path / SETTINGS_FILE).write_bytes(data)
    assert isinstance(read_settings(tmp_path), Settings)


@settings(max_examples=25)
@given(table=st.dictionaries(names, st.dictionaries(names, values) | values))
def test_wrong_types_never_get_in(tmp_path, table):
    (tmp_path / SETTINGS_FILE).write_text(tomli_w.dumps(table), encoding="utf-8")
    read = read_settings(tmp_path)
    write_settings(read, tmp_path)
    assert read_settings(tmp_path) == read


def test_without_a_file_the_usual_settings_hold(tmp_path):
    assert read_settings(tmp_path / "nowhere") == Settings()


@pytest.mark.parametrize("text", ["advanced = tru", 'advanced = "yes"', 'version = "new"'])
def test_a_damaged_file_is_kept_aside(tmp_path, text):
    (tmp_path / SETTINGS_FILE).write_text(text)
    assert read_settings(tmp_path) == Settings()
    assert (tmp_path / f"{SETTINGS_FILE}.bad").read_text() == text


def test_a_slip_in_one_line_does_not_cost_what_was_typed(tmp_path):
    text = tomli_w.dumps({"memory_gigabytes": 0.1, "theme": "dark", "draft": {"prompt": "a boat"}})
    (tmp_path / SETTINGS_FILE).write_text(text)
    assert read_settings(tmp_path) == Settings(theme="dark", draft=Draft(prompt="a boat"))
    assert (tmp_path / f"{SETTINGS_FILE}.bad").read_text() == text
    assert read_settings(tmp_path).draft.prompt == "a boat", "a kill before it is written anew"


def test_no_settings_file_that_is_cut_short_is_trouble(tmp_path):
    """F-20: 100 cuts; it starts, and what was not understood is kept."""
    write_settings(Settings(theme="dark", draft=Draft(prompt="a boat", steps=9)), tmp_path)
    data = (tmp_path / SETTINGS_FILE).read_bytes()
    for share in range(100):
        cut = data[: len(data) * share // 100]
        (tmp_path / SETTINGS_FILE).write_bytes(cut)
        assert isinstance(read_settings(tmp_path), Settings)
        bad = tmp_path / f"{SETTINGS_FILE}.bad"
        assert (tmp_path / SETTINGS_FILE).exists() or bad.read_bytes() == cut


def test_a_file_of_a_later_version_is_read_as_far_as_it_is_known_and_kept(tmp_path):
    later = {"version": VERSION + 1, "advanced": True, "theme": "sepia", "spin": 1}
    text = tomli_w.dumps(later | {"draft": {"prompt": "x"}})
    (tmp_path / SETTINGS_FILE).write_text(text)
    assert read_settings(tmp_path) == Settings(draft=Draft(prompt="x"), advanced=True)
    assert (tmp_path / f"{SETTINGS_FILE}.bad").read_text() == text


def test_what_an_earlier_version_remembered_is_not_lost(tmp_path):
    old = {"advanced": True, "theme": "light", "draft": {"prompt": "x", "seed": None, "steps": 9}}
    (tmp_path / OLD_NAME).write_text(json.dumps(old))
    expected = Settings(draft=Draft(prompt="x", steps=9), advanced=True, theme="light")
    assert read_settings(tmp_path) == expected
    write_settings(replace(expected, theme="dark"), tmp_path)
    assert read_settings(tmp_path).theme == "dark"


@pytest.mark.parametrize("text", ["[1, 2", "[]", '{"draft": 3}'])
def test_a_damaged_file_of_an_earlier_version_is_passed_over(tmp_path, text):
    (tmp_path / OLD_NAME).write_text(text)
    assert read_settings(tmp_path) == Settings()


def test_half_a_character_in_a_prompt_does_not_keep_the_rest_from_being_kept(tmp_path):
    write_settings(Settings(draft=Draft(prompt="a\ud800b"), advanced=True), tmp_path)
    assert read_settings(tmp_path).advanced


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    write_settings(Settings(noisy=True), tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="full"):
        write_settings(Settings(), tmp_path)
    assert read_settings(tmp_path) == Settings(noisy=True)
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]


def test_little_motion_slows_the_previews_whatever_else_is_set():
    assert Settings().preview_pause(calm=False) == 0
    assert Settings(previews="seldom").preview_pause(calm=False) == 0.5
    for previews in ("all", "seldom"):
        assert Settings(previews=previews).preview_pause(calm=True) == 1


@pytest.mark.parametrize(("kept", "motion"), [("true", "little"), ("false", "system")])
def test_little_motion_that_was_wanted_once_is_wanted_still(tmp_path, kept, motion):
    (tmp_path / SETTINGS_FILE).write_text(f"version = 1\ncalm = {kept}\n", encoding="utf-8")
    assert read_settings(tmp_path).motion == motion
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]


def test_the_galleries_are_where_the_settings_want_them(home, tmp_path):
    usual = current_paths().galleries
    assert usual == home / "galleries"
    write_settings(Settings(galleries=str(tmp_path / "mine")), current_paths().config)
    assert current_paths().galleries == tmp_path / "mine"
    write_settings(Settings(), current_paths().config)
    assert current_paths().galleries == usual


@pytest.mark.parametrize("text", ["galleries = 3", 'galleries = "relative"', "galleries ="])
def test_a_folder_that_makes_no_sense_is_passed_over(home, text):
    current_paths().config.mkdir(parents=True)
    (current_paths().config / SETTINGS_FILE).write_text(text)
    assert current_paths().galleries == home / "galleries"
