"""The forward process of a checkpoint, and the noise levels that a run visits.

Written in alpha_bar, the product of (1 - beta_t) (Ho et al. 2020), which Song et al. 2020 call
alpha; sigma is noise to signal, sqrt((1 - alpha_bar) / alpha_bar), as in Karras et al. 2022.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from engine.errors import BadSetting
from engine.recipe import Recipe

PREDICTIONS = ("epsilon", "v_prediction", "sample")

_RHO = 7.0
_NEARLY_NOTHING = 2.0**-24
_AVERAGING = ("plms", "heun")
"""They average the eps of two levels, whose difference counts 1 / sqrt(alpha_bar) times."""
_NOTHING_TO_AVERAGE = "PLMS and Heun cannot begin at this model's last level, which is noise alone."
_BEGIN_BELOW = "Take another sampler, or the schedule leading."
_TO_THE_LAST = ("ddim", "plms", "tcd")
"""Their last step goes to the checkpoint's own last level, as their originals do; others to 1."""
_WITHOUT_SHIFT = ("ddpm", "ddpm_large")
ALONG_SIGMA = ("euler", "euler_a", "heun", "lms", "dpmpp_2m", "dpmpp_2m_sde", "unipc", "deis")
"""They know levels between the trained ones; the others keep to whole t."""


@dataclass(frozen=True)
class Diffusion:
    """The forward process that a checkpoint was trained on.

    `alpha_bar[t]` is given for t = 0..T-1, `prediction` is what the network makes, one of
    PREDICTIONS. `offset` shifts the leading grid, and `final` is the alpha_bar that the last step
    of DDIM, PLMS and TCD goes to: the checkpoint's own settings.
    """

    alpha_bar: tuple[float, ...]
    prediction: str = "epsilon"
    offset: int = 1
    final: float = 1.0

    def eps(self, answer: Tensor, x: Tensor, a: float) -> Tensor:
        """Return the noise in x at alpha_bar `a`, from an answer in the network's own terms."""
        answer = answer.to(x.dtype)
        if self.prediction == "epsilon":
            return answer
        if self.prediction == "v_prediction":  # Salimans and Ho 2022, appendix D
            return math.sqrt(a) * answer + math.sqrt(1 - a) * x
        return (x - math.sqrt(a) * answer) / math.sqrt(1 - a)

    @cached_property
    def log_sigma(self) -> tuple[float, ...]:
        """The logarithm of sigma at every t, rising."""
        return tuple(math.log((1 - a) / a) / 2 for a in self.alpha_bar)

    def sigma_at(self, t: float) -> float:
        """Return sigma at a t between two levels: its logarithm is linear there."""
        low = min(int(t), len(self.alpha_bar) - 2)
        part = t - low
        return math.exp((1 - part) * self.log_sigma[low] + part * self.log_sigma[low + 1])

    def t_at(self, sigma: float) -> float:
        """Return the t of a sigma: the inverse of `sigma_at`, kept within the trained levels."""
        logs, wanted = self.log_sigma, math.log(sigma)
        low = min(max(bisect_right(logs, wanted) - 1, 0), len(logs) - 2)
        part = (wanted - logs[low]) / (logs[low + 1] - logs[low])
        return low + min(max(part, 0.0), 1.0)


def to_nothing(alpha_bar: tuple[float, ...]) -> tuple[float, ...]:
    """Return the levels stretched until nothing is left of the picture at the noisiest one.

    Lin et al. 2023, "Common Diffusion Noise Schedules and Sample Steps are Flawed", algorithm 1.
    The last is 2^-24 rather than 0, as in diffusers, so that its sigma is a number (4096).
    """
    roots = [math.sqrt(a) for a in alpha_bar]
    first, last = roots[0], roots[-1]
    stretched = (((root - last) * first / (first - last)) ** 2 for root in roots[:-1])
    return (*(max(a, 2 * _NEARLY_NOTHING) for a in stretched), _NEARLY_NOTHING)


