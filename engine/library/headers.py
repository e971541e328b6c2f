"""What is in a safetensors file, from its header alone; every claim in it is checked.

The format: eight bytes with the header's length, little-endian; the header, JSON, from the names
of tensors to their dtype, shape and place; then the tensors' bytes, without gaps.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from engine.library.content import what_it_is
from engine.library.opening import NOT_PLAIN, NotPlainError, open_plain
from engine.library.plan import Shape, unusable

LONGEST_HEADER = 8 * 2**20
MOST_TENSORS = 20_000
BYTES = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2,
    "BF16": 2, "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
}  # fmt: skip
"""How many bytes one number of each dtype takes."""

_MOST_MARKS = {b"data_offsets": MOST_TENSORS, b"[": 200_000, b"{": 200_000, b":": 600_000}
"""Counted before anything is parsed: values take many times the memory of their text."""
_HEAD = 8
_MOST_AXES = 8
_LARGEST = 2**48
_SNIFFED = 512
_AGAIN = "It was probably not downloaded to its end; download it again."


@dataclass(frozen=True, slots=True)
class Stored:
    """One tensor in the file: `begin` and `end` are where its bytes lie, from the file's start."""

    dtype: str
    shape: Shape
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """The tensors of a file by their names, and the notes that its writer left."""

    tensors: Mapping[str, Stored]
    notes: Mapping[str, str]


def read_header(path: Path) -> Header:
    """Return the header of the file at `path`.

    Raises CheckpointError, with what it is instead, unless the file is whole and nothing but a
    safetensors file. Reads no tensor.
    """
    try:
        with open_plain(path) as file:
            return parse_header(file, path)
    except FileNotFoundError as error:
        raise unusable(path, "it is missing") from error
    except NotPlainError as error:
        raise unusable(path, NOT_PLAIN, "Choose a file.") from error
    except OSError as error:
        raise unusable(path, "it cannot be read", "See whether you may read it.") from error


def parse_header(file: BinaryIO, path: Path) -> Header:
    """Return the header of an open file, as `read_header` does; `path` is for its errors."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_SNIFFED)
    length = int.from_bytes(head[:_HEAD], "little")
    if not head[_HEAD:].startswith(b"{"):
        raise unusable(path, *what_it_is(head))
    if length > LONGEST_HEADER:
        raise unusable(path, "its table of contents is larger than any real one")
    if _HEAD + length > size:
        raise unusable(path, "it ends within its table of contents", _AGAIN)
    file.seek(_HEAD)
    table = _table(file.read(length), path)
    notes = table.pop("__metadata__", {})
    if not _is_notes(notes):
        raise unusable(path, "the notes in it are not words")
    if not table:
        raise unusable(path, "it holds no weights")
    tensors = {name: _stored(entry, _HEAD + length, path) for name, entry in table.items()}
    _check_places(tensors, _HEAD + length, size, path)
    return Header(tensors, notes)


def _table(text: bytes, path: Path) -> dict[str, Any]:
    if any(text.count(mark) > most for mark, most in _MOST_MARKS.items()):
        raise unusable(path, "its table of contents is larger than any real one")
    try:
        table = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise unusable(path, "its table of contents is damaged") from error
    if not isinstance(table, dict):
        raise unusable(path, "its table of contents is damaged")
    return table


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name is there twice")
    return table


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _is_notes(notes: object) -> bool:
    return isinstance(notes, dict) and all(isinstance(text, str) for text in notes.values())


def _stored(entry: Any, start: int, path: Path) -> Stored:
    """Read one tensor's entry; its places are counted from the end of the header at `start`."""
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [int(begin), int(end)]}:
            if len(entry) == 3 and len(shape) <= _MOST_AXES and all(_is_count(n) for n in shape):
                if dtype not in BYTES:
                    raise unusable(path, f"its numbers are of a kind that is not known, {dtype!r}")
                if 0 <= begin <= end and end - begin == math.prod(shape) * BYTES[dtype]:
                    return Stored(dtype, tuple(shape), start + begin, start + end)
    raise unusable(path, "its table of contents contradicts itself")


def _is_count(n: object) -> bool:
    return type(n) is int and 0 <= n < _LARGEST


def _check_places(tensors: Mapping[str, Stored], start: int, size: int, path: Path) -> None:
    """Raise unless the tensors fill the rest of the file: no gap, no overlap, nothing behind."""
    place = start
    for one in sorted(tensors.values(), key=lambda one: (one.begin, one.end)):
        if one.begin != place:
            raise unusable(path, "its table of contents contradicts itself")
        place = one.end
    if place > size:
        have, need = size / 1e6, place / 1e6
        raise unusable(path, f"it is cut off: {have:.1f} of {need:.1f} MB are there", _AGAIN)
    if place < size:
        raise unusable(path, "something is hidden behind its weights")
