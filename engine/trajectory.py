"""The recorded path of one job, as arrays: export, import."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from engine.errors import PictureError
from engine.recipe import Recipe, recipe_from_dict

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """Every step of one job, float32.

    x: (S+1, C, h, w), from the initial noise to the finished latents.
    x0: (S, C, h, w), predicted at each step, from the eps that the step used.
    t: (S,), the timestep that each step left.
    answers: (NFE, C, h, w), the model's guided answers in the order they were asked for.
    space: "vp" (x as in the DDPM paper) or "sigma" (x scaled as in Karras et al. 2022).

    A cancelled job's trajectory has as many steps as were taken.
    """

    recipe: Recipe
    x: Array
    x0: Array
    t: Array
    answers: Array
    space: str = "vp"

    def __post_init__(self) -> None:
        for array in (self.x, self.x0, self.t, self.answers):
            array.setflags(write=False)

    def __len__(self) -> int:
        """Return the number of steps taken."""
        return len(self.t)

    def to_bytes(self) -> bytes:
        """Return the trajectory as a safetensors file."""
        arrays = {"x": self.x, "x0": self.x0, "t": self.t, "answers": self.answers}
        metadata = {"recipe": json.dumps(self.recipe.to_dict()), "space": self.space}
        return save(arrays, metadata)


def read_trajectory(path: Path) -> Trajectory:
    """Read what `Trajectory.to_bytes` wrote. Raises PictureError if the file is something else."""
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in ("x", "x0", "t", "answers")}
        recipe = recipe_from_dict(dict(json.loads(metadata["recipe"])))
    except (SafetensorError, OSError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise PictureError(
            f"{path} is not a trajectory that can be read.", "It may be cut short; make it again."
        ) from error
    if not len(arrays["x"]) - 1 == len(arrays["x0"]) == len(arrays["t"]):
        raise PictureError(f"The parts of {path} do not belong together.", "Make it again.")
    return Trajectory(recipe, **arrays, space=metadata.get("space", "vp"))
