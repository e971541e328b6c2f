import json
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import library
from engine.compare.axes import axis, plan
from engine.compare.cost import (
    FILE_NAME,
    Pace,
    cost,
    memory,
    model_calls,
    read_pace,
    rows,
    steps_for,
)
from engine.compare.stopwatch import Stopwatch
from engine.compare.words import value_label
from engine.draft import Draft, SizeRule
from engine.menu import menu
from engine.paths import RESOURCES
from engine.recipe import Recipe

SAMPLERS = st.sampled_from(sorted(menu()))


@given(SAMPLERS, st.integers(2, 500))
def test_equal_model_calls_are_as_many_steps_as_fit(name, calls):
    sampler = menu()[name]
    steps = steps_for(sampler, calls)
    assert sampler.model_calls(steps) <= calls < sampler.model_calls(steps + 1)


def test_a_sampler_takes_one_step_at_least():
    assert steps_for(menu()["plms"], 1) == 1


def test_with_equal_calls_heun_gets_half_the_steps():
    axes = [axis("sampler", "ddim, heun, plms"), axis("steps", "11, 21")]
    found = plan(Draft(seed=1), axes, lambda _: SizeRule(), equal="calls")
    assert [cell.recipe.steps for cell in found.cells] == [11, 21, 6, 11, 10, 20]
    assert {model_calls(cell.recipe) for cell in found.cells} == {11, 21}
    assert value_label(found.axes[1], 0) == "11 calls"


def test_a_cost_adds_up_and_its_seconds_are_those_measured():
    pace = Pace()
    recipes = [Recipe(prompt="a", steps=10), Recipe(prompt="a", sampler="heun", steps=10, eta=None)]
    assert cost(recipes, pace).seconds is None
    pace.note(recipes[0], 10, 2.0)
    found = cost(recipes, pace)
    assert (found.pictures, found.calls) == (2, 29)
    assert found.seconds == pytest.approx(29 * 0.2)


def test_another_size_is_reckoned_by_its_pixels_another_guidance_is_not():
    pace = Pace()
    pace.note(Recipe(prompt="a", steps=10), 10, 1.0)
    assert pace.seconds(Recipe(prompt="a", steps=10, width=256)) == pytest.approx(2.0)
    assert pace.seconds(Recipe(prompt="a", steps=10, guidance=1.0)) is None


def test_the_memory_is_that_of_the_latents_the_answers_and_the_picture():
    latents = 3 * 32 * 32 * 4  # the starter's: three channels, four pixels to a latent
    recipe = Recipe(prompt="a", steps=10)
    assert memory(recipe) == (2 * 11 + 10) * latents + 3 * 128 * 128
    heun = Recipe(prompt="a", steps=10, sampler="heun", eta=None)
    assert memory(heun) == (2 * 11 + 19) * latents + 3 * 128 * 128
    assert memory(Recipe(prompt="a", model="nobody/knows@it")) is None


def test_a_pace_is_there_again_after_a_restart(tmp_path):
    recipe = Recipe(prompt="a", steps=10)
    pace = Pace()
    pace.note(recipe, 10, 2.0)
    pace.write(tmp_path / "cache")
    assert read_pace(tmp_path / "cache").seconds(recipe) == pytest.approx(2.0)


@given(st.one_of(st.binary(), st.sampled_from([b'{"a": 1}', b'{"m guided 0": 1}', b"[1]"])))
def test_a_damaged_pace_is_as_none(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    (folder / FILE_NAME).write_bytes(data)
    assert read_pace(folder).seconds(Recipe(prompt="a")) is None


def test_a_network_that_was_taught_guidance_has_one_row_however_it_is_guided(tmp_path, monkeypatch):
    folder = tmp_path / "lcm"
    shutil.copytree(RESOURCES / "starter", folder)
    config = folder / "unet" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"time_cond_proj_dim": 32}))
    taught = (library.Checkpoint("taught-guidance", "Taught", folder),)
    monkeypatch.setattr(library, "checkpoints", lambda: taught)
    plain = Recipe(prompt="a", model=taught[0].id, sampler="lcm", eta=None, guidance=1.0)
    guided = replace(plain, guidance=7.0)
    assert (rows(plain), rows(guided)) == (1, 1)
    assert (rows(Recipe(prompt="a", guidance=1.0)), rows(Recipe(prompt="a"))) == (1, 2)
    pace = Pace()
    pace.note(plain, 10, 1.0)
    assert pace.seconds(guided) == pytest.approx(0.1 * guided.steps)
    watch = Stopwatch(pace)
    for number, one in enumerate((plain, guided)):
        watch.began(str(number), one, 0.0)
    for call in range(1, 12):
        for number in range(2):
            watch.asked(str(number), call, float(call))
    for number in range(2):
        watch.ended(str(number), 11.0)
    assert pace.a_call(plain) == pace.a_call(guided)
