"""What a search has found, as arrays: the ids in order, and where groups of them begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.gallery.index import Group
from engine.gallery.listing import Ids, among

NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The ids of pictures; `heads` are the labels of groups, which begin at the rows `starts`.

    Both are empty where pictures are not grouped. A group without a label has pictures that
    belong to none.
    """

    ids: Ids = field(default_factory=lambda: NOTHING)
    heads: tuple[str, ...] = ()
    starts: Ids = field(default_factory=lambda: NOTHING)


def in_order(ids: Ids) -> Found:
    """Return pictures that are not grouped."""
    return Found(np.asarray(ids, np.int64))


def in_groups(groups: Sequence[Group]) -> Found:
    """Return pictures in groups; neighbours that are alone in theirs make one without a label."""
    heads: list[str] = []
    lengths: list[int] = []
    ids: list[int] = []
    alone = False
    for group in groups:
        ids += group.ids
        if alone and len(group.ids) == 1:
            lengths[-1] += 1
            continue
        alone = len(group.ids) == 1
        heads.append("" if alone else group.label)
        lengths.append(len(group.ids))
    starts = np.append(0, np.cumsum(lengths, dtype=np.int64)[:-1]) if lengths else NOTHING
    return Found(np.array(ids, np.int64), tuple(heads), starts.astype(np.int64))


def without(found: Found, hidden: Iterable[int]) -> Found:
    """Return what is left without some pictures; groups that are empty then are left out."""
    stays = ~among(found.ids, np.fromiter(hidden, np.int64))
    if stays.all():
        return found
    before = np.append(0, np.cumsum(stays))
    starts = before[found.starts]
    ends = np.append(starts[1:], before[-1]) if len(starts) else starts
    full = ends > starts
    heads = tuple(head for head, there in zip(found.heads, full, strict=True) if there)
    return Found(found.ids[stays], heads, starts[full])
