"""The original samplers' arithmetic, in float64 numpy, from the papers' own equations.

Written apart from engine/samplers.py and sharing nothing with it: each function takes the whole
schedule alpha_bar[0..T-1], a grid of timesteps (noisiest first), a noise model eps(x, t) and the
list of noises to use, and returns (all x, all predicted x0).
"""

import numpy as np


def stable_diffusion_alpha_bar():
    """The "scaled linear" schedule: beta's square root is linear from 0.00085 to 0.012."""
    beta = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    return np.cumprod(1 - beta)


class TwoBlobs:
    """The exact eps of data that is an equal mixture of two Gaussians: no network, no error."""

    def __init__(self, alpha_bar, shape, spread=0.3):
        rng = np.random.default_rng(5)
        self.centres = rng.normal(size=(2, *shape))
        self.alpha_bar = alpha_bar
        self.spread = spread

    def eps(self, x, t):
        return self.eps_at(x, self.alpha_bar[int(t)])

    def eps_at(self, x, a):
        variance = a * self.spread**2 + 1 - a
        offsets = [x - np.sqrt(a) * c for c in self.centres]
        logs = np.array([-(o**2).sum() / (2 * variance) for o in offsets])
        weights = np.exp(logs - logs.max())
        weights /= weights.sum()
        # The score is minus the posterior mean offset over the variance; eps = -sqrt(1-a) score.
        mean = sum(w * o for w, o in zip(weights, offsets, strict=True))
        return np.sqrt(1 - a) * mean / variance


def ddim(alpha_bar, grid, eps, x, noises, eta, final):
    """Song et al. 2020, equation 12, with the sigma of equation 16."""
    xs, x0s = [x], []
    for i, t in enumerate(grid):
        a = alpha_bar[t]
        before = alpha_bar[grid[i + 1]] if i + 1 < len(grid) else final
        sigma = eta * ((1 - before) / (1 - a)) ** 0.5 * (1 - a / before) ** 0.5
        e = eps(x, t)
        x0 = (x - (1 - a) ** 0.5 * e) / a**0.5
        direction = (1 - before - sigma**2) ** 0.5 * e
        x = before**0.5 * x0 + direction + (sigma * noises[i] if eta else 0)
        xs.append(x)
        x0s.append(x0)
    return xs, x0s


def ddpm(alpha_bar, grid, eps, x, noises, *, large=False):
    """Ho et al. 2020, algorithm 2: mean of equation 11, variance of equation 7 or beta."""
    xs, x0s = [x], []
    for i, t in enumerate(grid):
        bar = alpha_bar[t]
        bar_before = alpha_bar[grid[i + 1]] if i + 1 < len(grid) else 1.0
        alpha = bar / bar_before
        beta = 1 - alpha
        e = eps(x, t)
        x0s.append((x - (1 - bar) ** 0.5 * e) / bar**0.5)
        mean = (x - beta / (1 - bar) ** 0.5 * e) / alpha**0.5
        variance = beta if large else (1 - bar_before) / (1 - bar) * beta
        last = i + 1 == len(grid)
        x = mean if last else mean + variance**0.5 * noises[i]
        xs.append(x)
    return xs, x0s


def plms(alpha_bar, grid, eps, x, final):
    """Liu et al. 2022: the transfer of eq. 11 with the linear multistep of eq. 12.

    Begun as the original implementation does, with one improved-Euler step.
    """

    def transfer(x, e, a, before):
        """Equation 11, whose difference of two roots is multiplied out."""
        return (before / a) ** 0.5 * x + ((1 - before) ** 0.5 - (before * (1 - a) / a) ** 0.5) * e

    xs, x0s, history = [x], [], []
    for i, t in enumerate(grid):
        a = alpha_bar[t]
        before = alpha_bar[grid[i + 1]] if i + 1 < len(grid) else final
        e = eps(x, t)
        history.append(e)
        h = history[::-1]
        if len(h) == 1:
            probe = transfer(x, e, a, before)
            used = (e + eps(probe, grid[min(1, len(grid) - 1)])) / 2
        elif len(h) == 2:
            used = (3 * h[0] - h[1]) / 2
        elif len(h) == 3:
            used = (23 * h[0] - 16 * h[1] + 5 * h[2]) / 12
        else:
            used = (55 * h[0] - 59 * h[1] + 37 * h[2] - 9 * h[3]) / 24
        x0s.append((x - (1 - a) ** 0.5 * used) / a**0.5)
        x = transfer(x, used, a, before)
        xs.append(x)
    return xs, x0s


def lms(sigmas, eps, x, order=4):
    """Linear multistep along sigma: each step integrates the Lagrange polynomial through the last
    slopes, here numerically and exactly for the degree (Gauss and Legendre)."""
    nodes, weights = np.polynomial.legendre.leggauss(6)
    xs, slopes = [x], []
    for i in range(len(sigmas) - 1):
        slopes.append(eps(x, sigmas[i]))
        known = range(max(0, i - order + 1), i + 1)
        start, end = sigmas[i], sigmas[i + 1]
        places = (start + end) / 2 + (end - start) / 2 * nodes
        for j in known:
            others = [sigmas[k] for k in known if k != j]
            basis = [np.prod([(s - o) / (sigmas[j] - o) for o in others]) for s in places]
            x = x + (end - start) / 2 * float(np.dot(weights, basis)) * slopes[j]
        xs.append(x)
    return xs
