import io

import numpy as np
import pytest
from PIL import Image

from engine import lanes
from engine.animation import KINDS, animated, frames
from engine.commands import Destination, Job
from engine.lanes import Lane
from engine.recipe import Recipe


@pytest.fixture(scope="module")
def lane(tiny_model):
    lane = Lane(Job(Recipe(prompt="", width=64, height=64, steps=4), Destination()), tiny_model)
    while lane.ask is not None:
        lane.hand(lanes.answer([lane], tiny_model.denoise)[0])
    return lane


def test_there_is_a_picture_for_every_step_and_the_last_is_the_finished_one(lane, tiny_model):
    pictures = frames(lane.trajectory(), tiny_model.decoder)
    assert len(pictures) == 5
    assert np.array_equal(pictures[-1], tiny_model.decoder.decode(lane.latents))


@pytest.mark.parametrize("suffix", KINDS)
def test_an_animation_plays_all_pictures_and_rests_on_the_last(suffix):
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (24, 32, 3), dtype=np.uint8) for _ in range(5)]
    image = Image.open(io.BytesIO(animated(pictures, suffix)))
    assert (image.n_frames, image.size, image.info["loop"]) == (5, (32, 24), 0)
    image.seek(4)
    image.load()
    assert image.info["duration"] >= 1000
