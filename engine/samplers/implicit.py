"""Samplers that step along alpha_bar: DDIM and PLMS."""

import math
from collections import deque
from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

from engine.samplers.asks import Ask, Draw, Sampling, Step
from engine.samplers.levels import Diffusion, Levels


def ddim(x: Tensor, grid: Levels, diffusion: Diffusion, eta: float, draw: Draw) -> Sampling:
    """DDIM: Song, Meng and Ermon 2020, equations 12 and 16.

    eta 0 is deterministic and draws nothing; otherwise every step draws once, the last too.
    """
    for t, a, a_next in grid:
        answer: Tensor = yield Ask(x, t)
        eps = diffusion.eps(answer, x, a)
        sigma = eta * math.sqrt((1 - a_next) / (1 - a)) * math.sqrt(max(1 - a / a_next, 0.0))
        x0, x = _ddim_step(x, eps, a, a_next, sigma)
        if eta > 0:
            x = x + sigma * draw()
        yield Step(x, x0, t)


def _ddim_step(
    x: Tensor, eps: Tensor, a: float, a_next: float, sigma: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Return the predicted x0 and the mean of the next x (Song et al. 2020, equation 12)."""
    x0 = predict_x0(x, eps, a)
    return x0, math.sqrt(a_next) * x0 + math.sqrt(max(1 - a_next - sigma**2, 0.0)) * eps


def predict_x0(x: Tensor, eps: Tensor, a: float) -> Tensor:
    """Solve x = sqrt(a) x0 + sqrt(1 - a) eps for x0 (Ho et al. 2020, equation 4)."""
    return (x - math.sqrt(1 - a) * eps) / math.sqrt(a)


def plms(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """Pseudo linear multistep: Liu et al. 2022, algorithm 2, with one probe to begin.

    The first step averages the eps here with that at the end of a trial DDIM step, the next two
    use Adams-Bashforth of order two and three, all others of order four: S + 1 model calls.
    """
    past: deque[Tensor] = deque(maxlen=3)
    for i, (t, a, a_next) in enumerate(grid):
        answer: Tensor = yield Ask(x, t)
        eps = diffusion.eps(answer, x, a)
        if past:
            combined = _adams_bashforth(eps, past)
        else:
            combined = yield from _average_with_probe(x, eps, grid, diffusion)
        past.appendleft(eps)
        x0, x = _ddim_step(x, combined, a, a_next)
        yield Step(x, x0, grid.t[i])


def _average_with_probe(
    x: Tensor, eps: Tensor, grid: Levels, diffusion: Diffusion
) -> Generator[Ask, Any, Tensor]:
    """Return the mean of eps and of the eps where a DDIM step with it would lead."""
    _, a, a_next = next(iter(grid))
    _, trial = _ddim_step(x, eps, a, a_next)
    t_next = grid.t[min(1, len(grid.t) - 1)]
    answer = yield Ask(trial, t_next)
    return (eps + diffusion.eps(answer, trial, a_next)) / 2


def _adams_bashforth(eps: Tensor, past: deque[Tensor]) -> Tensor:
    """Extrapolate eps from up to three earlier ones, newest first (Liu et al. 2022, eq. 12)."""
    weights = {
        1: (3 / 2, -1 / 2),
        2: (23 / 12, -16 / 12, 5 / 12),
        3: (55 / 24, -59 / 24, 37 / 24, -9 / 24),
    }[len(past)]
    terms = [w * e for w, e in zip(weights, (eps, *past), strict=True)]
    return torch.stack(terms).sum(dim=0)
