"""Where the frames and the curve of a timeline lie: found once for a width, not at each painting.

Pixels run from the strip's left end; steps count from 1, cells from 0.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

NARROWEST = 34
"""A frame narrower than this shows nothing; with more steps only some of them get a frame."""

WIDEST = 78
"""With few steps the strip ends early rather than to stretch its frames."""

MOST_POINTS = 250
"""Points of the curve: more are slow to draw and not to be told apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Cell k goes from edge k to edge k + 1, and stands for the steps round `shown[k]`.

    The curve has a point (x, y) at each of `steps`; its y goes from 0, noise, to 1, picture.
    """

    width: int
    edges: tuple[int, ...]
    shown: tuple[int, ...]
    steps: tuple[int, ...]
    curve: tuple[tuple[float, float], ...]

    def done(self, reached: int) -> int:
        """Return how many of the curve's points have been reached."""
        return bisect_right(self.steps, reached)

    def between(self, left: int, right: int) -> range:
        """Return the cells that lie from `left` to `right` at least in part."""
        first = bisect_right(self.edges, left) - 1
        return range(max(first, 0), min(bisect_left(self.edges, right), len(self.shown)))

    def drawn(self, left: int, right: int) -> slice:
        """Return the curve's points from `left` to `right`, and one more at each end."""
        steps = self.steps[-1] if self.steps else 0
        first, last = (x * steps / self.width + 0.5 for x in (left, right))
        return slice(max(bisect_left(self.steps, first) - 1, 0), bisect_right(self.steps, last) + 1)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return from where to where the cells reach that may show steps from `first` to `last`."""
        most = len(self.shown) - 1
        left = min(bisect_left(self.shown, first), most)
        right = min(bisect_left(self.shown, last), most)
        return self.edges[max(left - 1, 0)], self.edges[right + 1]


def spread(available: int, depths: Sequence[float], empty: int) -> Spread:
    """Return how steps lie in a strip of at most `available` pixels; without any, `empty` frames.

    `depths` says how low the curve is at each step, 0 to 1.
    """
    steps = len(depths)
    frames = steps or empty
    width = max(1, min(available, WIDEST * frames))
    count = min(frames, max(1, available // NARROWEST))
    every = max(1, steps // MOST_POINTS)
    drawn = sorted({*range(1, steps + 1, every), *range(steps, steps + 1)} - {0})
    return Spread(
        width,
        tuple(round(cell * width / count) for cell in range(count + 1)),
        tuple(math.floor((cell + 0.5) * steps / count) + 1 for cell in range(count)),
        tuple(drawn),
        tuple((x_of(step, width, steps), depths[step - 1]) for step in drawn),
    )


def x_of(step: int, width: int, steps: int) -> float:
    """Return where the middle of `step` lies in a strip of that width."""
    return (step - 0.5) * width / max(1, steps)
