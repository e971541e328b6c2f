"""An embedding (textual inversion): a learned word, as the vectors that stand for it.

Gal et al. 2022. Files come as safetensors and as pickles (.pt of the AUTOMATIC1111 web UI, .bin
of diffusers); which it is, is told by the content.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import CheckpointError
from engine.library.extras import EMBEDDING, listed, name_of
from engine.library.headers import read_header
from engine.library.opening import open_plain
from engine.library.pickled import Array, read_pickled, widened
from engine.library.plan import unusable
from engine.wording.embeddings import names_in

MOST_VECTORS = 75
"""As many as a chunk of the prompt has tokens."""

_LARGEST = 64 * 2**20
_REMEMBERED = 256
_ZIP = b"PK\x03\x04"
_DTYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "BF16": "<u2"}
_BOTH = ("clip_l", "clip_g")


def read_embedding(path: Path) -> tuple[Array, ...]:
    """Return the vectors (n, D) of an embedding, for each text model that it is made for.

    One array, or two of as many vectors for SDXL's two text models. Raises CheckpointError.
    """
    try:
        large = path.stat().st_size > _LARGEST
        with open_plain(path) as file:
            head = file.read(4)
    except OSError as error:
        raise unusable(path, "it cannot be read", "See whether it is there, and yours.") from error
    if large:
        raise unusable(path, "it is larger than any embedding", "It is another kind of file.")
    arrays = _vectors(read_pickled(path) if head == _ZIP else _tensors(path), path)
    if len({len(one) for one in arrays}) != 1 or not 1 <= len(arrays[0]) <= MOST_VECTORS:
        raise unusable(path, f"an embedding has 1 to {MOST_VECTORS} vectors, and it has others")
    if not all(np.isfinite(one).all() for one in arrays):
        raise unusable(path, "it holds not-a-number")
    return arrays


def vectors_in(prompt: str) -> dict[str, int]:
    """Return for how many vectors each embedding stands that a prompt names.

    One that cannot be used counts as one; the engine says what is wrong with it.
    """
    files = {name_of(path): path for path in reversed(listed(EMBEDDING))}
    return {name: _length(files[name], _state(files[name])) for name in names_in(prompt, files)}


def _state(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return 0, 0
    return told.st_size, told.st_mtime_ns


@lru_cache(_REMEMBERED)
def _length(path: Path, _state: tuple[int, int]) -> int:
    try:
        return len(read_embedding(path)[0])
    except CheckpointError:
        return 1


def _tensors(path: Path) -> dict[str, Array]:
    """Return the tensors of a safetensors file."""
    found = {}
    tensors = read_header(path).tensors
    with open_plain(path) as file:
        for name, stored in tensors.items():
            if stored.dtype not in _DTYPES:
                raise unusable(path, f"{name} holds no real numbers but {stored.dtype}")
            file.seek(stored.begin)
            numbers = np.frombuffer(file.read(stored.end - stored.begin), _DTYPES[stored.dtype])
            found[name] = widened(numbers, stored.dtype == "BF16").reshape(stored.shape)
    return found


def _vectors(held: Any, path: Path) -> tuple[Array, ...]:
    """Return the vectors among what a file holds, whichever program wrote it."""
    match held:
        case {"clip_l": np.ndarray(), "clip_g": np.ndarray()}:
            return tuple(_rows(held[name], path) for name in _BOTH)
        case {"string_to_param": dict(parameters)}:
            return (_rows(_only(parameters, path), path),)
        case {"emb_params": np.ndarray() as vectors}:
            return (_rows(vectors, path),)
        case dict():
            return (_rows(_only(held, path), path),)
    raise unusable(path, "it is no embedding")


def _only(held: Mapping[Any, Any], path: Path) -> Array:
    match [one for one in held.values() if isinstance(one, np.ndarray)]:
        case [vectors]:
            return vectors
    raise unusable(path, "it is no embedding")


def _rows(vectors: Array, path: Path) -> Array:
    if vectors.ndim not in (1, 2):
        raise unusable(path, "it is no embedding")
    return np.atleast_2d(vectors)
