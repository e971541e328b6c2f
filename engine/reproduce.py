"""Make a picture again from its file, and say how like it is, and where it parted."""

import queue
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.commands import DEVICES, DTYPES, Command, Destination, Job, Load, Shutdown, Submit
from engine.device import choose
from engine.errors import DeviceError, KnownError, PictureError
from engine.events import Failed, Finished, Saved, Stepped, Unsaved
from engine.gallery.reading import Reading
from engine.gallery.store import open_picture
from engine.loop import Engine
from engine.paths import current_paths
from engine.recipe import Environment, Pixels, Recipe
from engine.trajectory import Trajectory, kept_file, read_trajectory

IDENTICAL, ROUNDING, DIFFERENT = "identical", "within rounding", "different"

_ROUNDING = 1
"""Of 255: what neighbours in a batch may change in a picture."""
_PARTED = 1e-3
"""Latents that differ by more than this share of their spread have parted."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How a picture came out the second time.

    `verdict` is IDENTICAL, ROUNDING (no colour off by more than 1 of 255) or DIFFERENT; `largest`
    is the largest difference of a colour, `share` that of pixels that differ. `step` is after how
    many steps it parted, 0 if with the noise already; None if it did not, or if the path of the
    first time is not kept. `differs` says in words what is not as it was then.
    """

    verdict: str
    largest: int
    share: float
    step: int | None = None
    differs: tuple[str, ...] = ()


def reproduce(path: Path, stepped: Callable[[int, int], None] | None = None) -> Reproduction:
    """Make the picture in a file again, on the device it was made on if that is here.

    `stepped` is told each step and how many there are. Raises PictureError if the file does not
    tell everything that decided it, and the engine's own errors.
    """
    stored = open_picture(path)
    reading = stored.reading
    if reading is None or reading.recipe is None:
        raise PictureError(
            f"{path} does not tell all that decided it.",
            "Only pictures of Etascope, as it saved them, can be made again to the pixel.",
        )
    if (reading.recipe.height, reading.recipe.width) != stored.pixels.shape[:2]:
        raise PictureError(
            f"{path} is not as large as its settings say.", "It is a grid, or was scaled since."
        )
    again = _run(reading.recipe, reading.environment, stepped or (lambda _step, _steps: None))
    step = _parting(_kept(path, reading.recipe), again.trajectory)
    return compare(stored.pixels, again.picture.pixels, step, _differences(reading, again))


def compare(
    then: Pixels, now: Pixels, step: int | None = None, differs: tuple[str, ...] = ()
) -> Reproduction:
    """Compare two pictures of one size, H x W x 3."""
    off = np.abs(then.astype(np.int16) - now.astype(np.int16))
    largest = int(off.max())
    verdict = IDENTICAL if largest == 0 else ROUNDING if largest <= _ROUNDING else DIFFERENT
    return Reproduction(verdict, largest, float(off.any(axis=2).mean()), step, differs)


def _run(
    recipe: Recipe, environment: Environment | None, stepped: Callable[[int, int], None]
) -> Finished:
    """Run one job alone; what it saves goes to a folder that is thrown away."""
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    inbox.put(_load(recipe, environment))
    finished: Finished | None = None
    with tempfile.TemporaryDirectory() as folder:
        inbox.put(Submit(Job(recipe, Destination(file=Path(folder) / "again.png"))))
        for event in Engine(inbox, previews=False).run():
            match event:
                case Stepped():
                    stepped(event.step, event.steps)
                case Finished():
                    finished = event
                case Saved() | Unsaved():
                    inbox.put(Shutdown())
                case Failed(_, problem):
                    raise KnownError(problem.message, problem.advice)
    if finished is None:
        raise KnownError("The picture was not finished.", "Try again.")
    return finished


def _load(recipe: Recipe, environment: Environment | None) -> Load:
    """Ask for the device and dtype of the first time, or whatever there is."""
    device, dtype = (environment.device, environment.dtype) if environment else ("", "")
    if device not in DEVICES or dtype not in DTYPES:  # a file may say anything
        return Load(recipe.model, exact=True)
    try:
        choose(device, dtype)
    except DeviceError:
        device = "auto"
    return Load(recipe.model, device, dtype, exact=True)


def _kept(path: Path, recipe: Recipe) -> Trajectory | None:
    """Return the path of the first time, if it is kept and is that of this recipe."""
    try:
        kept = read_trajectory(kept_file(current_paths().data / "trajectories", path))
    except PictureError:
        return None
    return kept if kept.recipe == recipe else None


def _parting(then: Trajectory | None, now: Trajectory) -> int | None:
    """Return after how many steps two paths had parted; None if they have not, or one is lost."""
    if then is None or then.x.shape != now.x.shape:
        return None
    off = np.abs(then.x - now.x).max(axis=(1, 2, 3))
    spread = np.maximum(then.x.std(axis=(1, 2, 3)), 1e-6)
    parted = np.flatnonzero(off > _PARTED * spread)
    return int(parted[0]) if len(parted) else None


def _differences(reading: Reading, again: Finished) -> tuple[str, ...]:
    """Say what differs between the two: noise, device, dtype, backend, versions."""
    then, now = reading.environment, again.picture.environment
    told = []
    if reading.noise_sha256 and reading.noise_sha256 != again.picture.noise_sha256:
        told.append("It began with other noise.")
    if then is None:
        return (*told, "The file does not tell where it was made.")
    for name in ("device", "dtype", "backend"):
        old, new = getattr(then, name), getattr(now, name)
        if old != new:
            told.append(f"The {name} was {old or 'not told'}, and is {new} here.")
    versions = dict(now.versions)
    for package, old in then.versions:
        if versions.get(package) != old:
            told.append(f"{package} was {old}, and is {versions.get(package, 'not')} here.")
    return tuple(told)
