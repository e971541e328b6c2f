import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.axes import axis, plan, replaced
from engine.compare.lists import entries, joined, spread
from engine.compare.starts import STARTS
from engine.compare.words import value_label
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting

BASE = Draft(prompt="a red boat on the sea", seed=7)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1-5", [1, 2, 3, 4, 5]),
        ("10, 20, 50", [10, 20, 50]),
        ("5-1", [5, 4, 3, 2, 1]),
        ("10-50 (+20), 100", [10, 30, 50, 100]),
        ("1-6 (+2)", [1, 3, 5, 6]),
        ("7", [7]),
        ("10，20", [10, 20]),
    ],
)
def test_whole_numbers_are_typed_one_by_one_or_as_ranges(text, values):
    assert list(axis("steps", text).values) == values


def test_ranges_of_fractions_come_out_as_they_are_written():
    assert axis("eta", "0-1 (+0.25)").values == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert axis("eta", "0-0.3 (0.1)").values == (0.0, 0.1, 0.2, 0.3)


@pytest.mark.parametrize(("text", "says"), [("1-5 (+0)", "steps of 0"), ("0-99999", "1000")])
def test_a_range_without_an_end_is_refused(text, says):
    with pytest.raises(BadSetting, match=says) as told:
        axis("steps", text)
    assert told.value.field == "steps"


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        found = spread("eta", text)
    except BadSetting:
        return
    assert len(found) <= 1000 * (len(text) + 1)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=9, unique=True))
def test_what_is_shown_of_values_gives_them_back_when_typed(values):
    assert list(axis("steps", joined(values)).values) == values


def test_nothing_is_no_entry():
    assert entries("  ") == []
    assert entries("a, ,b") == ["a", "", "b"]


def test_words_of_the_prompt_are_found_and_replaced():
    found = replaced(BASE.prompt, "red boat, house, old tree")
    assert found.values == (
        "a red boat on the sea",
        "a house on the sea",
        "a old tree on the sea",
    )
    assert [value_label(found, k) for k in range(3)] == ["red boat", "house", "old tree"]


@pytest.mark.parametrize(
    ("text", "says"), [("", "put in their place"), ("boat", "put in"), ("cow, pig", "'cow'")]
)
def test_words_that_cannot_be_replaced_are_told(text, says):
    with pytest.raises(BadSetting, match=says):
        replaced(BASE.prompt, text)


@given(st.text(max_size=30), st.lists(st.text(max_size=9), max_size=4))
def test_any_prompts_have_labels(prompt, words):
    try:
        found = replaced(prompt, ",".join(words))
    except BadSetting:
        return
    assert all(value_label(found, k) for k in range(len(found.values)))


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_every_starting_point_can_be_planned_and_leaves_nothing_out(start):
    pairs = [pair for pair in (start.across, start.down) if pair[0]]
    axes = [axis(field, text) for field, text in pairs]
    found = plan(BASE, axes, lambda _: SizeRule(), equal=start.equal)
    assert len(found.cells) > 4
    assert not found.skipped
