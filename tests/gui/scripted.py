"""An engine that does as it is told: the real contract, made-up pictures, no torch."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np

from engine.commands import (
    Cancel,
    CancelAll,
    Command,
    Decode,
    Destination,
    Job,
    Load,
    Move,
    Pause,
    Resume,
    Shutdown,
    Submit,
)
from engine.draft import SizeRule
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Decoded,
    Event,
    Failed,
    Finished,
    Loaded,
    Loading,
    Paused,
    Previewed,
    Reordered,
    Resumed,
    Saved,
    Started,
    Stepped,
)
from engine.gallery.store import save_picture
from engine.preview import PreviewMap
from engine.recipe import Environment, Picture, Pixels, Recipe
from engine.trajectory import Array, Trajectory
from engine.waiting import Waiting

ENVIRONMENT = Environment("cpu", "float32", "scripted")
SIDE = 8


class ScriptedEngine:
    """Makes one picture at a time, one step for each `tick`; with `free` set it never waits."""

    def __init__(self, inbox: SimpleQueue[Command] | None = None, *, free: bool = True) -> None:
        self.inbox: SimpleQueue[Command] = SimpleQueue() if inbox is None else inbox
        self.heard: list[Command] = []
        self.free = free
        self.ticks = threading.Semaphore(0)
        self.may_load = threading.Event()
        self.may_load.set()
        self.crash_at: int | None = None
        self.problem: Problem | None = None
        self._waiting = Waiting()
        self._running: str | None = None
        self._model: str | None = None
        self._open = True

    def __call__(self, inbox: SimpleQueue[Command]) -> "ScriptedEngine":
        """Stand in for the class: the bridge makes its engine by calling this."""
        self.inbox = inbox
        self._waiting, self._running = Waiting(), None
        return self

    def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.ticks.release()

    def run(self) -> Iterator[Event]:
        self._open = True
        while self._open:
            yield from self._obey(wait=self._waiting.first() is None)
            job = self._waiting.first()
            if job is not None and self._open:
                self._waiting.remove({job.id})
                yield from self._make(job)

    def _obey(self, *, wait: bool) -> Iterator[Event]:
        while self._open:
            try:
                command = self.inbox.get(block=wait)
            except Empty:
                return
            wait = False
            self.heard.append(command)
            yield from self._do(command)

    def _do(self, command: Command) -> Iterator[Event]:
        match command:
            case Load(model):
                yield from self._load(model)
            case Submit(job):
                self._waiting.jobs.append(job)
            case Cancel(job_id):
                yield from self._cancel({job_id})
            case CancelAll():
                yield from self._cancel({job.id for job in self._waiting.jobs} | {self._running})
            case Pause() | Resume() | Move():
                yield from self._arrange(command)
            case Decode(_, latents, ticket):
                yield Decoded(ticket, exactly(latents))
            case Shutdown():
                self._open = False

    def _load(self, model: str) -> Iterator[Event]:
        yield Loading(model)
        self.may_load.wait()
        self._model = model
        yield Loaded(model, ENVIRONMENT, SizeRule(), 77, preview_map())

    def _arrange(self, command: Pause | Resume | Move) -> Iterator[Event]:
        match command:
            case Pause(job_id):
                self._hold(job_id)
                yield Paused(job_id)
            case Resume(job_id):
                self._waiting.release(job_id)
                yield Resumed(job_id)
            case Move(job_id, place):
                self._waiting.move(job_id, place)
                yield Reordered(tuple(job.id for job in self._waiting.jobs))

    def _hold(self, job_id: str | None) -> None:
        if job_id is None:
            self._waiting.all_paused = True
        else:
            self._waiting.paused.add(job_id)

    def _cancel(self, ids: set[str | None]) -> Iterator[Event]:
        if self._running in ids:
            self._running = None
        for job in self._waiting.remove(ids):
            yield Cancelled(job.id)

    def _make(self, job: Job) -> Iterator[Event]:
        if self.problem is not None:
            yield Failed(job.id, self.problem)
            return
        if self._model not in {None, job.recipe.model}:  # a job brings its own
            yield from self._load(job.recipe.model)
        path = trajectory(job.recipe)
        self._running = job.id
        yield Started(job.id, tuple(map(float, path.t)), sigmas(job.recipe), job.recipe.steps)
        for step in range(1, job.recipe.steps + 1):
            yield from self._wait_for_tick()
            if self._running is None or not self._open:
                yield Cancelled(job.id, cut(path, step - 1))
                return
            if step == self.crash_at:
                raise RuntimeError("the script says so")
            yield Stepped(job.id, step, job.recipe.steps, step)
            yield Previewed(job.id, step, grey(40 + step), grey(200 - step))
        self._running = None
        yield from finish(job, path)

    def _wait_for_tick(self) -> Iterator[Event]:
        """Obey commands until the next step may be taken, or the job is cancelled."""
        while True:
            yield from self._obey(wait=False)
            job = self._running
            if job is None or not self._open:
                return
            held = self._waiting.holds(job)
            if not held and (self.free or self.ticks.acquire(timeout=0.005)):
                return
            if held:
                threading.Event().wait(0.002)


def finish(job: Job, path: Trajectory) -> Iterator[Event]:
    now = datetime.now(UTC).astimezone()
    picture = Picture(picture_pixels(job.recipe), job.recipe, now, ENVIRONMENT, "0" * 64)
    yield Finished(job.id, picture, path, 1.25, len(path))
    yield Saved(job.id, save_picture(picture, job.destination))


def exactly(latents: Array) -> Pixels:
    """What the scripted VAE makes of latents: one colour, that of their mean."""
    shade = int(np.clip(128 + 40 * latents.mean(), 0, 255))
    return np.full((64, 96, 3), shade, np.uint8)


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
