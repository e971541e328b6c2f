"""What is drawn of a comparison: noise and change over the steps, likeness by what it cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.trajectory import Array

Point = tuple[float, float]

_ROUNDING = 1e-5
"""Values that differ by less of themselves are the same: what float32 leaves is no curve."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a plot: what it is called, and its points from left to right."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of one axis of a plot, linear or logarithmic, or of `whole` numbers."""

    lowest: float
    highest: float
    logarithmic: bool = False
    whole: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the lowest and 1 at the highest."""
        low, high, here = self.lowest, self.highest, value
        if self.logarithmic:
            low, high, here = math.log(low), math.log(high), math.log(max(value, self.lowest))
        return (here - low) / (high - low) if high > low else 0.5

    def ticks(self) -> list[float]:
        """Return round numbers within the range to write at the axis, two to eight.

        Of whole numbers there may be a single one.
        """
        if self.logarithmic:
            first, last = math.ceil(math.log10(self.lowest)), math.floor(math.log10(self.highest))
            powers = [10.0**k for k in range(first, last + 1)]
            every = max(1, math.ceil(len(powers) / 6))
            return powers[::every] if len(powers) > 1 else [self.lowest, self.highest]
        step = _round_step((self.highest - self.lowest) / 4)
        step = max(step, 1.0) if self.whole else step
        first = math.ceil(self.lowest / step - 1e-9)
        last = math.floor(self.highest / step + 1e-9)
        return [k * step for k in range(first, last + 1)]


def scale(values: Sequence[float], *, logarithmic: bool = False, zero: bool = False) -> Scale:
    """Return a scale that has all the values in it; with `zero`, also 0."""
    known = [value for value in values if math.isfinite(value) and (value > 0 or not logarithmic)]
    if not known:
        return Scale(1.0, 10.0, logarithmic=True) if logarithmic else Scale(0.0, 1.0)
    low, high = min(known), max(known)
    if zero and not logarithmic:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= _ROUNDING * max(abs(high), abs(low)):
        low, high = (low / 2, high * 2) if logarithmic else (low - 0.5, high + 0.5)
    whole = not logarithmic and all(value.is_integer() for value in map(float, known))
    return Scale(low, high, logarithmic, whole)


def over_steps(values: Sequence[float], first: int = 1) -> tuple[Point, ...]:
    """Return points of values that belong to steps, from step `first` on."""
    return tuple((float(first + k), float(value)) for k, value in enumerate(values))


def alpha_bars(sigma: Sequence[float]) -> list[float]:
    """Return alpha_bar, the signal's share of the variance, 0 to 1, at each noise level.

    sigma is noise to signal, so that alpha_bar = 1 / (1 + sigma^2) (Ho et al. 2020, eq. 4).
    """
    return [1 / (1 + level**2) for level in sigma]


def changes(x0: Array) -> list[float]:
    """Return how much the predicted x0 (S, C, h, w) changes at each step from the second on.

    It is the root mean square over the latents; where it is near nothing, the picture is there.
    """
    apart = np.diff(x0.astype(np.float64), axis=0)
    return [float(value) for value in np.sqrt(np.square(apart).mean(axis=(1, 2, 3)))]


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, no smaller than `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-9))
