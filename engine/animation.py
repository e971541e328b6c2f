"""A trajectory as a moving picture: how the predicted x0 of each step looks, decoded exactly."""

import io

import torch
from PIL import Image

from engine.recipe import Pixels
from engine.trajectory import Trajectory
from engine.vae import Decoder

KINDS = {".webp": "WEBP", ".gif": "GIF"}
_FRAME_MS = 90
_LAST_MS = 1500


def frames(trajectory: Trajectory, decoder: Decoder) -> list[Pixels]:
    """Return the picture (H, W, 3) that each step predicted, and at last the finished one."""
    latents = [*trajectory.x0, trajectory.x[-1]]
    return [decoder.decode(torch.from_numpy(one.copy())[None]) for one in latents]


def animated(pictures: list[Pixels], suffix: str) -> bytes:
    """Return pictures as an endless animation; `suffix` is one of KINDS."""
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


def exported(trajectory: Trajectory, suffix: str, decoder: Decoder) -> bytes:
    """Return a trajectory as the suffix says: its arrays, or how its steps looked."""
    if suffix in KINDS:
        return animated(frames(trajectory, decoder), suffix)
    return trajectory.to_bytes()
