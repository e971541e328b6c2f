import json

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save

from engine.errors import PictureError
from engine.recipe import Recipe
from engine.trajectory import Trajectory, read_trajectory


def trajectory(steps=3):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(steps + 1, 4, 2, 2)).astype(np.float32)
    t = np.arange(steps, 0, -1).astype(np.float32)
    return Trajectory(Recipe(prompt="Häuser 🚤\n", seed=2**64 - 1), x, x[1:], t, x[1:])


def test_a_trajectory_comes_back_from_its_file(tmp_path):
    file = tmp_path / "a.safetensors"
    wanted = trajectory()
    file.write_bytes(wanted.to_bytes())
    found = read_trajectory(file)
    assert found.recipe == wanted.recipe
    for name in ("x", "x0", "t", "answers"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))


def test_any_safetensors_reader_can_open_it(tmp_path):
    file = tmp_path / "a.safetensors"
    file.write_bytes(trajectory().to_bytes())
    with safe_open(file, framework="numpy") as opened:
        assert set(opened.keys()) == {"x", "x0", "t", "answers"}
        assert json.loads(opened.metadata()["recipe"])["seed"] == 2**64 - 1
        assert opened.metadata()["space"] == "vp"


def test_its_arrays_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        trajectory().x[0] = 0


def test_parts_that_do_not_belong_together_are_a_known_error(tmp_path):
    rng = np.zeros((3, 4, 2, 2), np.float32)
    file = tmp_path / "a.safetensors"
    odd = Trajectory(Recipe(prompt=""), rng, rng, np.zeros(1, np.float32), rng)
    file.write_bytes(odd.to_bytes())
    with pytest.raises(PictureError):
        read_trajectory(file)


@pytest.mark.parametrize("recipe", ["5", "[]", "null", "not json", "{}"])
def test_a_recipe_of_another_kind_is_a_known_error(tmp_path, recipe):
    array = np.zeros((1, 1, 1, 1), np.float32)
    arrays = {"x": array, "x0": array[:0], "t": array[:0, 0, 0, 0], "answers": array}
    (tmp_path / "a.safetensors").write_bytes(save(arrays, {"recipe": recipe}))
    with pytest.raises(PictureError):
        read_trajectory(tmp_path / "a.safetensors")


@pytest.mark.parametrize("cut", [0, 5, 60, 200])
def test_a_file_cut_short_is_a_known_error(tmp_path, cut):
    file = tmp_path / "a.safetensors"
    file.write_bytes(trajectory().to_bytes()[:cut])
    with pytest.raises(PictureError):
        read_trajectory(file)
