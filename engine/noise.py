"""Seed to generator to latents: the same numbers on every device.

Noise is drawn on the CPU in float32 by one generator per picture: initial latents first, then
the steps' draws in order, as a diffusers pipeline draws them from that generator.
"""

import hashlib

import torch
from torch import Tensor

from engine.recipe import SEED_COUNT


class NoiseSource:
    """One picture's stream of standard normal latents, each (1, C, h, w) float32 on the CPU."""

    def __init__(self, seed: int, shape: tuple[int, int, int]) -> None:
        self._generator = torch.Generator().manual_seed(seed % SEED_COUNT)
        self._shape = (1, *shape)

    def draw(self) -> Tensor:
        """Return the stream's next latents."""
        return torch.randn(self._shape, generator=self._generator, dtype=torch.float32)


def digest(x: Tensor) -> str:
    """Return the SHA-256 of x as float32 little-endian, for a picture's metadata."""
    return hashlib.sha256(x.numpy().astype("<f4").tobytes()).hexdigest()
