"""Pictures to be scored, made as the program makes them: by the engine's samplers, in lanes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine import lanes
from engine.checkpoints import Model, load
from engine.commands import Destination, Job
from engine.device import choose
from engine.lanes import Lane
from engine.library import Checkpoint
from engine.recipe import Recipe
from engine.training.plan import Machine

_TOGETHER = 24


def load_model(folder: Path, machine: Machine) -> Model:
    """Return the exported model in ``folder``, ready to answer in the machine's dtype."""
    checkpoint = Checkpoint("starter", "Starter", folder)
    return load(checkpoint, choose(machine.device, machine.dtype))


def make(model: Model, recipes: Sequence[Recipe]) -> NDArray[np.uint8]:
    """Return a picture for each recipe, (N, height, width, 3); all of one size."""
    made = []
    for start in range(0, len(recipes), _TOGETHER):
        made += _in_lanes(model, recipes[start : start + _TOGETHER])
    return np.stack(made)


def _in_lanes(model: Model, recipes: Sequence[Recipe]) -> list[NDArray[np.uint8]]:
    running = [Lane(Job(recipe, Destination()), model) for recipe in recipes]
    while asking := [lane for lane in running if lane.ask is not None]:
        answers = lanes.answer(asking, model.denoise)
        for lane, rows in zip(asking, answers, strict=True):
            lane.hand(rows)
    return [model.decoder.decode(lane.latents) for lane in running]
