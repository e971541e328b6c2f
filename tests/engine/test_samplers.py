import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, DDPMScheduler, PNDMScheduler
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadSetting
from engine.menu import entry
from engine.noise import NoiseSource
from engine.recipe import Recipe
from engine.samplers import Ask, Diffusion, Levels, Step, initial, levels, sample
from engine.samplers.implicit import ddim
from tests.oracle import papers

SHAPE = (4, 3, 3)
ALPHA_BAR = papers.stable_diffusion_alpha_bar()
STABLE_DIFFUSION = Diffusion(tuple(ALPHA_BAR.tolist()), offset=1, final=float(ALPHA_BAR[0]))
MODEL = papers.TwoBlobs(ALPHA_BAR, (1, *SHAPE))
# The counts for which the original implementations' own grids are right (samplers' trap 4).
SAFE_STEPS = (1, 2, 4, 5, 10, 20, 25, 50, 100, 250)


def recipe(sampler, steps, eta=None):
    return Recipe(prompt="", sampler=sampler, steps=steps, eta=eta, seed=7)


def run(sampling, eps=MODEL.eps):
    """Answer a sampler with the exact noise; return its steps and the number of its asks."""
    steps, calls, answer = [], 0, None
    try:
        said = sampling.send(None)
        while True:
            if isinstance(said, Step):
                steps.append(said)
                said = next(sampling)
            else:
                assert isinstance(said, Ask)
                calls += 1
                answer = torch.from_numpy(eps(said.x.numpy().astype(np.float64), said.t))
                said = sampling.send(answer)
    except StopIteration:
        return steps, calls


def start(a_recipe, diffusion=STABLE_DIFFUSION):
    source = NoiseSource(a_recipe.seed, SHAPE)
    x = source.draw().double()
    grid = levels(a_recipe, diffusion)
    first = initial(a_recipe, grid, x)
    return x, sample(a_recipe, grid, diffusion, first, lambda: source.draw().double())


def noises(count):
    """The generator's draws after the initial latents."""
    source = NoiseSource(7, SHAPE)
    source.draw()
    return [source.draw().double().numpy() for _ in range(count)]


def assert_same_path(steps, expected):
    xs, x0s = expected
    assert len(steps) == len(x0s)
    for step, x, x0 in zip(steps, xs[1:], x0s, strict=True):
        np.testing.assert_allclose(step.x.numpy(), x, atol=1e-9)
        np.testing.assert_allclose(step.x0.numpy(), x0, atol=1e-9)


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("steps", [*SAFE_STEPS, 3, 7, 30, 333, 999, 1000])
def test_ddim_is_the_papers_ddim(steps, eta):
    x, sampling = start(recipe("ddim", steps, eta))
    grid = levels(recipe("ddim", steps, eta), STABLE_DIFFUSION).t
    expected = papers.ddim(ALPHA_BAR, grid, MODEL.eps, x.numpy(), noises(steps), eta, ALPHA_BAR[0])
    taken, calls = run(sampling)
    assert calls == steps
    assert_same_path(taken, expected)


@pytest.mark.parametrize("sampler", ["ddpm", "ddpm_large"])
@pytest.mark.parametrize("steps", [*SAFE_STEPS, 3, 7, 30, 333, 999, 1000])
def test_ddpm_is_the_papers_ddpm(steps, sampler):
    x, sampling = start(recipe(sampler, steps))
    grid = levels(recipe(sampler, steps), STABLE_DIFFUSION).t
    large = sampler == "ddpm_large"
    expected = papers.ddpm(ALPHA_BAR, grid, MODEL.eps, x.numpy(), noises(steps), large=large)
    taken, calls = run(sampling)
    assert calls == steps
    assert_same_path(taken, expected)


@pytest.mark.parametrize("steps", [*SAFE_STEPS, 3, 7, 30, 333, 999, 1000])
def test_plms_is_the_papers_plms(steps):
    x, sampling = start(recipe("plms", steps))
    grid = levels(recipe("plms", steps), STABLE_DIFFUSION).t
    expected = papers.plms(ALPHA_BAR, grid, MODEL.eps, x.numpy(), ALPHA_BAR[0])
    taken, calls = run(sampling)
    assert calls == steps + 1 == entry("plms").model_calls(steps)
    assert_same_path(taken, expected)


