import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compare import lists
from engine.compare.axes import Axis, axis, plan, replaced, typed
from engine.compare.lists import entries, joined, phrased, phrases
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
        ("１０，２０、５０", [10, 20, 50]),
        ("１～３；７", [1, 2, 3, 7]),
        ("10－50（＋20）", [10, 30, 50]),
        (" 3 – 5 ,4,  5 ", [3, 4, 5]),
        ("2, 2, 1-3", [2, 1, 3]),
    ],
)
def test_whole_numbers_are_typed_one_by_one_or_as_ranges(text, values):
    assert list(axis("steps", text).values) == values


def test_ranges_of_fractions_come_out_as_they_are_written():
    assert axis("eta", "0-1 (+0.25)").values == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert axis("eta", "0-0.3 (0.1)").values == (0.0, 0.1, 0.2, 0.3)
    assert axis("eta", "０－１（＋０．５）").values == (0.0, 0.5, 1.0)


@pytest.mark.parametrize(("text", "says"), [("1-5 (+0)", "steps of 0"), ("0-99999", "1000")])
def test_a_range_without_an_end_is_refused(text, says):
    with pytest.raises(BadSetting, match=says) as told:
        axis("steps", text)
    assert told.value.field == "steps"


PIECES = st.one_of(
    st.sampled_from([*" ,，、；;-–~～(（+＋)）[］.．_eE\n\t", "1e9", "nan", "inf", "0x10", "½"]),
    st.integers(0, 10**21).map(str),
    st.floats(0, 1000).map(lambda number: f"{number:g}"),
    st.integers(0, 99).map(lambda k: "".join(chr(0xFF10 + int(d)) for d in str(k))),
    st.text(max_size=3),
)
TYPED = st.lists(PIECES, max_size=12).map("".join)
LIMITS = {"steps": (1, 1000), "eta": (0, 1), "guidance": (1, 30), "seed": (0, 2**64 - 1)}


def read(field, text):
    """Return the axis, or why there is none."""
    try:
        return axis(field, text)
    except BadSetting as told:
        return told


@given(st.sampled_from(sorted(LIMITS)), TYPED)
@settings(max_examples=500)
def test_whatever_is_typed_is_values_in_range_or_one_sentence_that_names_the_field(field, text):
    lowest, highest = LIMITS[field]
    found = read(field, text)
    if isinstance(found, BadSetting):
        assert found.field == field
        assert field in found.message
        assert found.message.endswith(".")
        assert len(found.message) < 200
        assert found.message.isprintable()
        return
    assert 1 <= len(found.values) == len(set(found.values)) <= 1000
    assert all(lowest <= value <= highest for value in found.values)
    assert axis(field, joined(found.values)).values == found.values, "as it would be typed"


@pytest.mark.parametrize(
    "text",
    [
        "1-1000000000",
        "0-1 (+0.000000000001)",
        "0-99999999999999999999",
        ",".join(["1-999"] * 5000),
        "1," * 30_000,
        "(" * 30_000,
        "1" * 30_000,
        "1-" * 15_000,
    ],
    ids=lambda text: text[:24],
)
@pytest.mark.parametrize("field", sorted(LIMITS))
def test_however_much_is_asked_for_is_refused_before_it_is_written_out(field, text, monkeypatch):
    written = []
    plain = lists._plain
    monkeypatch.setattr(lists, "_plain", lambda number: written.append(number) or plain(number))
    with pytest.raises(BadSetting) as told:
        axis(field, text)
    assert len(written) <= 2000
    assert len(told.value.message) < 200


def test_samplers_and_schedules_may_have_wide_commas_between_them_as_well():
    assert axis("sampler", "ddim，plms、 heun").values == ("ddim", "plms", "heun")
    assert axis("schedule", "leading；karras").values == ("leading", "karras")


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


