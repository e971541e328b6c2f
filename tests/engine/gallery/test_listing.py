"""All ids that a query finds: the same as SQL finds, however they are come by."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.listing import among
from engine.gallery.marks import Mark
from engine.gallery.query import parse
from engine.gallery.scan import scan

IDS = st.lists(st.integers(-(2**60), 2**60), unique=True, max_size=40)
ORDERS = {"as they come": list, "rising": sorted, "falling": lambda ids: sorted(ids)[::-1]}
QUERIES = ("", "boat", "-boat", "-boat -owl", "-negative:fog", "boat -red", "steps<=2", "-steps<=2")


def test_ids_are_among_others_as_sets_have_it():
    @given(IDS, IDS, st.sampled_from(sorted(ORDERS)), st.sampled_from(sorted(ORDERS)))
    def holds(ids, others, order, other_order):
        ids, others = ORDERS[order](ids + others[:3]), ORDERS[other_order](others)
        found = among(np.array(ids, np.int64), np.array(others, np.int64))
        assert found.tolist() == [one in set(others) for one in ids]

    holds()


@pytest.fixture
def some(index, keep):
    """Eight pictures, three of them rated."""
    prompts = (
        "a red boat",
        "two boats",
        "an owl",
        "红色的帆船",
        "",
        "a boat and an owl",
        "x",
        "fog",
    )
    for k, prompt in enumerate(prompts):
        keep(prompt=prompt, steps=k + 1, negative_prompt="fog" if k % 2 else "")
    scan(index)
    for text, stars in (("owl", 3), ("红", 5)):
        found = index.search(parse(text)).result()
        index.mark("Etascope", {one.facts.sha256: Mark(rating=stars) for one in found}).result()
    return index


@pytest.mark.parametrize("sort", ["newest", "oldest", "rating"])
@pytest.mark.parametrize("text", QUERIES)
def test_all_ids_are_those_of_the_pages_in_their_order(some, text, sort):
    query = parse(f"{text} sort:{sort}")
    wanted = [entry.id for entry in some.search(query).result()]
    assert some.ids(query).result().tolist() == wanted
    assert wanted or text


def test_what_is_added_taken_out_or_made_anew_is_in_the_list_at_once(some, keep):
    everything = parse("")
    before = some.ids(everything).result().tolist()
    path = keep(prompt="one more")
    entry = some.add(path).result()
    assert some.ids(everything).result().tolist() == [entry.id, *before]
    some.forget(path).result()
    assert some.ids(everything).result().tolist() == before
    some.renew().result()
    assert some.ids(everything).result().tolist() == []
