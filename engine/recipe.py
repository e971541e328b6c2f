"""A recipe: everything that decides one picture, and nothing else."""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A picture's colours, H x W x 3, sRGB."""

SEED_COUNT = 2**64
"""Seeds run from 0 to SEED_COUNT - 1 and wrap."""

MOST_WEIGHT = 10.0
"""How many times what an adapter adds is taken, at most; as many times less than nothing too."""
MOST_ADDED = 100
MOST_SKIP = 256
_SHA256 = "(?:[0-9a-f]{64})?"


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a picture left the path of another: after `step` (0 to S - 1) of `parent`'s steps."""

    parent: "Recipe"
    step: int


@dataclass(frozen=True, slots=True)
class Part:
    """A file beside the checkpoint: what it is called, and the sha256 of its bytes in hex."""

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA over the checkpoint, by name and sha256; what it adds is taken `weight` times."""

    name: str
    sha256: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The fully resolved settings of one picture.

    `eta` is None exactly for samplers that have none. `guidance` is the scale of
    classifier-free guidance (Ho and Salimans 2022, in the form where 1 means none).
    `width` and `height` are in pixels, `seed` lies in 0..2^64-1. With a `branch` the first steps
    are those of another recipe, and its seed's initial noise.

    `adapters` are the LoRAs, `embeddings` the learned words (textual inversion) that the prompts
    name, `vae` decodes in the place of the checkpoint's own. `clip_skip` counts the text model's
    layers from the end, as the AUTOMATIC1111 web UI does: 1 is the last, 2 the last but one.
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
    adapters: tuple[Adapter, ...] = ()
    embeddings: tuple[Part, ...] = ()
    vae: Part | None = None
    clip_skip: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return the recipe as JSON-ready keys and values, in the order of the fields.

        What it adds to the checkpoint is left out where it adds nothing.
        """
        values = {name: _plain(value) for name, value in dataclasses.asdict(self).items()}
        if self.branch is not None:
            values["branch"] = {"parent": self.branch.parent.to_dict(), "step": self.branch.step}
        for name, nothing in ADDED.items():
            if getattr(self, name) == nothing:
                del values[name]
        return values


ADDED: dict[str, object] = {
    "branch": None, "adapters": (), "embeddings": (), "vae": None, "clip_skip": 1,
}  # fmt: skip
"""The fields that older files lack, and what they are then."""


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def recipe_from_dict(values: dict[str, Any]) -> Recipe:
    """Read a recipe back from `Recipe.to_dict`; unknown keys are left out.

    Raises ValueError when a value is missing or of the wrong type, RecursionError where branches
    of branches have no end.
    """
    known = added_from_dict(values) | {"branch": _branch(values.get("branch"))}
    for field in dataclasses.fields(Recipe):
        if field.name in ADDED:
            continue
        if field.name not in values:
            message = f"the recipe has no {field.name}"
            raise ValueError(message)
        known[field.name] = _checked(field.name, field.type, values[field.name])
    recipe = Recipe(**known)
    files: list[Adapter | Part | None] = [*recipe.adapters, *recipe.embeddings, recipe.vae]
    if not all(one is None or one.sha256 for one in files):
        raise ValueError("the recipe names a file without its sha256")
    return recipe


def added_from_dict(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields by which a recipe adds to the checkpoint; raises ValueError.

    Those that are not among the values are left out. An empty sha256 is for drafts to resolve.
    """
    readers: dict[str, Callable[[Any], object]] = {
        "adapters": lambda told: tuple(_adapter(one) for one in _few("adapters", told)),
        "embeddings": lambda told: tuple(
            _part("embeddings", one) for one in _few("embeddings", told)
        ),
        "vae": lambda told: None if told is None else _part("vae", told),
        "clip_skip": _clip_skip,
    }
    return {name: read(values[name]) for name, read in readers.items() if name in values}


def _few(name: str, told: object) -> list[Any]:
    if isinstance(told, list) and len(told) <= MOST_ADDED:
        return told
    message = f"the recipe's {name} are {told!r:.200}"
    raise ValueError(message)


def _adapter(told: object) -> Adapter:
    match told:
        case {"weight": int() | float() as weight, **part}:
            if type(weight) is not bool and -MOST_WEIGHT <= weight <= MOST_WEIGHT:
                one = _part("adapters", part)
                return Adapter(one.name, one.sha256, float(weight))
    message = f"one of the recipe's adapters is {told!r:.200}"
    raise ValueError(message)


def _part(field: str, told: object) -> Part:
    match told:
        case {"name": str(name), "sha256": str(sha256)}:
            if re.fullmatch(r"[^\x00-\x1f/\\]{1,255}", name) and re.fullmatch(_SHA256, sha256):
                return Part(name, sha256)
    message = f"the recipe's {field} names the file {told!r:.200}"
    raise ValueError(message)


def _clip_skip(told: object) -> int:
    skip: int = _checked("clip_skip", int, told)
    if 1 <= skip <= MOST_SKIP:
        return skip
    message = f"the recipe's clip_skip is {skip}"
    raise ValueError(message)


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

    `versions` holds (package, version) pairs. `tiled` tells of a picture that there was too little
    memory to decode at once: its pixels are a little other than they would be elsewhere.
    """

    device: str
    dtype: str
    backend: str
    versions: tuple[tuple[str, str], ...] = ()
    tiled: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the environment as JSON-ready keys and values; `tiled` only where it is so."""
        told = dataclasses.asdict(self) | {"versions": dict(self.versions)}
        if not self.tiled:
            del told["tiled"]
        return told


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How far a cancelled picture had come: `step` (1 to S - 1) of its S `steps`."""

    step: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture: read-only pixels, the recipe that made them, and when.

    `noise_sha256` is the digest of the initial latents x_T as float32 little-endian. One that was
    cancelled is `unfinished`: its pixels are the predicted x0 of the step that it had come to.
    """

    pixels: Pixels
    recipe: Recipe
    made: datetime
    environment: Environment
    noise_sha256: str
    unfinished: Unfinished | None = None

    def __post_init__(self) -> None:
        self.pixels.setflags(write=False)
