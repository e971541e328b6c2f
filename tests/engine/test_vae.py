import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL
from diffusers.image_processor import VaeImageProcessor

from engine.errors import KnownError


def test_decoding_is_what_diffusers_does(tiny_model, tiny_resources):
    latents = torch.randn(1, 4, 16, 16, generator=torch.Generator().manual_seed(1))
    vae = AutoencoderKL.from_pretrained(tiny_resources / "starter" / "vae")
    with torch.no_grad():
        image = vae.decode(latents / vae.config.scaling_factor).sample
    (theirs,) = VaeImageProcessor().postprocess(image, output_type="pil")
    ours = tiny_model.decoder.decode(latents).astype(int)
    assert np.abs(ours - np.asarray(theirs).astype(int)).max() <= 1


def test_a_picture_that_is_not_a_number_is_never_kept(tiny_model):
    with pytest.raises(KnownError, match="not-a-number"):
        tiny_model.decoder.decode(torch.full((1, 4, 16, 16), torch.nan))


def test_a_preview_has_up_to_four_pixels_for_each_latent(tiny_model):
    assert tiny_model.preview(np.zeros((4, 16, 16), np.float32)).shape == (64, 64, 3)
