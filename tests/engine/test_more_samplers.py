"""The samplers of the k-diffusion family and of the distilled models, held against diffusers.

Each diffusers scheduler is given our own levels in float64 and the same exact noise model.
"""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from diffusers import (
    DEISMultistepScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    LCMScheduler,
    TCDScheduler,
    UniPCMultistepScheduler,
)
from hypothesis import given
from hypothesis import strategies as st

from engine.menu import entry, menu
from engine.noise import NoiseSource
from engine.samplers import Diffusion, levels, sample
from tests.engine.test_samplers import (
    MODEL,
    SHAPE,
    STABLE_DIFFUSION,
    noises,
    recipe,
    run,
    start,
)
from tests.oracle import papers

SHARED = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
IN_SIGMA = {
    "euler": (EulerDiscreteScheduler, {}),
    "euler_a": (EulerAncestralDiscreteScheduler, {}),
    "heun": (HeunDiscreteScheduler, {}),
}
IN_LAMBDA = {
    "dpmpp_2m": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++"}),
    "dpmpp_2m_sde": (
        DPMSolverMultistepScheduler,
        {"algorithm_type": "sde-dpmsolver++", "solver_type": "midpoint"},
    ),
    "unipc": (UniPCMultistepScheduler, {"solver_order": 2}),
    "deis": (DEISMultistepScheduler, {"solver_order": 2}),
}
"""Their `x` is of the variance that the model sees, not scaled by sigma."""
NOISY = {"euler_a", "dpmpp_2m_sde", "lcm", "tcd"}

CLOSE = 3e-5
"""diffusers reckons in float32 in places, where sigma begins at 14."""
GIVEN = ("ddim", "ddpm", "ddpm_large", "plms")
NEW = [name for name in menu() if name not in GIVEN]


def usual(name, steps, schedule=None):
    a_recipe = recipe(name, steps, entry(name).eta.default if entry(name).eta else None)
    return replace(a_recipe, schedule=schedule or entry(name).schedules[0])


def exact(x, t):
    """The exact noise at any t, also between the trained levels."""
    return MODEL.eps_at(x, 1 / (1 + STABLE_DIFFUSION.sigma_at(float(t)) ** 2))


def ours(a_recipe):
    return run(start(a_recipe)[1], exact)


def ours_with_answers(a_recipe):
    """Run a sampler, and keep what it was answered."""
    answers = []

    def say(x, t):
        answers.append(exact(x, t))
        return answers[-1]

    taken, calls = run(start(a_recipe)[1], say)
    return taken, calls, [torch.from_numpy(answer) for answer in answers]


def record_noise(monkeypatch, module, count):
    draws = iter(noises(count))
    monkeypatch.setattr(
        f"diffusers.schedulers.scheduling_{module}.randn_tensor",
        lambda *_, **__: torch.from_numpy(next(draws)),
    )


def walk(scheduler, grid, x, answers, *, in_sigma):
    """Let diffusers step over our levels on the same answers; return its x after each step.

    The model's own answers to its x would differ where two blobs are equally near: there a last
    bit of float32 decides.
    """
    sigmas = torch.tensor(grid.sigmas, dtype=torch.float64)
    times = torch.tensor(grid.t, dtype=torch.float64)
    scheduler.set_timesteps(len(grid.t))
    if isinstance(scheduler, HeunDiscreteScheduler):  # asks twice about every level but the first
        sigmas = torch.cat([sigmas[:1], sigmas[1:-1].repeat_interleave(2), sigmas[-1:]])
        times = torch.cat([times[:1], times[1:].repeat_interleave(2)])
    scheduler.sigmas, scheduler.timesteps = sigmas, times
    scheduler.is_scale_input_called = True
    path = []
    for number, (t, eps) in enumerate(zip(times, answers, strict=True)):
        x = scheduler.step(eps, t, x).prev_sample
        after = math.sqrt(1 + float(sigmas[number + 1]) ** 2) if in_sigma else 1.0
        path.append(x.double() / after)
    return [*path[1:-1:2], path[-1]] if len(path) > len(grid.t) else path


