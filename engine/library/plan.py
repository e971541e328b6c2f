"""What a checkpoint holds, settled before any of it is loaded: the same for folders and files."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError

_LONGEST = 400

Settings = dict[str, Any]
Shape = tuple[int, ...]


def unusable(place: Path, reason: str, advice: str = "") -> CheckpointError:
    """Return the error that says why the file or folder at `place` cannot be used."""
    message = printable(f"{shown(place)} cannot be used: {reason}.")
    return CheckpointError(message, advice or "Get it again from where it came from.")


def printable(text: str) -> str:
    """Return words that may hold a stranger's, without what a terminal would obey."""
    return "".join(c if c.isprintable() else "?" for c in text)


def shown(named: object) -> str:
    """Return a name or a path as a sentence can hold it: printable, and its end if it is long."""
    text = printable(str(named))
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"


@dataclass(frozen=True, slots=True)
class Weight:
    """Where a network's weight lies: the tensor `name` in `file`, or a part of it.

    `third` is the part of its first axis, where queries, keys and values are stored as one;
    `transposed` swaps its two axes. `shape` is what comes of it.
    """

    file: Path
    name: str
    shape: Shape
    third: int | None = None
    transposed: bool = False

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Network:
    """A network to be built: the name of its class, its settings, its weights by their names."""

    kind: str
    config: Settings
    weights: Mapping[str, Weight]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return sum(weight.count for weight in self.weights.values())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Where a CLIP vocabulary lies: a folder that `engine.library.vocabulary` reads.

    With `pad` short prompts are filled up with that word; without it the folder says how.
    """

    folder: Path
    pad: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is needed to load a checkpoint.

    `networks` are called `unet`, `vae`, `text_encoder` and, in SDXL, `text_encoder_2`, as in
    diffusers' folders; `vocabularies` belong to the text encoders in their order. `scheduler` are
    the settings of the forward process; where `ask_prediction`, what the UNet predicts is not
    written anywhere and must be found out by asking it. With `zero_negative` an empty negative
    prompt is encoded as zeros (SDXL).
    """

    family: str
    networks: Mapping[str, Network]
    vocabularies: tuple[Vocabulary, ...]
    scheduler: Settings
    ask_prediction: bool = False
    zero_negative: bool = False
