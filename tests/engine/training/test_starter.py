"""The model that ships: what must hold of the folder, whatever its pictures look like."""

from pathlib import Path

import numpy as np
import pytest
from diffusers import StableDiffusionPipeline

from engine.training.export import LIMIT

STARTER = Path(__file__).parents[3] / "resources" / "starter"

pytestmark = pytest.mark.skipif(
    not (STARTER / "model_index.json").exists(), reason="the starter model is not there"
)


@pytest.fixture(scope="module")
def pipe():
    pipeline = StableDiffusionPipeline.from_pretrained(STARTER, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def test_it_weighs_thirty_megabytes_at_most():
    assert sum(f.stat().st_size for f in STARTER.rglob("*") if f.is_file()) <= LIMIT


def test_it_holds_nothing_that_could_run():
    kinds = {file.suffix for file in STARTER.rglob("*") if file.is_file()}
    assert kinds <= {".json", ".txt", ".md", ".safetensors"}


def test_its_default_size_is_128_pixels(pipe):
    assert pipe.unet.config.sample_size * pipe.vae_scale_factor == 128


def test_its_text_encoder_pools_at_the_end_of_the_text(pipe):
    assert pipe.text_encoder.config.eos_token_id == pipe.tokenizer.eos_token_id != 2
    assert pipe.text_encoder.config.vocab_size == len(pipe.tokenizer)
    assert pipe.tokenizer.model_max_length == 77


def test_day_is_brighter_than_night(pipe):
    prompts = ["a boat on the sea by day", "a boat on the sea at night"]
    made = pipe(prompts, num_inference_steps=8, guidance_scale=4.5, output_type="np").images
    assert np.isfinite(made).all()
    assert made[0].mean() > made[1].mean() + 0.1
