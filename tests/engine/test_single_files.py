"""Both layouts of the three families against diffusers' own pipelines."""

import shutil

import pytest
import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline, UNet2DConditionModel
from diffusers.loaders import single_file_utils as conversion
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel

from engine import lanes
from engine.checkpoints import check, load
from engine.checkpoints.probe import predicts
from engine.commands import Destination, Job
from engine.device import choose
from engine.lanes import Lane
from engine.library import Checkpoint, SingleFile, find
from engine.library.single_file import plan_file
from engine.recipe import Recipe
from tests.originals import FAMILIES, write_family, write_hollow

CPU = choose("cpu", "float32")
KINDS = {"sd1": "SD 1", "sd2": "SD 2", "sdxl": "SDXL"}


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Each family's folder and single file."""
    return {name: write_family(tmp_path_factory.mktemp(name), name) for name in FAMILIES}


def single(file):
    return SingleFile("file", "File", file.parent, file.name)


@pytest.fixture(scope="session")
def models(written):
    """Each family, loaded from its folder and from its single file."""
    return {
        family: (load(Checkpoint("folder", family, folder), CPU), load(single(file), CPU))
        for family, (folder, file) in written.items()
    }


@pytest.fixture(scope="session")
def pipelines(written):
    """Each family's own pipeline in diffusers."""
    made = {}
    for family, (folder, _) in written.items():
        kind = StableDiffusionXLPipeline if family == "sdxl" else StableDiffusionPipeline
        made[family] = kind.from_pretrained(folder, use_safetensors=True, local_files_only=True)
        made[family].set_progress_bar_config(disable=True)
    return made


def ours(model, recipes):
    """The last latents of recipes that run in lock-step."""
    running = [Lane(Job(recipe, Destination()), model) for recipe in recipes]
    while asking := [lane for lane in running if lane.ask]:
        for group in lanes.together(asking):
            answers = lanes.answer(group, model.denoise)
            for lane, rows in zip(group, answers, strict=True):
                lane.hand(rows)
    return [lane.latents for lane in running]


def recipe(prompt="a boat", **settings):
    usual = {"steps": 4, "guidance": 5.0, "width": 64, "height": 48, "seed": 7}
    return Recipe(prompt=prompt, **usual | settings)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("negative", "guidance"), [("", 5.0), ("rain", 7.5), ("", 1.0)])
