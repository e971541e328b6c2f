"""Does the model remember its drawings? The nearest of them to each generated picture.

Real drawings that were never trained on are the yardstick: who invents stands no nearer to the
training set than they do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.training.latents import share
from engine.training.plan import Plan
from engine.training.scene import random_scene
from engine.training.scenes import SQUARE, paint, sheet

Pictures = NDArray[np.uint8]

_SIDE = 32
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each picture its distance (RMS of 8-bit values at 32 x 32) to the nearest scene."""

    distance: NDArray[np.float32]
    scene: NDArray[np.int64]


def nearest(plan: Plan, pictures: Pictures) -> Nearest:
    """Return the nearest drawing of the UNet's square training scenes to each picture."""
    seeds, drawn = _training_set(plan)
    small = [_thumbnail(picture) for picture in pictures]
    apart = np.stack([np.sqrt(np.square(drawn - one).mean(axis=1)) for one in small])
    best = apart.argmin(axis=1)
    return Nearest(apart.min(axis=1), seeds[best])


def _training_set(plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the numbers of the square training scenes and their thumbnails, drawn once."""
    ranks = range(plan.machine.processes)
    seeds = [number for rank in ranks for number in share(plan, SQUARE, rank)]
    file = plan.work / f"thumbnails-{len(seeds)}.npy"
    if not file.exists():
        drawn = np.stack([_thumbnail(paint(random_scene(seed))) for seed in seeds])
        np.save(file, drawn.round().astype(np.uint8))
    return np.array(seeds), np.load(file).astype(np.float32)


def report(made: Nearest, real: Nearest) -> dict[str, float]:
    """Return medians and minima, generated against real drawings that were held out."""
    return {
        "generated_median": round(float(np.median(made.distance)), 2),
        "generated_least": round(float(made.distance.min()), 2),
        "held_out_median": round(float(np.median(real.distance)), 2),
        "held_out_least": round(float(real.distance.min()), 2),
    }


def closest_pairs(pictures: Pictures, made: Nearest) -> NDArray[np.uint8]:
    """Return a sheet: the ten pictures nearest to a training scene, above those scenes."""
    order = np.argsort(made.distance)[:_SHOWN]
    drawn = np.stack([paint(random_scene(int(made.scene[k]))) for k in order])
    return sheet(np.concatenate([pictures[order], drawn]), _SHOWN)


def _thumbnail(picture: Pictures) -> NDArray[np.float32]:
    small = Image.fromarray(picture).resize((_SIDE, _SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32).reshape(-1)
