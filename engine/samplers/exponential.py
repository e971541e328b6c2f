"""Exponential integrators: DPM-Solver++ of order two, UniPC and DEIS.

They step in lambda = -log(sigma), along which the linear part of the equation is solved exactly;
h is a step's length in it. x is scaled as in `sigmas`.
"""

import math
from typing import NamedTuple

import numpy as np
from torch import Tensor

from engine.samplers.asks import Draw, Sampling
from engine.samplers.levels import Diffusion, Levels
from engine.samplers.sigmas import ask, begin, done, steps


class Said(NamedTuple):
    """What an earlier step was told: a predicted x0 or eps, and at which sigma."""

    what: Tensor
    sigma: float


def dpmpp_2m(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """DPM-Solver++(2M): Lu et al. 2022, "DPM-Solver++", algorithm 2; the last step of order one."""
    x, before = begin(x, grid), None
    for t, sigma, following in steps(grid):
        x0 = x - sigma * (yield from ask(x, sigma, t, diffusion))
        towards = x0
        if before is not None and following > 0:
            ratio = math.log(before.sigma / sigma) / math.log(sigma / following)
            towards = x0 + (x0 - before.what) / (2 * ratio)
        x = following / sigma * x + (1 - following / sigma) * towards
        before = Said(x0, sigma)
        yield done(x, x0, following, t)


def dpmpp_2m_sde(x: Tensor, grid: Levels, diffusion: Diffusion, draw: Draw) -> Sampling:
    """SDE-DPM-Solver++(2M): Lu et al. 2022, section 6, in the midpoint form of k-diffusion.

    Every step but the last draws once.
    """
    x, before = begin(x, grid), None
    for t, sigma, following in steps(grid):
        x0 = x - sigma * (yield from ask(x, sigma, t, diffusion))
        kept = (following / sigma) ** 2  # exp(-2 h)
        x = following / sigma * math.sqrt(kept) * x + (1 - kept) * x0
        if following > 0:
            if before is not None:
                ratio = math.log(before.sigma / sigma) / math.log(sigma / following)
                x = x + (1 - kept) / (2 * ratio) * (x0 - before.what)
            x = x + following * math.sqrt(1 - kept) * draw()
        before = Said(x0, sigma)
        yield done(x, x0, following, t)


def unipc(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """UniPC of order two, B2(h): Zhao et al. 2023, "UniPC", algorithms 5 and 7.

    The answer at the new level first corrects the step that led there, then predicts the next one,
    so that each step costs one model call. The last step is of order one.
    """
    x, start = begin(x, grid), None
    before: list[Said] = []
    for t, sigma, following in steps(grid):
        x0 = x - sigma * (yield from ask(x, sigma, t, diffusion))
        if start is not None:
            x = _corrected(start, before, Said(x0, sigma))
        start = x
        before = [Said(x0, sigma), *before[:1]]
        x = following / sigma * x + (1 - following / sigma) * x0
        if len(before) > 1 and following > 0:
            slope = _slope(before[1], before[0], math.log(sigma / following))
            x = x + (1 - following / sigma) / 2 * slope
        yield done(x, x0, following, t)


def _slope(earlier: Said, now: Said, h: float) -> Tensor:
    """Return how x0 has been changing, for a step of `h`."""
    return (now.what - earlier.what) * (h / math.log(earlier.sigma / now.sigma))


def _corrected(start: Tensor, before: list[Said], reached: Said) -> Tensor:
    """Take the step from `start` again, knowing what the model says at its end (UniC)."""
    now = before[0]
    h = math.log(now.sigma / reached.sigma)
    kept = reached.sigma / now.sigma
    x = kept * start + (1 - kept) * now.what
    gain = reached.what - now.what
    if len(before) == 1:
        return x + (1 - kept) / 2 * gain
    # The weights that integrate a quadratic through three points exactly (equation 9).
    first = math.expm1(-h) / -h - 1
    second = first / -h - 1 / 2
    place = -math.log(before[1].sigma / now.sigma) / h
    system = np.array([[1.0, 1.0], [place, 1.0]])
    goal = np.array([first, 2 * second]) / math.expm1(-h)
    earlier, later = np.linalg.solve(system, goal)
    bend = float(earlier) / place * (before[1].what - now.what)
    return x + (1 - kept) * (bend + float(later) * gain)


def deis(x: Tensor, grid: Levels, diffusion: Diffusion) -> Sampling:
    """DEIS of order two: Zhang and Chen 2023, "Fast Sampling of Diffusion Models", section 3.3.

    The line through the last two eps is integrated exactly; first and last step are of order one.
    """
    x, before = begin(x, grid), None
    for t, sigma, following in steps(grid):
        eps = yield from ask(x, sigma, t, diffusion)
        x0 = x - sigma * eps
        if before is None or following == 0:
            x = x + (following - sigma) * eps
        else:
            x = x + _integral(sigma, following, (sigma, before.sigma)) * eps
            x = x + _integral(sigma, following, (before.sigma, sigma)) * before.what
        before = Said(eps, sigma)
        yield done(x, x0, following, t)


def _integral(start: float, end: float, knots: tuple[float, float]) -> float:
    """Integrate over sigma what is 1 at the first knot, 0 at the other, and a line in log sigma."""
    one, other = (math.log(knot) for knot in knots)

    def antiderivative(sigma: float) -> float:
        return sigma * (math.log(sigma) - 1 - other) / (one - other)

    return antiderivative(end) - antiderivative(start)