def test_ddim_at_eta_1_over_all_levels_is_ddpm():
    """The DDIM paper's claim, section 4.1: offset 0, final alpha 1, S = 1000."""
    source = NoiseSource(7, SHAPE)
    x = source.draw().double()
    grid = Levels(tuple(range(999, -1, -1)), tuple(ALPHA_BAR[::-1].tolist()), final=1.0)
    implicit, _ = run(ddim(x, grid, STABLE_DIFFUSION, 1.0, lambda: source.draw().double()))
    _, ancestral = start(recipe("ddpm", 1000))
    ancestral, _ = run(ancestral)
    assert len(implicit) == len(ancestral) == 1000
    for ours, theirs in zip(implicit, ancestral, strict=True):
        torch.testing.assert_close(ours.x, theirs.x, atol=1e-10, rtol=0)


def theirs(scheduler, steps, **options):
    """Walk a diffusers scheduler in float64 with the same noise."""
    generator = torch.Generator().manual_seed(7)
    # float32 draws, as NoiseSource makes them, then widened by the schedulers' own arithmetic
    x = torch.randn((1, *SHAPE), generator=generator).double()
    drawn = iter(noises(steps))
    path = []
    scheduler.set_timesteps(steps)
    for t in scheduler.timesteps:
        answer = torch.from_numpy(MODEL.eps(x.numpy(), int(t)))
        if options.get("eta"):
            options["variance_noise"] = torch.from_numpy(next(drawn))
        x = scheduler.step(answer, t, x, **options).prev_sample
        path.append(x)
    return path


SHARED = {
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "steps_offset": 1,
    "timestep_spacing": "leading",
}


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("steps", [s for s in SAFE_STEPS if s > 1])
def test_ddim_agrees_with_diffusers(steps, eta):
    scheduler = DDIMScheduler(**SHARED, clip_sample=False, set_alpha_to_one=False)
    scheduler.alphas_cumprod = torch.from_numpy(ALPHA_BAR)
    scheduler.final_alpha_cumprod = scheduler.alphas_cumprod[0]
    taken, _ = run(start(recipe("ddim", steps, eta))[1])
    for ours, x in zip(taken, theirs(scheduler, steps, eta=eta), strict=True):
        torch.testing.assert_close(ours.x, x, atol=1e-9, rtol=0)


@pytest.mark.parametrize("steps", [s for s in SAFE_STEPS if s > 4])
def test_plms_agrees_with_diffusers(steps):
    scheduler = PNDMScheduler(**SHARED, skip_prk_steps=True, set_alpha_to_one=False)
    scheduler.alphas_cumprod = torch.from_numpy(ALPHA_BAR)
    scheduler.final_alpha_cumprod = scheduler.alphas_cumprod[0]
    taken, _ = run(start(recipe("plms", steps))[1])
    path = theirs(scheduler, steps)[1:]  # the first is the probe
    for ours, x in zip(taken, path, strict=True):
        torch.testing.assert_close(ours.x, x, atol=1e-9, rtol=0)


class RecordedNoise:
    """Draws for a diffusers scheduler, in place of randn_tensor."""

    def __init__(self, steps):
        self.draws = iter(noises(steps))

    def __call__(self, *_, **__):
        return torch.from_numpy(next(self.draws))


@pytest.mark.parametrize(
    ("sampler", "variance"), [("ddpm", "fixed_small"), ("ddpm_large", "fixed_large")]
)
@pytest.mark.parametrize("steps", [4, 20, 100, 1000])
def test_ddpm_agrees_with_diffusers(steps, sampler, variance, monkeypatch):
    scheduler = DDPMScheduler(
        **(SHARED | {"steps_offset": 0}), clip_sample=False, variance_type=variance
    )
    scheduler.alphas_cumprod = torch.from_numpy(ALPHA_BAR)
    scheduler.one = torch.tensor(1.0, dtype=torch.float64)
    noise = RecordedNoise(steps)
    monkeypatch.setattr("diffusers.schedulers.scheduling_ddpm.randn_tensor", noise)
    taken, _ = run(start(recipe(sampler, steps))[1])
    path = theirs(scheduler, steps)
    assert len(taken) == len(path) == steps
    for ours, x in zip(taken, path, strict=True):
        torch.testing.assert_close(ours.x, x, atol=1e-9, rtol=0)


