"""A memory budget: what a model, its calls and its decoding take, forecast from its settings.

The forecast of a call is measured: a UNet of these classes holds about 17 + 4 L of its widest maps
for each row (L layers a block, most of them kept for the way up), its VAE about 6.5 of its own for
a picture: within a tenth on the CPU in float32 and bfloat16, at 32 x 32 to 128 x 128 latents.
What is too large to be decoded at once is decoded in tiles (engine/tiling.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.draft import SizeRule
from engine.errors import KnownError
from engine.library.memory import weights_bytes
from engine.library.plan import Plan

_FULL = 4
_MAPS, _MAPS_A_LAYER = 17, 4
_DECODED_MAPS = 6.5
_GIGABYTE = 10**9

NO_LIMIT = 2**62
"""Bytes, where there are as many as there are."""
LEAST_TILE = 32
"""Latents along the side of the smallest tile: those of smaller ones would be seen."""
_LESS = 0.87
"""How much shorter the sides of the next smaller size are: a quarter of its area less."""
_TRIES = 24
_NEAT = 64
"""Large sizes are told in steps of so many pixels."""


class OverBudget(KnownError):
    """A model or a picture that wants more memory than it may have."""

    def __init__(self, needed: int, most: int) -> None:
        wants, has = f"{needed / _GIGABYTE:.1f}", f"{most / _GIGABYTE:.1f}"
        super().__init__(
            f"This takes about {wants} GB of memory, and the memory budget is {has} GB.",
            "Choose a larger budget in the settings, or a smaller size or model.",
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """`most` bytes for one model: its `weights`, and what making pictures takes beside them.

    A row of a call takes `place` bytes for each place (h x w) of its latents, the decoder `pixel`
    bytes for each pixel of the picture; a place is `factor` pixels wide and high.
    """

    most: int
    weights: int
    place: int
    pixel: int
    factor: int

    def rows(self, places: int) -> int:
        """Return how many rows of so many places a call may have: one at least."""
        return max((self.most - self.weights) // max(self.place * places, 1), 1)

    def needed(self, width: int, height: int) -> int:
        """Return the bytes that one picture of that size takes, the weights included."""
        return self.weights + self.working(width, height)

    def working(self, width: int, height: int) -> int:
        """Return the bytes that one picture of that size takes beside the weights."""
        places = (width // self.factor) * (height // self.factor)
        tile = (LEAST_TILE * self.factor) ** 2
        return max(self.place * places, self.pixel * min(width * height, tile))

    def check(self, width: int, height: int, added: int = 0) -> None:
        """Raise OverBudget if not even one picture of that size can be made alone.

        `added` are the bytes of what is laid over the model for it.
        """
        needed = self.needed(width, height) + added
        if needed > self.most:
            raise OverBudget(needed, self.most)


def budget_of(plan: Plan, each: int, most: int) -> Budget:
    """Return the budget of a model with `each` bytes a number; its VAE is always float32.

    `most` may be NO_LIMIT.
    """
    unet, vae = plan.networks["unet"].config, plan.networks["vae"].config
    maps = _MAPS + _MAPS_A_LAYER * _most(unet, "layers_per_block", 2)
    return Budget(
        most=most,
        weights=weights_bytes(plan, each),
        place=round(maps * _first(unet) * each),
        pixel=pixel_bytes(vae),
        factor=2 ** (len(vae["block_out_channels"]) - 1),
    )


def pixel_bytes(vae: Mapping[str, Any]) -> int:
    """Return the bytes that a VAE of these settings takes for each pixel that it decodes."""
    return round(_DECODED_MAPS * _first(vae) * _FULL)


def smaller(
    size: tuple[int, int], rule: SizeRule, fits: Callable[[int, int], bool]
) -> tuple[int, int] | None:
    """Return the largest clearly smaller size (width, height), of about that shape, that fits.

    None if there is none among those of the rule.
    """
    grain = _NEAT if min(size) >= 4 * _NEAT and _NEAT % rule.step == 0 else rule.step
    for k in range(1, _TRIES):
        width, height = (max(int(side * _LESS**k) // grain * grain, rule.smallest) for side in size)
        if width * height < size[0] * size[1] and fits(width, height):
            return width, height
    return None


def _first(config: Mapping[str, Any]) -> int:
    """Return the channels of the widest maps: those of the first block."""
    return int(config["block_out_channels"][0])


def _most(config: Mapping[str, Any], name: str, usual: int) -> int:
    value = config.get(name, usual)
    return max(map(int, value)) if isinstance(value, list | tuple) else int(value)
