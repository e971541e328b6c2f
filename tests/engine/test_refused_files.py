"""Single files that are no model, relatives of one, damaged, or without words: named, refused."""

import shutil
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.checkpoints import check, load
from engine.device import choose
from engine.errors import CheckpointError
from engine.library import SingleFile
from engine.library.single_file import plan_file
from tests.originals import FAMILIES, TINY, write_family

CPU = choose("cpu", "float32")


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Each family's folder and single file."""
    return {name: write_family(tmp_path_factory.mktemp(name), name) for name in FAMILIES}


def single(file):
    return SingleFile("file", "File", file.parent, file.name)


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


def test_without_a_vocabulary_on_this_machine_it_says_what_is_needed(copied, tmp_path, monkeypatch):
    weights, file = copied
    shutil.rmtree(tmp_path / "tokenizer")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nothing"))
    save_file(weights, file)
    with pytest.raises(CheckpointError) as caught:
        check(single(file))
    assert "vocabulary" in caught.value.message
    assert "merges.txt" in caught.value.advice
    assert "etascope models get openai/clip-vit-large-patch14." in caught.value.advice


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
