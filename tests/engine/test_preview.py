import numpy as np
import pytest

from engine import preview

RNG = np.random.default_rng(3)


def smooth(count, channels, size):
    """Random latents that change slowly, as real ones do."""
    coarse = RNG.normal(size=(count, channels, size // 4, size // 4))
    return coarse.repeat(4, axis=2).repeat(4, axis=3).astype(np.float32)


def pixels_of(latents, factor):
    """A made-up linear decoder: three mixtures of the channels, enlarged."""
    mix = np.array([[0.1, 0.0, 0.05, -0.1], [0.0, 0.1, 0.0, 0.1], [-0.1, 0.05, 0.1, 0.0]])
    colours = np.einsum("kc,nchw->nhwk", mix, latents) + 0.5
    picture = colours.repeat(factor, axis=1).repeat(factor, axis=2)
    return (picture.clip(0, 1) * 255).round().astype(np.uint8)


@pytest.mark.parametrize("patch", [1, 2, 4])
def test_a_linear_decoder_is_found_again(patch):
    latents = smooth(8, 4, 16)
    found = preview.fit(latents, pixels_of(latents, 4), patch)
    fresh = smooth(1, 4, 16)
    picture = found(fresh[0]).astype(int)
    wanted = pixels_of(fresh, patch)[0].astype(int)
    assert picture.shape == (16 * patch, 16 * patch, 3)
    assert np.abs(picture - wanted).mean() < 2


def test_pictures_of_any_shape_and_wild_latents_are_shown():
    latents = smooth(4, 4, 16)
    found = preview.fit(latents, pixels_of(latents, 4), 2)
    assert found(RNG.normal(size=(4, 8, 20)).astype(np.float32) * 100).shape == (16, 40, 3)


def test_channels_that_carry_nothing_do_no_harm():
    latents = smooth(4, 4, 16)
    padded = np.concatenate([latents, np.zeros_like(latents)], axis=1)
    found = preview.fit(padded, pixels_of(latents, 4), 1)
    assert np.isfinite(found.weights).all()