def test_a_range_may_say_how_many_values_it_has():
    assert axis("eta", "0-1 [5]").values == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert axis("eta", "0-1 [4]").values == (0.0, 0.333333, 0.666667, 1.0)
    assert axis("steps", "10-50[3], 7").values == (10, 30, 50, 7)
    assert axis("steps", "1-10 [4]").values == (1, 4, 7, 10)
    assert axis("steps", "10-1 ［４］").values == (10, 7, 4, 1)
    assert axis("steps", "1-3 [9]").values == (1, 2, 3)  # rounded, and each once
    assert axis("seed", "0-18446744073709551615 [2]").values == (0, 2**64 - 1)


@pytest.mark.parametrize(
    ("text", "says"), [("1-9 [1]", "two values"), ("1-9 [0]", "two"), ("1-9 [1001]", "1000")]
)
def test_a_range_of_too_few_or_too_many_values_is_refused(text, says):
    with pytest.raises(BadSetting, match=says):
        axis("steps", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('boat, "red, big house"', ["boat", "red, big house"]),
        ('"a ""quoted"" word"; ship，', ['a "quoted" word', "ship"]),
        ("boat，“红，大”、ship", ["boat", "红，大", "ship"]),
        ('boat, ""', ["boat", ""]),
        ('5" disk, 3" disk', ['5" disk', '3" disk']),
        ('"open, boat', ['"open', "boat"]),
        (" , ,", []),
    ],
)
def test_in_quotes_words_may_have_commas(text, words):
    assert phrases(text) == words


@given(st.lists(st.text(max_size=9), min_size=1, max_size=5))
def test_words_are_typed_so_that_they_are_read_back(words):
    assert phrases(phrased(words)) == words


@given(st.text(max_size=60))
def test_whatever_is_typed_is_words(text):
    assert all(isinstance(word, str) for word in phrases(text))


def test_words_can_be_replaced_by_none():
    assert replaced(BASE.prompt, '"red ", ""').values[1] == "a boat on the sea"
    with pytest.raises(BadSetting, match="put in their place"):
        replaced(BASE.prompt, '"", boat')


@pytest.mark.parametrize(
    ("prompt", "text", "shown"),
    [
        ("a red boat on the sea", "boat, house", "boat, house"),
        ("a red house by a red sea", "red house, blue house", "red house, blue house"),
        ("a big boat", "big boat, boat", "big boat, boat"),
        ("a boat and a boat", "boat, house", "boat and a boat, house and a house"),
        ("two boats, at sea", "boat, house", '"boats,", "houses,"'),
        ("a boat\non  the sea", "boat, ship", "boat, ship"),
        ("a boat at sea", 'boat, "boat, red"', 'boat, "boat, red"'),
        ("", "boat, house", None),
    ],
)
def test_an_axis_of_prompts_is_shown_as_it_would_be_typed(prompt, text, shown):
    if shown is None:
        assert typed(Axis("prompt", ("", "a boat"))) == ""
        return
    found = replaced(prompt, text)
    assert replaced(prompt, typed(found)) == found
    assert typed(found) == shown


WORDS = st.sampled_from(["red", "boat", "a", "boats,", '"', "  ", "\n", "sea", ", "])
PROMPTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(PROMPTS, st.lists(PROMPTS, min_size=1, max_size=3), st.data())
def test_what_is_shown_of_prompts_gives_them_back(prompt, others, data):
    start = data.draw(st.integers(0, len(prompt) - 1))
    find = prompt[start : data.draw(st.integers(start + 1, len(prompt)))]
    found = replaced(prompt, phrased([find, *others]))
    if len(found.values) > 1:
        assert replaced(prompt, typed(found)) == found


def test_labels_of_prompts_leave_the_comma_behind_them_out():
    found = replaced("two boats, at sea", "boat, house")
    assert [value_label(found, k) for k in range(2)] == ["boats", "houses"]
    marks = Axis("prompt", ("a boat, at sea", "a boat. at sea"))
    assert [value_label(marks, k) for k in range(2)] == ["boat,", "boat."]
