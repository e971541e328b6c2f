"""Filters by click: terms go into the text of a search and out of it again, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.query import parse
from gui.gallery import typed

TEXTS = st.lists(
    st.sampled_from(
        ["boat", '"red boat"', "-moon", "sampler:ddim", "steps>=20", "帆船", "tag:sea", "seed:7"]
    ),
    max_size=6,
).map(" ".join)
TERMS = st.sampled_from(["is:favourite", "is:grid", "rating>=4", "on:2026-01-31", "model:x"])


def meant(text):
    return set(parse(text).terms)


@given(TEXTS, TERMS)
def test_a_click_adds_a_term_and_another_takes_it_out(text, term):
    on = typed.toggled(text, term)
    assert typed.holds(on, term)
    assert meant(on) == meant(text) | meant(term)
    off = typed.toggled(on, term)
    assert not typed.holds(off, term)
    assert meant(off) == meant(text)


@given(st.text(max_size=40), TERMS)
def test_whatever_was_typed_a_click_never_fails(text, term):
    typed.toggled(typed.toggled(text, term), term)
    typed.listed(text, "sampler", "ddim")
    typed.replaced(text, "rating", "rating>=3")
    typed.values(text, "tag")


def test_several_samplers_stand_in_one_list():
    text = typed.listed("boat", "sampler", "ddim")
    assert text == "boat sampler:ddim"
    text = typed.listed(text, "sampler", "plms")
    assert text == "boat sampler:ddim,plms"
    assert typed.values(text, "sampler") == ("ddim", "plms")
    text = typed.listed(text, "sampler", "ddim")
    assert text == "boat sampler:plms"
    assert typed.listed(text, "sampler", "plms") == "boat"


def test_a_value_of_several_words_stands_alone_between_quotes():
    text = typed.listed("tag:sea", "tag", "to print")
    assert text == 'tag:"to print"'
    assert typed.values(text, "tag") == ("to print",)
    assert typed.listed(text, "tag", "to print") == ""


def test_a_term_takes_the_place_of_another_of_its_kind():
    assert typed.replaced("boat rating>=3", "rating", "rating>=4") == "boat rating>=4"
    assert typed.replaced("boat after:2026-01-01", "made", "on:2026-02-02") == "boat on:2026-02-02"
    assert typed.replaced("boat sort:oldest", "sort", "") == "boat"
    assert typed.replaced("-rating>=3", "rating", "") == "-rating>=3"


@pytest.mark.parametrize(
    ("text", "key", "is_so"),
    [("sort:rating x", "sort", True), ("x", "sort", False), ("eta>0.3", "eta", True)],
)
def test_a_search_says_what_it_is_about(text, key, is_so):
    assert typed.says(text, key) == is_so
