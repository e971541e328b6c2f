"""What captions are made of, in whatever language."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

#: A phrase and the attributes that it tells.
Part = tuple[str, tuple[str, ...]]

#: How often a sentence tells each thing that stands beside its subject.
KEEP = {
    "ground": 0.84, "time": 0.80, "relief": 0.56, "weather": 0.48, "light": 0.80,
    "season": 0.55, "place": 0.80,
}  # fmt: skip
#: How often a style is told: who does not ask for one is to get a postcard.
STYLE_TOLD = {"postcard": 0.2, "watercolour": 0.95, "neon": 0.95, "pixel": 0.95}


@dataclass(frozen=True, slots=True)
class Caption:
    """A wording of a scene, and the names of the attributes that it tells."""

    text: str
    tells: frozenset[str]


def join(parts: Sequence[Part], glue: str) -> Caption:
    """Return the parts one after another as a caption that tells what they tell."""
    return Caption(
        glue.join(text for text, _ in parts),
        frozenset().union(*(told for _, told in parts)),
    )


def keep_some(others: dict[str, Part], rng: random.Random) -> list[str]:
    """Return the names of what a sentence is to tell."""
    return [name for name in others if rng.random() < KEEP[name]]
