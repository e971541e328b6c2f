"""Embeddings for a model's text encoders: by the recipe's name for them, to vectors."""

from collections.abc import Sequence
from functools import lru_cache, partial

import torch
from torch import Tensor

from engine.library.embeddings import read_embedding
from engine.library.extras import EMBEDDING, find
from engine.library.pickled import Array
from engine.library.plan import unusable
from engine.prompts import Learned
from engine.recipe import Part

_REMEMBERED = 64


def learned(widths: Sequence[int], encoder: int) -> Learned:
    """Return what finds embeddings for one of a model's encoders, by number.

    `widths` are how many numbers a vector has in each of its encoders.
    """
    return partial(_vectors, tuple(widths), encoder)


def _vectors(widths: tuple[int, ...], encoder: int, part: Part) -> Tensor:
    arrays = _read(part)
    found = tuple(array.shape[1] for array in arrays)
    if found != widths:
        told, wanted = (" and ".join(map(str, sizes)) for sizes in (found, widths))
        raise unusable(
            find(EMBEDDING, part.name, part.sha256),
            "it is made for another kind of model: "
            f"its vectors are {told} numbers long, and {wanted} are wanted",
            "Choose an embedding of this model's family.",
        )
    return torch.from_numpy(arrays[encoder].copy())


@lru_cache(_REMEMBERED)
def _read(part: Part) -> tuple[Array, ...]:
    return read_embedding(find(EMBEDDING, part.name, part.sha256))