@pytest.mark.parametrize("schedule", ["linspace", "karras", "exponential", "trailing", "leading"])
@pytest.mark.parametrize("steps", [5, 20, 33])
@pytest.mark.parametrize("name", IN_SIGMA)
def test_the_family_of_euler_steps_as_in_diffusers(name, steps, schedule, monkeypatch):
    kind, options = IN_SIGMA[name]
    a_recipe = usual(name, steps, schedule)
    grid = levels(a_recipe, STABLE_DIFFUSION)
    if name == "euler_a":
        record_noise(monkeypatch, "euler_ancestral_discrete", steps)
    x = NoiseSource(7, SHAPE).draw().double() * grid.sigma[0]
    taken, calls, answers = ours_with_answers(a_recipe)
    path = walk(kind(**SHARED, **options), grid, x, answers, in_sigma=True)
    assert calls == entry(name).model_calls(steps)
    assert len(taken) == len(path) == steps
    for step, wanted in zip(taken, path, strict=True):
        torch.testing.assert_close(step.x, wanted, atol=CLOSE, rtol=0)


@pytest.mark.parametrize("steps", [1, 2, 5, 33])
@pytest.mark.parametrize("schedule", ["linspace", "karras"])
def test_lms_integrates_the_polynomial_through_its_slopes(steps, schedule):
    def eps(x, sigma):
        a = 1 / (1 + sigma**2)
        return MODEL.eps_at(x * math.sqrt(a), a)

    a_recipe = usual("lms", steps, schedule)
    sigmas = levels(a_recipe, STABLE_DIFFUSION).sigmas
    expected = papers.lms(sigmas, eps, NoiseSource(7, SHAPE).draw().double().numpy() * sigmas[0])
    taken, _ = ours(a_recipe)
    for step, wanted, sigma in zip(taken, expected[1:], sigmas[1:], strict=True):
        scale = math.sqrt(1 + sigma**2)
        np.testing.assert_allclose(step.x.numpy() * scale, wanted, atol=1e-8)


# diffusers hands tensors to numpy's log, and that is how numpy says it dislikes it.
@pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning")
@pytest.mark.parametrize("schedule", ["linspace", "karras", "exponential", "trailing", "leading"])
@pytest.mark.parametrize("steps", [2, 5, 14])
@pytest.mark.parametrize("name", IN_LAMBDA)
def test_exponential_integrators_step_as_in_diffusers(name, steps, schedule, monkeypatch):
    kind, options = IN_LAMBDA[name]
    a_recipe = usual(name, steps, schedule)
    grid = levels(a_recipe, STABLE_DIFFUSION)
    if name == "dpmpp_2m_sde":
        record_noise(monkeypatch, "dpmsolver_multistep", steps)
    x = NoiseSource(7, SHAPE).draw().double() * math.sqrt(1 - grid.alpha_bar[0])
    taken, calls, answers = ours_with_answers(a_recipe)
    path = walk(kind(**SHARED, **options), grid, x, answers, in_sigma=False)
    assert calls == steps
    if name == "deis":  # diffusers' cannot step to sigma 0; of first order that step is x0
        torch.testing.assert_close(taken[-1].x, taken[-1].x0, atol=1e-12, rtol=0)
        taken, path = taken[:-1], path[:-1]
    for step, wanted in zip(taken, path, strict=True):
        torch.testing.assert_close(step.x, wanted, atol=CLOSE, rtol=0)


@pytest.mark.parametrize("steps", [1, 4, 8])
@pytest.mark.parametrize("name", ["lcm", "tcd"])
def test_the_distilled_samplers_step_as_in_diffusers(name, steps, monkeypatch):
    kind = {"lcm": LCMScheduler, "tcd": TCDScheduler}[name]
    record_noise(monkeypatch, name, steps)
    a_recipe = usual(name, steps)
    grid = levels(a_recipe, STABLE_DIFFUSION)
    scheduler = kind(**SHARED, clip_sample=False, set_alpha_to_one=False)
    scheduler.set_timesteps(timesteps=[int(t) for t in grid.t])
    x = NoiseSource(7, SHAPE).draw().double()
    options = {"eta": a_recipe.eta} if name == "tcd" else {}
    taken, _ = ours(a_recipe)
    for step, t in zip(taken, scheduler.timesteps, strict=True):
        eps = torch.from_numpy(MODEL.eps(x.double().numpy(), int(t)))
        x = scheduler.step(eps, int(t), x, **options).prev_sample
        torch.testing.assert_close(step.x, x.double(), atol=CLOSE, rtol=0)