def test_the_latents_are_those_of_diffusers_own_pipeline(
    pipelines, models, family, negative, guidance
):
    wanted = recipe("a boat on the sea", negative_prompt=negative, guidance=guidance)
    expected = pipelines[family](
        wanted.prompt,
        negative_prompt=negative or None,
        num_inference_steps=wanted.steps,
        guidance_scale=guidance,
        width=wanted.width,
        height=wanted.height,
        generator=torch.Generator().manual_seed(wanted.seed),
        output_type="latent",
    ).images
    for model in models[family]:
        (made,) = ours(model, [wanted])
        torch.testing.assert_close(made, expected, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("family", FAMILIES)
def test_both_layouts_decode_to_the_same_picture(models, family):
    latents = torch.randn((1, 4, 8, 8), generator=torch.Generator().manual_seed(1))
    first, second = (model.decoder.decode(latents) for model in models[family])
    assert (first == second).all()


def test_pictures_of_sdxl_do_not_depend_on_their_neighbours(models):
    """Sizes, sums of words and negative prompts travel with their rows."""
    model = models["sdxl"][1]
    wanted = [
        recipe("a boat"),
        recipe("the moon", seed=8, negative_prompt="rain"),
        recipe("the moon", seed=9, width=48, height=64),
        recipe("a house, " * 30, seed=10),
        recipe("", seed=11, guidance=1.0),
    ]
    for alone, together in zip(
        [ours(model, [one])[0] for one in wanted], ours(model, wanted), strict=True
    ):
        torch.testing.assert_close(together, alone, atol=1e-4, rtol=1e-4)


def test_equal_questions_to_sdxl_are_asked_once(models):
    asked = []
    model = models["sdxl"][0]
    wanted = [Lane(Job(recipe(eta=eta), Destination()), model) for eta in (0.0, 0.5, 1.0)]
    lanes.answer(wanted, lambda x, t, told: (asked.append(len(x)), model.denoise(x, t, told))[1])
    assert asked == [2]


def parts(file, prefix):
    weights = load_file(file)
    return {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}


@pytest.mark.parametrize("family", FAMILIES)
def test_weights_are_named_as_diffusers_own_conversion_names_them(written, family):
    file = written[family][1]
    networks = plan_file(file).networks
    whole = load_file(file)
    theirs = {
        "unet": conversion.convert_ldm_unet_checkpoint(dict(whole), networks["unet"].config),
        "vae": conversion.convert_ldm_vae_checkpoint(dict(whole), networks["vae"].config),
    }
    for name, converted in theirs.items():
        assert set(networks[name].weights) == set(converted)
    for name, converted in theirs.items():
        for key, tensor in converted.items():
            stored = whole[networks[name].weights[key].name]
            assert torch.equal(stored.reshape(tensor.shape), tensor)


def test_open_clip_s_weights_are_taken_apart_as_diffusers_does_it(written):
    file = written["sd2"][1]
    model = load(single(file), CPU).prompts._layers.network
    theirs = conversion.convert_open_clip_checkpoint(model, load_file(file))
    own = model.state_dict()
    for name, tensor in theirs.items():
        if name.removeprefix("text_model.") in own:
            assert torch.equal(own[name.removeprefix("text_model.")], tensor)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_configuration_is_read_off_the_shapes(written, family):
    folder, file = written[family]
    plan = plan_file(file)
    assert plan.family == KINDS[family]
    unet = UNet2DConditionModel.from_pretrained(folder / "unet")
    for name, value in plan.networks["unet"].config.items():
        if name != "sample_size":
            expected = unet.config[name]
            same = expected == (tuple(value) if isinstance(expected, tuple) else value)
            assert same or set(value) == {expected}, name
    text = CLIPTextModel.from_pretrained(folder / "text_encoder").config
    for name, value in plan.networks["text_encoder"].config.items():
        assert getattr(text, name) == value, name


@pytest.mark.parametrize(
    ("family", "millions", "side", "heads"),
    [("sd1", 1066, 512, 8), ("sd2", 1290, 768, [5, 10, 20, 20]), ("sdxl", 3469, 1024, [5, 10, 20])],
)
def test_files_of_the_real_size_are_understood_from_their_headers(
    tmp_path, family, millions, side, heads
):
    checkpoint = single(write_hollow(tmp_path, family))
    plan = check(checkpoint)
    assert plan.family == KINDS[family]
    assert plan.networks["unet"].config["attention_head_dim"] == heads
    assert round(sum(network.count for network in plan.networks.values()) / 1e6) == millions
    assert checkpoint.sizes().width == side


# What SD 2 predicts


@pytest.fixture
def silent(written, tmp_path):
    """SD 2's single file without any note of what it predicts."""
    file = tmp_path / "silent.safetensors"
    save_file(load_file(written["sd2"][1]), file)
    shutil.copytree(written["sd2"][1].parent / "tokenizer", tmp_path / "tokenizer")
    return file


def prediction(file):
    plan = plan_file(file)
    return None if plan.ask_prediction else plan.scheduler["prediction_type"]


def test_what_is_predicted_is_told_by_notes_a_mark_or_the_yaml_beside(silent):
    assert prediction(silent) is None
    silent.with_suffix(".yaml").write_text('model:\n  params:\n    parameterization: "v"\n')
    assert prediction(silent) == "v_prediction"
    silent.with_suffix(".yaml").write_text("model:\n  params: {}\n")
    assert prediction(silent) == "epsilon"
    weights = load_file(silent)
    save_file(weights | {"v_pred": torch.ones(1)}, silent)
    assert prediction(silent) == "v_prediction"
    save_file(weights, silent, {"modelspec.prediction_type": "epsilon"})
    assert prediction(silent) == "epsilon"


def test_a_network_that_nobody_tells_of_is_asked(silent):
    starter = load(find("starter"), CPU)  # it predicts the noise, and has learnt to
    channels, words = starter.decoder.channels, starter.encode("")
    assert predicts(starter.denoise, channels, words, 999) == "epsilon"
    a = starter.diffusion.alpha_bar[999]

    def of_v(x, t, told):
        return (starter.denoise(x, t, told) - (1 - a) ** 0.5 * x) / a**0.5

    assert predicts(of_v, channels, words, 999) == "v_prediction"
    assert load(single(silent), CPU).diffusion.prediction == "v_prediction"


def test_half_precision_files_load_in_any_precision(written, tmp_path):
    file = tmp_path / "half.safetensors"
    save_file({name: one.half() for name, one in load_file(written["sd1"][1]).items()}, file)
    shutil.copytree(written["sd1"][1].parent / "tokenizer", tmp_path / "tokenizer")
    for dtype in ("float32", "bfloat16"):
        model = load(single(file), choose("cpu", dtype))
        assert torch.isfinite(ours(model, [recipe(steps=1)])[0]).all()
