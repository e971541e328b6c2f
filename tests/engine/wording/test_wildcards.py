import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.axes import axis, plan
from engine.draft import Draft, SizeRule
from engine.wording.weights import parse
from engine.wording.wildcards import expand

ANY = st.text(alphabet=st.sampled_from([*"{}|\\()[]:1. ab", "红"]))
SEEDS = st.integers(0, 2**64 - 1)
SIZES = SizeRule()


def outcomes(prompt, seeds=300):
    return {expand(prompt, seed) for seed in range(seeds)}


def test_one_of_the_options_is_taken_and_every_one_comes_up():
    assert outcomes("a {red|green|dark blue} boat") == {
        "a red boat",
        "a green boat",
        "a dark blue boat",
    }


def test_options_come_up_about_equally_often():
    reds = sum(expand("{red|blue}", seed) == "red" for seed in range(2000))
    assert 900 < reds < 1100


def test_options_may_be_empty_and_hold_wildcards_and_weights():
    assert outcomes("a{| {(big:1.2)|small}} boat") == {"a boat", "a (big:1.2) boat", "a small boat"}
    assert outcomes("(a:1.{1|2})") == {"(a:1.1)", "(a:1.2)"}


def test_wildcards_choose_independently_of_each_other():
    assert len(outcomes("{a|b}{a|b}{a|b}")) == 8
    for seed in range(50):
        assert expand("{x|y|z} {a|b}", seed)[2:] == expand("{x|y} {a|b}", seed)[2:]


def test_both_prompts_choose_for_themselves():
    pairs = {(expand("{a|b}", s), expand("{a|b}", s, "negative_prompt")) for s in range(50)}
    assert len(pairs) == 4


def test_choices_are_the_same_on_every_machine_and_in_years_to_come():
    """Pictures could not be made again otherwise; so these are written down for ever."""
    assert [expand("{0|1|2|3|4|5|6|7|8|9}", seed) for seed in (0, 1, 2, 2**64 - 1)] == [
        "4",
        "9",
        "0",
        "7",
    ]


@pytest.mark.parametrize(
    "prompt",
    ["a {b} c", "{}", "{ {a} }", "}{", "a | b", "{a|b", "a|b}", r"\{a|b\}", r"{a\|b}", "｛a｜b｝"],
)
def test_what_is_no_wildcard_stays_as_it_is(prompt):
    assert outcomes(prompt, 5) == {prompt}


def test_braces_without_a_partner_do_not_hide_those_with_one():
    assert outcomes("{ a | {b|c}") == {"{ a | b", "{ a | c"}
    assert outcomes("} {b|c}") == {"} b", "} c"}


@given(st.text(alphabet=st.characters(exclude_characters="{}")), SEEDS)
def test_a_prompt_without_braces_is_never_changed(prompt, seed):
    assert expand(prompt, seed) == prompt


@given(ANY, SEEDS, SEEDS)
def test_expanding_once_more_changes_nothing(prompt, seed, other):
    """A recipe's prompt is resolved: taken from a picture into a draft it must stay what it is."""
    once = expand(prompt, seed)
    assert expand(once, other) == once
    assert len(once) <= len(prompt)


@given(st.lists(st.sampled_from([r"\{", r"\}", r"\|", "a"]), max_size=10), SEEDS)
def test_escaped_braces_reach_the_encoder_as_braces(parts, seed):
    prompt = "".join(parts)
    assert expand(prompt, seed) == prompt
    assert "".join(piece.text for piece in parse(prompt)) == prompt.replace("\\", "")


@pytest.mark.parametrize("prompt", ["{" * 50_000, "{a|" * 20_000, "{" * 5000 + "a|b" + "}" * 5000])
def test_no_depth_is_too_deep(prompt):
    assert len(expand(prompt, 1)) <= len(prompt)


# In drafts


def test_each_of_several_pictures_picks_its_own_and_the_recipe_holds_what_it_picked():
    draft = Draft(prompt="a {red|green|blue} boat", negative_prompt="{rain|fog}", seed=7, count=40)
    recipes = draft.resolve(SIZES)
    assert {r.prompt for r in recipes} == {"a red boat", "a green boat", "a blue boat"}
    assert {r.negative_prompt for r in recipes} == {"rain", "fog"}
    for recipe in recipes:
        (alone,) = Draft(
            prompt=draft.prompt, negative_prompt=draft.negative_prompt, seed=recipe.seed
        ).resolve(SIZES)
        assert alone == recipe


def test_cells_of_a_comparison_share_a_pick_where_they_share_a_seed():
    base = Draft(prompt="a {red|green|blue|white} boat")
    chosen = plan(
        base, [axis("sampler", "ddim,plms"), axis("seed", "1,2,3,4,5,6")], lambda _: SIZES
    )
    by_seed = {}
    for cell in chosen.cells:
        by_seed.setdefault(cell.recipe.seed, set()).add(cell.recipe.prompt)
    assert all(len(prompts) == 1 for prompts in by_seed.values())
    assert len(set.union(*by_seed.values())) > 1


def test_the_command_line_expands_them_and_refuses_weights_that_are_out_of_bounds(cli, tmp_path):
    usual = ("--seed", "3", "--steps", "1", "--json", "--out", str(tmp_path))
    status, out, err = cli("generate", "{red|green|blue} ({big|small}:1.2)", "--count", "4", *usual)
    assert status == 0, err
    prompts = [json.loads(line)["recipe"]["prompt"] for line in out.splitlines()]
    assert len(set(prompts)) > 1
    assert not set("{|}") & set("".join(prompts))
    status, _, err = cli("generate", "(a:{11|12})", *usual)
    assert status == 2
    assert "PROMPT: The weight of 'a' is 1" in err
