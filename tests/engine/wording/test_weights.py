import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.wording.weights import LEAST_WEIGHT, MOST_WEIGHT, check_weights, parse

PARTS = [*"()[]{}|\\:.,+-019ab \n", "BREAK", "（", "：", "红"]
ANY = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
WORDS = st.text(alphabet=st.sampled_from("ab ,.红é}|{"), min_size=1, max_size=6)


def pieces(prompt):
    return [(piece.text, piece.weight) for piece in parse(prompt)]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        # What A1111's own documentation of its parser says of these.
        ("normal text", [("normal text", 1)]),
        ("an (important) word", [("an ", 1), ("important", 1.1), (" word", 1)]),
        ("(unbalanced", [("unbalanced", 1.1)]),
        (r"\(literal\]", [("(literal]", 1)]),
        ("(unnecessary)(parens)", [("unnecessaryparens", 1.1)]),
        (
            "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
            [
                ("a ", 1),
                ("house", 1.573),
                (" ", 1.1),
                ("on", 1),
                (" a ", 1.1),
                ("hill", 0.55),
                (", sun, ", 1.1),
                ("sky", 1.4641),
                (".", 1.1),
            ],
        ),
        # And what follows from its grammar.
        ("[a]", [("a", 0.909091)]),
        ("[[a", [("a", 0.826446)]),
        ("a) b] c:1.2)", [("a) b] c:1.2)", 1)]),
        ("(a [b) c]", [("a ", 1.1), ("b", 1), (" c", 0.909091)]),
        ("(a: +.5 )", [("a", 0.5)]),
        ("(a:b) (c:) (d:1.2.3)", [("a:b", 1.1), (" ", 1), ("c:", 1.1), (" ", 1), ("d:1.2.3", 1.1)]),
        ("[a:1.2]", [("a:1.2", 0.909091)]),
        ("(a:inf) (b:nan)", [("a:inf", 1.1), (" ", 1), ("b:nan", 1.1)]),
        ("(a:0)", [("a", 0)]),
        ("((a:2):2)", [("a", 4)]),
        (r"\\(a\\)", [("\\", 1), ("a\\", 1.1)]),
        (r"\{a\|b\}", [("{a|b}", 1)]),
        ("（a：1.2）【b】", [("（a：1.2）【b】", 1)]),
        (r"\o/ c:\temp", [(r"\o/ c:\temp", 1)]),
        ("()", []),
        ("", []),
    ],
)
def test_weights_are_read_as_a1111_reads_them(prompt, expected):
    assert pieces(prompt) == [(text, pytest.approx(weight)) for text, weight in expected]


def test_break_parts_sections_within_brackets_too_but_is_a_word_of_its_own():
    found = [(p.text.strip(), p.section) for p in parse("a BREAK b (BREAK c) BREAKFAST break")]
    assert [text for text, _ in found] == ["a", "b", "c", "BREAKFAST break"]
    assert [section for _, section in found] == [0, 1, 2, 2]


@given(ANY)
def test_every_piece_says_where_its_letters_are(prompt):
    for piece in parse(prompt):
        assert len(piece.ends) == len(piece.text) > 0
        assert [prompt[end - 1] for end in piece.ends] == list(piece.text)
        assert list(piece.ends) == sorted(set(piece.ends))
        assert 0 <= piece.start < piece.ends[0]
        assert piece.end <= len(prompt)
        assert prompt[piece.start] in {piece.text[0], "\\"}


@given(ANY | st.text(alphabet=st.characters()))
def test_nothing_typed_is_too_strange_and_weights_stay_in_bounds(prompt):
    found = parse(prompt)
    assert all(LEAST_WEIGHT <= piece.weight <= MOST_WEIGHT for piece in found)
    for before, after in pairwise(found):
        assert before.end <= after.start
        assert (before.weight, before.section) != (after.weight, after.section)


@given(st.text(alphabet=st.characters(exclude_characters="()[]\\:", codec="utf-8"), min_size=1))
def test_a_prompt_without_brackets_is_one_piece_of_weight_one(prompt):
    if "BREAK" not in prompt:
        assert pieces(prompt) == [(prompt, 1)]


# A prompt written from a tree, and what the tree says its weights are.

TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(
        st.sampled_from(["()", "[]"]) | st.integers(1, 30).map(lambda tenths: tenths / 10),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


def written(tree):
    if isinstance(tree, str):
        return "".join(f"\\{c}" if c in "{}|" else c for c in tree)
    kind, inside = tree
    content = "".join(map(written, inside))
    return f"({content}:{kind})" if isinstance(kind, float) else f"{kind[0]}{content}{kind[1]}"


def weighed(tree, weight=1.0):
    """Every letter of the tree with its weight."""
    if isinstance(tree, str):
        return [(letter, weight) for letter in tree]
    kind, inside = tree
    factor = {"()": 1.1, "[]": 1 / 1.1}.get(kind, kind)
    return [one for part in inside for one in weighed(part, weight * factor)]


@given(st.lists(TREES, max_size=5))
def test_what_is_written_in_brackets_is_read_back(trees):
    found = [(letter, p.weight) for p in parse("".join(map(written, trees))) for letter in p.text]
    expected = [one for tree in trees for one in weighed(tree)]
    assert found == [
        (letter, pytest.approx(min(weight, MOST_WEIGHT), rel=1e-4, abs=1e-5))
        for letter, weight in expected
    ]


# Bounds


@pytest.mark.parametrize(
    ("prompt", "says"),
    [
        ("(ratio 16:90)", "'ratio 16' is 90"),
        ("((a:4):4)", "'a' is 16"),
        ("(a:-1)", "'a' is -1"),
        ("(a:" + "9" * 400 + ")", "1e+06"),
        ("(" * 10_000 + "a", "1e+06"),
    ],
)
def test_weights_out_of_all_bounds_are_refused_in_one_sentence(prompt, says):
    for field in ("prompt", "negative_prompt"):
        with pytest.raises(BadSetting) as caught:
            check_weights(field, prompt)
        assert caught.value.field == field
        assert says in caught.value.message
        assert caught.value.advice


def test_a_long_weighted_text_is_shown_by_its_beginning():
    with pytest.raises(BadSetting) as caught:
        check_weights("prompt", f"({'very ' * 100}:99)")
    assert len(caught.value.message) < 120


def test_a_draft_with_such_a_weight_is_refused_and_any_other_goes_through_unchanged():
    with pytest.raises(BadSetting) as caught:
        Draft(negative_prompt="(a:11)").resolve(SizeRule())
    assert caught.value.field == "negative_prompt"
    (recipe,) = Draft(prompt="(a:1.2) [b] \\(c\\) BREAK d").resolve(SizeRule())
    assert recipe.prompt == "(a:1.2) [b] \\(c\\) BREAK d"


@given(st.floats(-20, 20).map(lambda weight: round(weight, 3)))
def test_a_weight_is_accepted_exactly_within_its_bounds(weight):
    refused = False
    try:
        check_weights("prompt", f"(a:{weight:.3f})")
    except BadSetting:
        refused = True
    assert refused == (not LEAST_WEIGHT <= weight <= MOST_WEIGHT)


@pytest.mark.parametrize("mark", ["(", "[", ")", ":", "\\", "(a:1.1", ": ", "BREAK ", "[(", ":1"])
def test_a_prompt_of_a_hundred_thousand_marks_is_read_at_once(mark):
    """In linear time, that is; a quadratic parser would take minutes."""
    found = parse(mark * (100_000 // len(mark)))
    assert all(math.isfinite(piece.weight) for piece in found)
