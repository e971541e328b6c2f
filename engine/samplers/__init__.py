"""Samplers as generators that ask: pure arithmetic, which never calls the model.

The arithmetic is done in the dtype of the x that it begins with: lanes give float64, because the
first steps divide by sqrt(alpha_bar) = 0.07 and would show float32's rounding in the predicted x0.
"""

import math
from collections.abc import Callable
from functools import partial

from torch import Tensor

from engine.recipe import Recipe
from engine.samplers.ancestral import ddpm, lcm, tcd
from engine.samplers.asks import Ask, Draw, Sampling, Step
from engine.samplers.exponential import deis, dpmpp_2m, dpmpp_2m_sde, unipc
from engine.samplers.implicit import ddim, plms
from engine.samplers.levels import ALONG_SIGMA, PREDICTIONS, Diffusion, Levels, levels
from engine.samplers.sigmas import euler, euler_a, heun, lms

__all__ = [
    "PREDICTIONS",
    "Ask",
    "Diffusion",
    "Draw",
    "Levels",
    "Sampling",
    "Step",
    "initial",
    "levels",
    "sample",
]

_QUIET: dict[str, Callable[[Tensor, Levels, Diffusion], Sampling]] = {
    "plms": plms, "euler": euler, "heun": heun, "lms": lms, "dpmpp_2m": dpmpp_2m, "unipc": unipc,
    "deis": deis,
}  # fmt: skip
_NOISY: dict[str, Callable[[Tensor, Levels, Diffusion, Draw], Sampling]] = {
    "euler_a": euler_a, "dpmpp_2m_sde": dpmpp_2m_sde, "ddpm": ddpm, "lcm": lcm,
    "ddpm_large": partial(ddpm, large=True),
}  # fmt: skip
_WITH_ETA = {"ddim": ddim, "tcd": tcd}


def initial(recipe: Recipe, grid: Levels, noise: Tensor) -> Tensor:
    """Return the first x (1, C, h, w) from standard normal noise.

    Samplers along sigma lay noise of the highest sigma on nothing, which the model sees a little
    weaker than pure noise; the others begin with the noise itself.
    """
    return noise if recipe.sampler not in ALONG_SIGMA else noise * math.sqrt(1 - grid.alpha_bar[0])


def sample(recipe: Recipe, grid: Levels, diffusion: Diffusion, x: Tensor, draw: Draw) -> Sampling:
    """Start the recipe's sampler on `grid` at x (1, C, h, w), as noisy as its first level."""
    name = recipe.sampler
    if name in _QUIET:
        return _QUIET[name](x, grid, diffusion)
    if name in _NOISY:
        return _NOISY[name](x, grid, diffusion, draw)
    if name in _WITH_ETA:
        return _WITH_ETA[name](x, grid, diffusion, recipe.eta or 0.0, draw)
    message = f"no sampler {name!r}"
    raise ValueError(message)
