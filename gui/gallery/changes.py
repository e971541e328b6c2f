"""What has become of a long list of ids: few rows came or went, or it is another list."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.gallery.listing import Ids, among

MOST_RUNS = 40
"""Runs of rows that are taken out or put in one by one; with more the list begins anew."""

Run = tuple[int, int]
"""First and last row."""


@dataclass(frozen=True, slots=True)
class Change:
    """Runs to take out of the old list, the last first, then to put in, the first first."""

    out: tuple[Run, ...]
    into: tuple[Run, ...]


def change(old: Ids, new: Ids) -> Change | None:
    """Return how one list becomes the other; None if it is simpler to begin anew.

    In neither list may an id stand twice.
    """
    if old is new or np.array_equal(old, new):
        return Change((), ())
    stays, stayed = among(old, new), among(new, old)
    if not np.array_equal(old[stays], new[stayed]):
        return None
    out, into = _edges(~stays), _edges(~stayed)
    if len(out) + len(into) > 2 * MOST_RUNS:
        return None
    return Change(tuple(reversed(_runs(out))), tuple(_runs(into)))


def _edges(marked: NDArray[np.bool_]) -> Ids:
    """Return where `marked` begins to be true and where it ends, by turns."""
    return np.flatnonzero(np.diff(np.concatenate(([False], marked, [False]))))


def _runs(edges: Ids) -> list[Run]:
    return [(first, past - 1) for first, past in edges.reshape(-1, 2).tolist()]