@dataclass(frozen=True, slots=True)
class Levels:
    """The noise levels of one run: t and alpha_bar of each step, and alpha_bar after the last."""

    t: tuple[float, ...]
    alpha_bar: tuple[float, ...]
    final: float

    def __iter__(self) -> Iterator[tuple[float, float, float]]:
        """Yield (t, alpha_bar before, alpha_bar after) of each step."""
        return zip(self.t, self.alpha_bar, (*self.alpha_bar[1:], self.final), strict=True)

    @property
    def sigma(self) -> tuple[float, ...]:
        """Noise to signal at each step."""
        return tuple(math.sqrt((1 - a) / a) for a in self.alpha_bar)

    @property
    def sigmas(self) -> tuple[float, ...]:
        """Noise to signal at each step and after the last."""
        return (*self.sigma, math.sqrt((1 - self.final) / self.final))


def levels(recipe: Recipe, diffusion: Diffusion) -> Levels:
    """Return the recipe's grid: exactly `steps` levels, noisiest first.

    Raises BadSetting where the checkpoint knows fewer levels than there are steps, and for samplers
    that cannot begin at a level with nothing but noise.
    """
    count = len(diffusion.alpha_bar)
    if recipe.steps > count:
        raise BadSetting(
            "steps", f"This model knows {count} noise levels, and so many steps at most."
        )
    grid = _grid(recipe, diffusion)
    if recipe.sampler in _AVERAGING and grid.alpha_bar[0] < 1.5 * _NEARLY_NOTHING:
        raise BadSetting("sampler", _NOTHING_TO_AVERAGE, _BEGIN_BELOW)
    return grid


def _grid(recipe: Recipe, diffusion: Diffusion) -> Levels:
    count = len(diffusion.alpha_bar)
    t: tuple[float, ...]
    final = diffusion.final if recipe.sampler in _TO_THE_LAST else 1.0
    match recipe.schedule:
        case "leading":
            shift = 0 if recipe.sampler in _WITHOUT_SHIFT else diffusion.offset
            # With S = T the shift would ask for a level that does not exist.
            t = _leading(recipe.steps, count, 0 if recipe.steps == count else shift)
        case "trailing":
            t = tuple(round(count - k * count / recipe.steps) - 1 for k in range(recipe.steps))
        case "linspace":
            t = tuple(_evenly(count - 1, 0, recipe.steps))
            if recipe.sampler not in ALONG_SIGMA:
                t = tuple(round(k) for k in t)
        case "karras" | "exponential":
            return _by_sigma(recipe, diffusion, final)
        case unknown:
            message = f"no schedule {unknown!r}"
            raise ValueError(message)
    if all(isinstance(k, int) for k in t):
        return Levels(t, tuple(diffusion.alpha_bar[int(k)] for k in t), final)
    return Levels(t, tuple(_alpha_bar(diffusion.sigma_at(k)) for k in t), final)


def _leading(steps: int, count: int, shift: int) -> tuple[int, ...]:
    """Multiples of T / S, shifted, as in the original implementations, where S divides T.

    Elsewhere that rule misses the noisiest levels or the count, and S even entries from the shift
    to T - 1 take its place.
    """
    if count % steps == 0:
        return tuple(k * (count // steps) + shift for k in reversed(range(steps)))
    return tuple(round(t) for t in _evenly(count - 1, shift, steps))


def _by_sigma(recipe: Recipe, diffusion: Diffusion, final: float) -> Levels:
    """Karras et al. 2022, equation 5 with rho 7; or sigmas in even ratios."""
    highest, lowest = (math.exp(diffusion.log_sigma[k]) for k in (-1, 0))
    if recipe.schedule == "karras":
        roots = _evenly(highest ** (1 / _RHO), lowest ** (1 / _RHO), recipe.steps)
        sigmas = [root**_RHO for root in roots]
    else:
        logs = _evenly(math.log(highest), math.log(lowest), recipe.steps)
        sigmas = [math.exp(log) for log in logs]
    t = tuple(diffusion.t_at(sigma) for sigma in sigmas)
    return Levels(t, tuple(_alpha_bar(sigma) for sigma in sigmas), final)


def _evenly(first: float, last: float, count: int) -> list[float]:
    if count == 1:
        return [first]
    return [first + k * (last - first) / (count - 1) for k in range(count)]


def _alpha_bar(sigma: float) -> float:
    return 1 / (1 + sigma**2)
