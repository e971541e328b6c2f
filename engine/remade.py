"""Whether a picture that was made again is the same one, and if not, where it parted and why.

Without torch: pixels, and the paths to them.
"""

from dataclasses import dataclass

import numpy as np

from engine.errors import PictureError
from engine.gallery.reading import Reading
from engine.gallery.store import Stored
from engine.paths import current_paths
from engine.recipe import Picture, Pixels, Recipe
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


def recipe_to_remake(stored: Stored) -> Recipe:
    """Return the recipe of a picture that can be made again to the pixel.

    Raises PictureError if its file does not tell everything that decided it.
    """
    reading = stored.reading
    if reading is None or reading.recipe is None:
        raise PictureError(
            f"{stored.path} does not tell all that decided it.",
            "Only pictures of Etascope, as it saved them, can be made again to the pixel.",
        )
    if (reached := reading.unfinished) is not None:
        raise PictureError(
            f"{stored.path} was cancelled after step {reached.step} of {reached.steps}.",
            "Take its settings to make all of it.",
        )
    if (reading.recipe.height, reading.recipe.width) != stored.pixels.shape[:2]:
        raise PictureError(
            f"{stored.path} is not as large as its settings say.",
            "It is a grid, or was scaled since.",
        )
    return reading.recipe


def judged(stored: Stored, again: Picture, path: Trajectory) -> Reproduction:
    """Compare a picture with what was made again by its recipe, and the `path` to that.

    Raises PictureError if it has another size.
    """
    if stored.reading is None or stored.pixels.shape != again.pixels.shape:
        raise PictureError("The two pictures are not of one size.", "They cannot be compared.")
    step = _parting(_kept(stored), path)
    return compare(stored.pixels, again.pixels, step, _differences(stored.reading, again))


def compare(
    then: Pixels, now: Pixels, step: int | None = None, differs: tuple[str, ...] = ()
) -> Reproduction:
    """Compare two pictures of one size, H x W x 3."""
    off = np.abs(then.astype(np.int16) - now.astype(np.int16))
    largest = int(off.max())
    verdict = IDENTICAL if largest == 0 else ROUNDING if largest <= _ROUNDING else DIFFERENT
    return Reproduction(verdict, largest, float(off.any(axis=2).mean()), step, differs)


def _kept(stored: Stored) -> Trajectory | None:
    """Return the path of the first time, if it is kept and is that of the file's recipe."""
    try:
        kept = read_trajectory(kept_file(current_paths().data / "trajectories", stored.path))
    except PictureError:
        return None
    return kept if stored.reading and kept.recipe == stored.reading.recipe else None


def _parting(then: Trajectory | None, now: Trajectory) -> int | None:
    """Return after how many steps two paths had parted; None if they have not, or one is lost."""
    if then is None or then.x.shape != now.x.shape:
        return None
    off = np.abs(then.x - now.x).max(axis=(1, 2, 3))
    spread = np.maximum(then.x.std(axis=(1, 2, 3)), 1e-6)
    parted = np.flatnonzero(off > _PARTED * spread)
    return int(parted[0]) if len(parted) else None


def _differences(reading: Reading, again: Picture) -> tuple[str, ...]:
    """Say what differs between the two: noise, device, dtype, backend, tiles, versions."""
    then, now = reading.environment, again.environment
    told = []
    if reading.noise_sha256 and reading.noise_sha256 != again.noise_sha256:
        told.append("It began with other noise.")
    if then is None:
        return (*told, "The file does not tell where it was made.")
    for name in ("device", "dtype", "backend"):
        old, new = getattr(then, name), getattr(now, name)
        if old != new:
            told.append(f"The {name} was {old or 'not told'}, and is {new} here.")
    if then.tiled != now.tiled:
        told.append("Only one of the two was decoded in tiles, for want of memory.")
    versions = dict(now.versions)
    for package, old in then.versions:
        if versions.get(package) != old:
            told.append(f"{package} was {old}, and is {versions.get(package, 'not')} here.")
    return tuple(told)
