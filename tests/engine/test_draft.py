import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.menu import menu

SIZES = SizeRule(width=128, height=128, step=8, smallest=64, largest=1024)


def refusal(**settings):
    with pytest.raises(BadSetting) as caught:
        Draft(**settings).resolve(SIZES)
    return caught.value


def test_an_empty_draft_is_a_picture_by_the_usual_settings():
    (recipe,) = Draft(seed=5).resolve(SIZES)
    assert (recipe.prompt, recipe.sampler, recipe.steps, recipe.eta) == ("", "ddim", 20, 0.0)
    assert (recipe.width, recipe.height, recipe.schedule) == (128, 128, "leading")


def test_picture_k_has_the_seed_plus_k_and_seeds_wrap():
    recipes = Draft(seed=2**64 - 2, count=4).resolve(SIZES)
    assert [recipe.seed for recipe in recipes] == [2**64 - 2, 2**64 - 1, 0, 1]


def test_without_a_seed_one_is_drawn_by_chance():
    seeds = {Draft().resolve(SIZES)[0].seed for _ in range(20)}
    assert len(seeds) > 15
    assert all(0 <= seed < 2**32 for seed in seeds)


def test_eta_is_none_exactly_for_samplers_that_have_none():
    for name, entry in menu().items():
        (recipe,) = Draft(sampler=name).resolve(SIZES)
        assert (recipe.eta is None) == (entry.eta is None)


@pytest.mark.parametrize(
    ("field", "settings", "says"),
    [
        ("steps", {"steps": 0}, "1 to 1000"),
        ("steps", {"steps": 1001}, "1 to 1000"),
        ("eta", {"eta": 2.0}, "0 to 1"),
        ("eta", {"eta": math.nan}, "0 to 1"),
        ("eta", {"eta": 0.5, "sampler": "plms"}, "no eta"),
        ("eta", {"eta": 0.0, "sampler": "ddpm"}, "no eta"),
        ("sampler", {"sampler": "foo"}, "ddim, ddpm, ddpm_large, plms"),
        ("schedule", {"schedule": "karras"}, "leading"),
        ("guidance", {"guidance": 0.5}, "1 to 30"),
        ("guidance", {"guidance": math.inf}, "1 to 30"),
        ("seed", {"seed": -1}, "18446744073709551615"),
        ("seed", {"seed": 2**64}, "18446744073709551615"),
        ("width", {"width": 100}, "96 or 104"),
        ("height", {"height": 2000}, "nearest that works is 1024"),
        ("width", {"width": -8}, "nearest that works is 64"),
        ("count", {"count": 0}, "1 to 1000"),
        ("negative_prompt", {"negative_prompt": "rain", "guidance": 1.0}, "above 1"),
    ],
)
def test_a_setting_is_honoured_or_refused_with_what_is_accepted(field, settings, says):
    error = refusal(**settings)
    assert error.field == field
    assert says in str(error)


@given(st.integers(-(10**6), 10**6))
def test_the_nearest_sizes_that_are_named_do_work(size):
    try:
        assert SIZES.check("width", size) == size
    except BadSetting as error:
        named = error.message.rpartition(" is ")[2].rstrip(".").split(" or ")
        assert all(SIZES.check("width", int(name)) for name in named)


@given(
    steps=st.integers() | st.none(),
    eta=st.floats() | st.none(),
    guidance=st.floats(),
    seed=st.integers() | st.none(),
    sampler=st.sampled_from(list(menu())),
)
def test_every_draft_resolves_within_limits_or_is_refused(**settings):
    refused = None
    try:
        (recipe,) = Draft(**settings).resolve(SIZES)
    except BadSetting as error:
        refused = error.field
    else:
        assert 1 <= recipe.steps <= 1000
        assert recipe.eta is None or 0 <= recipe.eta <= 1
        assert 1 <= recipe.guidance <= 30
        assert 0 <= recipe.seed < 2**64
    assert refused is None or refused in settings
