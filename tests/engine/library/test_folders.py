"""Folders of other programs: found in place, by content, from headers alone."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CheckpointError
from engine.library import extras, folders, scanning
from engine.library.catalogue import catalogue
from engine.library.folders import Folders, checkpoints_in, files_of
from engine.library.headers import read_header
from engine.library.layouts import CHECKPOINTS, EMBEDDINGS, LORAS, VAES, _extra, layout_of
from engine.library.registry import Entry, Registry
from engine.paths import current_paths
from tests import plain

LORA = plain.safetensors({"lora_unet_x.lora_down.weight": (2, 4)})
VAE = plain.safetensors({"encoder.a": (4,), "decoder.b": (4,)})
EMBEDDING = plain.safetensors({"emb_params": (1, 768)})
CONTROL = plain.safetensors({"control_model.a": (4,)})

A1111 = {
    "models/Lora/sub/ink.safetensors": LORA,
    "models/VAE/soft.safetensors": VAE,
    "embeddings/old.pt": b"PK\x03\x04",
    "embeddings/new.safetensors": EMBEDDING,
    "models/ControlNet/edge.safetensors": CONTROL,
    "venv/lib/other.safetensors": LORA,
    "webui.py": b"import os",
}
COMFY = {
    "models/loras/ink.safetensors": LORA,
    "models/vae/soft.safetensors": VAE,
    "models/embeddings/new.safetensors": EMBEDDING,
    "custom_nodes/x/y.safetensors": LORA,
}
INVOKE = {
    "invokeai.yaml": b"",
    "models/sd-1/lora/ink.safetensors": LORA,
    "models/sd-1/embedding/new.safetensors": EMBEDDING,
    "models/5f3c/soft.safetensors": VAE,
    "outputs/images/a.png": b"",
}
HOMES = {
    "A1111": (A1111, "models/Stable-diffusion/postcards"),
    "ComfyUI": (COMFY, "models/checkpoints/postcards"),
    "InvokeAI": (INVOKE, "models/sd-1/main/postcards"),
}


def write(root, files):
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def program(root, name):
    files, place = HOMES[name]
    write(root, files)
    write(root / place, plain.checkpoint(variant=""))
    return root / place


@pytest.fixture
def shelf():
    return Folders(current_paths())


def names(scan, kind):
    return sorted(one.path.name for one in scan.of(kind))


@pytest.mark.parametrize("name", HOMES)
def test_a_programs_folder_is_known_and_what_is_in_it_found(shelf, tmp_path, name):
    place = program(tmp_path / "other", name)
    scan = shelf.add(tmp_path / "other")
    assert scan.program == name
    assert [one.path for one in scan.of(CHECKPOINTS)] == [place]
    assert names(scan, LORAS) == ["ink.safetensors"]
    assert names(scan, VAES) == ["soft.safetensors"]
    pickled = ["old.pt"] if name == "A1111" else []
    assert names(scan, EMBEDDINGS) == sorted(["new.safetensors", *pickled])


def test_the_models_folder_of_a_program_is_as_good_as_the_program(tmp_path):
    program(tmp_path, "ComfyUI")
    assert layout_of(tmp_path / "models") == layout_of(tmp_path)


def test_any_other_folder_is_looked_through_whole(shelf, tmp_path):
    write(tmp_path / "mine/deep/er", {"a.safetensors": LORA})
    write(tmp_path / "mine", plain.checkpoint(variant=""))
    scan = shelf.add(tmp_path / "mine")
    assert scan.program == ""
    assert [one.path for one in scan.of(CHECKPOINTS)] == [tmp_path / "mine"]


def test_nothing_is_moved_written_or_created_there(shelf, tmp_path):
    program(tmp_path / "other", "A1111")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "other").rglob("*")}
    shelf.add(tmp_path / "other")
    shelf.scans()
    catalogue()
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "other").rglob("*")} == before


def test_comfys_further_folders_are_looked_into(shelf, tmp_path):
    program(tmp_path / "comfy", "ComfyUI")
    program(tmp_path / "webui", "A1111")
    (tmp_path / "comfy/extra_model_paths.yaml").write_text(
        f"# mine\na111:\n    base_path: {tmp_path}/webui/   # there\n"
        "    checkpoints: models/Stable-diffusion\n    loras: |\n"
        "         models/Lora\n         models/LyCORIS\n    hypernetworks: x\n"
    )
    scan = shelf.add(tmp_path / "comfy")
    assert len(scan.of(CHECKPOINTS)) == 2
    assert len(scan.of(LORAS)) == 2


@given(st.text())
def test_whatever_is_in_such_a_file_it_is_read_to_its_end(text):
    for place, kind in _extra(text, Path("/base")):
        assert kind in {CHECKPOINTS, LORAS, VAES, EMBEDDINGS}
        assert isinstance(place, Path)


def test_a_drive_that_is_gone_is_away_with_all_that_was_on_it(shelf, tmp_path):
    place = program(tmp_path / "usb", "ComfyUI")
    shelf.add(tmp_path / "usb")
    (tmp_path / "usb").rename(tmp_path / "unplugged")
    (scan,) = shelf.scans()
    assert scan.away
    (one,) = [one for one in catalogue() if one.origin == "folder"]
    assert (one.path, one.away, one.usable, one.problem) == (place, True, False, "")
    (tmp_path / "unplugged").rename(tmp_path / "usb")
    assert [one.usable for one in catalogue()] == [True, True]


def test_what_has_not_changed_is_not_opened_again(shelf, tmp_path, monkeypatch):
    program(tmp_path / "other", "A1111")
    first = shelf.add(tmp_path / "other")
    opened = []
    monkeypatch.setattr(
        scanning, "read_header", lambda path: opened.append(path) or read_header(path)
    )
    assert Folders(current_paths()).scans() == (first,)
    assert opened == []
    changed = tmp_path / "other/models/Lora/sub/ink.safetensors"
    changed.write_bytes(VAE)
    os.utime(changed, (1, 1))
    (scan,) = shelf.scans()
    assert opened == [changed]
    assert names(scan, LORAS) == []


def test_only_headers_are_read(shelf, tmp_path):
    large = plain.safetensors({"lora_unet_x.lora_down.weight": (64,)})
    hole = tmp_path / "other" / "huge.safetensors"
    hole.parent.mkdir()
    head = large.replace(b'"shape": [64]', b'"shape": [99999999999]')
    head = head.replace(b'"data_offsets": [0, 128]', b'"data_offsets": [0, 199999999998]')
    length = len(head) - 128 - 8
    with hole.open("wb") as file:
        file.write(length.to_bytes(8, "little") + head[8:-128])
        file.truncate(8 + length + 199999999998)  # 200 GB, none of them on the disk
    assert names(shelf.add(hole.parent), LORAS) == ["huge.safetensors"]


def test_a_damaged_file_spoils_nothing(shelf, tmp_path):
    program(tmp_path / "other", "ComfyUI")
    write(tmp_path / "other", {"models/loras/bad.safetensors": b"<html>", "models/vae/e.pt": b""})
    scan = shelf.add(tmp_path / "other")
    assert names(scan, LORAS) == ["ink.safetensors"]


def test_an_empty_folder_or_none_is_one_sentence(shelf, tmp_path):
    with pytest.raises(CheckpointError, match="No model was found"):
        shelf.add(tmp_path)
    with pytest.raises(CheckpointError, match="There is no folder"):
        shelf.add(tmp_path / "none")
    assert Registry(current_paths()).folders() == ()


def test_models_and_folders_are_on_one_list_and_neither_loses_the_other(shelf, tmp_path, home):
    program(tmp_path / "other", "ComfyUI")
    registry = Registry(current_paths())
    registry.add(Entry("a", "A", Path("/a")))
    shelf.add(tmp_path / "other")
    registry.add(Entry("b", "B", Path("/b")))
    assert [one.id for one in registry.entries()] == ["a", "b"]
    assert registry.folders() == (tmp_path / "other",)
    assert shelf.remove(tmp_path / "other")
    assert not shelf.remove(tmp_path / "other")
    assert [one.id for one in registry.entries()] == ["a", "b"]
    assert shelf.last() == ()


@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 1, "scans": 3}', '{"version": 9}'])
def test_what_was_remembered_may_be_lost(shelf, tmp_path, home, damage):
    program(tmp_path / "other", "ComfyUI")
    scan = shelf.add(tmp_path / "other")
    (home / "cache/folders.json").write_text(damage)
    assert Folders(current_paths()).scans() == (scan,)


def test_the_files_of_a_kind_can_be_asked_for_and_what_is_gone_is_left_out(shelf, tmp_path):
    program(tmp_path / "other", "ComfyUI")
    shelf.add(tmp_path / "other")
    (lora,) = files_of(LORAS, current_paths())
    assert lora.name == "ink.safetensors"
    shutil.rmtree(tmp_path / "other/models/loras")
    assert files_of(LORAS, current_paths()) == ()


def test_what_lies_over_a_model_is_called_by_its_name_from_there_too(shelf, tmp_path):
    program(tmp_path / "other", "ComfyUI")
    shelf.add(tmp_path / "other")
    for kind, name in ((extras.LORA, "ink"), (extras.VAE, "soft"), (extras.EMBEDDING, "new")):
        assert [extras.name_of(path) for path in extras.listed(kind)] == [name]


def test_a_model_in_two_folders_is_listed_once(shelf, tmp_path):
    program(tmp_path / "other", "ComfyUI")
    shelf.add(tmp_path / "other")
    shelf.add(tmp_path / "other/models/checkpoints")
    assert len(list(checkpoints_in(shelf.scans()))) == 1


def test_a_picture_beside_a_model_is_its_preview(shelf, tmp_path):
    place = program(tmp_path / "other", "ComfyUI")
    (place / "preview.png").write_bytes(b"")
    shelf.add(tmp_path / "other")
    assert catalogue()[1].preview == place / "preview.png"
    assert folders.CHECKPOINTS == CHECKPOINTS


# Folders that are too large, and what comes later


@pytest.mark.parametrize(("limit", "value"), [("_MOST_FOLDERS", 4), ("_LONGEST", -1), ("_MOST", 2)])
def test_a_folder_too_large_is_refused_with_what_was_looked_at(
    shelf, tmp_path, monkeypatch, limit, value
):
    root = tmp_path / "disk"
    write(root, {"a/b/ink.safetensors": LORA, **{f"z{k}/x/note.txt": b"" for k in range(9)}})
    monkeypatch.setattr(scanning, limit, value)
    with pytest.raises(CheckpointError, match=r"folders in it \d were looked into") as caught:
        shelf.add(root)
    assert "the folder that the models are in" in caught.value.advice
    assert (str(root / "a" / "b") in caught.value.advice) == (limit != "_LONGEST")
    assert Registry(current_paths()).folders() == ()


def test_a_folder_that_grows_too_large_loses_nothing(shelf, tmp_path, monkeypatch):
    root = tmp_path / "other"
    write(root, {f"{k}/ink{k}.safetensors": LORA for k in range(5)})
    whole = names(shelf.add(root), LORAS)
    monkeypatch.setattr(scanning, "_MOST_FOLDERS", 3)
    (root / "4/ink4.safetensors").unlink()
    (scan,) = shelf.scans()
    assert names(scan, LORAS) == whole[:-1]


def test_opening_what_is_found_takes_none_of_the_time_for_looking(shelf, tmp_path, monkeypatch):
    write(tmp_path / "other", {f"{k}/ink{k}.safetensors": LORA for k in range(3)})
    clock = [0.0]
    monkeypatch.setattr(scanning, "monotonic", lambda: clock[0])

    def slowly(path):
        clock[0] += 20
        return read_header(path)

    monkeypatch.setattr(scanning, "read_header", slowly)
    assert len(shelf.add(tmp_path / "other").of(LORAS)) == 3


def test_what_could_not_be_used_is_looked_at_again(shelf, tmp_path):
    """A download of another program goes on: what its folder is told by is there from the start."""
    place = program(tmp_path / "other", "ComfyUI")
    weights = place / "vae/diffusion_pytorch_model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-9])
    assert shelf.add(tmp_path / "other").of(CHECKPOINTS) == ()
    weights.write_bytes(whole)
    (scan,) = shelf.scans()
    assert [one.path for one in scan.of(CHECKPOINTS)] == [place]
