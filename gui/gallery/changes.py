"""What has become of a long list of ids: few rows came or went, or it is another list."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.gallery.found import Ids

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
    stays, stayed = np.isin(old, new), np.isin(new, old)
    if not np.array_equal(old[stays], new[stayed]):
        return None
    out, into = _runs(~stays), _runs(~stayed)
    if len(out) + len(into) > MOST_RUNS:
        return None
    return Change(tuple(reversed(out)), tuple(into))


def _runs(marked: NDArray[np.bool_]) -> list[Run]:
    return list(_found_runs(marked))


def _found_runs(marked: NDArray[np.bool_]) -> Iterator[Run]:
    """Yield where `marked` is true without a break."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False]))))
    for first, past in edges.reshape(-1, 2).tolist():
        yield first, past - 1
