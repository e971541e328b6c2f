"""The settings of a run: what to train, how large, how long, where."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import torch

from engine.device import bfloat16_is_fast


@dataclass(frozen=True, slots=True)
class VaeShape:
    """An AutoencoderKL: ``len(channels) - 1`` halvings of the side, one residual layer each."""

    channels: tuple[int, ...] = (16, 32, 64, 96)
    latent_channels: int = 12
    groups: int = 8
    picture: int = 128

    @property
    def latent_side(self) -> int:
        """Side of the latent in positions."""
        return self.picture >> (len(self.channels) - 1)


@dataclass(frozen=True, slots=True)
class TextShape:
    """A CLIPTextModel and its byte-level BPE vocabulary."""

    width: int = 176
    layers: int = 3
    heads: int = 4
    vocabulary: int = 1400
    length: int = 77


@dataclass(frozen=True, slots=True)
class UnetShape:
    """A UNet2DConditionModel; all levels but the first attend to the text."""

    channels: tuple[int, ...] = (96, 144, 176)
    layers: int = 1
    heads: int = 4
    groups: int = 16


@dataclass(frozen=True, slots=True)
class Shapes:
    """The sizes of the three networks."""

    vae: VaeShape = field(default_factory=VaeShape)
    text: TextShape = field(default_factory=TextShape)
    unet: UnetShape = field(default_factory=UnetShape)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a stage trains: minutes of wall time or samples of all processes together."""

    minutes: float | None = None
    samples: int | None = None

    def spent(self, seconds: float, samples: int) -> float:
        """Return the part that is used up, 0 to 1; without any limit nothing is ever used up."""
        parts = [0.0]
        if self.minutes is not None:
            parts.append(seconds / max(self.minutes * 60.0, 1e-6))
        if self.samples is not None:
            parts.append(samples / max(self.samples, 1))
        return min(1.0, max(parts))


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a stage runs, in which number format, in how many processes; the seed of all."""

    device: str = "cpu"
    processes: int = 1
    seed: int = 0
    dtype: str = "float32"

    @property
    def torch_dtype(self) -> torch.dtype:
        """What the networks' products are computed in; weights are float32 always."""
        dtype: torch.dtype = getattr(torch, self.dtype)
        return dtype


@dataclass(frozen=True, slots=True)
class Plan:
    """One stage of training. ``batch`` is per process; ``rate`` is the peak learning rate.

    ``start`` is the folder of a model in diffusers' layout to go on from, instead of from nothing.
    """

    work: Path
    budget: Budget
    machine: Machine = field(default_factory=Machine)
    start: Path | None = None
    shapes: Shapes = field(default_factory=Shapes)
    batch: int = 8
    rate: float = 1e-3
    warmup: int = 150
    scenes: int = 32_000
    save_minutes: float = 4.0
    show_minutes: float = 8.0
    sheet_steps: int = 20


def pick_dtype(name: str, device: str) -> str:
    """Return ``name``, or for "auto" bfloat16 where ``device`` multiplies it clearly faster."""
    if name != "auto":
        return name
    fast = bfloat16_is_fast() if device == "cpu" else device == "cuda"
    return "bfloat16" if fast else "float32"


def pick_device(name: str) -> str:
    """Return ``name``, or for "auto" the best of cuda, mps and cpu that this machine has."""
    if name != "auto":
        return name
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
