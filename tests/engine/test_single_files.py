"""Both layouts of the three families against diffusers' own pipelines, and what they refuse."""

import shutil
from dataclasses import replace

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
from engine.errors import CheckpointError
from engine.lanes import Lane
from engine.library import Checkpoint, SingleFile, find
from engine.library.single_file import plan_file
from engine.recipe import Recipe
from tests.originals import FAMILIES, TINY, write_family, write_hollow

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


# What is refused


def refused(file):
    with pytest.raises(CheckpointError) as caught:
        check(single(file))
    assert caught.value.advice
    return caught.value.message


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["lora_unet_down_blocks_0.lora_down.weight", "lora_unet_down_blocks_0.alpha"], "LoRA"),
        (["unet.down_blocks.0.to_q.lora_A.weight"], "LoRA"),
        (["control_model.input_blocks.0.0.weight"], "ControlNet"),
        (["model.diffusion_model.joint_blocks.0.x.weight"], "Stable Diffusion 3"),
        (["model.diffusion_model.double_blocks.0.img_attn.x"], "Flux"),
        (["emb_params"], "embedding"),
        (["clip_l", "clip_g"], "embedding"),
        (["down_blocks.0.resnets.0.conv1.weight"], "one network"),
        (["encoder.conv_in.weight"], "VAE"),
        (["conditioner.embedders.0.model.ln_final.weight"], "refiner"),
        (["model.diffusion_model.out.2.weight"], "no text model"),
        (
            ["model.diffusion_model.x", "cond_stage_model.transformer.x", "first_stage_model.x"],
            "missing",
        ),
        (["anything"], "no model that is known"),
    ],
)
def test_what_is_no_model_is_named(tmp_path, names, word):
    file = tmp_path / "a.safetensors"
    save_file({name: torch.zeros(2, 2) for name in names}, file)
    assert word in refused(file)


@pytest.fixture
def copied(written, tmp_path):
    """SD 1's single file, its weights to be changed: save(weights) writes them."""
    file = written["sd1"][1]
    shutil.copytree(file.parent / "tokenizer", tmp_path / "tokenizer")
    return load_file(file), tmp_path / "copy.safetensors"


def test_a_model_for_inpainting_is_named(copied):
    weights, file = copied
    weights["model.diffusion_model.input_blocks.0.0.weight"] = torch.zeros(64, 9, 3, 3)
    save_file(weights, file)
    assert "inpainting" in refused(file)


def without(weights, *beginnings):
    return {name: one for name, one in weights.items() if not name.startswith(beginnings)}


def refiner(weights):
    words = "conditioner.embedders."
    return {name.replace(f"{words}1.", f"{words}0."): one for name, one in weights.items()
            if not name.startswith(f"{words}0.")}  # fmt: skip


def deeper_up(weights):
    """As in distilled models, whose way down was cut and their way up not."""
    first, second = (f".transformer_blocks.{k}." for k in (0, 1))
    return weights | {
        name.replace(first, second): one.clone()
        for name, one in weights.items()
        if "output_blocks" in name and first in name
    }


def marked(*names):
    return lambda weights: weights | {name: torch.ones(1) for name in names}


@pytest.mark.parametrize(
    ("family", "change", "word"),
    [
        ("sdxl", refiner, "refiner"),
        ("sd1", lambda weights: without(weights, "cond_stage_model."), "no text model"),
        ("sd1", lambda weights: without(weights, "first_stage_model."), "no VAE"),
        ("sdxl", marked("edm_mean", "edm_std"), "Playground"),
        ("sdxl", marked("edm_vpred.sigma_max"), "CosXL"),
        ("sd1", marked("scaled_fp8"), "scaled float8"),
        ("sd2", marked("model.diffusion_model.label_emb.0.0.weight"), "unCLIP"),
        ("sd1", deeper_up, "not as deep"),
    ],
)
def test_a_relative_of_a_model_is_named_and_not_taken_for_one(
    written, tmp_path, family, change, word
):
    shutil.copytree(written[family][1].parent / "tokenizer", tmp_path / "tokenizer")
    file = tmp_path / "relative.safetensors"
    save_file(change(load_file(written[family][1])), file)
    assert word in refused(file)


@pytest.mark.parametrize("layers", [23, 24])
def test_of_sd_2_s_text_model_23_layers_are_read_also_where_the_last_is_gone(tmp_path, layers):
    """Files that were turned back from diffusers' layout have only what it reads."""
    size = replace(TINY["sd2"], text=((64, 23),))
    _, file = write_family(tmp_path, "sd2", size)
    weights = load_file(file)
    gone = "cond_stage_model.model.transformer.resblocks.23."
    save_file(weights if layers == 24 else without(weights, gone), file)
    text = plan_file(file).networks["text_encoder"]
    assert text.config["num_hidden_layers"] == 23
    assert text.weights["encoder.layers.22.mlp.fc1.bias"].name.startswith(gone[:-3] + "22.")


@pytest.mark.parametrize(
    "name",
    [
        "model.diffusion_model.middle_block.1.proj_in.weight",
        "model.diffusion_model.time_embed.0.weight",
        "first_stage_model.decoder.mid.attn_1.q.weight",
        "cond_stage_model.transformer.text_model.final_layer_norm.bias",
        "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight",
    ],
)
@pytest.mark.parametrize("damage", ["gone", "of another shape"])
def test_a_weight_that_is_gone_or_of_another_shape_is_missed(copied, name, damage):
    weights, file = copied
    before = weights.pop(name)
    if damage != "gone":
        weights[name] = torch.zeros(7, *before.shape[1:])
    save_file(weights, file)
    refused(file)


def test_weights_that_are_not_numbers_are_found_at_load(copied):
    weights, file = copied
    weights["model.diffusion_model.out.2.bias"][0] = float("nan")
    save_file(weights, file)
    check(single(file))
    with pytest.raises(CheckpointError, match="not-a-number"):
        load(single(file), CPU)


def test_half_precision_files_load_in_any_precision(copied):
    weights, file = copied
    save_file({name: one.half() for name, one in weights.items()}, file)
    for dtype in ("float32", "bfloat16"):
        model = load(single(file), choose("cpu", dtype))
        assert torch.isfinite(ours(model, [recipe(steps=1)])[0]).all()


def test_without_a_vocabulary_on_this_machine_it_says_what_is_needed(copied, tmp_path, monkeypatch):
    weights, file = copied
    shutil.rmtree(tmp_path / "tokenizer")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nothing"))
    save_file(weights, file)
    with pytest.raises(CheckpointError) as caught:
        check(single(file))
    assert "vocabulary" in caught.value.message
    assert "merges.txt" in caught.value.advice


def test_the_vocabulary_of_another_program_s_download_will_do(
    copied, written, tmp_path, monkeypatch
):
    weights, file = copied
    (tmp_path / "tokenizer").rename(tmp_path / "moved")
    hub = tmp_path / "hub"
    place = hub / "models--a--b" / "snapshots" / "0" / "tokenizer"
    shutil.copytree(written["sd1"][0] / "tokenizer", place)  # with a tokenizer.json alone
    monkeypatch.setenv("HF_HUB_CACHE", str(hub))
    save_file(weights, file)
    check(single(file))