@pytest.mark.parametrize("schedule", ["linspace", "karras", "exponential", "trailing", "leading"])
@given(steps=st.integers(1, 1000))
def test_every_schedule_has_exactly_as_many_falling_levels_as_there_are_steps(schedule, steps):
    grid = levels(usual("euler", steps, schedule), STABLE_DIFFUSION)
    assert len(grid.t) == len(grid.alpha_bar) == steps
    assert all(a > b for a, b in pairwise(grid.t))
    assert all(a > b for a, b in pairwise(grid.sigmas))
    assert 0 <= grid.t[-1] <= grid.t[0] <= 999
    assert grid.sigmas[-1] == 0


@pytest.mark.parametrize("steps", [5, 20])
def test_karras_levels_are_those_of_diffusers(steps):
    scheduler = EulerDiscreteScheduler(**SHARED, use_karras_sigmas=True)
    scheduler.set_timesteps(steps)
    grid = levels(usual("euler", steps, "karras"), STABLE_DIFFUSION)
    np.testing.assert_allclose(grid.sigmas, scheduler.sigmas.numpy(), rtol=2e-5, atol=1e-6)
    np.testing.assert_allclose(grid.t, scheduler.timesteps.numpy(), atol=0.02)


@given(st.floats(0.0, 999.0))
def test_a_level_is_found_again_by_its_sigma(t):
    assert STABLE_DIFFUSION.t_at(STABLE_DIFFUSION.sigma_at(t)) == pytest.approx(t, abs=1e-6)


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("name", menu())
def test_every_sampler_runs_any_number_of_steps_on_each_of_its_schedules(name, steps):
    for schedule in entry(name).schedules:
        taken, calls = ours(usual(name, steps, schedule))
        assert (len(taken), calls) == (steps, entry(name).model_calls(steps))
        assert all(torch.isfinite(step.x).all() and torch.isfinite(step.x0).all() for step in taken)


@pytest.mark.parametrize("name", [n for n in menu() if n not in ("lcm", "ddpm_large")])
def test_enough_steps_end_on_the_data(name):
    """The blobs' spread is 0.3: a picture drawn from them lies within a few of those."""
    taken, _ = ours(usual(name, 200))
    end = taken[-1].x.numpy()
    gaps = [np.sqrt(np.square(end - centre).mean()) for centre in MODEL.centres]
    assert min(gaps) < 0.5


@pytest.mark.parametrize("prediction", ["v_prediction", "sample"])
@pytest.mark.parametrize("name", NEW)
def test_a_network_may_predict_v_or_x0_for_every_sampler(name, prediction):
    def say(x, t):
        a = 1 / (1 + STABLE_DIFFUSION.sigma_at(float(t)) ** 2)
        eps = MODEL.eps_at(x, a)
        x0 = (x - (1 - a) ** 0.5 * eps) / a**0.5
        return a**0.5 * eps - (1 - a) ** 0.5 * x0 if prediction == "v_prediction" else x0

    spoken = Diffusion(STABLE_DIFFUSION.alpha_bar, prediction, 1, STABLE_DIFFUSION.final)
    a_recipe = usual(name, 12)
    expected, _ = ours(a_recipe)
    taken, _ = run(start(a_recipe, spoken)[1], say)
    for step, wanted in zip(taken, expected, strict=True):
        torch.testing.assert_close(step.x, wanted.x, atol=1e-7, rtol=0)


def test_only_those_that_draw_draw():
    quiet = [name for name in menu() if name not in NOISY and name not in ("ddpm", "ddpm_large")]
    for name in quiet:
        a_recipe, x = usual(name, 5), NoiseSource(7, SHAPE).draw().double()
        grid = levels(a_recipe, STABLE_DIFFUSION)
        quiet_run = sample(a_recipe, grid, STABLE_DIFFUSION, x, lambda: pytest.fail("drew"))
        run(quiet_run, exact)
