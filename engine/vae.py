"""Latents to pixels: the checkpoint's variational autoencoder, always in float32.

Half precision overflows in the decoders of well-known checkpoints, and a decode costs little
beside the steps before it.
"""

import time
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import KnownError
from engine.preview import PreviewFit
from engine.recipe import Pixels

_FEWEST_SAMPLES = 4
_MOST_SAMPLES = 24
_SAMPLING_SECONDS = 1.0
_SCALES = 5
_STRENGTH = 1.3
_PREVIEW_DETAIL = 4
"""The most preview pixels along the edge of one latent."""


class Decoder:
    """A VAE. `factor` is how many pixels one latent spans, `scale` what latents are scaled by."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self.factor: int = 2 ** (len(network.config.block_out_channels) - 1)
        self.channels: int = network.config.latent_channels
        self.scale: float = network.config.scaling_factor

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> Pixels:
        """Return the picture (H, W, 3) of latents (1, C, h, w). Raises KnownError if not finite."""
        x = latents.to(self._network.device, torch.float32) / self.scale
        image = self._network.decode(x).sample[0].cpu()
        if not torch.isfinite(image).all():
            raise KnownError(
                "The picture came out as not-a-number and was not kept.",
                "Try --dtype float32, or a lower guidance.",
            )
        colours = (image / 2 + 0.5).clamp(0, 1).permute(1, 2, 0)
        return np.asarray((colours.numpy() * 255).round(), np.uint8)

    def fit_preview(self) -> PreviewFit:
        """Fit the cheap preview to this VAE, by what it makes of made-up latents.

        As many as it decodes in a second, for a large one is slow on a processor.
        """
        rng = np.random.default_rng(0)
        latents: list[NDArray[np.float32]] = []
        pixels: list[Pixels] = []
        started = time.perf_counter()
        while len(latents) < _MOST_SAMPLES and (
            len(latents) < _FEWEST_SAMPLES or time.perf_counter() - started < _SAMPLING_SECONDS
        ):
            latents.append(_cloud(rng, self.channels))
            pixels.append(self.decode(torch.from_numpy(latents[-1])[None]))
        patch = min(self.factor, _PREVIEW_DETAIL)
        return PreviewFit(np.stack(latents), np.stack(pixels), patch)


def _cloud(rng: np.random.Generator, channels: int) -> NDArray[np.float32]:
    """Return latents (C, 16, 16) with structure of every size, a little stronger than real ones.

    What the VAE makes of its own encodings of drawn pictures fits less well: those leave some
    directions out, and the preview then shows them in glaring colours.
    """
    size = 2 ** (_SCALES - 1)
    cloud = np.zeros((channels, size, size))
    for scale in (2**k for k in range(_SCALES)):
        coarse = rng.normal(size=(channels, size // scale, size // scale))
        cloud += rng.uniform() * coarse.repeat(scale, axis=1).repeat(scale, axis=2)
    return np.asarray(_STRENGTH * cloud / cloud.std(), np.float32)
