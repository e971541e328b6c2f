"""Networks that take guidance in, and those made for few steps: against diffusers' own pipeline."""

import json
import shutil
from dataclasses import replace

import pytest
import torch
from diffusers import LatentConsistencyModelPipeline, LCMScheduler, StableDiffusionPipeline
from safetensors.torch import load_file

from engine import lanes
from engine.checkpoints import check, load
from engine.commands import Destination, Job
from engine.device import choose
from engine.draft import Draft, Usual
from engine.errors import BadSetting
from engine.guidance import embedding
from engine.lanes import Lane
from engine.library import Checkpoint, SingleFile
from engine.library.catalogue import told_of
from engine.library.memory import Memory
from engine.library.usual import usual_of
from engine.menu import entry, menu
from tests.originals import TINY, Size, write_family
from tests.tiny import SCHEDULE

CPU = choose("cpu", "float32")
WIDTH = 32
CLOSE = {"atol": 2e-4, "rtol": 1e-3}


@pytest.fixture(scope="session")
def distilled(tmp_path_factory):
    """A latent consistency model at tiny size: its folder as its authors' have it, and its file."""
    tiny = TINY["sd1"]
    size = Size(tiny.unet | {"time_cond_proj_dim": WIDTH}, tiny.vae, tiny.text)
    folder, file = write_family(tmp_path_factory.mktemp("lcm"), "sd1", size)
    LCMScheduler(**SCHEDULE).save_pretrained(folder / "scheduler")
    index = folder / "model_index.json"
    told = json.loads(index.read_text()) | {
        "_class_name": "LatentConsistencyModelPipeline",
        "scheduler": ["diffusers", "LCMScheduler"],
    }
    index.write_text(json.dumps(told))
    single = SingleFile("file", "Dream", file.parent, file.name)
    return Checkpoint("folder", "Dream", folder), single


@pytest.fixture(scope="session")
def model(distilled):
    return load(distilled[0], CPU)


def pictures(model, recipes):
    """The last latents of recipes that run in lock-step, and the rows of each model call."""
    running = [Lane(Job(recipe, Destination()), model) for recipe in recipes]
    rows = []

    def denoise(x, t, told):
        rows.append(len(x))
        return model.denoise(x, t, told)

    while asking := [lane for lane in running if lane.ask]:
        for group in lanes.together(asking):
            for lane, answers in zip(group, lanes.answer(group, denoise), strict=True):
                lane.hand(answers)
    return [lane.latents for lane in running], rows


def asked(checkpoint, **settings):
    usual = {"prompt": "a boat", "sampler": "lcm", "seed": 7, "width": 64, "height": 72}
    return Draft(**usual | settings).resolve(checkpoint.sizes())[0]


@pytest.mark.parametrize("guidance", [1.0, 8.5])
@pytest.mark.parametrize("steps", [1, 4])
def test_the_latents_are_those_of_diffusers_own_pipeline(distilled, model, guidance, steps):
    recipe = asked(distilled[0], guidance=guidance, steps=steps)
    parts = StableDiffusionPipeline.from_pretrained(
        distilled[0].folder, use_safetensors=True, local_files_only=True
    ).components
    parts["scheduler"] = LCMScheduler(**SCHEDULE)
    pipeline = LatentConsistencyModelPipeline(**parts)
    pipeline.set_progress_bar_config(disable=True)
    lane = Lane(Job(recipe, Destination()), model)
    expected = pipeline(
        recipe.prompt,
        timesteps=[int(t) for t in lane.grid.t],
        guidance_scale=guidance,
        width=recipe.width,
        height=recipe.height,
        generator=torch.Generator().manual_seed(recipe.seed),
        output_type="latent",
    ).images
    (made,), rows = pictures(model, [recipe])
    torch.testing.assert_close(made, expected, **CLOSE)
    assert rows == [1] * steps, "guidance doubles no row"


def test_its_file_makes_the_same_pictures(distilled, model):
    recipe = asked(distilled[0], guidance=4.0)
    from_folder, _ = pictures(model, [recipe])
    from_file, _ = pictures(load(distilled[1], CPU), [recipe])
    assert torch.equal(from_folder[0], from_file[0])


def test_each_row_has_its_own_guidance_and_equal_ones_are_asked_once(distilled, model):
    recipe = asked(distilled[0], guidance=2.0)
    others = [recipe, replace(recipe, guidance=8.0), recipe]
    together, rows = pictures(model, others)
    assert rows == [2] * recipe.steps, "the third is the first"
    assert not torch.allclose(together[0], together[1], atol=1e-3)
    for one, made in zip(others, together, strict=True):
        (alone,), _ = pictures(model, [one])
        torch.testing.assert_close(made, alone, atol=1e-4, rtol=1e-4)


def test_a_negative_prompt_is_refused(distilled):
    with pytest.raises(BadSetting, match="built in"):
        asked(distilled[0], negative_prompt="rain")
    assert distilled[1].sizes().takes_guidance


def test_few_steps_are_usual_for_it_and_its_card_says_so(distilled):
    recipe = asked(distilled[0])
    assert (recipe.steps, recipe.schedule) == (4, "trailing")
    check(distilled[0])
    assert "1 to 8 steps" in told_of(distilled[0], Memory(10**12, 10**12)).advice


@pytest.mark.parametrize("width", [2, 7, 256])
def test_the_scales_become_the_waves_that_diffusers_has(width):
    scales = (1.0, 5.0, 8.5)
    theirs = LatentConsistencyModelPipeline.get_guidance_scale_embedding
    if width > 2:
        expected = theirs(None, torch.tensor(scales) - 1, width)
        torch.testing.assert_close(embedding(scales, width), expected, atol=2e-3, rtol=0)
    assert embedding(scales, width).shape == (3, width)
    assert embedding(scales, width)[0].tolist() == [0.0] * (width // 2) + [1.0] * (width // 2) + [
        0.0
    ] * (width % 2)


