"""Parts that do not go together, settings that ask for other noise: told when a model is loaded."""

import json
import shutil

import pytest
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from engine.checkpoints import check, load
from engine.device import choose
from engine.errors import CheckpointError
from engine.library import Checkpoint, SingleFile, find
from engine.library.catalogue import told_of
from engine.library.folders import Folders
from engine.library.layouts import CHECKPOINTS
from engine.library.memory import Memory
from engine.library.vocabulary import read_vocabulary
from engine.paths import current_paths

ROOM = Memory(10**12, 10**12)


@pytest.fixture
def copied(families, tmp_path):
    """A copy of a family's folder, to be put together wrongly."""

    def copy(family="sd1"):
        return shutil.copytree(families(family)[0], tmp_path / "model")

    return copy


def change(file, **values):
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def refused(folder):
    """Why a folder is refused: the same when it is looked over and when it is loaded."""
    checkpoint = Checkpoint("id", "Mixed", folder)
    told = []
    for deed in (lambda: check(checkpoint), lambda: load(checkpoint, choose("cpu", "float32"))):
        with pytest.raises(CheckpointError) as caught:
            deed()
        told.append((caught.value.message, caught.value.advice))
    assert told[0] == told[1]
    assert "again" not in told[0][1], "the same files would be refused again"
    return told[0][0]


def test_a_vae_of_another_family_is_told(copied):
    folder = copied()
    AutoencoderKL(
        block_out_channels=(32, 32, 64),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        latent_channels=16,
    ).save_pretrained(folder / "vae")
    assert "latents of 16 channels, and its UNet takes 4" in refused(folder)


def test_a_text_encoder_of_another_family_is_told(copied):
    folder = copied()
    config = CLIPTextConfig.from_pretrained(folder / "text_encoder")
    config.hidden_size, config.intermediate_size, config.num_attention_heads = 128, 256, 2
    CLIPTextModel(config).save_pretrained(folder / "text_encoder")
    assert "answer with 128 numbers, and its UNet reads 64" in refused(folder)


def test_a_text_encoder_of_short_prompts_is_told(copied):
    folder = copied()
    file = folder / "text_encoder" / "model.safetensors"
    weights = load_file(file)
    name = next(name for name in weights if "position_embedding" in name)
    save_file(weights | {name: weights[name][:40].contiguous()}, file)
    change(folder / "text_encoder" / "config.json", max_position_embeddings=40)
    assert "reads 40 tokens, not 77" in refused(folder)


def test_sums_of_words_of_another_width_are_told(copied):
    folder = copied("sdxl")
    config = dict(UNet2DConditionModel.load_config(folder / "unet"))
    config["projection_class_embeddings_input_dim"] += 64
    UNet2DConditionModel.from_config(config).save_pretrained(folder / "unet")
    assert "in 1664 numbers, and reads 1728" in refused(folder)


def apart(folder):
    """Give a folder its vocabulary in files of the older kind; return where they are."""
    place = folder / "tokenizer"
    shutil.rmtree(place)
    shutil.copytree(folder.parent / "words", place)
    return place


def test_a_vocabulary_of_more_words_than_the_encoder_knows_is_told(copied, families):
    folder = copied()
    shutil.copytree(families("sd1")[0].parent / "words", folder.parent / "words")
    words = apart(folder) / "vocab.json"
    table = json.loads(words.read_text())
    words.write_text(json.dumps(table | {"boat</w>": len(table)}))
    assert "words beyond the 514" in refused(folder)


@pytest.mark.parametrize(
    ("newer", "older", "expected"),
    [
        ({"pad_token": "<|endoftext|>"}, {"pad_token": "!"}, "!"),
        ({"pad_token": "<|endoftext|>"}, {"pad_token": {"content": "!", "lstrip": False}}, "!"),
        ({"pad_token": "!"}, {}, "!"),
        ({}, {"pad_token": "!"}, "!"),
        ({"pad_token": "!", "added_tokens_decoder": {}}, {"pad_token": "<|endoftext|>"}, "!"),
    ],
)
def test_prompts_are_filled_up_as_transformers_fills_them_up(
    copied, families, newer, older, expected
):
    """SD 2.1's own folder says one thing in one file and another in the other."""
    folder = copied()
    shutil.copytree(families("sd1")[0].parent / "words", folder.parent / "words")
    place = apart(folder)
    settings = place / "tokenizer_config.json"
    told = json.loads(settings.read_text())
    del told["pad_token"]
    settings.write_text(json.dumps(told | newer))
    (place / "special_tokens_map.json").write_text(json.dumps(older))
    assert CLIPTokenizer.from_pretrained(place).pad_token == expected
    assert read_vocabulary(place).special["pad_token"] == expected


