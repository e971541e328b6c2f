"""Large pictures in tiles: where they lie, how near they come to the whole, and that it is told."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from torch.nn import functional as F

from engine import library
from engine.checkpoints.networks import build
from engine.commands import Submit
from engine.errors import OutOfMemory
from engine.events import Failed, Finished, Noticed, Saved
from engine.gallery.store import open_picture
from engine.library.budget import LEAST_TILE, NO_LIMIT
from engine.remade import _differences
from engine.tiling import in_tiles, side_of_tiles, starts
from engine.vae import Decoder
from tests.engine.test_loop import FLOAT32, events_of, folder, job, of_kind

__all__ = ["folder", "job"]  # fixtures

LENGTHS = st.integers(1, 600)
SIDES = st.integers(LEAST_TILE, 200)


def latents(height, width, seed=1):
    """Structure of every size, as pictures have it."""
    generator = torch.Generator().manual_seed(seed)
    made = torch.zeros(1, 4, height, width)
    for scale in (1, 4, 16):
        coarse = torch.randn((1, 4, -(-height // scale), -(-width // scale)), generator=generator)
        made += F.interpolate(coarse, scale_factor=scale)[..., :height, :width]
    return made / made.std()


def spread(colours):
    """A decoder that looks at no neighbours: each latent becomes 4 x 4 pixels."""
    return F.interpolate(colours[:, :3], scale_factor=4)


@given(length=LENGTHS, side=SIDES)
def test_tiles_cover_a_length_evenly_and_overlap_by_a_quarter(length, side):
    places = list(starts(length, side))
    assert places[0] == 0
    assert places[-1] + side >= length
    assert places[-1] == max(length - side, 0)
    gaps = [after - before for before, after in pairwise(places)]
    assert all(0 < gap <= side - side // 4 for gap in gaps)
    assert not gaps or max(gaps) - min(gaps) <= 1


@given(height=LENGTHS, width=LENGTHS, most=st.integers(-5, 2**20))
def test_tiles_are_as_large_as_fits_and_a_picture_that_fits_is_one(height, width, most):
    side = side_of_tiles(height, width, most)
    if side == 0:
        assert height * width <= most or max(height, width) <= LEAST_TILE
    else:
        assert height * width > most
        assert side == LEAST_TILE or LEAST_TILE < side <= most**0.5 < side + 8


@pytest.mark.parametrize(("height", "width", "side"), [(70, 50, 32), (33, 200, 32), (64, 64, 40)])
def test_nothing_is_lost_or_moved_between_tiles(height, width, side):
    x = latents(height, width)
    torch.testing.assert_close(in_tiles(spread, x, side, 4), spread(x), atol=1e-5, rtol=0)


def whole_and_tiled(network, x):
    """Latents decoded at once, in our tiles, and in diffusers' of the same size."""
    factor = Decoder(network).factor
    whole, ours = Decoder(network).show(x), Decoder(network, lambda: 0).show(x)
    assert (whole.tiled, ours.tiled) == (False, True)
    network.enable_tiling()
    network.tile_latent_min_size, network.tile_sample_min_size = LEAST_TILE, factor * LEAST_TILE
    theirs = Decoder(network).decode(x)
    network.disable_tiling()
    return [pixels.astype(int) for pixels in (whole.pixels, ours.pixels, theirs)]


@pytest.mark.parametrize(("height", "width"), [(66, 44), (40, 80)])
def test_even_random_weights_show_tiles_less_than_with_diffusers_own(tiny_model, height, width):
    network = tiny_model.decoder._network
    whole, ours, theirs = whole_and_tiled(network, latents(height, width))
    assert np.abs(ours - whole).mean() < 8
    assert np.abs(ours - whole).mean() <= np.abs(theirs - whole).mean()


def test_a_tiled_picture_is_near_the_whole_one(root):
    """The starter's own VAE, and the smallest tiles there are, over many little pictures."""
    plan = library.find("starter").plan().networks["vae"]
    network = build(plan, "cpu", torch.float32)
    with Image.open(root / "docs/starter-sheet.png") as sheet:
        colours = torch.tensor(np.asarray(sheet.convert("RGB"))[:320, :448]).permute(2, 0, 1)
    with torch.inference_mode():
        x = network.encode(colours[None].float() / 127.5 - 1).latent_dist.mode()
    x = x * network.config.scaling_factor
    whole, ours, theirs = whole_and_tiled(network, x)
    off, their_off = (np.sqrt(np.square(each - whole).mean()) for each in (ours, theirs))
    assert off < 4.5
    assert off < their_off
    assert np.abs(ours - whole).mean() < 3.5


class Cramped:
    """The tiny VAE with memory for so many places at once; it keeps what it was asked."""

    def __init__(self, network, most):
        self.network, self.most, self.asked = network, most, []
        self.config, self.device = network.config, network.device

    def decode(self, x):
        self.asked.append(x.shape[-2] * x.shape[-1])
        if self.asked[-1] > self.most:
            raise torch.OutOfMemoryError
        return self.network.decode(x)


def test_memory_that_runs_out_makes_tiles_and_the_next_picture_begins_with_them(tiny_model):
    cramped = Cramped(tiny_model.decoder._network, 40 * 40)
    decoder = Decoder(cramped)
    shown = decoder.show(latents(80, 64))
    assert shown.tiled
    assert shown.pixels.shape == (320, 256, 3)
    assert cramped.asked[0] == 80 * 64
    failed = sum(places > cramped.most for places in cramped.asked)
    decoder.show(latents(80, 64))
    assert sum(places > cramped.most for places in cramped.asked) == failed
    assert not decoder.show(latents(20, 20)).tiled


def test_what_is_known_not_to_fit_is_not_even_tried(tiny_model):
    network = tiny_model.decoder._network
    cramped = Cramped(network, NO_LIMIT)
    room = 40 * 40 * 4 * 4 * round(6.5 * 8 * 4)
    assert Decoder(cramped, lambda: room).show(latents(64, 64)).tiled
    assert max(cramped.asked) <= 40 * 40


def test_where_not_even_a_small_tile_fits_it_is_a_known_error(tiny_model):
    with pytest.raises(OutOfMemory):
        Decoder(Cramped(tiny_model.decoder._network, 100)).show(latents(64, 40))


def test_a_tiled_picture_says_so_and_the_user_is_told_once(tiny_starter, job, monkeypatch):
    monkeypatch.setattr("engine.checkpoints.quarters.free_memory", lambda _: 0)
    jobs = [job(width=192, steps=1), job(steps=1), job(width=192, steps=1, seed=3)]
    events = events_of(FLOAT32, *map(Submit, jobs))
    assert not of_kind(events, Failed)
    tiled = {f.job: f.picture.environment.tiled for f in of_kind(events, Finished)}
    assert tiled == {jobs[0].id: True, jobs[1].id: False, jobs[2].id: True}
    (noticed,) = of_kind(events, Noticed)
    assert "tiles" in noticed.problem.message
    for saved in of_kind(events, Saved):
        reading = open_picture(saved.path).reading
        assert reading.environment.tiled == tiled[saved.job]
        assert ("tiled" in json.loads(reading.raw)["environment"]) == tiled[saved.job]
        finished = next(f for f in of_kind(events, Finished) if f.job == saved.job)
        elsewhere = replace(finished.picture.environment, tiled=False)
        again = replace(finished.picture, environment=elsewhere)
        assert any("tiles" in told for told in _differences(reading, again)) == tiled[saved.job]
