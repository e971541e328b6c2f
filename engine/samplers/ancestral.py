"""Samplers that draw fresh noise at every step by design: DDPM, LCM and TCD."""

import math

from torch import Tensor

from engine.samplers.asks import Ask, Draw, Sampling, Step
from engine.samplers.implicit import predict_x0
from engine.samplers.levels import Diffusion, Levels

_SCALED_T = 10.0
_DATA = 0.5


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
        x0 = predict_x0(x, diffusion.eps(answer, x, a), a)
        beta = 1 - a / a_next
        towards_x0 = math.sqrt(a_next) * beta / (1 - a)
        towards_x = math.sqrt(1 - beta) * (1 - a_next) / (1 - a)
        x = towards_x0 * x0 + towards_x * x
        if a_next < 1:
            variance = beta if large else (1 - a_next) / (1 - a) * beta
            x = x + math.sqrt(variance) * draw()
        yield Step(x, x0, t)


def lcm(x: Tensor, grid: Levels, diffusion: Diffusion, draw: Draw) -> Sampling:
    """Latent consistency: Luo et al. 2023, "Latent Consistency Models", algorithm 3.

    Jumps to the predicted x0 and back to the next level with fresh noise; the last jump stays.
    Made for checkpoints distilled for it, with c_skip and c_out of their training.
    """
    for t, a, a_next in grid:
        answer: Tensor = yield Ask(x, t)
        x0 = predict_x0(x, diffusion.eps(answer, x, a), a)
        scaled = t * _SCALED_T
        keep, trust = _DATA**2 / (scaled**2 + _DATA**2), scaled / math.hypot(scaled, _DATA)
        x = trust * x0 + keep * x
        if a_next < 1:
            x = math.sqrt(a_next) * x + math.sqrt(1 - a_next) * draw()
        yield Step(x, x0, t)


def tcd(x: Tensor, grid: Levels, diffusion: Diffusion, eta: float, draw: Draw) -> Sampling:
    """Trajectory consistency: Zheng et al. 2024, "Trajectory Consistency Distillation", alg. 4.

    eta is their gamma: of every step, this part is taken too far towards the picture and given
    back as fresh noise. The last step draws nothing.
    """
    for (t, a, a_next), t_next in zip(grid, (*grid.t[1:], 0.0), strict=True):
        answer: Tensor = yield Ask(x, t)
        eps = diffusion.eps(answer, x, a)
        x0 = predict_x0(x, eps, a)
        far = int((1 - eta) * t_next)
        last = t_next == 0.0
        a_far = a_next if last else diffusion.alpha_bar[far]
        x = math.sqrt(a_far) * x0 + math.sqrt(1 - a_far) * eps
        if eta > 0 and not last:
            back = a_next / a_far
            x = math.sqrt(back) * x + math.sqrt(1 - back) * draw()
        yield Step(x, x0, t)
