"""One scrubber for many runs: which step of each belongs together, by step, noise or cost.

The scrubber has as many positions as the longest run has steps, from 1. Whatever links the runs,
a later position never shows an earlier step, the first shows every first step and the last every
last one.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.menu import entry

Link = Literal["step", "sigma", "calls"]
LINKS: tuple[Link, ...] = ("step", "sigma", "calls")

_ROUNDING = 1e-9
_FLOAT32 = 1e-5
"""Noise levels that differ by less of themselves are one: samplers reckon them in float32."""

_HIGHEST, _LOWEST = 14.6, 0.03
"""Noise levels of a run that did not tell its own, about those of Stable Diffusion."""


@dataclass(frozen=True, slots=True)
class Track:
    """One run's steps: the noise level before each, and the model calls made after each."""

    sigma: tuple[float, ...]
    calls: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.sigma)


def track(sampler: str, steps: int, sigma: Sequence[float] = ()) -> Track:
    """Return the track of a run; without its noise levels, with ones as they often are."""
    told = tuple(float(level) for level in sigma)
    if len(told) != steps:
        told = tuple(
            _HIGHEST * (_LOWEST / _HIGHEST) ** (k / max(steps - 1, 1)) for k in range(steps)
        )
    return Track(told, tuple(calls_after(sampler, step, steps) for step in range(1, steps + 1)))


def calls_after(sampler: str, step: int, steps: int) -> int:
    """Return the model calls that the first `step` of `steps` steps take."""
    every = entry(sampler).model_calls(steps)
    match entry(sampler).calls:
        case "S + 1":  # PLMS asks twice in its first step
            return step + 1
        case "2S - 1":  # Heun asks twice in all but the last
            return min(2 * step, every)
        case _:
            return step


def step_by_step(position: int, run: Track) -> int:
    """Return the step of that number, or the last one."""
    return min(max(position, 1), len(run))


def step_by_sigma(sigma: float, run: Track) -> int:
    """Return the last step that begins at a noise level of `sigma` or above, 1 at least."""
    nearly = sigma * (1 - _FLOAT32)
    return max(bisect_right(run.sigma, -nearly, key=lambda level: -level), 1)


def step_by_share(share: float, run: Track) -> int:
    """Return the last step that is done after `share` (0 to 1) of the model calls, 1 at least."""
    spent = share * run.calls[-1]
    return max(bisect_right(run.calls, spent + 1e-9), 1)


class Linked:
    """Runs on one scrubber, linked in one way. Without runs it has no positions.

    `levels` tells for each position what links the runs there: a step, a sigma, a share of calls.
    """

    def __init__(self, runs: Sequence[Track], link: Link) -> None:
        self.link = link
        self.runs = [run for run in runs if len(run)]
        self._finest = max(self.runs, key=len, default=Track((), ()))
        self.levels = [self._level(position) for position in range(1, len(self) + 1)]

    def __len__(self) -> int:
        """Return the number of positions."""
        return len(self._finest)

    @property
    def sigma(self) -> tuple[float, ...]:
        """The noise level at each position: of the longest run, whatever links the runs."""
        return self._finest.sigma

    def step(self, position: int, run: Track) -> int:
        """Return the step of a run that a position (from 1) shows."""
        position = min(max(position, 1), len(self))
        if position == len(self):
            return len(run)
        match self.link:
            case "step":
                return step_by_step(position, run)
            case "sigma":
                return step_by_sigma(self.levels[position - 1], run)
            case "calls":
                return step_by_share(self.levels[position - 1], run)

    def reached(self, run: Track, step: int) -> int:
        """Return the last position whose step of `run` has been taken; 0 if none has.

        Of a run that has come to its end it is the first position that shows its last step:
        others may be far from there.
        """
        if self.link == "step":  # what is asked most, many times a second
            return min(step, len(run))
        positions = range(1, len(self) + 1)
        if step >= len(run):
            return bisect_left(positions, len(run), key=lambda one: self.step(one, run)) + 1
        return bisect_right(positions, step, key=lambda one: self.step(one, run))

    def position_for(self, before: "Linked", position: int) -> int:
        """Return the position of what a scrubber `before` this one, linked alike, has shown.

        Runs that begin, or tell their noise levels, may be other ones; what is looked at stays.
        """
        if self.link == "step" or position <= 1 or not len(self) or not len(before):
            return min(position, len(self))
        if position >= len(before):
            return len(self)
        level, sign = before.levels[position - 1], -1 if self.link == "sigma" else 1
        nearly = sign * level * (1 - sign * _ROUNDING)
        return min(bisect_left(self.levels, nearly, key=lambda one: sign * one) + 1, len(self))

    def words(self, position: int) -> str:
        """Return where a position is, in what the runs are linked by."""
        if not 1 <= position <= len(self):
            return ""
        match self.link:
            case "step":
                return f"Step {position} of {len(self)}"
            case "sigma":
                return f"σ {three_digits(self.levels[position - 1])}"
            case "calls":
                return f"{100 * self.levels[position - 1]:.0f} % of calls"

    def _level(self, position: int) -> float:
        """Return the level or the share that a position stands for; the ends are everyone's."""
        first, last = position == 1, position == len(self)
        match self.link:
            case "step":
                return float(position)
            case "sigma" if first:
                return max(run.sigma[0] for run in self.runs)
            case "sigma" if last:
                return min(run.sigma[-1] for run in self.runs)
            case "sigma":
                return self._finest.sigma[position - 1]
            case "calls":
                return self._finest.calls[position - 1] / self._finest.calls[-1]


def three_digits(number: float) -> str:
    """Return a noise level with three digits that count."""
    if not math.isfinite(number):
        return str(number)
    return f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:.0f}"
