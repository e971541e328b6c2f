import pytest
import torch
from diffusers import DDIMScheduler

from engine.training.forward import Forward, noise_loss, offset_noise, spread_times
from engine.training.unet import build_scheduler


def seeded(number=0):
    return torch.Generator().manual_seed(number)


@pytest.mark.parametrize("step", [0, 1, 250, 999])
def test_noised_latents_have_the_mean_and_variance_of_the_closed_form(step):
    process = Forward()
    x_0 = torch.full((2000, 1, 4, 4), 0.7)
    t = torch.full((2000,), step)
    x_t = process.noised(x_0, torch.randn(x_0.shape, generator=seeded()), t)
    alpha_bar = float(process.alpha_bar[step])
    assert float(x_t.mean()) == pytest.approx(0.7 * alpha_bar**0.5, abs=0.02)
    assert float(x_t.var()) == pytest.approx(1.0 - alpha_bar, rel=0.03)


def test_the_forward_process_is_the_one_of_the_exported_scheduler():
    scheduler: DDIMScheduler = build_scheduler()
    x_0, eps = torch.randn(2, 10, 4, 8, 8, generator=seeded())
    t = torch.tensor([0, 1, 2, 50, 100, 333, 500, 900, 998, 999])
    ours = Forward().noised(x_0, eps, t)
    torch.testing.assert_close(ours, scheduler.add_noise(x_0, eps, t), rtol=1e-5, atol=1e-5)


def test_the_last_step_leaves_as_little_of_the_picture_as_stable_diffusion_does():
    assert float(Forward().alpha_bar[-1]) == pytest.approx(0.00466, abs=1e-4)


def test_the_simple_loss_is_the_mean_squared_error_of_the_noise():
    eps, guess = torch.randn(2, 3, 4, 8, 8, generator=seeded())
    torch.testing.assert_close(
        noise_loss(guess, eps), torch.nn.functional.mse_loss(guess, eps), rtol=1e-5, atol=1e-6
    )


def test_noisy_steps_weigh_most_and_almost_clean_ones_next_to_nothing():
    weights = Forward().weights(torch.tensor([0, 100, 400, 700, 999]))
    assert float(weights[0]) < 0.01
    assert weights.tolist() == sorted(weights.tolist())
    alpha_bar = Forward().alpha_bar[700]
    assert float(weights[3]) == pytest.approx(float(((1 - alpha_bar) / alpha_bar).sqrt()))
    assert float(weights[4]) == 4.0


@pytest.mark.parametrize("count", [1, 2, 7, 64])
def test_times_are_spread_evenly_over_the_whole_range(count):
    times = spread_times(count, seeded()).sort().values
    edges = torch.arange(count + 1) * 1000 / count
    assert bool((times >= edges[:-1].floor()).all())
    assert bool((times <= edges[1:]).all())
    assert int(times.max()) <= 999


def test_leaning_times_are_denser_towards_the_noise():
    times = spread_times(20_000, seeded(), 0.6).double()
    # P(t < 1000 u) = u^(1 / 0.6)
    for share in (0.1, 0.5, 0.9):
        assert float((times < 1000 * share).double().mean()) == pytest.approx(
            share ** (1 / 0.6), abs=1e-3
        )
    assert int(times.max()) <= 999


def test_offset_noise_shakes_the_means_of_channels_and_little_else():
    eps = offset_noise((4000, 2, 8, 8), 0.15, seeded())
    means = eps.mean(dim=(2, 3))
    assert float(means.var()) == pytest.approx(0.15**2 + 1 / 64, rel=0.05)
    assert float((eps - means[:, :, None, None]).var()) == pytest.approx(1 - 1 / 64, rel=0.02)
