"""The frames of one run: a thumbnail and a noise level for each step, as far as it has come."""

import math
from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from gui.pixels import Pixels, to_image

MOST_KEPT = 128
"""Thumbnails kept for one run: more than a strip can show side by side."""


class Film:
    """What a timeline shows. Steps count from 1."""

    def __init__(self, sigma: Sequence[float]) -> None:
        self.sigma = tuple(float(value) for value in sigma)
        self.reached = 0
        self._frames: dict[int, QImage] = {}
        self._stride = max(1, math.ceil(len(self.sigma) / MOST_KEPT))

    def __len__(self) -> int:
        """Return the number of steps, taken or to come."""
        return len(self.sigma)

    def put(self, step: int, pixels: Pixels, height: int) -> None:
        """Keep the thumbnail of `step`, unless so many steps make it one too many."""
        self.reached = max(self.reached, step)
        if step % self._stride == 0 or step in {1, len(self)}:
            self._frames[step] = to_image(pixels).scaledToHeight(
                height, Qt.TransformationMode.SmoothTransformation
            )

    def frame(self, step: int) -> QImage | None:
        """Return the frame of `step` or the last before it; None for a step still to come.

        Before the first there is, as where a run goes on that was cut off, it is that one.
        """
        if step > self.reached or not self._frames:
            return None
        return self._frames[max((k for k in self._frames if k <= step), default=min(self._frames))]

    @cached_property
    def depths(self) -> list[float]:
        """Return how low sigma has come at each step, 0 to 1, by its logarithm."""
        positive = [value for value in self.sigma if value > 0]
        if not positive or min(positive) == max(positive):
            return [1.0] * len(self)
        low, high = math.log(min(positive)), math.log(max(positive))
        return [
            (high - math.log(value)) / (high - low) if value > 0 else 1.0 for value in self.sigma
        ]
