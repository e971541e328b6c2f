"""What a lane records, row by row: in memory or, past a budget, in a file mapped into it."""

import weakref
from math import prod
from tempfile import TemporaryFile

import numpy as np
import torch
from torch import Tensor

from engine.paths import current_paths
from engine.trajectory import Array

BUDGET = 256 * 2**20
"""Bytes of recordings in memory at once; those beyond lie in temporary files."""

_BLOCK = b"\0" * 2**20
_held: dict[int, int] = {}


class Recording:
    """Latents in the order they came: (N, C, h, w), float32, with room for a known number."""

    def __init__(self, room: int, shape: tuple[int, int, int]) -> None:
        self._rows = _room((room, *shape))
        self._count = 0

    def __len__(self) -> int:
        """Return how many rows there are so far."""
        return self._count

    def append(self, latents: Tensor) -> None:
        """Add latents (1, C, h, w)."""
        if self._count == len(self._rows):  # more than was foretold
            larger = _room((2 * self._count + 1, *self._rows.shape[1:]))
            larger[: self._count] = self._rows
            self._rows = larger
        self._rows[self._count] = latents[0].numpy()
        self._count += 1

    def newest(self) -> Tensor:
        """Return the last row, (1, C, h, w)."""
        return torch.from_numpy(self._rows[self._count - 1 : self._count])

    def whole(self) -> Array:
        """Return all rows so far, not copied: they never change again."""
        return self._rows[: self._count]


def held() -> int:
    """Return the bytes that recordings take in memory now."""
    return sum(list(_held.values()))


def _room(shape: tuple[int, ...]) -> Array:
    size = 4 * prod(shape)
    if held() + size > BUDGET:
        try:
            return _mapped(shape, size)
        except OSError:
            pass  # the disk has even less room than the memory
    rows = np.empty(shape, np.float32)
    _held[id(rows)] = size
    weakref.finalize(rows, _held.pop, id(rows))
    return rows


def _mapped(shape: tuple[int, ...], size: int) -> Array:
    """Return an array in a file without a name, which goes when the array goes.

    The file is written whole before it is mapped: a full disk is an error here, and would be the
    end of the process at the write into a hole.
    """
    folder = current_paths().cache / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        for start in range(0, size, len(_BLOCK)):
            file.write(_BLOCK[: size - start])
        file.flush()
        return np.asarray(np.memmap(file, np.float32, "r+", shape=shape))
