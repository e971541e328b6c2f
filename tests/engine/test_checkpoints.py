import json
import shutil
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from engine.checkpoints import check, load
from engine.device import choose
from engine.errors import CheckpointError
from engine.library import Checkpoint, find

CPU = choose("cpu", "float32")


@pytest.fixture
def copy(tiny_resources, tmp_path):
    """A copy of the tiny checkpoint, to be damaged."""
    folder = tmp_path / "copy"
    shutil.copytree(tiny_resources / "starter", folder)
    return Checkpoint("copy", "Copy", folder)


def test_the_forward_process_is_the_checkpoints_own(tiny_model):
    diffusion = tiny_model.diffusion
    assert (len(diffusion.alpha_bar), diffusion.offset) == (1000, 1)
    assert diffusion.final == diffusion.alpha_bar[0]
    assert diffusion.alpha_bar[999] == pytest.approx(0.0047, abs=1e-4)


def test_its_pictures_say_where_they_were_made(tiny_model):
    environment = tiny_model.environment()
    assert (environment.device, environment.dtype) == ("cpu", "float32")
    assert dict(environment.versions)["torch"]


def change_json(file, **values):
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def cut(file):
    file.write_bytes(file.read_bytes()[:1000])


def drop_a_weight(file):
    weights = load_file(file)
    weights.pop(min(weights))
    save_file(weights, file)


UNET = "unet/diffusion_pytorch_model.safetensors"
VAE = "vae/diffusion_pytorch_model.safetensors"
TEXT = "text_encoder/model.safetensors"


@pytest.mark.parametrize("file", [UNET, VAE, TEXT, "unet/config.json", "vae/config.json"])
def test_a_missing_file_is_a_known_error(copy, file):
    (copy.folder / file).unlink()
    with pytest.raises(CheckpointError, match="copy"):
        load(copy, CPU)


@pytest.mark.parametrize("file", [UNET, VAE, TEXT])
@pytest.mark.parametrize("damage", [cut, drop_a_weight])
def test_damaged_weights_are_a_known_error(copy, file, damage):
    damage(copy.folder / file)
    with pytest.raises(CheckpointError):
        load(copy, CPU)


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
def test_weights_that_do_not_fit_the_configuration_are_a_known_error(copy, part):
    config = copy.folder / part / "config.json"
    if part == "text_encoder":
        change_json(config, hidden_size=32)
    else:
        change_json(
            config,
            block_out_channels=[32] * len(json.loads(config.read_text())["block_out_channels"]),
        )
    with pytest.raises(CheckpointError):
        load(copy, CPU)


@pytest.mark.parametrize(
    "settings",
    [
        {"prediction_type": "flow"},
        {"thresholding": True},
        {"rescale_betas_zero_snr": True},  # it predicts the noise
    ],
)
def test_scheduler_settings_that_are_not_supported_are_refused(copy, settings):
    change_json(copy.folder / "scheduler" / "scheduler_config.json", **settings)
    with pytest.raises(CheckpointError):
        load(copy, CPU)


def test_latents_are_not_clipped_whatever_old_scheduler_settings_say(copy, tiny_model):
    change_json(copy.folder / "scheduler" / "scheduler_config.json", clip_sample=True)
    assert load(copy, CPU).diffusion == tiny_model.diffusion


CONFIGS = ("unet", "vae", "text_encoder", "scheduler")
ODD = [None, True, 0, -1, 3, 1.5, 10**5, "", "gelu", [], [1], ["x"], [[32]], {}, {"a": 1}]


@pytest.mark.filterwarnings("ignore:Initializing zero-element tensors")
@settings(max_examples=40)
@given(st.sampled_from(CONFIGS), st.integers(0), st.sampled_from(ODD))
def test_any_setting_of_any_kind_fits_or_is_a_known_error(copy, part, which, value):
    file = next((copy.folder / part).glob("*config.json"))
    before = file.read_text()
    names = list(json.loads(before))
    change_json(file, **{names[which % len(names)]: value})
    with suppress(CheckpointError):
        check(copy)
    file.write_text(before)


def test_merges_that_do_not_fit_the_words_are_a_known_error(copy):
    (copy.folder / "tokenizer/vocab.json").write_text('{"<|startoftext|>": 0, "<|endoftext|>": 1}')
    (copy.folder / "tokenizer/merges.txt").write_text("#version: 0.2\na b\n")
    with pytest.raises(CheckpointError, match="vocabulary"):
        check(copy)


def test_an_empty_folder_is_a_known_error(tmp_path):
    nothing = Checkpoint("starter", "Nothing", tmp_path)
    with pytest.raises(CheckpointError, match="missing"):
        nothing.sizes()
    with pytest.raises(CheckpointError):
        load(nothing, CPU)


def test_sizes_come_from_the_configuration(tiny_starter):
    assert find("starter").sizes().width == 64
    assert find("starter").sizes().step == 8


@pytest.mark.parametrize(
    ("record", "trained"),
    [
        ('{"data": {"sizes": [[128, 128], [192, 128]]}}', ((128, 128), (192, 128))),
        ('{"data": {"sizes": 7}}', ()),
        ('{"data": {}}', ()),
        ("[]", ()),
        ("no json", ()),
    ],
)
def test_the_sizes_it_was_trained_on_are_known_from_its_record(copy, record, trained):
    (copy.folder / "training.json").write_text(record)
    assert copy.sizes().trained == trained


def test_a_configuration_without_sizes_is_a_known_error(copy):
    (copy.folder / "unet/config.json").write_text("[]")
    with pytest.raises(CheckpointError):
        copy.sizes()
