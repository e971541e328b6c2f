"""What the engine says. Frozen and free of tensors, so any thread may listen.

Exactly one of Finished, Failed and Cancelled ends a job. After Finished comes Saved, once the
picture is on disk and fsynced, or Unsaved; some time after Cancelled comes Kept, if that was asked.
"""

from dataclasses import dataclass
from pathlib import Path

from engine.commands import Destination, Job, JobId
from engine.draft import SizeRule
from engine.errors import Problem
from engine.preview import PreviewMap
from engine.recipe import Environment, Picture, Pixels, Unfinished
from engine.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Loading:
    """A checkpoint is being loaded, for a Load or for a job that brings it; nothing runs now.

    Loaded follows, or Failed.
    """

    model: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checkpoint is ready. `tokens` is how many tokens of a prompt its encoder reads."""

    model: str
    environment: Environment
    sizes: SizeRule
    tokens: int
    preview: PreviewMap


@dataclass(frozen=True, slots=True)
class Started:
    """A job has a lane. `t` and `sigma` (noise to signal) of all its steps are known already."""

    job: JobId
    t: tuple[float, ...]
    sigma: tuple[float, ...]
    model_calls: int


@dataclass(frozen=True, slots=True)
class Stepped:
    """Step `step` of `steps` (1 to S) has been taken, after `calls` model calls in all."""

    job: JobId
    step: int
    steps: int
    calls: int


@dataclass(frozen=True, slots=True, eq=False)
class Previewed:
    """How step `step` looks: predicted x0 and noisy x. A slow listener may drop it."""

    job: JobId
    step: int
    x0: Pixels
    x: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """The picture is made, though not saved yet.

    `seconds` runs from the first question to the pixels; `nfe` counts the model evaluations
    spent on this picture. `preview` is the map from its latents to small pictures, better by what
    this picture has taught it.
    """

    job: JobId
    picture: Picture
    trajectory: Trajectory
    seconds: float
    nfe: int
    preview: PreviewMap | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The job's picture is on disk at `path`, complete and fsynced."""

    job: JobId
    path: Path


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The finished picture could not be written to `destination`; it lives on in memory only."""

    job: JobId
    problem: Problem
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The job (or, with no job, the loading of a checkpoint) came to nothing."""

    job: JobId | None
    problem: Problem


@dataclass(frozen=True, slots=True, eq=False)
class Cancelled:
    """The job was stopped; what it had computed is in `trajectory`, None if it had not begun."""

    job: JobId
    trajectory: Trajectory | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a cancelled job had come to is on disk at `path`, as a picture, complete and fsynced."""

    job: JobId
    path: Path
    reached: Unfinished


@dataclass(frozen=True, slots=True)
class Recovered:
    """A job that was cut off when the program last ended is in the queue again."""

    job: Job


@dataclass(frozen=True, slots=True)
class Paused:
    """A job is held back; without a job, everything is."""

    job: JobId | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """A job may go on; without a job, everything may."""

    job: JobId | None


@dataclass(frozen=True, slots=True)
class Reordered:
    """The waiting jobs, in their new order."""

    jobs: tuple[JobId, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What the latents of a Decode look like, (H, W, 3)."""

    ticket: str
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something the user should know; the job goes on."""

    job: JobId | None
    problem: Problem


Event = (
    Loading
    | Loaded
    | Started
    | Stepped
    | Previewed
    | Finished
    | Saved
    | Unsaved
    | Failed
    | Cancelled
    | Kept
    | Recovered
    | Paused
    | Resumed
    | Reordered
    | Decoded
    | Noticed
)
