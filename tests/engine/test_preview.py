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
    found = preview.PreviewFit(latents, pixels_of(latents, 4), patch)
    fresh = smooth(1, 4, 16)
    picture = found(fresh[0]).astype(int)
    wanted = pixels_of(fresh, patch)[0].astype(int)
    assert picture.shape == (16 * patch, 16 * patch, 3)
    assert np.abs(picture - wanted).mean() < 2


def test_pictures_of_any_shape_and_wild_latents_are_shown():
    latents = smooth(4, 4, 16)
    found = preview.PreviewFit(latents, pixels_of(latents, 4), 2)
    assert found(RNG.normal(size=(4, 8, 20)).astype(np.float32) * 100).shape == (16, 40, 3)


def test_channels_that_carry_nothing_do_no_harm():
    latents = smooth(4, 4, 16)
    padded = np.concatenate([latents, np.zeros_like(latents)], axis=1)
    found = preview.PreviewFit(padded, pixels_of(latents, 4), 1)
    assert np.isfinite(found.map.weights).all()


def error(found, latents, pixels):
    size = pixels.shape[0] // found(latents).shape[0]
    height, width, _ = found(latents).shape
    small = pixels.astype(float).reshape(height, size, width, size, 3).mean(axis=(1, 3))
    return np.abs(found(latents) - small).mean()


def test_a_wrong_map_becomes_right_by_finished_pictures():
    made_up, real = smooth(4, 4, 16), smooth(12, 4, 16)
    strange = pixels_of(made_up, 4)[..., ::-1]  # what it begins with has red and blue exchanged
    found = preview.PreviewFit(made_up, strange, 1)
    fresh = smooth(1, 4, 16)[0]
    errors = [error(found, fresh, pixels_of(fresh[None], 4)[0])]
    for latents in real:
        found.learn(latents, pixels_of(latents[None], 4)[0])
        errors.append(error(found, fresh, pixels_of(fresh[None], 4)[0]))
    assert errors[-1] < 0.6 * errors[0]
    assert errors[-1] < errors[6] < errors[1] < errors[0]


def test_a_map_that_was_handed_out_does_not_change():
    latents = smooth(4, 4, 16)
    found = preview.PreviewFit(latents, pixels_of(latents, 4), 2)
    before, weights = found.map, found.map.weights.copy()
    found.learn(latents[0], pixels_of(latents[:1], 4)[0][..., ::-1])
    np.testing.assert_array_equal(before.weights, weights)
    assert not np.array_equal(found.map.weights, weights)
