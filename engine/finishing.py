"""What becomes of a lane that has come to its end: its picture, decoded and on the disk."""

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine import animation
from engine.checkpoints import Model
from engine.checkpoints.decoders import Decoders
from engine.commands import Job
from engine.events import Finished
from engine.gallery.files import tentatively
from engine.gallery.store import save_picture
from engine.lanes import Lane
from engine.recipe import Picture


def finished(lane: Lane, model: Model) -> Finished:
    """Decode the picture of a lane whose path has ended, and tell what it took."""
    decoding = time.perf_counter()
    recipe = lane.job.recipe
    shown = model.decoders.of(recipe.vae).show(lane.latents)
    # Of the round's other pictures neither the decoding nor the saving is counted.
    seconds = lane.seconds + time.perf_counter() - decoding
    now = datetime.now().astimezone()
    environment = replace(model.environment(), tiled=shown.tiled)
    picture = Picture(shown.pixels, recipe, now, environment, lane.noise_sha256)
    if recipe.vae is None:  # the previews are as the checkpoint's own VAE shows them
        model.preview.learn(lane.latents[0].numpy(), shown.pixels)
    path = lane.trajectory()
    return Finished(lane.job.id, picture, path, seconds, lane.spent, model.preview.map)


def save(job: Job, made: Finished, decoders: Decoders) -> Path:
    """Write the picture, and its trajectory where one is wanted: both of them or neither.

    If one of them fails, what they would have replaced is there as before.
    """
    target = job.destination
    if target.trajectory is None:
        return save_picture(made.picture, target)
    decoder = decoders.of(job.recipe.vae)
    path_bytes = animation.exported(made.trajectory, target.trajectory.suffix.lower(), decoder)
    # The picture comes last: a new one is never beside the trajectory of another.
    with tentatively(target.trajectory, path_bytes, force=target.force):
        return save_picture(made.picture, target)
