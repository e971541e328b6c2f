import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import Draft
from gui.settings import FILE_NAME, Settings, read_settings, write_settings

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
    theme=st.sampled_from(["system", "dark", "light"]),
    geometry=st.text("abc+/=", max_size=8),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
names = st.sampled_from(["draft", "advanced", "theme", "prompt", "steps", "eta", "count", "new"])


@given(settings=settings_objects)
def test_what_was_written_is_read_again(tmp_path, settings):
    write_settings(settings, tmp_path)
    assert read_settings(tmp_path) == settings
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@given(data=st.binary() | st.builds(lambda v: json.dumps(v).encode(), json_values))
def test_garbage_gives_the_usual_settings(tmp_path, data):
    (tmp_path / FILE_NAME).write_bytes(data)
    assert isinstance(read_settings(tmp_path), Settings)


@given(table=st.dictionaries(names, st.dictionaries(names, json_values) | json_values))
def test_wrong_types_never_get_in(tmp_path, table):
    (tmp_path / FILE_NAME).write_text(json.dumps(table))
    read = read_settings(tmp_path)
    write_settings(read, tmp_path)
    assert read_settings(tmp_path) == read


def test_without_a_file_the_usual_settings_hold(tmp_path):
    assert read_settings(tmp_path / "nowhere") == Settings()


def test_a_damaged_file_is_kept_aside(tmp_path):
    (tmp_path / FILE_NAME).write_text('{"advanced": tru')
    assert read_settings(tmp_path) == Settings()
    assert (tmp_path / f"{FILE_NAME}.bad").read_text() == '{"advanced": tru'
    assert not (tmp_path / FILE_NAME).exists()


def test_a_file_of_a_later_version_is_read_as_far_as_it_is_known(tmp_path):
    (tmp_path / FILE_NAME).write_text('{"advanced": true, "spin": 1, "draft": {"prompt": "x"}}')
    assert read_settings(tmp_path) == Settings(draft=Draft(prompt="x"), advanced=True)


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    write_settings(Settings(noisy=True), tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_settings(Settings(), tmp_path)
    assert read_settings(tmp_path) == Settings(noisy=True)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
