"""Classifier-free guidance: Ho and Salimans 2022, where scale 1 is the plain conditional answer."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

_FINENESS, _SLOWEST = 1000.0, 10_000.0


def is_guided(scale: float) -> bool:
    """Whether a scale needs the unconditional answer as well, and so a second row."""
    return scale != 1


def combine(unconditional: Tensor, conditional: Tensor, scale: float) -> Tensor:
    """Extrapolate from the unconditional through the conditional answer by `scale`."""
    return unconditional + scale * (conditional - unconditional)


def embedding(scales: Sequence[float], width: int) -> Tensor:
    """Return (N, width) waves of the scales, for a network that was distilled with guidance in it.

    Meng et al. 2023, "On Distillation of Guided Diffusion Models"; Luo et al. 2023, "Latent
    Consistency Models", section 4.2, whose w is the scale less 1. The frequencies run from
    1 to 1 / 10,000 in even ratios, sines first; an odd width ends with a zero.
    """
    half = width // 2
    w = _FINENESS * (torch.tensor(scales, dtype=torch.float32) - 1)
    slower = math.log(_SLOWEST) / max(half - 1, 1)
    angles = w[:, None] * torch.exp(torch.arange(half) * -slower)[None, :]
    waves = torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)
    return torch.nn.functional.pad(waves, (0, width - 2 * half))
