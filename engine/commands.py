"""What the engine is told. Frozen and free of tensors, so any thread may say it."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.recipe import Part, Recipe

JobId = str
Answers = NDArray[np.float32]

DEVICES = ("auto", "cpu", "cuda", "mps")
DTYPES = ("auto", "float32", "bfloat16", "float16")


def new_job_id() -> JobId:
    """Return a short id that no other job has (40 bits by chance)."""
    return secrets.token_hex(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a finished picture goes.

    A folder (the gallery's) in which a new name is found, or one exact `file`; an existing file
    is replaced only with `force`. `trajectory` is the safetensors file to write as well.
    """

    folder: Path | None = None
    file: Path | None = None
    force: bool = False
    trajectory: Path | None = None

    def of_partial(self) -> "Destination":
        """Return where it goes if it is cancelled: never under the name of the whole one."""
        file = self.file
        beside = None if file is None else file.with_name(f"{file.stem}-partial{file.suffix}")
        return Destination(folder=self.folder, file=beside, force=self.force)


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the queue: an id, a recipe, and where its picture goes.

    `answers` (N, C, h, w; float32) are what the model said to the first asks of this very path:
    they are replayed instead of asked, so that a stopped job goes on where it was. `of` names the
    job that they are from. A branch that goes on from no job of its own begins with those of its
    parent, all that there are: it takes as many as lead to where it leaves.
    """

    recipe: Recipe
    destination: Destination
    id: JobId = field(default_factory=new_job_id)
    answers: Answers | None = field(default=None, compare=False, repr=False)
    of: JobId | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Load a checkpoint ahead of the first job, for one of DEVICES and DTYPES.

    `exact` gives every picture model calls of its own: slower, and to the last bit the same
    whatever else is in the queue. `memory` is how many bytes the model may take with all that it
    does, as forecast by `library.budget`; 0 for as many as there are.
    """

    model: str
    device: str = "auto"
    dtype: str = "auto"
    exact: bool = False
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Submit:
    """Put a job at the end of the queue."""

    job: Job


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop one job, queued or running; with `keep` what it had come to is kept as a picture."""

    job: JobId
    keep: bool = False


@dataclass(frozen=True, slots=True)
class CancelAll:
    """Stop every job, queued or running; `keep` as in Cancel."""

    keep: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold one job back, queued or running, where it is; without a job, everything."""

    job: JobId | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Let a paused job go on; without a job, everything."""

    job: JobId | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Put a queued job at another place of the queue, 0 being next."""

    job: JobId
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class Decode:
    """Show latents (C, h, w) of a model as its VAE shows them; nothing while another is loaded.

    `ticket` comes back with the picture; `vae` is one in the place of the model's own.
    """

    model: str
    latents: Answers
    ticket: str = field(default_factory=new_job_id)
    vae: Part | None = None


@dataclass(frozen=True, slots=True)
class Wake:
    """Look up, and say what was done aside; for the engine's own threads."""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Cancel what is left and end the engine's run."""


Command = Load | Submit | Cancel | CancelAll | Pause | Resume | Move | Decode | Wake | Shutdown
