"""What a picture lays over its model counts into the memory budget."""

from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file

from engine.checkpoints import load
from engine.device import choose
from engine.library.added import added_bytes
from engine.library.budget import OverBudget
from engine.library.extras import VAE, at
from engine.recipe import Adapter, Recipe
from tests.adapters import put


@pytest.fixture
def recipe():
    """Two LoRAs of 96 and 60 numbers, and a VAE of 50."""
    adapters = []
    for rank in (8, 5):
        halves = {"a.weight": torch.ones(rank, 4), "b.weight": torch.ones(8, rank)}
        one = at(put("loras", f"rank {rank}", halves))
        adapters.append(Adapter(one.name, one.sha256, 0.5))
    vae = at(put("vae", "V", {"w": torch.ones(50)}))
    return Recipe(prompt="", width=64, height=64, adapters=tuple(adapters), vae=vae)


@pytest.mark.parametrize("each", [2, 4])
def test_loras_count_by_their_ranks_and_a_vae_in_float32(recipe, each):
    assert added_bytes(recipe, each) == each * (8 + 5) * (4 + 8) + 4 * 50
    assert added_bytes(Recipe(prompt=""), each) == 0


def test_a_vae_in_a_folder_counts_once_however_many_variants_lie_there(recipe):
    folder = VAE.place / "Two"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    for name, dtype in (("model", torch.float32), ("model.fp16", torch.float16)):
        save_file({"w": torch.ones(70, dtype=dtype)}, folder / f"{name}.safetensors")
    assert added_bytes(replace(recipe, adapters=(), vae=at(folder)), 2) == 4 * 70


def test_a_picture_that_fits_alone_may_not_with_what_is_laid_over_it(tiny_starter, recipe):
    free = load(tiny_starter, choose("cpu", "float32")).budget
    needed = free.needed(64, 64)
    for room, fits in ((added_bytes(recipe, 4), True), (added_bytes(recipe, 4) - 1, False)):
        model = load(tiny_starter, choose("cpu", "float32", needed + room))
        model.check(Recipe(prompt="", width=64, height=64))
        if fits:
            model.check(recipe)
        else:
            with pytest.raises(OverBudget):
                model.check(recipe)


@pytest.mark.parametrize("each", [2, 4])
def test_the_parts_of_lohas_and_lokrs_are_kept_in_float32(each):
    parts = {
        "lora_unet_x.hada_w1_a": torch.ones(8, 4),
        "lora_unet_y.lokr_w2_b": torch.ones(5, 2),
        "lora_unet_z.lora_down.weight": torch.ones(2, 3),
    }
    one = at(put("loras", "mixed", parts))
    wanted = Recipe(prompt="", adapters=(Adapter(one.name, one.sha256, 1.0),))
    assert added_bytes(wanted, each) == 4 * (8 * 4 + 5 * 2) + each * 2 * 3
