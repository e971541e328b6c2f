"""Latents to pixels and back: the checkpoint's variational autoencoder, always in float32.

Half precision overflows in the decoders of well-known checkpoints, and a decode costs little
beside the steps before it.
"""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine import preview
from engine.errors import KnownError
from engine.preview import PreviewMap
from engine.recipe import Pixels

_SAMPLE_EDGE = 256
_SAMPLES = 6
_PREVIEW_DETAIL = 4
"""The most preview pixels along the edge of one latent."""


class Decoder:
    """A VAE with its scaling. `factor` is how many pixels one latent spans."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self.factor: int = 2 ** (len(network.config.block_out_channels) - 1)
        self.channels: int = network.config.latent_channels
        self._scale: float = network.config.scaling_factor

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> Pixels:
        """Return the picture (H, W, 3) of latents (1, C, h, w). Raises KnownError if not finite."""
        x = latents.to(self._network.device, torch.float32) / self._scale
        image = self._network.decode(x).sample[0].cpu()
        if not torch.isfinite(image).all():
            raise KnownError(
                "The picture came out as not-a-number and was not kept.",
                "Try --dtype float32, or a lower guidance.",
            )
        colours = (image / 2 + 0.5).clamp(0, 1).permute(1, 2, 0)
        return np.asarray((colours.numpy() * 255).round(), np.uint8)

    @torch.inference_mode()
    def encode(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the mean latents (N, C, h, w), scaled for the UNet, of pictures (N, H, W, 3)."""
        images = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
        latents = self._network.encode(images.to(self._network.device)).latent_dist.mean
        return np.asarray((latents * self._scale).cpu().numpy(), np.float32)

    def fit_preview(self) -> PreviewMap:
        """Fit the cheap preview to this VAE, by what it makes of drawn colours."""
        pixels = _colour_samples()
        patch = min(self.factor, _PREVIEW_DETAIL)
        return preview.fit(self.encode(pixels), pixels, patch)


def _colour_samples() -> NDArray[np.uint8]:
    """Return pictures (N, H, W, 3) of every colour: soft gradients with flat shapes on them."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0 : 1 : _SAMPLE_EDGE * 1j, 0 : 1 : _SAMPLE_EDGE * 1j]
    pictures = []
    for _ in range(_SAMPLES):
        corners = rng.integers(0, 256, (4, 3))
        weights = np.stack([(1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x], axis=-1)
        picture = weights @ corners
        for _ in range(24):
            top, left = rng.integers(0, _SAMPLE_EDGE - 16, 2)
            height, width = rng.integers(8, 96, 2)
            picture[top : top + height, left : left + width] = rng.integers(0, 256, 3)
        pictures.append(picture)
    return np.stack(pictures).round().astype(np.uint8)
