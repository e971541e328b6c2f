"""Where a model's networks live while it is loaded: told from bytes, before any of them is built.

On a graphics card with too little memory of its own they live in the main memory, and are lent to
the card while they work: each network as a whole where it fits alone, or else layer by layer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from engine.library.budget import Budget
from engine.library.plan import Plan

_FULL = 4
_READING = 10**8
"""What a text encoder works in, about."""
_ROWS = 2
"""Of a guided picture."""
_USABLE = 0.9
"""The libraries want room of their own, and forecasts are right within a tenth."""


class Placing(Enum):
    """On the device all the time; lent to it one network at a time; or layer by layer."""

    THERE = "there"
    NETWORKS = "networks"
    LAYERS = "layers"


@dataclass(frozen=True, slots=True)
class Need:
    """The bytes of a network's weights, and those that it works in beside them."""

    weights: int
    working: int


def needs(plan: Plan, each: int, budget: Budget, size: tuple[int, int]) -> Mapping[str, Need]:
    """Return what each network needs for a guided picture of a size (width, height).

    `each` is how many bytes a number takes; the VAE's are always float32. The picture is decoded
    at once: no usual one is to be in tiles for want of a little patience.
    """
    width, height = size
    places = (width // budget.factor) * (height // budget.factor)
    working = {"unet": _ROWS * budget.place * places, "vae": budget.pixel * width * height}
    return {
        name: Need(network.count * (_FULL if name == "vae" else each), working.get(name, _READING))
        for name, network in plan.networks.items()
    }


def placing(networks: Mapping[str, Need], free: int) -> Placing:
    """Return how networks with these needs are best placed on a device with `free` bytes."""
    usable = _USABLE * free
    weights = sum(need.weights for need in networks.values())
    if weights + max(need.working for need in networks.values()) <= usable:
        return Placing.THERE
    if max(need.weights + need.working for need in networks.values()) <= usable:
        return Placing.NETWORKS
    return Placing.LAYERS