def test_more_steps_than_the_model_has_levels_are_refused():
    short = Diffusion(STABLE_DIFFUSION.alpha_bar[:100], final=STABLE_DIFFUSION.final)
    with pytest.raises(BadSetting, match="100 noise levels"):
        levels(recipe("ddim", 101, 0.0), short)


def test_the_grid_of_twenty_steps_is_the_original_one():
    assert levels(recipe("ddim", 20, 0.0), STABLE_DIFFUSION).t == tuple(range(951, 0, -50))
    assert levels(recipe("plms", 20), STABLE_DIFFUSION).t == tuple(range(951, 0, -50))
    assert levels(recipe("ddpm", 20), STABLE_DIFFUSION).t == tuple(range(950, -1, -50))


@given(st.integers(1, 1000), st.sampled_from(["ddim", "plms", "ddpm", "ddpm_large"]))
def test_every_step_count_has_a_falling_grid_of_its_own_length(steps, sampler):
    grid = levels(recipe(sampler, steps, 0.0 if sampler == "ddim" else None), STABLE_DIFFUSION)
    assert len(grid.t) == steps
    assert all(a > b for a, b in zip(grid.t, grid.t[1:], strict=False))
    assert 0 <= grid.t[-1] <= 1
    assert grid.t[0] <= 999
    if 1000 % steps:
        assert grid.t[0] == 999


def test_eta_0_draws_no_noise():
    def refuse():
        pytest.fail("noise was drawn")

    a_recipe = recipe("ddim", 5, 0.0)
    x = NoiseSource(7, SHAPE).draw().double()
    run(sample(a_recipe, levels(a_recipe, STABLE_DIFFUSION), STABLE_DIFFUSION, x, refuse))


@pytest.mark.parametrize("prediction", ["v_prediction", "sample"])
@pytest.mark.parametrize("sampler", ["ddim", "plms", "ddpm", "ddpm_large"])
def test_a_network_that_predicts_something_else_gives_the_same_path(sampler, prediction):
    """The same exact noise model, spoken in v or in x0."""

    def say(x, t):
        a, e = ALPHA_BAR[int(t)], MODEL.eps(x, t)
        x0 = (x - (1 - a) ** 0.5 * e) / a**0.5
        return a**0.5 * e - (1 - a) ** 0.5 * x0 if prediction == "v_prediction" else x0

    a_recipe = recipe(sampler, 20, 0.0 if sampler == "ddim" else None)
    spoken = Diffusion(STABLE_DIFFUSION.alpha_bar, prediction, 1, STABLE_DIFFUSION.final)
    expected, _ = run(start(a_recipe)[1])
    taken, _ = run(start(a_recipe, spoken)[1], say)
    for ours, wanted in zip(taken, expected, strict=True):
        torch.testing.assert_close(ours.x, wanted.x, atol=1e-8, rtol=0)


def test_float32_latents_stay_within_rounding_of_float64():
    exact, _ = run(start(recipe("plms", 50))[1])
    source = NoiseSource(7, SHAPE)
    a_recipe, x = recipe("plms", 50), source.draw()
    grid = levels(a_recipe, STABLE_DIFFUSION)
    single = sample(a_recipe, grid, STABLE_DIFFUSION, x, source.draw)
    rounded, _ = run(single, lambda x, t: MODEL.eps(x, t).astype(np.float32))
    assert all(step.x.dtype == torch.float32 for step in rounded)
    worst = max((a.x - b.x).abs().max() for a, b in zip(exact, rounded, strict=True))
    assert worst < 2e-5