# Noise of another kind


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"use_flow_sigmas": True}, "use_flow_sigmas"),
        ({"sigma_max": 120.0, "sigma_min": 0.002}, "sigma_min"),
        ({"timestep_type": "continuous"}, "timestep_type"),
        ({"snr_shift_scale": 3.0}, "snr_shift_scale"),
        ({"thresholding": True}, "thresholding"),
        ({"prediction_type": "flow_prediction"}, "flow_prediction"),
        ({"beta_schedule": "sigmoid"}, "'sigmoid' is not supported"),
    ],
)
def test_a_scheduler_that_wants_other_noise_is_refused(copied, settings, words):
    folder = copied()
    change(folder / "scheduler" / "scheduler_config.json", **settings)
    assert words in refused(folder)


@pytest.mark.parametrize(
    "kind", ["EDMEulerScheduler", "IPNDMScheduler", "FlowMatchEulerDiscreteScheduler"]
)
def test_a_scheduler_of_another_kind_of_noise_is_named(copied, kind):
    folder = copied()
    change(folder / "model_index.json", scheduler=["diffusers", kind])
    assert f"its {kind} is for noise of another kind" in refused(folder)


@pytest.mark.parametrize(
    "settings",
    [
        {"num_train_timesteps": "1000"},
        {"trained_betas": "x"},
        {"trained_betas": [0.1, None]},
        {"beta_end": 2.0},
        {"beta_start": [1]},
    ],
)
def test_levels_that_make_no_sense_are_said_in_our_words(copied, settings):
    folder = copied()
    change(folder / "scheduler" / "scheduler_config.json", **settings)
    with pytest.raises(CheckpointError, match="noise levels make no sense"):
        check(Checkpoint("id", "Odd", folder))


@pytest.mark.parametrize("offset", ["1", None, -7, 5000, True, 0.5])
def test_an_offset_that_makes_no_sense_is_refused(copied, offset):
    folder = copied("sdxl")
    change(folder / "scheduler" / "scheduler_config.json", steps_offset=offset)
    with pytest.raises(CheckpointError, match="steps_offset of"):
        check(Checkpoint("id", "Odd", folder))


def test_what_is_never_loaded_may_be_of_todays_classes(copied):
    folder = copied()
    change(
        folder / "model_index.json",
        feature_extractor=["transformers", "CLIPImageProcessorPil"],
        scheduler=["diffusers", "DDIMParallelScheduler"],
    )
    check(Checkpoint("id", "Today's", folder))


@pytest.mark.parametrize("side", [0, -8, [0, 8], [8, -1]])
def test_sizes_below_one_are_refused(copied, side):
    folder = copied()
    change(folder / "unet" / "config.json", sample_size=side)
    with pytest.raises(CheckpointError, match="lacks the sizes"):
        Checkpoint("id", "Odd", folder).sizes()


# Single files


def single(weights, families, tmp_path):
    shutil.copytree(families("sd1")[1].parent / "tokenizer", tmp_path / "tokenizer")
    file = tmp_path / "odd.safetensors"
    save_file(weights, file)
    return SingleFile("file", "Odd", file.parent, file.name)


def flat(weights):
    return {name: one for name, one in weights.items() if "transformer_blocks" not in name}


def endless(weights):
    block = "first_stage_model.encoder.down.{}.block.0.conv1.weight"
    return weights | {block.format(k): torch.zeros(8, 8, 1, 1) for k in range(1100)}


@pytest.mark.parametrize("change", [flat, endless])
def test_networks_of_no_shape_that_is_known_spoil_no_list(families, tmp_path, change):
    file = single(change(load_file(families("sd1")[1])), families, tmp_path)
    assert "some weights of SD 1 are missing" in told_of(file, ROOM).problem


@pytest.mark.parametrize("mark", ["comfy_quant", "weight_scale", "scale_weight", "input_scale"])
def test_weights_that_count_by_scales_beside_them_are_refused(families, tmp_path, mark):
    name = "model.diffusion_model.input_blocks.1.1.proj_in"
    weights = load_file(families("sd1")[1]) | {f"{name}.{mark}": torch.ones(1)}
    with pytest.raises(CheckpointError, match="of a few bits") as caught:
        check(single(weights, families, tmp_path))
    assert "precision" in caught.value.advice


def test_a_file_is_found_in_a_folder_before_there_are_words_for_it(families, tmp_path, monkeypatch):
    """ComfyUI has the words of CLIP in a folder of its own."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nothing"))
    root = tmp_path / "comfy"
    place = root / "models" / "checkpoints"
    place.mkdir(parents=True)
    file = shutil.copy(families("sd1")[1], place / "old.safetensors")
    shelf = Folders(current_paths())
    (found,) = shelf.add(root).of(CHECKPOINTS)
    assert (found.path, found.family) == (file, "SD 1")
    with pytest.raises(CheckpointError, match="no vocabulary of its own"):
        find(str(file))
    shutil.copytree(families("sd1")[0] / "tokenizer", root / "comfy" / "sd1_tokenizer")
    assert find(str(file)).plan().vocabularies[0].folder == root / "comfy" / "sd1_tokenizer"
