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

SUFFIX = ".safetensors"

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """Every step of one job, float32.

    x: (S+1, C, h, w), from the initial noise to the finished latents.
    x0: (S, C, h, w), predicted at each step, from the eps that the step used.
    t: (S,), the timestep that each step left.
    answers: (NFE, C, h, w), the model's guided answers in the order they were asked for.
    sigma: (S,), noise to signal before each step; None in files that do not tell it.
    space: "vp" (x as in the DDPM paper) or "sigma" (x scaled as in Karras et al. 2022).

    A cancelled job's trajectory has as many steps as were taken.
    """

    recipe: Recipe
    x: Array
    x0: Array
    t: Array
    answers: Array
    space: str = "vp"
    sigma: Array | None = None

    def __post_init__(self) -> None:
        for array in (self.x, self.x0, self.t, self.answers, self.sigma):
            if array is not None:
                array.setflags(write=False)

    def __len__(self) -> int:
        """Return the number of steps taken."""
        return len(self.t)

    def to_bytes(self) -> bytes:
        """Return the trajectory as a safetensors file."""
        arrays = {"x": self.x, "x0": self.x0, "t": self.t, "answers": self.answers}
        if self.sigma is not None:
            arrays["sigma"] = self.sigma
        metadata = {"recipe": json.dumps(self.recipe.to_dict()), "space": self.space}
        return save(arrays, metadata)


def noised(x0: Array, noise: Array, sigma: float) -> Array:
    """Return latents x0 (C, h, w) with noise of the level `sigma` (noise to signal) added.

    q(x_t | x_0) of Ho et al. 2020, eq. 4: sqrt(alpha_bar) x_0 + sqrt(1 - alpha_bar) eps, where
    alpha_bar = 1 / (1 + sigma^2); `noise` is eps, of the same shape.
    """
    signal = np.float32(1 / np.sqrt(1 + sigma**2))
    return signal * x0 + np.float32(sigma) * signal * noise


def kept_file(folder: Path, picture: Path) -> Path:
    """Return the file in `folder` where the path of a picture is kept, by the picture's name."""
    return folder / f"{picture.stem}{SUFFIX}"


def read_trajectory(path: Path) -> Trajectory:
    """Read what `Trajectory.to_bytes` wrote. Raises PictureError if the file is something else."""
    if not path.is_file():  # a pipe would be waited for without end
        raise PictureError(f"There is no file {path}.", "Check the name.")
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in ("x", "x0", "t", "answers")}
            if "sigma" in file.keys():  # noqa: SIM118 - not a mapping
                arrays["sigma"] = file.get_tensor("sigma")
        recipe = recipe_from_dict(dict(json.loads(metadata["recipe"])))
    except (SafetensorError, OSError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise PictureError(
            f"{path} is not a trajectory that can be read.", "It may be cut short; make it again."
        ) from error
    lengths = {len(arrays[name]) for name in arrays if name not in ("x", "answers")}
    if lengths != {len(arrays["x"]) - 1}:
        raise PictureError(f"The parts of {path} do not belong together.", "Make it again.")
    return Trajectory(recipe, **arrays, space=metadata.get("space", "vp"))
