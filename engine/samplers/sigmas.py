"""Samplers that step along sigma, as k-diffusion writes them (Karras et al. 2022).

They reckon in x / sqrt(alpha_bar), where noise of standard deviation sigma lies on the picture,
where it grows with sigma; what they are given and what they say is of the variance it sees.
"""

import math
from collections import deque
from collections.abc import Generator, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.samplers.asks import Ask, Draw, Sampling, Step
from engine.samplers.levels import Diffusion, Levels

_LMS_ORDER = 4


def euler(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """Euler's method: Karras et al. 2022, algorithm 1 without its second order."""
    x = begin(x, grid)
    for t, sigma, following in steps(grid):
        eps = yield from ask(x, sigma, t, diffusion)
        x0 = x - sigma * eps
        x = x + (following - sigma) * eps
        yield done(x, x0, following, t)


def euler_a(x: Tensor, grid: Levels, diffusion: Diffusion, draw: Draw) -> Sampling:
    """Euler's method with ancestral noise: k-diffusion's sample_euler_ancestral.

    Each step goes down to sigma_down and noise brings it up again; the last draws nothing.
    """
    x = begin(x, grid)
    for t, sigma, following in steps(grid):
        eps = yield from ask(x, sigma, t, diffusion)
        x0 = x - sigma * eps
        up = min(following, following * math.sqrt(max(sigma**2 - following**2, 0.0)) / sigma)
        down = math.sqrt(max(following**2 - up**2, 0.0))
        x = x + (down - sigma) * eps
        if following > 0:
            x = x + up * draw()
        yield done(x, x0, following, t)


def heun(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """Heun's method: Karras et al. 2022, algorithm 1; two model calls a step, one in the last."""
    x = begin(x, grid)
    for (t, sigma, following), t_next in zip(steps(grid), (*grid.t[1:], 0.0), strict=True):
        eps = yield from ask(x, sigma, t, diffusion)
        x0 = x - sigma * eps
        if following > 0:
            trial = x + (following - sigma) * eps
            eps = (eps + (yield from ask(trial, following, t_next, diffusion))) / 2
        x = x + (following - sigma) * eps
        yield done(x, x0, following, t)


def lms(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """Linear multistep of order four on any grid: k-diffusion's sample_lms."""
    x = begin(x, grid)
    past: deque[Tensor] = deque(maxlen=_LMS_ORDER)
    for number, (t, sigma, following) in enumerate(steps(grid)):
        eps = yield from ask(x, sigma, t, diffusion)
        past.appendleft(eps)
        x0 = x - sigma * eps
        known = grid.sigmas[number - len(past) + 1 : number + 1][::-1]
        weights = _adams_weights(known, sigma, following)
        x = x + torch.stack([w * e for w, e in zip(weights, past, strict=True)]).sum(dim=0)
        yield done(x, x0, following, t)


def _adams_weights(known: tuple[float, ...], start: float, end: float) -> list[float]:
    """Integrate from `start` to `end` each Lagrange polynomial through the known sigmas."""
    weights = []
    for j, here in enumerate(known):
        others = [sigma for k, sigma in enumerate(known) if k != j]
        basis = np.poly1d(np.poly(others)) / np.prod([here - sigma for sigma in others])
        integral = basis.integ()
        weights.append(float(integral(end) - integral(start)))
    return weights


def begin(x: Tensor, grid: Levels) -> Tensor:
    """Return an x of the variance that the model sees as one with its first sigma on it."""
    return x * math.sqrt(1 + grid.sigma[0] ** 2)


def steps(grid: Levels) -> Iterator[tuple[float, float, float]]:
    """Yield (t, sigma before, sigma after) of each step."""
    for t, (sigma, following) in zip(grid.t, pairwise(grid.sigmas), strict=True):
        yield t, sigma, following


def ask(x: Tensor, sigma: float, t: float, diffusion: Diffusion) -> Generator[Ask, Any, Tensor]:
    """Return the noise that the model sees in x, of standard deviation one."""
    seen = x / math.sqrt(1 + sigma**2)
    answer: Tensor = yield Ask(seen, t)
    return diffusion.eps(answer, seen, 1 / (1 + sigma**2))


def done(x: Tensor, x0: Tensor, sigma: float, t: float) -> Step:
    """Return the step that led to `x` at `sigma`."""
    return Step(x / math.sqrt(1 + sigma**2), x0, t)
