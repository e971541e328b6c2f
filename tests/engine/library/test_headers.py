"""Safetensors headers, read by us: every claim in them is checked, and nothing else is opened."""

import io
import json
import pickle
import struct
import zipfile

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors import SafetensorError, safe_open
from safetensors.torch import save, save_file

from engine.errors import CheckpointError
from engine.library.headers import LONGEST_HEADER, read_header

TENSORS = {"a": torch.ones(2, 3), "b": torch.zeros(4, dtype=torch.float16), "c": torch.ones(())}
WHOLE = save(TENSORS, {"note": "a note"})


def told(path, data):
    """Why a file with these bytes is refused."""
    path.write_bytes(data)
    with pytest.raises(CheckpointError) as caught:
        read_header(path)
    assert caught.value.advice
    return caught.value.message


def with_header(table, data=b"\0" * 8):
    text = table if isinstance(table, bytes) else json.dumps(table).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(**changes):
    return {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} | changes


def test_a_whole_file_is_read_as_the_library_reads_it(tmp_path):
    file = tmp_path / "a.safetensors"
    save_file(TENSORS, file, {"note": "a note"})
    header = read_header(file)
    assert header.notes == {"note": "a note"}
    with safe_open(file, framework="pt") as theirs:
        assert set(header.tensors) == set(theirs.keys())
    whole = file.read_bytes()
    for name, stored in header.tensors.items():
        assert stored.shape == tuple(TENSORS[name].shape)
        assert whole[stored.begin : stored.end] == TENSORS[name].numpy().tobytes()


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ({"a": entry(dtype="F31")}, "kind"),
        ({"a": entry(shape=[3])}, "contradicts"),
        ({"a": entry(shape=[-2])}, "contradicts"),
        ({"a": entry(shape=[True, 2])}, "contradicts"),
        ({"a": entry(shape=[2.0])}, "contradicts"),
        ({"a": entry(shape=[2**62, 2**62, 4])}, "contradicts"),
        ({"a": entry(shape=[1] * 20)}, "contradicts"),
        ({"a": entry(data_offsets=[8, 0])}, "contradicts"),
        ({"a": entry(data_offsets=[-8, 0])}, "contradicts"),
        ({"a": entry(more=1)}, "contradicts"),
        ({"a": entry(), "b": entry()}, "contradicts"),
        ({"a": entry(shape=[4], data_offsets=[0, 16])}, "cut off"),
        ({"a": entry(shape=[1], data_offsets=[0, 4])}, "hidden behind"),
        ({"a": entry(shape=[1], data_offsets=[4, 8])}, "contradicts"),
        ({"a": 7}, "contradicts"),
        ({}, "no weights"),
        ({"__metadata__": {"a": 1}, "a": entry()}, "notes"),
        ({"__metadata__": [], "a": entry()}, "notes"),
        (b'{"a": 1, "a": 2}', "damaged"),
        (b'{"a": NaN}', "damaged"),
        (b'{"a": ' + b"[" * 100_000, "damaged"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "damaged"),
        (b'{"\xff": 1}', "damaged"),
    ],
)
def test_a_header_that_lies_is_refused(tmp_path, table, word):
    assert word in told(tmp_path / "a.safetensors", with_header(table))


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


def pickled(canary, protocol):
    return pickle.dumps({"state_dict": Canary(canary)}, protocol)


def zipped(canary):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("archive/data.pkl", pickled(canary, 2))
    return data.getvalue()


@pytest.mark.parametrize("name", ["a.ckpt", "a.pt", "a.bin", "a.safetensors", "A.SAFETENSORS"])
@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5, "zip", "torch"])
def test_a_pickle_is_named_and_never_run_whatever_it_is_called(tmp_path, name, protocol):
    canary = tmp_path / "canary"
    file = tmp_path / name
    if protocol == "torch":
        torch.save({"state_dict": Canary(canary)}, file)
        data = file.read_bytes()
    else:
        data = zipped(canary) if protocol == "zip" else pickled(canary, protocol)
    assert "may run code" in told(file, data)
    assert not canary.exists()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n <HTML><body>404", "web page"),
        (b'{"error": "gated"}', "text"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "pointer"),
        (b"GGUF\3\0\0\0", "GGUF"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\0" * 100, "not a safetensors file"),
        (b"\x80", "not a safetensors file"),
        (struct.pack("<Q", 2**63) + b"{", "larger than any real one"),
        (struct.pack("<Q", LONGEST_HEADER + 1) + b"{}", "larger than any real one"),
        (with_header(b'{"a": [' + b"[]," * 300_000 + b"1]}"), "larger than any real one"),
        (with_header(b"{" + b'"data_offsets":1,' * 30_000 + b'"a":1}'), "larger than any real one"),
        (WHOLE[:20], "ends within"),
        (WHOLE[:-1], "cut off"),
        (WHOLE + b"\0", "hidden behind"),
    ],
)
def test_what_it_is_instead_is_said(tmp_path, data, word):
    assert word in told(tmp_path / "a.safetensors", data)


def test_an_archive_behind_whole_weights_is_found(tmp_path):
    canary = tmp_path / "canary"
    assert "hidden behind" in told(tmp_path / "a.safetensors", WHOLE + zipped(canary))
    assert not canary.exists()


def test_a_missing_file_and_a_folder_are_known_errors(tmp_path):
    for path in (tmp_path / "none.safetensors", tmp_path):
        with pytest.raises(CheckpointError):
            read_header(path)


@given(st.data())
def test_a_changed_file_is_refused_or_is_one_that_the_library_takes_too(tmp_path, data):
    """Two thousand changes of bytes and cuts, in all runs together; never another error."""
    changed = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    cut = bytes(changed[: data.draw(st.sampled_from([len(changed), len(changed) // 2, 30, 9]))])
    file = tmp_path / "changed.safetensors"
    file.write_bytes(cut)
    try:
        names = set(read_header(file).tensors)
    except CheckpointError:
        return
    try:
        with safe_open(file, framework="pt") as theirs:
            assert names == set(theirs.keys())
    except SafetensorError:
        pytest.fail("we took what the library refuses")


@given(st.binary(max_size=600))
def test_any_bytes_at_all_are_a_known_error(tmp_path, data):
    told(tmp_path / "any.safetensors", data)
