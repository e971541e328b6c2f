"""TAESD for the previews, where the user has one."""

import shutil

import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny

from engine.checkpoints import load
from engine.commands import Submit
from engine.device import choose
from engine.errors import CheckpointError
from engine.events import Finished, Previewed
from engine.paths import current_paths
from tests.engine.test_loop import FLOAT32, events_of, folder, job, of_kind

__all__ = ["folder", "job"]  # fixtures

CPU = choose("cpu", "float32")


@pytest.fixture
def taesd():
    """A tiny autoencoder of random weights, where the user would put it."""
    torch.manual_seed(3)
    width = (8, 8, 8)  # three levels: a latent spans four pixels, as in the tiny starter
    made = AutoencoderTiny(
        encoder_block_out_channels=width,
        decoder_block_out_channels=width,
        num_encoder_blocks=(1, 1, 1),
        num_decoder_blocks=(1, 1, 1),
    )
    made.save_pretrained(current_paths().models / "taesd")
    return made.eval()


def test_previews_are_those_of_diffusers_own_tiny_autoencoder(tiny_starter, job, taesd):
    events = events_of(FLOAT32, Submit(job()))
    (finished,) = of_kind(events, Finished)
    for preview in of_kind(events, Previewed):
        x0 = torch.tensor(finished.trajectory.x0[preview.step - 1])[None]
        with torch.inference_mode():
            image = taesd.decode(x0).sample[0].permute(1, 2, 0).numpy()
        wanted = ((image / 2 + 0.5).clip(0, 1) * 255).round()
        assert preview.x0.shape == (64, 64, 3)
        assert np.abs(preview.x0 - wanted).max() <= 1


def test_pictures_are_the_same_with_it(tiny_starter, job, taesd):
    with_it = of_kind(events_of(FLOAT32, Submit(job())), Finished)[0].picture.pixels
    shutil.rmtree(current_paths().models / "taesd")
    without = of_kind(events_of(FLOAT32, Submit(job())), Finished)[0].picture.pixels
    np.testing.assert_array_equal(with_it, without)


def test_latents_that_are_not_finite_are_shown_and_not_stumbled_over(tiny_starter, taesd):
    sharp = load(tiny_starter, CPU).sharp
    assert sharp(np.full((4, 8, 8), np.nan, np.float32)).shape == (32, 32, 3)


def test_one_for_other_latents_is_left_alone(tiny_starter, taesd):
    torch.manual_seed(3)
    AutoencoderTiny(latent_channels=16).save_pretrained(current_paths().models / "taesd")
    assert load(tiny_starter, CPU).sharp is None


@pytest.mark.parametrize("fault", ["weights", "config", "another"])
def test_a_damaged_one_is_a_known_error(tiny_starter, taesd, fault):
    place = current_paths().models / "taesd"
    weights = place / "diffusion_pytorch_model.safetensors"
    if fault == "weights":
        weights.write_bytes(weights.read_bytes()[:500])
    elif fault == "config":
        (place / "config.json").write_text("{")
    else:
        (place / "config.json").write_text('{"_class_name": "Anything"}')
    with pytest.raises(CheckpointError, match="taesd"):
        load(tiny_starter, CPU)
