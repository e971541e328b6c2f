"""A trajectory as a moving picture: how the predicted x0 of each step looks, decoded exactly."""

import torch

from engine.export.moving import KINDS, animated
from engine.recipe import Pixels
from engine.trajectory import Trajectory
from engine.vae import Decoder


def frames(trajectory: Trajectory, decoder: Decoder) -> list[Pixels]:
    """Return the picture (H, W, 3) that each step predicted, and at last the finished one."""
    latents = [*trajectory.x0, trajectory.x[-1]]
    return [decoder.decode(torch.from_numpy(one.copy())[None]) for one in latents]


def exported(trajectory: Trajectory, suffix: str, decoder: Decoder) -> bytes:
    """Return a trajectory as the suffix says: its arrays, or how its steps looked."""
    if suffix in KINDS:
        return animated(frames(trajectory, decoder), suffix)
    return trajectory.to_bytes()
