"""Latents to pixels: the checkpoint's variational autoencoder, always in float32.

Half precision overflows in the decoders of well-known checkpoints, and a decode costs little
beside the steps before it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.device import give_back, is_out_of_memory, runs_on
from engine.errors import KnownError, OutOfMemory
from engine.library.budget import LEAST_TILE, NO_LIMIT, pixel_bytes
from engine.preview import PreviewFit
from engine.recipe import Pixels
from engine.tiling import in_tiles, side_of_tiles

_FEWEST_SAMPLES = 4
_MOST_SAMPLES = 24
_SAMPLING_SECONDS = 1.0
_SCALES = 5
_STRENGTH = 1.3
_PREVIEW_DETAIL = 4
"""The most preview pixels along the edge of one latent."""
_USABLE = 0.9
"""Of the free memory: the forecast is right within a tenth."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What latents look like, (H, W, 3); `tiled` if there was no memory to decode them at once."""

    pixels: Pixels
    tiled: bool


def boundless() -> int:
    """Return no bound: nobody knows how much memory there is."""
    return NO_LIMIT


class Decoder:
    """A VAE. `factor` is how many pixels one latent spans, `scale` what latents are scaled by.

    `room` tells the bytes that it may work in; what would take more is decoded in tiles.
    """

    def __init__(self, network: Any, room: Callable[[], int] = boundless) -> None:
        self._network = network
        self._room = room
        self._most = NO_LIMIT  # places at once, fewer once so many have run out of memory
        self.factor: int = 2 ** (len(network.config.block_out_channels) - 1)
        self.channels: int = network.config.latent_channels
        self.scale: float = network.config.scaling_factor
        self._place = pixel_bytes(network.config) * self.factor**2

    def decode(self, latents: Tensor) -> Pixels:
        """Return the picture (H, W, 3) of latents (1, C, h, w); raises as `show` does."""
        return self.show(latents).pixels

    @torch.inference_mode()
    def show(self, latents: Tensor) -> Shown:
        """Return the picture of latents (1, C, h, w), at once or in tiles.

        Raises KnownError if it is not finite, and OutOfMemory if even small tiles do not fit.
        """
        x = latents.to(runs_on(self._network), torch.float32) / self.scale
        image = None
        while image is None:
            side = self._side(x)
            image = self._attempt(x, side)
        return Shown(_pixels(image[0]), tiled=side > 0)

    def _side(self, x: Tensor) -> int:
        """Return the side of the tiles that fit into the memory, 0 if all of it does."""
        most = min(self._most, int(_USABLE * self._room()) // self._place)
        return side_of_tiles(x.shape[-2], x.shape[-1], most)

    def _attempt(self, x: Tensor, side: int) -> Tensor | None:
        """Return the colours (1, 3, H, W), or None if there was no memory and less must do."""
        try:
            if side:
                return in_tiles(self._colours, x, side, self.factor)
            return self._colours(x).cpu()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if max(min(side, length) if side else length for length in x.shape[-2:]) <= LEAST_TILE:
                raise OutOfMemory from error
        self._most = (side * side if side else x.shape[-2] * x.shape[-1]) // 2
        give_back()
        return None

    def _colours(self, x: Tensor) -> Tensor:
        colours: Tensor = self._network.decode(x).sample
        return colours

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


def _pixels(image: Tensor) -> Pixels:
    """Return colours (3, H, W) of -1 to 1 as a picture (H, W, 3). Raises KnownError."""
    if not torch.isfinite(image).all():
        raise KnownError(
            "The picture came out as not-a-number and was not kept.",
            "Try --dtype float32, or a lower guidance.",
        )
    colours = (image / 2 + 0.5).clamp(0, 1).permute(1, 2, 0)
    return np.asarray((colours.numpy() * 255).round(), np.uint8)


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
