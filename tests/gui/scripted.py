"""An engine that does as it is told: the real contract, made-up pictures, no torch."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from engine.commands import Cancel, CancelAll, Command, Destination, Job, Load, Shutdown, Submit
from engine.draft import SizeRule
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Loaded,
    Previewed,
    Saved,
    Started,
    Stepped,
)
from engine.gallery.store import save_picture
from engine.preview import PreviewMap
from engine.recipe import Environment, Picture, Recipe
from engine.trajectory import Trajectory

ENVIRONMENT = Environment("cpu", "float32", "scripted")
SIDE = 8


class ScriptedEngine:
    """Takes one step for each `tick`; with `free` set it never waits for one."""

    def __init__(self, inbox: SimpleQueue[Command] | None = None, *, free: bool = True) -> None:
        self.inbox: SimpleQueue[Command] = SimpleQueue() if inbox is None else inbox
        self.heard: list[Command] = []
        self.free = free
        self.ticks = threading.Semaphore(0)
        self.crash_at: int | None = None
        self.problem: Problem | None = None
        self._queue: list[Job] = []

    def __call__(self, inbox: SimpleQueue[Command]) -> "ScriptedEngine":
        """Stand in for the class: the bridge makes its engine by calling this."""
        self.inbox = inbox
        self._queue = []
        return self

    def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.ticks.release()

    def run(self) -> Iterator[Event]:
        while True:
            command = self.inbox.get()
            self.heard.append(command)
            match command:
                case Load(model):
                    yield Loaded(model, ENVIRONMENT, SizeRule(), 77, preview_map())
                case Submit(job):
                    yield from self._make(job)
                case Cancel() | CancelAll():
                    pass
                case Shutdown():
                    return

    def _make(self, job: Job) -> Iterator[Event]:
        if self.problem is not None:
            yield Failed(job.id, self.problem)
            return
        path = trajectory(job.recipe)
        yield Started(job.id, tuple(map(float, path.t)), sigmas(job.recipe), job.recipe.steps)
        for step in range(1, job.recipe.steps + 1):
            if not self._may_step():
                yield Cancelled(job.id, cut(path, step - 1))
                return
            if step == self.crash_at:
                raise RuntimeError("the script says so")
            yield Stepped(job.id, step, job.recipe.steps, step)
            yield Previewed(job.id, step, grey(40 + step), grey(200 - step))
        yield from finish(job, path)

    def _may_step(self) -> bool:
        """Wait for a tick; False once a cancel has come."""
        while not self.free:
            if self.ticks.acquire(timeout=0.005):
                break
            if self._cancelled():
                return False
        return not self._cancelled()

    def _cancelled(self) -> bool:
        kept, found = [], False
        while not self.inbox.empty():
            command = self.inbox.get()
            if isinstance(command, Cancel | CancelAll):
                self.heard.append(command)
                found = True
            else:
                kept.append(command)
                found = found or isinstance(command, Shutdown)
        for command in kept:
            self.inbox.put(command)
        return found


def finish(job: Job, path: Trajectory) -> Iterator[Event]:
    now = datetime.now(UTC).astimezone()
    picture = Picture(picture_pixels(job.recipe), job.recipe, now, ENVIRONMENT, "0" * 64)
    yield Finished(job.id, picture, path, 1.25, len(path))
    yield Saved(job.id, save_picture(picture, job.destination))


def preview_map() -> PreviewMap:
    """Every channel straight to a colour."""
    weights = np.zeros((9 * 4 + 1, 3), np.float32)
    weights[[4, 13, 22], [0, 1, 2]] = 1
    return PreviewMap(weights, 1)


def trajectory(recipe: Recipe) -> Trajectory:
    steps = recipe.steps
    level = np.linspace(0, 1, steps + 1, dtype=np.float32)
    x = np.broadcast_to(level[:, None, None, None], (steps + 1, 4, SIDE, SIDE)).copy()
    t = np.linspace(981, 1, steps, dtype=np.float32)
    return Trajectory(recipe, x, x[1:].copy(), t, x[1:].copy())


def cut(path: Trajectory, steps: int) -> Trajectory:
    return Trajectory(
        path.recipe, path.x[: steps + 1], path.x0[:steps], path.t[:steps], path.answers[:steps]
    )


def sigmas(recipe: Recipe) -> tuple[float, ...]:
    return tuple(map(float, np.geomspace(14.6, 0.03, recipe.steps)))


def grey(level: int) -> np.ndarray:
    return np.full((SIDE, SIDE, 3), level % 256, np.uint8)


def picture_pixels(recipe: Recipe) -> np.ndarray:
    """A gradient whose colour tells the seed."""
    rows = np.linspace(0, 255, recipe.height, dtype=np.uint8)[:, None, None]
    pixels = np.broadcast_to(rows, (recipe.height, recipe.width, 3)).copy()
    pixels[..., recipe.seed % 3] = 200
    return pixels


def job(folder: Path, **recipe) -> Job:
    return Job(Recipe(**({"prompt": "a boat", "steps": 4} | recipe)), Destination(folder=folder))
