"""Cancelled pictures that are kept as far as they had come, by the newest predicted x0.

They are decoded and saved on a thread of its own: who cancels waits for neither, nor does who
cancels the next picture.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue

import torch

from engine.checkpoints import Model
from engine.commands import JobId
from engine.errors import Problem
from engine.events import Event, Kept, Noticed
from engine.gallery.store import save_picture
from engine.lanes import Lane
from engine.library.placing import Placing
from engine.recipe import Picture, Unfinished
from engine.shortage import attempt
from engine.trajectory import Array, Trajectory


class Partials:
    """Keeps them one after the other. `wake` is called, in the thread, when there are `news`."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._tasks: SimpleQueue[Callable[[], Event] | None] = SimpleQueue()
        self._news: SimpleQueue[Event] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def keep(self, lane: Lane, path: Trajectory, model: Model) -> None:
        """Have the newest x0 of a lane's path decoded and saved, if any; returns at once.

        It takes a decode where networks are lent to their device: two threads cannot take turns.
        Nor does Metal stand two of them.
        """
        if not len(path):
            return
        kept = partial(_kept, lane, path.x0[-1].copy(), model)
        task = partial(_told, lane.job.id, kept)
        if model.decoders.quarters.placing is not Placing.THERE or model.device.name == "mps":
            self._do(task)
            return
        self._tasks.put(task)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="partials", daemon=True)
            self._thread.start()

    def news(self) -> Iterator[Event]:
        """Yield what has become of them since this was last asked: Kept, or Noticed if not."""
        try:
            while True:
                yield self._news.get_nowait()
        except Empty:
            return

    def close(self) -> Iterator[Event]:
        """Wait for those that are under way, and yield what becomes of them."""
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()
            self._thread = None
        yield from self.news()

    def _work(self) -> None:
        while self._work_once():
            pass

    def _work_once(self) -> bool:
        """Do the next one; on its own, so that its model is not held on to while nobody comes."""
        task = self._tasks.get()
        if task is not None:
            self._do(task)
        return task is not None

    def _do(self, task: Callable[[], Event]) -> None:
        self._news.put(task())
        self._wake()


def _told(job: JobId, kept: Callable[[], Kept]) -> Event:
    event = attempt(kept)
    return Noticed(job, event) if isinstance(event, Problem) else event


def _kept(lane: Lane, x0: Array, model: Model) -> Kept:
    job, reached = lane.job, Unfinished(lane.steps_done, len(lane.grid.t))
    shown = model.decoders.of(job.recipe.vae).show(torch.from_numpy(x0[None]))
    picture = Picture(
        shown.pixels,
        job.recipe,
        datetime.now().astimezone(),
        replace(model.environment(), tiled=shown.tiled),
        lane.noise_sha256,
        reached,
    )
    return Kept(job.id, save_picture(picture, job.destination.of_partial()), reached)
