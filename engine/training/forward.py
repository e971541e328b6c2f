"""The forward process q and the noise-prediction loss.

Ho et al. 2020, "Denoising Diffusion Probabilistic Models", in its letters: x_0 is a latent,
x_t the same after t + 1 of T = 1000 noise steps, alpha_bar_t the part of its variance that is left.
"""

from __future__ import annotations

import torch
from torch import Tensor

STEPS = 1000
BETA_FIRST, BETA_LAST = 0.00085, 0.012


class Forward:
    """q(x_t | x_0) under Stable Diffusion's schedule: beta linear in its square root."""

    def __init__(self, device: str = "cpu") -> None:
        beta = torch.linspace(BETA_FIRST**0.5, BETA_LAST**0.5, STEPS, dtype=torch.float64) ** 2
        self.alpha_bar = torch.cumprod(1.0 - beta, dim=0).to(torch.float32).to(device)

    def noised(self, x_0: Tensor, eps: Tensor, t: Tensor) -> Tensor:
        """Return x_t of mean sqrt(alpha_bar_t) x_0 and variance 1 - alpha_bar_t (equation 4).

        ``x_0`` and ``eps`` are (B, C, h, w), ``t`` is (B,) of integers 0 to 999.
        """
        alpha_bar = self.alpha_bar[t].view(-1, 1, 1, 1)
        return alpha_bar.sqrt() * x_0 + (1.0 - alpha_bar).sqrt() * eps

    def weights(self, t: Tensor, limit: float = 5.0, most: float = 4.0) -> Tensor:
        """Return the loss's weights (B,): min(SNR_t, limit) / SNR_t, less where x_t is nearly x_0.

        Hang et al. 2023, "Efficient Diffusion Training via Min-SNR Weighting Strategy",
        section 3.4, for a network that predicts the noise. Where there is more noise than picture,
        1 / sqrt(SNR_t) up to ``most``: what stands where is decided there, and moves the noise
        prediction by next to nothing.
        """
        alpha_bar = self.alpha_bar[t]
        snr = alpha_bar / (1.0 - alpha_bar)
        return snr.clamp(max=limit) / snr * snr.rsqrt().clamp(1.0, most)


def noise_loss(predicted: Tensor, eps: Tensor, weights: Tensor | None = None) -> Tensor:
    """Return the mean of ||eps - eps_theta(x_t, t)||^2 per value (equation 14).

    Both are (B, C, h, w); ``weights`` (B,) turn the simple loss into a weighted one.
    """
    errors = (eps - predicted).square().mean(dim=(1, 2, 3))
    return (errors if weights is None else errors * weights).mean()


def spread_times(count: int, generator: torch.Generator, lean: float = 1.0) -> Tensor:
    """Return ``count`` times 0 to 999, one drawn from each of ``count`` equal strata, shuffled.

    A ``lean`` below 1 draws more of the noisy times (density proportional to t^(1 / lean - 1)):
    what stands where is decided there, yet weighs little in the loss.
    """
    places = (torch.arange(count) + torch.rand(count, generator=generator)) / count
    times = (places**lean * STEPS).long().clamp(max=STEPS - 1)
    return times[torch.randperm(count, generator=generator)]


def offset_noise(shape: tuple[int, ...], amount: float, generator: torch.Generator) -> Tensor:
    """Return normal noise (B, C, h, w) with its channel means shaken by ``amount``.

    At t = 999 the schedule leaves sqrt(0.0047) of the picture's mean colour in x_t; without the
    shaken means the network trusts that remnant, and pure noise then makes everything half-bright.
    """
    batch, channels = shape[:2]
    eps = torch.randn(shape, generator=generator)
    return eps + amount * torch.randn((batch, channels, 1, 1), generator=generator)
