"""How a sampler and the loop talk: it asks, is answered, and says when a step is done.

A sampler yields an `Ask` and is sent the model's answer; after each step it yields a `Step` and
is sent nothing. Several model calls in one step are several asks.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from torch import Tensor

Draw = Callable[[], Tensor]
"""Draws the picture's next standard normal noise, like x in shape and dtype."""


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """Please say what you see in x (1, C, h, w), scaled for the model, at timestep t."""

    x: Tensor
    t: float


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step is done: x after it, the x0 predicted on the way, and the t it left.

    Both are of the variance that the network sees ("vp"), whatever the sampler reckons in.
    """

    x: Tensor
    x0: Tensor
    t: float


Sampling = Generator[Ask | Step, Any, None]
