"""What was found, in groups or not; and how one list becomes the next."""

from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.index import Group
from gui.gallery.changes import MOST_RUNS, change
from gui.gallery.found import Found, in_groups, in_order, without

IDS = st.lists(st.integers(-(2**60), 2**60), unique=True, max_size=60)


def follow(old, new):
    """Do to a list what a change says."""
    step = change(np.array(old, np.int64), np.array(new, np.int64))
    if step is None:
        return None
    now = list(old)
    for first, last in step.out:
        del now[first : last + 1]
    for first, last in step.into:
        now[first:first] = new[first : last + 1]
    return now


@given(IDS, st.data())
def test_a_list_from_which_some_go_and_into_which_some_come_is_followed(old, data):
    gone = data.draw(st.sets(st.sampled_from(old))) if old else set()
    new = [at for at in old if at not in gone]
    for at in data.draw(st.lists(st.integers(2**61, 2**62), unique=True, max_size=10)):
        new.insert(data.draw(st.integers(0, len(new))), at)
    assert follow(old, new) in (new, None)
    if len(gone) + len(new) - len(old) + len(gone) < MOST_RUNS // 2:
        assert follow(old, new) == new


@given(IDS)
def test_a_list_in_another_order_begins_anew(ids):
    if len(ids) > 1:
        assert follow(ids, list(reversed(ids))) is None
    assert follow(ids, ids) == ids


def test_a_list_that_changes_everywhere_begins_anew():
    old = list(range(1000))
    assert follow(old, old[::2]) is None


def test_neighbours_that_are_alone_make_one_group_without_a_label():
    groups = [
        Group("boats", (9, 8)),
        Group("owl", (7,)),
        Group("fox", (6,)),
        Group("cats", (5, 4, 3)),
        Group("x", (2,)),
    ]
    found = in_groups(groups)
    assert found.ids.tolist() == [9, 8, 7, 6, 5, 4, 3, 2]
    assert found.heads == ("boats", "", "cats", "")
    assert found.starts.tolist() == [0, 2, 4, 7]


def test_nothing_found_has_no_groups():
    assert in_groups([]).ids.tolist() == []
    assert in_groups([]).heads == ()
    assert in_order(array("q", [3, 2])).ids.tolist() == [3, 2]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.sets(st.integers(0, 40)))
def test_what_is_hidden_leaves_no_gap_and_no_empty_group(lengths, hidden):
    ids = np.arange(sum(lengths), dtype=np.int64)
    starts = np.cumsum([0, *lengths[:-1]]).astype(np.int64)
    found = Found(ids, tuple(map(str, range(len(lengths)))), starts)
    left = without(found, hidden)
    parts = np.split(ids, starts[1:])
    wanted = [(str(k), [at for at in part if at not in hidden]) for k, part in enumerate(parts)]
    wanted = [(head, part) for head, part in wanted if part]
    assert left.heads == tuple(head for head, _ in wanted)
    assert left.ids.tolist() == [at for _, part in wanted for at in part]
    assert left.starts.tolist() == np.cumsum([0, *(len(p) for _, p in wanted)])[:-1].tolist()
