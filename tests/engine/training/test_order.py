"""Why our table's order differs from the DDIM paper's: shown where every number is exact.

The world is one of normal data with variances s, in which the best noise prediction is linear in x
and what a sampler makes is normal again. So our samplers, given one unit of each noise they draw,
tell the variance of all they would ever make, and the Frechet distance (Dowson and Landau 1982) is
a sum of squares: nothing is estimated.
"""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from engine.draft import Draft, SizeRule
from engine.samplers import Ask, Diffusion, Sampling, levels, sample
from engine.training.forward import Forward

ALPHA_BAR = tuple(Forward().alpha_bar.double().tolist())
DIFFUSION = Diffusion(ALPHA_BAR, offset=1, final=ALPHA_BAR[0])
#: From broad outlines to fine detail, as pictures have them.
DATA = torch.logspace(0.6, -2.0, 24, dtype=torch.float64)
ETAS = (0.0, 0.2, 0.5, 1.0)
#: What a network believes the data's variances to be, as a share of what they are, at each t.
Belief = Callable[[float], float]


def exact(t: float) -> float:
    """A network that has learnt everything."""
    return 1.0


def wrong(share: float) -> Belief:
    """A network too cautious (below 1) or too sure where there is more noise than picture."""
    return lambda t: share if t > 400 else 1.0


def distance(sampler: str, eta: float | None, steps: int, belief: Belief) -> float:
    """The Frechet distance between the data and all that `sampler` makes with that network."""
    draft = Draft(prompt="x", sampler=sampler, steps=steps, eta=eta, guidance=1.0, seed=0)
    recipe, *_ = draft.resolve(SizeRule())
    noises = iter(range(1, steps + 2))
    x = torch.zeros(1, 1, steps + 2, len(DATA), dtype=torch.float64)
    x[0, 0, 0] = 1.0

    def draw() -> Tensor:
        unit = torch.zeros_like(x)
        unit[0, 0, next(noises)] = 1.0
        return unit

    made = _run(sample(recipe, levels(recipe, DIFFUSION), DIFFUSION, x, draw), belief)
    spread = made[0, 0].square().sum(dim=0).sqrt()
    return float((spread - DATA.sqrt()).square().sum())


def _run(running: Sampling, belief: Belief) -> Tensor:
    x = torch.zeros(())
    said = next(running)
    while True:
        try:
            if isinstance(said, Ask):
                said = running.send(_predicted(said, belief))
            else:
                x = said.x
                said = next(running)
        except StopIteration:
            return x


def _predicted(ask: Ask, belief: Belief) -> Tensor:
    """E[eps | x] for data of the believed variances: linear in x."""
    a = ALPHA_BAR[int(ask.t)]
    share: Tensor = math.sqrt(1 - a) / (a * belief(ask.t) * DATA + 1 - a)
    return share * ask.x


@pytest.mark.parametrize("steps", [10, 20, 50, 100])
def test_with_a_network_that_is_right_less_noise_is_nearer_as_in_the_paper(steps: int) -> None:
    distances = [distance("ddim", eta, steps, exact) for eta in ETAS]
    assert distances == sorted(distances)


@pytest.mark.parametrize(
    ("share", "steps"), [(0.5, 50), (0.5, 100), (0.1, 10), (2.0, 50), (3.0, 10), (3.0, 100)]
)
def test_a_network_that_is_wrong_where_it_is_noisy_gains_from_fresh_noise(
    share: float, steps: int
) -> None:
    distances = [distance("ddim", eta, steps, wrong(share)) for eta in ETAS]
    assert distances == sorted(distances, reverse=True)


def test_the_less_is_learnt_the_more_fresh_noise_gains() -> None:
    gains = [
        distance("ddim", 0.0, 50, wrong(share)) - distance("ddim", 1.0, 50, wrong(share))
        for share in (1.0, 0.8, 0.6, 0.4, 0.2)
    ]
    assert gains == sorted(gains)
    assert gains[0] < 0 < gains[-1]


@pytest.mark.parametrize("steps", [10, 20, 50])
def test_the_large_variance_makes_up_for_what_few_noisy_steps_lose(steps: int) -> None:
    """In the paper it is the worst by far: that measure punishes noise left in the pixels."""
    large = distance("ddpm_large", None, steps, exact)
    assert large < distance("ddpm", None, steps, exact)
    assert large < distance("ddim", 1.0, steps, exact)
