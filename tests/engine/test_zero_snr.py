"""Checkpoints whose noise levels end with noise alone, against diffusers' schedulers."""

import json
import shutil
from itertools import pairwise

import pytest
import torch
from diffusers import DDIMScheduler, EulerDiscreteScheduler, StableDiffusionPipeline
from safetensors.torch import load_file, save_file

from engine import lanes
from engine.checkpoints import check, load
from engine.commands import Destination, Job
from engine.device import choose
from engine.draft import Draft
from engine.errors import BadSetting, CheckpointError
from engine.lanes import Lane
from engine.library import Checkpoint, SingleFile
from engine.menu import menu
from engine.samplers.levels import to_nothing
from tests.originals import write_family

CPU = choose("cpu", "float32")
ENDLESS = {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """SD 2 at tiny size, which predicts v, with such levels: its folder and its file."""
    folder, file = write_family(tmp_path_factory.mktemp("endless"), "sd2")
    config = folder / "scheduler" / "scheduler_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | ENDLESS))
    tensors = load_file(file) | {"ztsnr": torch.zeros(1)}
    save_file(tensors, file, {"modelspec.prediction_type": "v"})
    return Checkpoint("folder", "Dark", folder), SingleFile("file", "Dark", file.parent, file.name)


@pytest.fixture(scope="session")
def model(written):
    return load(written[0], CPU)


def picture(model, recipe):
    lane = Lane(Job(recipe, Destination()), model)
    while lane.ask:
        (answers,) = lanes.answer([lane], model.denoise)
        lane.hand(answers)
    return lane.latents


def asked(checkpoint, **settings):
    usual = {"prompt": "a boat", "seed": 7, "width": 64, "height": 72, "steps": 4}
    return Draft(**usual | settings).resolve(checkpoint.sizes())[0]


@pytest.mark.parametrize("steps", [1, 4, 10])
@pytest.mark.parametrize(
    ("sampler", "kind"), [("ddim", DDIMScheduler), ("euler", EulerDiscreteScheduler)]
)
def test_the_latents_are_those_of_diffusers(written, model, sampler, kind, steps):
    recipe = asked(written[0], sampler=sampler, steps=steps)
    assert recipe.schedule == "trailing", "the first step sees the last level"
    pipeline = StableDiffusionPipeline.from_pretrained(
        written[0].folder, use_safetensors=True, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = kind.from_config(pipeline.scheduler.config)
    expected = pipeline(
        recipe.prompt,
        num_inference_steps=steps,
        guidance_scale=recipe.guidance,
        width=recipe.width,
        height=recipe.height,
        generator=torch.Generator().manual_seed(recipe.seed),
        output_type="latent",
    ).images
    made = picture(model, recipe)
    torch.testing.assert_close(made, expected, atol=3e-3, rtol=3e-3)


def test_the_levels_are_those_of_the_paper(model):
    levels = model.diffusion.alpha_bar
    theirs = DDIMScheduler(
        beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012,
        rescale_betas_zero_snr=True,
    ).alphas_cumprod  # fmt: skip
    torch.testing.assert_close(torch.tensor(levels), theirs, atol=1e-6, rtol=1e-4)
    assert levels[-1] == 2.0**-24
    assert all(one > after for one, after in pairwise(levels))


def test_any_levels_end_so_and_fall():
    made = to_nothing((0.9999, 0.5, 0.2, 0.1999, 0.1))
    assert made[0] == pytest.approx(0.9999)
    assert made[-1] == 2.0**-24
    assert all(one > after for one, after in pairwise(made))


@pytest.mark.parametrize("sampler", menu())
def test_every_sampler_makes_a_picture_from_noise_alone_or_says_it_cannot(written, model, sampler):
    for schedule in menu()[sampler].schedules:
        if sampler in {"plms", "heun"} and schedule != "leading":
            with pytest.raises(BadSetting, match="noise alone"):
                picture(model, asked(written[0], sampler=sampler, schedule=schedule))
            continue
        made = picture(model, asked(written[0], sampler=sampler, schedule=schedule))
        assert torch.isfinite(made).all()
        assert made.abs().max() < 100


def test_a_file_tells_it_by_a_weight_of_its_own(written, model):
    recipe = asked(written[1])
    assert recipe.schedule == "trailing"
    assert torch.equal(picture(load(written[1], CPU), recipe), picture(model, recipe))


def test_a_network_that_predicts_noise_is_refused(written, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(written[0].folder, folder)
    config = folder / "scheduler" / "scheduler_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"prediction_type": "epsilon"}))
    with pytest.raises(CheckpointError, match="zero terminal SNR"):
        check(Checkpoint("copy", "Copy", folder))
