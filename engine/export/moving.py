"""The way to a picture as a moving one: how each step looked, from the path that was kept."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from engine.errors import PictureError
from engine.export.steps import look_of
from engine.gallery.decoding import decode
from engine.paths import current_paths
from engine.preview import Latents
from engine.recipe import Pixels, Recipe
from engine.trajectory import Trajectory, kept_file, read_trajectory

KINDS = {".webp": "WEBP", ".gif": "GIF"}
"""What a moving picture can be, by the ending of its name."""

Show = Callable[[Recipe, Latents], Pixels | None]
"""Shows latents (C, h, w) of a recipe as its VAE does; None where its model is not at hand."""

_FRAME_MS = 90
_LAST_MS = 1500


def animated(pictures: Sequence[Pixels], suffix: str) -> bytes:
    """Return pictures of one size as an endless animation; `suffix` is one of KINDS."""
    images = [Image.fromarray(picture) for picture in pictures]
    durations = [_FRAME_MS] * (len(images) - 1) + [_LAST_MS]
    file = io.BytesIO()
    images[0].save(
        file,
        KINDS[suffix],
        save_all=True,
        append_images=images[1:],
        duration=durations,
        loop=0,
        quality=90,
        method=4,
    )
    return file.getvalue()


def way_to(picture: Path, show: Show | None = None) -> list[Pixels]:
    """Return how each step to a picture looked (H, W, 3), and at last the picture itself.

    `show` decodes the steps exactly; without it, or where it cannot, they are small pictures
    enlarged. Raises PictureError if the picture cannot be read or its path is not kept any more.
    """
    pixels = decode(picture)
    try:
        path = read_trajectory(kept_file(current_paths().data / "trajectories", picture))
    except PictureError as error:
        raise PictureError(
            f"The steps of {picture.name} are not kept any more.", "Make it again to see them."
        ) from error
    exactly = _exactly(path, pixels, show) if show is not None else None
    return [*(exactly or _nearly(path, pixels)), pixels]


def _exactly(path: Trajectory, pixels: Pixels, show: Show) -> list[Pixels] | None:
    frames: list[Pixels] = []
    for x0 in path.x0:
        frame = show(path.recipe, x0)
        if frame is None or frame.shape != pixels.shape:
            return None
        frames.append(frame)
    return frames


def _nearly(path: Trajectory, pixels: Pixels) -> list[Pixels]:
    look = look_of([(path, pixels)])
    if look is None:
        raise PictureError("A path that is kept is not that of its picture.", "It was left out.")
    enlarged = partial(_resized, size=(pixels.shape[1], pixels.shape[0]))
    return [enlarged(look(x0)) for x0 in path.x0]


def _resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))
