"""Cells that coincide by definition, held against what the samplers really do."""

from dataclasses import replace
from itertools import combinations

import pytest
import torch

from engine.compare.coinciding import same_by_definition
from engine.menu import menu
from engine.noise import NoiseSource
from engine.recipe import Recipe
from engine.samplers import ALONG_SIGMA, Ask, Diffusion, initial, levels, sample

SHAPE = (2, 4, 4)
ALPHA_BAR = tuple(
    torch.cumprod(1 - torch.linspace(0.00085**0.5, 0.012**0.5, 1000).double() ** 2, 0).tolist()
)
DIFFUSION = Diffusion(ALPHA_BAR, offset=0)
"""The levels of Stable Diffusion, without what its checkpoints shift and cut short."""


def recipes(steps):
    """Every sampler on every schedule, with as little and as much eta as there is."""
    for name, one in menu().items():
        etas = (None,) if one.eta is None else (0.0, 0.5, 1.0)
        for schedule in one.schedules:
            for eta in etas:
                yield Recipe(prompt="a", sampler=name, schedule=schedule, steps=steps, eta=eta)


def made(recipe):
    """The latents of a recipe, by a made-up network that is neither linear nor blind to t."""
    source = NoiseSource(recipe.seed, SHAPE)
    grid = levels(recipe, DIFFUSION)
    x = initial(recipe, grid, source.draw().double())
    path = sample(recipe, grid, DIFFUSION, x, lambda: source.draw().double())
    said = next(path)
    try:
        while True:
            x = x if isinstance(said, Ask) else said.x
            answer = torch.tanh(said.x) * (1 + said.t / 500) if isinstance(said, Ask) else None
            said = path.send(answer)
    except StopIteration:
        return x


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_what_comes_out_the_same_is_the_same_by_definition(steps):
    everything = [(one, made(one)) for one in recipes(steps)]
    alike = [
        (a, b)
        for (a, x), (b, y) in combinations(everything, 2)
        if (x - y).abs().max() < 1e-6 * x.abs().max()
    ]
    assert [pair for pair in alike if not same_by_definition(*pair)] == []
    assert len(alike) >= {1: 700, 2: 100, 3: 20, 4: 6}[steps]


@pytest.mark.parametrize("steps", [1, 2, 3, 7])
def test_what_is_the_same_by_definition_comes_out_the_same(steps):
    """But for samplers along sigma, whose first x is a little weaker than the others'."""
    everything = [(one, made(one)) for one in recipes(steps)]
    for (a, x), (b, y) in combinations(everything, 2):
        if same_by_definition(a, b) and (a.sampler in ALONG_SIGMA) == (b.sampler in ALONG_SIGMA):
            assert (x - y).abs().max() < 1e-3 * x.abs().max(), (a, b)


def test_all_thousand_levels_are_the_same_whichever_way_they_are_spaced():
    one = Recipe(prompt="a", steps=1000)
    grids = {
        name: levels(replace(one, schedule=name), DIFFUSION).alpha_bar
        for name in ("leading", "trailing", "linspace")
    }
    assert len(set(grids.values())) == 1
    assert same_by_definition(one, replace(one, schedule="trailing"))


def test_prompts_that_are_read_alike_and_a_negative_prompt_without_guidance_make_no_difference():
    one = Recipe(prompt="a red  Boat", guidance=1.0)
    assert same_by_definition(one, replace(one, prompt="A red boat", negative_prompt="rain"))
    guided = replace(one, guidance=5.0)
    assert not same_by_definition(guided, replace(guided, negative_prompt="rain"))


@pytest.mark.parametrize(
    "changes",
    [{"seed": 1}, {"model": "x"}, {"steps": 21}, {"prompt": "b"}, {"guidance": 6.0}, {"eta": 0.5}],
    ids=str,
)
def test_everything_else_has_to_make_a_difference(changes):
    one = Recipe(prompt="a")
    assert not same_by_definition(one, replace(one, **changes))
