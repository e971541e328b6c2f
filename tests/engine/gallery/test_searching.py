"""What is typed against what is there: names of models, numbers that are not told, odd letters."""

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.gallery.index import Index
from engine.gallery.query import Query, by_names, parse
from engine.gallery.scan import scan
from engine.library import all_names
from engine.library.registry import Entry, Registry
from engine.paths import current_paths

SEA = "sha256:" + "5e" * 32


def found(index: Index, query: str | Query) -> set[object]:
    """Return the seeds of what is found, by both ways of looking."""
    asked = parse(query) if isinstance(query, str) else query
    entries = index.search(asked).result()
    assert set(index.ids(asked).result()) == {one.id for one in entries}
    return {one.facts.settings.get("seed") for one in entries}


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("model:postcards", {1}),
        ("model:POSTC", {1}),
        ('model:"sea pieces"', {2}),
        ("model:ＳＥＡ", {2}),
        ("model:sea,postcards", {1, 2}),
        ("-model:postcards", {2, 3}),
        ("model:someone", {3}),
        ("model:starter", {1}),
        (f"model:{SEA}", {2}),
        ("model:nobody", set()),
    ],
)
def test_a_model_is_found_by_what_people_call_it(index: Index, keep, text: str, seeds: set[int]):
    keep(seed=1)
    keep(seed=2, model=SEA)
    keep(seed=3, model=f"someone/else@{'0' * 40}")
    scan(index)
    registry = Registry(current_paths())
    registry.add(Entry(SEA, "Sea pieces v2", Path("/elsewhere/sea.safetensors")))
    assert found(index, by_names(parse(text), all_names)) == seeds
    registry.remove(SEA)
    assert all_names()[SEA] == "Sea pieces v2"
    assert found(index, by_names(parse(text), all_names)) == seeds


def test_a_models_name_does_not_find_models_whose_ids_are_like_its_own(index: Index, keep):
    keep(seed=1)
    keep(seed=2, model=f"someone/starter-kit@{'0' * 40}")
    scan(index)
    assert found(index, by_names(parse("model:postcards"), all_names)) == {1}


def test_names_are_asked_for_only_where_a_model_is_looked_for():
    query = parse("boat -sampler:ddim")
    assert by_names(query, lambda: 1 / 0) is query  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("eta:none", {1}),
        ("eta=NONE", {1}),
        ("-eta:none", {2, 3}),
        ("eta!=none", {2, 3}),
        ("rating:none", {1, 2, 3}),
        ("-rating:none", set()),
        ("steps:20..10", {2, 3}),
        ("steps:11..", {1, 3}),
        ("steps:..20", {2, 3}),
        ("-steps:..20", {1}),
        ("steps:>=20", {1, 3}),
        ("steps：<20", {2}),
        ("steps:!=20", {1, 2}),
        ("steps:..", {1, 2, 3}),
    ],
)
def test_ranges_are_open_or_turned_round_and_nothing_can_be_looked_for(
    index: Index, keep, text: str, seeds: set[int]
):
    keep(seed=1, sampler="plms", eta=None, steps=30)
    keep(seed=2, eta=0.5, steps=10)
    keep(seed=3, steps=20)
    scan(index)
    assert found(index, text) == seeds


def test_days_can_be_a_range(index: Index, keep):
    keep(seed=1)
    scan(index)
    today = date.today()  # noqa: DTZ011 - the user's own day
    before, after = today - timedelta(days=9), today + timedelta(days=9)
    assert found(index, f"on:{before}..{after}") == {1}
    assert found(index, f"on:{after}..{before}") == {1}
    assert found(index, f"-on:{before}..{after}") == set()
    assert found(index, f"on:{before}..{before}") == set()
    assert parse(f"on:{before}..never").notes


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_its_accents_are_written(index: Index, keep, form: str):
    path = keep(seed=1)
    path.rename(path.with_name(unicodedata.normalize("NFD", "l'été.png")))
    scan(index)
    assert found(index, f"name:{unicodedata.normalize(form, 'été')}") == {1}


@pytest.mark.parametrize("key", ["name", "model", "gallery", "tag", "prompt"])
def test_a_name_without_end_finds_nothing_and_breaks_nothing(index: Index, keep, key: str):
    keep()
    scan(index)
    for letter in ("字", "_", "%", "\\"):
        found(index, f"{key}:{letter * 19_000}")
