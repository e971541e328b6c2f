import dataclasses
import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.recipe import Environment, Picture, Recipe, recipe_from_dict

RECIPES = st.builds(
    Recipe,
    prompt=st.text(),
    negative_prompt=st.text(),
    steps=st.integers(1, 1000),
    eta=st.none() | st.floats(0, 1),
    guidance=st.floats(1, 30),
    seed=st.integers(0, 2**64 - 1),
)


@given(RECIPES)
def test_a_recipe_comes_back_from_json_exactly(recipe):
    assert recipe_from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe


def test_later_versions_may_add_keys():
    values = Recipe(prompt="a").to_dict() | {"regions": ["ink"]}
    assert recipe_from_dict(values) == Recipe(prompt="a")


def test_the_keys_are_those_of_the_command_line():
    keys = "prompt negative_prompt model sampler schedule steps eta guidance seed width height"
    assert list(Recipe(prompt="").to_dict()) == keys.split()


@given(st.sampled_from([f.name for f in dataclasses.fields(Recipe)]), st.data())
def test_a_value_of_the_wrong_kind_is_refused(name, data):
    none_at_all = [] if name in {"adapters", "embeddings"} else [[]]
    wrong = data.draw(st.sampled_from([*none_at_all, {}, True, object(), float("nan")]))
    with pytest.raises(ValueError, match=name):
        recipe_from_dict(Recipe(prompt="").to_dict() | {name: wrong})


def test_a_missing_value_is_refused():
    with pytest.raises(ValueError, match="seed"):
        recipe_from_dict({k: v for k, v in Recipe(prompt="").to_dict().items() if k != "seed"})


def test_a_pictures_pixels_cannot_be_changed():
    pixels = np.zeros((8, 8, 3), np.uint8)
    somewhere = Environment("cpu", "float32", "torch")
    picture = Picture(pixels, Recipe(prompt=""), datetime.now(UTC), somewhere, "")
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 1
