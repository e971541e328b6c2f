"""The list of added models, and their ids."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import library
from engine.errors import BadSetting, CheckpointError
from engine.library.identity import Identities
from engine.library.registry import Entry, Registry
from engine.paths import current_paths


@pytest.fixture
def registry():
    return Registry(current_paths())


@pytest.fixture
def file(home):
    return home / "config" / "models.json"


@pytest.fixture
def folder(tiny_resources, tmp_path):
    copy = tmp_path / "my model"
    shutil.copytree(tiny_resources / "starter", copy)
    return copy


def entry(number):
    return Entry(f"sha256:{number}", f"Model {number}", Path(f"/models/{number}"))


def test_nothing_is_created_before_something_is_added(registry, home):
    assert registry.entries() == ()
    assert not home.exists()


def test_what_is_added_is_there_until_it_is_removed(registry):
    registry.add(entry(1))
    registry.add(entry(2))
    assert Registry(current_paths()).entries() == (entry(1), entry(2))
    assert registry.remove("sha256:1")
    assert not registry.remove("sha256:1")
    assert registry.entries() == (entry(2),)


def test_the_same_model_or_place_is_there_once(registry):
    registry.add(entry(1))
    moved = Entry("sha256:1", "Moved", Path("/elsewhere"))
    registry.add(moved)
    assert registry.entries() == (moved,)
    changed = Entry("sha256:9", "Changed", Path("/elsewhere"))
    registry.add(changed)
    assert registry.entries() == (changed,)


def test_two_who_add_at_once_both_find_theirs(registry):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(registry.add, map(entry, range(20))))
    assert set(registry.entries()) == set(map(entry, range(20)))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 1, "models": [7]}'])
def test_a_damaged_list_is_set_aside_when_the_next_is_added(registry, file, text):
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert registry.entries() == ()
    assert file.read_text() == text
    registry.add(entry(1))
    assert registry.entries() == (entry(1),)
    assert file.with_name("models.json.bad").read_text() == text


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_a_list_or_none(registry, file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text)
    assert isinstance(registry.entries(), tuple)


def test_a_model_is_known_by_its_content_wherever_it_lies(folder, tmp_path):
    first = library.add(folder)
    assert first.id.startswith("sha256:")
    assert first.label == "my model"
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    assert library.at(elsewhere).id == first.id
    (elsewhere / "notes.txt").write_text("not loaded, not counted")
    assert library.at(elsewhere).id == first.id
    config = elsewhere / "scheduler" / "scheduler_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"steps_offset": 0}))
    assert library.at(elsewhere).id != first.id


def test_an_added_model_is_found_by_id_and_by_path_and_listed(folder, tiny_starter):
    added = library.add(folder)
    assert library.find(added.id) == library.find(str(folder)) == added
    assert [one.id for one in library.checkpoints()] == ["starter", added.id]
    assert library.remove(added.id) == added
    assert [one.id for one in library.checkpoints()] == ["starter"]
    assert (folder / "model_index.json").is_file()


def test_a_model_that_was_only_used_is_found_by_its_id_again(folder):
    model = library.at(folder).id
    assert library.find(model).folder == folder
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    config = folder / "unet" / "config.json"
    config.write_text(config.read_text() + " ")
    with pytest.raises(BadSetting, match="no model"):
        library.find(model)
    assert weights.is_file()


def test_the_hash_of_a_file_is_read_once(folder, home, monkeypatch):
    from engine.library import identity

    model = library.at(folder).id
    monkeypatch.setattr(identity, "_digest", lambda path: pytest.fail(f"{path} was read again"))
    assert Identities(current_paths()).of(folder) == model


@pytest.mark.parametrize("text", [b"", b"{", b"[1]", b'{"version": 1, "files": {"/a": 1}}'])
def test_lost_or_damaged_hashes_are_found_anew(folder, home, text):
    model = library.at(folder).id
    (home / "cache" / "hashes.json").write_bytes(text)
    assert library.at(folder).id == model
    shutil.rmtree(home / "cache")
    assert library.at(folder).id == model


@pytest.mark.parametrize("model", ["sha256:0", "sd", "owner/name@abc", "", "../starter", "a\0b"])
def test_models_that_are_not_there_are_known_errors(model):
    with pytest.raises((BadSetting, CheckpointError)) as caught:
        library.find(model)
    assert str(caught.value)


def test_the_starter_cannot_be_removed(tiny_starter):
    with pytest.raises(BadSetting, match="part of the program"):
        library.remove("starter")
    with pytest.raises(BadSetting, match="none was added"):
        library.remove("other")


def test_names_that_are_no_letters_have_a_hash_too(folder):
    before = Identities(current_paths()).of(folder)
    odd = folder / "unet" / os.fsdecode(b"caf\xe9.json")
    try:
        odd.write_text("{}")
    except OSError:
        pytest.skip("names are letters on this system")
    assert Identities(current_paths()).of(folder) != before
