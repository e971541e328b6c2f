"""A recipe: everything that decides one picture, and nothing else."""

import dataclasses
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A picture's colours, H x W x 3, sRGB."""

SEED_COUNT = 2**64
"""Seeds run from 0 to SEED_COUNT - 1 and wrap."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a picture left the path of another: after `step` (0 to S - 1) of `parent`'s steps."""

    parent: "Recipe"
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The fully resolved settings of one picture.

    `eta` is None exactly for samplers that have none. `guidance` is the scale of
    classifier-free guidance (Ho and Salimans 2022, in the form where 1 means none).
    `width` and `height` are in pixels, `seed` lies in 0..2^64-1. With a `branch` the first steps
    are those of another recipe, and its seed's initial noise.
    """

    prompt: str
    negative_prompt: str = ""
    model: str = "starter"
    sampler: str = "ddim"
    schedule: str = "leading"
    steps: int = 20
    eta: float | None = 0.0
    guidance: float = 5.0
    seed: int = 0
    width: int = 128
    height: int = 128
    branch: Branch | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the recipe as JSON-ready keys and values, in the order of the fields."""
        values = dataclasses.asdict(self)
        if self.branch is None:
            del values["branch"]
        else:
            values["branch"] = {"parent": self.branch.parent.to_dict(), "step": self.branch.step}
        return values


def recipe_from_dict(values: dict[str, Any]) -> Recipe:
    """Read a recipe back from `Recipe.to_dict`; unknown keys are left out.

    Raises ValueError when a value is missing or of the wrong type, RecursionError where branches
    of branches have no end.
    """
    known: dict[str, Any] = {}
    for field in dataclasses.fields(Recipe):
        if field.name == "branch":
            known["branch"] = _branch(values.get("branch"))
            continue
        if field.name not in values:
            message = f"the recipe has no {field.name}"
            raise ValueError(message)
        known[field.name] = _checked(field.name, field.type, values[field.name])
    return Recipe(**known)


def _branch(value: object) -> Branch | None:
    if value is None:
        return None
    match value:
        case {"parent": dict(parent), "step": step}:
            return Branch(recipe_from_dict(parent), _checked("branch", int, step))
    message = f"the recipe's branch is {value!r}"
    raise ValueError(message)


def _checked(name: str, kind: object, value: object) -> Any:
    """Return `value` if it is what the field's annotation says, or raise ValueError."""
    if kind in (str, int):
        if type(value) is kind:
            return value
    elif isinstance(value, int | float) and type(value) is not bool and math.isfinite(value):
        return float(value)
    elif value is None and kind == float | None:
        return None
    message = f"the recipe's {name} is {value!r}"
    raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Environment:
    """Where a picture was computed; a job keeps one from its first step to its last (law 10).

    `versions` holds (package, version) pairs.
    """

    device: str
    dtype: str
    backend: str
    versions: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the environment as JSON-ready keys and values."""
        return dataclasses.asdict(self) | {"versions": dict(self.versions)}


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A finished picture: read-only pixels, the recipe that made them, and when.

    `noise_sha256` is the digest of the initial latents x_T as float32 little-endian.
    """

    pixels: Pixels
    recipe: Recipe
    made: datetime
    environment: Environment
    noise_sha256: str

    def __post_init__(self) -> None:
        self.pixels.setflags(write=False)
