"""The search language: what is understood finds, what is not is said, nothing is ever raised."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.gallery.query import (
    MOST_TERMS,
    NUMBERS,
    STATES,
    TEXTS,
    TOLD,
    WORDS,
    Query,
    Term,
    parse,
    written,
)
from engine.gallery.words import split

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            *(*TEXTS, *NUMBERS, *WORDS, "is", "sort", "after", "on", "made", "cfg"),
            *(":", "：", "=", ">", "<=", "!=", "-", '"', "“", " ", "\n", ",", ".."),
            *("2026-13-01", "0001-01", "9999-12-31", "1e999", "nan", "-1", "favourite"),
            *("none", "2026", "7"),
            *("海", "(a:1.2)", "%", "_", "'", "*", "\0", "\ud800"),
        ]
    ),
    max_size=30,
).map("".join)


def day(*date: int) -> int:
    return int(datetime(*date).astimezone().timestamp()) * 10**6


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("boat", [Term("prompt", "=", ("boat",))]),
        ("-boat", [Term("prompt", "=", ("boat",), negated=True)]),
        ('"red boat"', [Term("prompt", "=", ("red boat",), phrase=True)]),
        ("“红色的帆”", [Term("prompt", "=", ("红色的帆",), phrase=True)]),
        ("negative:blurry", [Term("negative", "=", ("blurry",))]),
        ("sampler:ddim", [Term("sampler", "=", ("ddim",))]),
        ("sampler：ddim", [Term("sampler", "=", ("ddim",))]),
        ("SAMPLER:DDIM,plms", [Term("sampler", "=", ("ddim", "plms"))]),
        ('sampler:"Euler a"', [Term("sampler", "=", ("euler_a",))]),
        ("schedule:Karras", [Term("schedule", "=", ("karras",))]),
        ("eta>0.3", [Term("eta", ">", (0.3,))]),
        ("eta >= 0.3", [Term("eta", ">=", (0.3,))]),
        ("-steps<=20", [Term("steps", "<=", (20,), negated=True)]),
        ("steps:10..20", [Term("steps", "..", (10, 20))]),
        ("steps:10,20", [Term("steps", "=", (10, 20))]),
        ("steps!=20", [Term("steps", "=", (20,), negated=True)]),
        ("cfg=7.5", [Term("guidance", "=", (7.5,))]),
        ("steps:>=20", [Term("steps", ">=", (20,))]),
        ("cfg：< 7", [Term("guidance", "<", (7,))]),
        ("prompt:<lora:ink:1>", [Term("prompt", "=", ("<lora:ink:1>",))]),
        ("tag:<3,>x", [Term("tag", "=", ("<3", ">x"))]),
        ("gallery:=x", [Term("gallery", "=", ("=x",))]),
        ("seed:18446744073709551615", [Term("seed", "=", (2**64 - 1,))]),
        ("after:2026-01-02", [Term("made", ">=", (day(2026, 1, 2),))]),
        ("before:2026", [Term("made", "<", (day(2026, 1, 1),))]),
        ("on:2026-01-31", [Term("made", "..", (day(2026, 1, 31), day(2026, 2, 1) - 1))]),
        ("on:2026-12", [Term("made", "..", (day(2026, 12, 1), day(2027, 1, 1) - 1))]),
        ("is:favourite", [Term("is", "=", ("favourite",))]),
        ("is:favorite,rated", [Term("is", "=", ("favourite", "rated"))]),
        ('gallery:"My boats"', [Term("gallery", "=", ("My boats",))]),
        ("rating>=4 width>=128", [Term("rating", ">=", (4,)), Term("width", ">=", (128,))]),
        ("", []),
        ("- ,, ()", []),
    ],
)
def test_every_term_is_understood(text: str, terms: list[Term]):
    assert parse(text).terms == tuple(terms)
    assert parse(f"  {text}\n").terms == tuple(terms)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour:red", "no term 'colour'"),
        ("12:30", ""),
        ("steps:many", "steps is a number, not 'many'"),
        ("eta>nan", "eta is a number"),
        ("eta>1e999", "eta is a number"),
        ("steps>1,2", "steps is a number"),
        ("after:yesterday", "'yesterday' is no day"),
        ("after:2026-02-30", "no day"),
        ("is:nice", "not 'nice'"),
        ("sort:size", "not by 'size'"),
        ("sampler>ddim", "cannot be compared with >"),
        ("steps:", "Nothing is named after steps"),
        ("???", "no word in '???'"),
    ],
)
def test_what_is_not_understood_is_said(text: str, said: str):
    notes = parse(text).notes
    assert not said or said in " ".join(notes)
    assert bool(said) == bool(notes)


def test_the_order_can_be_asked_for():
    assert parse("boat sort:oldest") == Query((Term("prompt", "=", ("boat",)),), "oldest")


def test_text_that_only_looks_like_a_term_is_looked_for():
    assert parse("http://a.b").terms == (Term("prompt", "=", ("http://a.b",)),)


@given(st.one_of(ANY_TEXT, PIECES))
@example("seed>" + "9" * 5000)
@example("steps:" + "9" * 100 + "..1e308")
@example('"')
def test_no_text_raises_and_every_term_means_something(text: str):
    query = parse(text)
    assert len(query.terms) <= MOST_TERMS
    for term in query.terms:
        assert term.values
        assert term.op in {"=", ">", "<", ">=", "<=", ".."}
        assert term.key in {*WORDS, *TEXTS, *NUMBERS, TOLD, "made", "is"}
        assert term.key != "is" or set(term.values) <= set(STATES)
        assert term.key not in WORDS or split(str(term.values[0]))


@given(st.one_of(ANY_TEXT, PIECES))
def test_any_search_can_be_made(index, text: str):
    query = parse(text)
    assert index.search(query, 3).result() == ()
    assert index.count(query).result() == 0


@given(
    st.sampled_from(TEXTS),
    st.text(min_size=1, max_size=40) | st.text("<>=!:：,，.-x3海 ", min_size=1, max_size=6),
)
@example("tag", "<3")
@example("tag", "!=x")
@example("tag", "a，b")
def test_a_filter_by_click_finds_that_value(key: str, value: str):
    (plain,) = {" ".join(value.translate(dict.fromkeys(map(ord, '"“”„'), " ")).split())}
    query = parse(written(key, value))
    if key in {"sampler", "schedule"} or not plain:
        assert len(query.terms) == bool(plain)
    else:
        assert query.terms == (Term(key, "=", (plain,)),)


def test_a_pasted_book_is_cut_short_and_said():
    query = parse("word " * 200_000)
    assert len(query.terms) == MOST_TERMS
    assert "Only the first" in query.notes[-1]
    assert len(parse("a:b ! " * 200_000).notes) <= MOST_TERMS + 1
