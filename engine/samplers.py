"""Samplers as generators that ask: pure arithmetic, which never calls the model.

A sampler yields an `Ask` and is sent the model's answer; after each step it yields a `Step` and
is sent nothing. Several model calls in one step are several asks. The arithmetic is done in the
dtype of the x that it begins with: lanes give float64, because the first steps divide by
sqrt(alpha_bar) = 0.07 and would show float32's rounding in the predicted x0. Symbols follow the
papers: alpha_bar is the product of (1 - beta_t) (Ho et al. 2020), written alpha in Song et al.
2020.
"""

import math
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.errors import BadSetting
from engine.recipe import Recipe

Draw = Callable[[], Tensor]
"""Draws the picture's next standard normal noise, like x in shape and dtype."""


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """Please say what you see in x (1, C, h, w), scaled for the model, at timestep t."""

    x: Tensor
    t: float


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step is done: x after it, x0 predicted from the eps that it used, and the t it left."""

    x: Tensor
    x0: Tensor
    t: float


PREDICTIONS = ("epsilon", "v_prediction", "sample")

Sampling = Generator[Ask | Step, Any, None]


@dataclass(frozen=True, slots=True)
class Diffusion:
    """The forward process that a checkpoint was trained on.

    `alpha_bar[t]` is given for t = 0..T-1, `prediction` is what the network makes, one of
    PREDICTIONS. `offset` shifts the grid of DDIM and PLMS, and `final` is the alpha_bar that their
    last step goes to: the checkpoint's own settings.
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


@dataclass(frozen=True, slots=True)
class Levels:
    """The noise levels of one run: t and alpha_bar of each step, and alpha_bar after the last."""

    t: tuple[int, ...]
    alpha_bar: tuple[float, ...]
    final: float

    def __iter__(self) -> Iterator[tuple[int, float, float]]:
        """Yield (t, alpha_bar before, alpha_bar after) of each step."""
        return zip(self.t, self.alpha_bar, (*self.alpha_bar[1:], self.final), strict=True)

    @property
    def sigma(self) -> tuple[float, ...]:
        """Noise to signal at each step, as in Karras et al. 2022."""
        return tuple(math.sqrt((1 - a) / a) for a in self.alpha_bar)


def levels(recipe: Recipe, diffusion: Diffusion) -> Levels:
    """Return the recipe's grid: exactly `steps` entries, each stepping to the next.

    Where the number of trained levels T is a multiple of S this is the original implementations'
    grid: multiples of T/S, shifted by one for DDIM and PLMS. Elsewhere that rule misses the
    noisiest levels or the count, and S even entries from the shift to T - 1 take its place.
    """
    count = len(diffusion.alpha_bar)
    if recipe.steps > count:
        raise BadSetting(
            "steps", f"This model knows {count} noise levels, and so many steps at most."
        )
    match recipe.sampler:
        case "ddim" | "plms":
            # With S = T the shift would ask for a level that does not exist.
            offset = 0 if recipe.steps == count else diffusion.offset
            final = diffusion.final
        case "ddpm" | "ddpm_large":
            offset, final = 0, 1.0
        case unknown:
            message = f"no grid for {unknown!r}"
            raise ValueError(message)
    t = _grid(recipe.steps, count, offset)
    return Levels(t, tuple(diffusion.alpha_bar[k] for k in t), final)


def _grid(steps: int, count: int, offset: int) -> tuple[int, ...]:
    if count % steps == 0:
        ascending = [k * (count // steps) + offset for k in range(steps)]
    else:
        spacing = (count - 1 - offset) / (steps - 1)
        ascending = [round(offset + k * spacing) for k in range(steps)]
    return tuple(reversed(ascending))


def sample(recipe: Recipe, diffusion: Diffusion, x: Tensor, draw: Draw) -> Sampling:
    """Start the recipe's sampler at the initial noise x (1, C, h, w)."""
    grid = levels(recipe, diffusion)
    match recipe.sampler:
        case "ddim":
            return ddim(x, grid, diffusion, recipe.eta or 0.0, draw)
        case "plms":
            return plms(x, grid, diffusion)
        case "ddpm" | "ddpm_large":
            return ddpm(x, grid, diffusion, draw, large=recipe.sampler == "ddpm_large")
        case unknown:
            message = f"no sampler {unknown!r}"
            raise ValueError(message)


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
    x0 = _predict_x0(x, eps, a)
    return x0, math.sqrt(a_next) * x0 + math.sqrt(max(1 - a_next - sigma**2, 0.0)) * eps


def _predict_x0(x: Tensor, eps: Tensor, a: float) -> Tensor:
    """Solve x = sqrt(a) x0 + sqrt(1 - a) eps for x0 (Ho et al. 2020, equation 4)."""
    return (x - math.sqrt(1 - a) * eps) / math.sqrt(a)


def ddpm(
    x: Tensor, grid: Levels, diffusion: Diffusion, draw: Draw, *, large: bool = False
) -> Sampling:
    """Ancestral sampling: Ho, Jain and Abbeel 2020, algorithm 2, equations 6 and 7.

    The posterior ("small") variance, or beta itself, the `large` one (section 3.2 there; sigma-hat
    in Song et al. 2020, section 5.1); beta of a shortened grid as in Nichol and Dhariwal 2021,
    equation 19. Every step but the last draws once.
    """
    for t, a, a_next in grid:
        answer: Tensor = yield Ask(x, t)
        x0 = _predict_x0(x, diffusion.eps(answer, x, a), a)
        beta = 1 - a / a_next
        towards_x0 = math.sqrt(a_next) * beta / (1 - a)
        towards_x = math.sqrt(1 - beta) * (1 - a_next) / (1 - a)
        x = towards_x0 * x0 + towards_x * x
        if a_next < 1:
            variance = beta if large else (1 - a_next) / (1 - a) * beta
            x = x + math.sqrt(variance) * draw()
        yield Step(x, x0, t)


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
