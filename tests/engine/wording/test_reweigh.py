import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.wording.reweigh import reweigh
from engine.wording.weights import LEAST_WEIGHT, MOST_WEIGHT, parse

ANY = st.text(alphabet=st.sampled_from([*"()[]{}|\\:.,12 ab红"]), max_size=25)
PLAIN = st.text(alphabet=st.sampled_from("ab 红é,."), max_size=20)
PLACES = st.tuples(st.integers(0, 25), st.integers(0, 25))
STEPS = st.sampled_from([0.1, -0.1])


def words(text):
    return "".join(piece.text for piece in parse(text))


def at(marked):
    """Return a text and its selection, written between two bars (or one, for a cursor)."""
    start, end = marked.index("|"), marked.rindex("|")
    return marked.replace("|", ""), start, end - (start != end)


def after(marked, by=0.1):
    text, start, end = reweigh(*at(marked), by)
    return f"{text[:start]}|{text[start:end]}|{text[end:]}"


@pytest.mark.parametrize(
    ("marked", "up", "down"),
    [
        ("a |red| boat", "a (|red|:1.1) boat", "a (|red|:0.9) boat"),
        ("a |red |boat", "a (|red|:1.1) boat", "a (|red|:0.9) boat"),
        ("a r|ed boat", "a (|red|:1.1) boat", "a (|red|:0.9) boat"),
        ("a red| boat", "a (|red|:1.1) boat", "a (|red|:0.9) boat"),
        ("a |red boat|", "a (|red boat|:1.1)", "a (|red boat|:0.9)"),
        ("a (|red|:1.1) boat", "a (|red|:1.2) boat", "a |red| boat"),
        ("a (r|ed boat:1.1)", "a (|red boat|:1.2)", "a |red boat|"),
        ("a |(red:1.1)| boat", "a (|red|:1.2) boat", "a |red| boat"),
        ("a (|red|) boat", "a (|red|:1.2) boat", "a |red| boat"),
        ("a [|red|] boat", "a |red| boat", "a (|red|:0.8) boat"),
        ("(a (r|ed) boat)", "(a (|red|:1.2) boat)", "(a |red| boat)"),
        ("(a |red| boat)", "(a (|red|:1.1) boat)", "(a (|red|:0.9) boat)"),
        ("a (|red|:1.25) boat", "a (|red|:1.35) boat", "a (|red|:1.15) boat"),
        ("{r|ed}", "{(|red|:1.1)}", "{(|red|:0.9)}"),
        ("红色|的帆船，夕阳", "(|红色的帆船|:1.1)，夕阳", "(|红色的帆船|:0.9)，夕阳"),
        (r"a \(|red\) boat", r"a (|\(red\)|:1.1) boat", r"a (|\(red\)|:0.9) boat"),
    ],
)
def test_words_become_stronger_and_weaker_by_a_tenth(marked, up, down):
    assert after(marked) == up
    assert after(marked, -0.1) == down


@pytest.mark.parametrize(
    "marked", ["|", "a | b", "|  |", "|a) b|", "|a (b| c)", r"\|red|", "a, | "]
)
def test_where_there_is_nothing_to_weigh_all_stays(marked):
    text, start, end = at(marked)
    assert reweigh(text, start, end).text == text


def test_options_of_a_wildcard_are_never_joined():
    assert reweigh("{red|green}", 1, 10).text == "{red|green}"
    assert reweigh("{red|green}", 0, 11).text == "({red|green}:1.1)"


@given(PLAIN, PLACES, st.integers(1, 20))
def test_k_steps_up_are_k_tenths_and_as_many_down_bring_the_text_back(text, places, steps):
    first = chosen = reweigh(text, *places)
    for _ in range(steps - 1):
        chosen = reweigh(*chosen)
    if first.text == text:  # nothing was under the cursor
        return
    assert chosen.text[chosen.start : chosen.end] == first.text[first.start : first.end]
    (weight,) = {piece.weight for piece in parse(chosen.text) if piece.start == chosen.start}
    assert weight == pytest.approx(1 + steps / 10)
    for _ in range(steps):
        chosen = reweigh(*chosen, -0.1)
    assert chosen.text == text


@given(ANY, PLACES, STEPS)
def test_the_words_never_change_and_weights_stay_in_bounds(text, places, by):
    changed = reweigh(text, *places, by)
    assert words(changed.text) == words(text)
    assert 0 <= changed.start <= changed.end <= len(changed.text)
    assert all(LEAST_WEIGHT <= piece.weight <= MOST_WEIGHT for piece in parse(changed.text))


@given(ANY, PLACES)
def test_outside_of_the_selection_no_weight_changes(text, places):
    changed = reweigh(text, *places)
    before = [(p.weight, end) for p in parse(text) for end in p.ends]
    now = [
        (p.weight, changed.start < end <= changed.end)
        for p in parse(changed.text)
        for end in p.ends
    ]
    for (old, _), (new, inside) in zip(before, now, strict=True):
        assert inside or old == new


def test_it_stops_at_the_bounds():
    chosen = reweigh("a", 0, 1)
    for _ in range(150):
        chosen = reweigh(*chosen)
    assert chosen.text == "(a:10)"
    for _ in range(150):
        chosen = reweigh(*chosen, -0.1)
    assert chosen.text == "(a:0)"