LCM, TURBO = {"_class_name": "LCMScheduler"}, {"timestep_spacing": "trailing"}


@pytest.mark.parametrize(
    ("name", "scheduler", "expected"),
    [
        ("sd-turbo", TURBO, (4, "trailing", 1.0)),
        ("SDXL_Lightning_8step", {}, (4, "trailing", 1.0)),
        ("merged", LCM, (4, "trailing", 1.0)),
        ("dreamshaper-8-lcm", {}, (4, "trailing", 1.0)),
        ("dreamXL_v21TurboDPMSDE", {}, (4, "trailing", 1.0)),
        ("dreamXL_turboDpmppSDE", {}, (4, "trailing", 1.0)),
        ("sd_xl_turbo_1.0_fp16", {}, (4, "trailing", 1.0)),
        ("turbocharged", {}, (None, "", None)),
        ("Turbovision", {}, (None, "", None)),
        ("realcm", {}, (None, "", None)),
        ("finetune", TURBO, (None, "trailing", None)),
        ("finetune", {"rescale_betas_zero_snr": True}, (None, "trailing", None)),
        ("plain", {"timestep_spacing": "leading"}, (None, "", None)),
        ("plain", {"use_karras_sigmas": True}, (None, "karras", None)),
        ("plain", {"use_karras_sigmas": False, "use_exponential_sigmas": None}, (None, "", None)),
        ("plain", {"use_karras_sigmas": True} | TURBO, (None, "trailing", None)),
    ],
)
def test_what_is_usual_is_told_by_settings_or_names(name, scheduler, expected):
    usual = usual_of({}, scheduler, name)
    assert (usual.steps, usual.schedule, usual.guidance) == expected
    assert bool(usual.advice) == (usual.steps is not None)


def test_what_is_usual_is_only_for_those_who_say_nothing(distilled):
    assert asked(distilled[0], steps=9, schedule="linspace").steps == 9
    assert Usual().steps_of(entry("ddpm")) == 100
    usual = Usual(4, "trailing")
    for sampler in menu().values():
        assert usual.steps_of(sampler) == 4
        assert usual.schedules_of(sampler)[0] == "trailing"
        assert sorted(usual.schedules_of(sampler)) == sorted(sampler.schedules)


def test_the_command_line_takes_the_models_own_guidance(cli, tiny_resources, tmp_path):
    folder = tmp_path / "tiny-turbo"
    shutil.copytree(tiny_resources / "starter", folder)
    given = ["generate", "a boat", "--model", str(folder), "--json", "--out"]
    status, out, err = cli(*given, str(tmp_path / "a.png"))
    assert (status, err) == (0, "")
    recipe = json.loads(out)["recipe"]
    assert (recipe["steps"], recipe["guidance"], recipe["schedule"]) == (4, 1.0, "trailing")
    status, out, _ = cli(*given, str(tmp_path / "b.png"), "--guidance", "3", "--steps", "2")
    recipe = json.loads(out)["recipe"]
    assert (recipe["steps"], recipe["guidance"]) == (2, 3.0)
    assert "guidance 1" in cli("models", "check", str(folder))[1]
    compared = cli("compare", "a boat", "--model", str(folder), "--sampler", "lcm,euler", "--json")
    *cells, _ = map(json.loads, compared[1].splitlines())
    assert [cell["recipe"]["guidance"] for cell in cells] == [1.0, 1.0]


def test_the_weight_that_takes_guidance_in_is_not_lost(distilled):
    file = load_file(distilled[1].place)
    assert "model.diffusion_model.time_embed.cond_proj.weight" in file
    assert distilled[1].plan().networks["unet"].config["time_cond_proj_dim"] == WIDTH


SPACED = {"timestep_spacing": "trailing", "interpolation_type": "linear", "clip_sample": False,
          "sample_max_value": 1.0, "skip_prk_steps": True, "trained_betas": None}  # fmt: skip


@pytest.mark.parametrize("steps", [1, 4])
@pytest.mark.parametrize(
    ("sampler", "kind"),
    [("euler", "EulerDiscreteScheduler"), ("euler_a", "EulerAncestralDiscreteScheduler")],
)
def test_a_turbo_folder_is_used_as_its_own_scheduler_says(tmp_path, sampler, kind, steps):
    """The scheduler's settings are those of SD-Turbo's and SDXL-Turbo's folders."""
    folder, _ = write_family(tmp_path, "sd1")
    place = folder.rename(tmp_path / "sd-turbo")
    settings = place / "scheduler" / "scheduler_config.json"
    told = {"_class_name": kind} | SCHEDULE | SPACED
    settings.write_text(json.dumps(told))
    index = json.loads((place / "model_index.json").read_text())
    (place / "model_index.json").write_text(
        json.dumps(index | {"scheduler": ["diffusers", kind], "image_encoder": [None, None]})
    )
    checkpoint = Checkpoint("turbo", "Turbo", place)
    recipe = asked(checkpoint, sampler=sampler, steps=steps, guidance=1.0)
    pipeline = StableDiffusionPipeline.from_pretrained(
        place, use_safetensors=True, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    expected = pipeline(
        recipe.prompt,
        num_inference_steps=steps,
        guidance_scale=0.0,
        width=recipe.width,
        height=recipe.height,
        generator=torch.Generator().manual_seed(recipe.seed),
        output_type="latent",
    ).images
    (made,), rows = pictures(load(checkpoint, CPU), [recipe])
    torch.testing.assert_close(made, expected, atol=2e-3, rtol=2e-3)
    assert rows == [1] * steps
