"""The engine: admit waiting jobs, answer one round of asks, say what happened. Read this first.

Single-threaded: whoever iterates `Engine.run` drives it. Commands come in by a queue from any
thread; events go out by being yielded, and the engine knows no listener.
"""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TypeVar

from engine import lanes
from engine.checkpoints import Model, load
from engine.commands import Cancel, CancelAll, Command, Job, JobId, Load, Shutdown, Submit
from engine.device import choose
from engine.errors import Problem, StorageError, problem_of
from engine.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Loaded,
    Noticed,
    Previewed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.gallery.files import write_file
from engine.gallery.store import save_picture
from engine.lanes import Lane, row_count
from engine.library import find
from engine.menu import entry
from engine.recipe import Picture
from engine.samplers import Step
from engine.trajectory import Trajectory

Inbox = queue.SimpleQueue[Command]
T = TypeVar("T")


class Engine:
    """Owns the queue, the lanes and the loaded model."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: deque[Job] = deque()
        self._lanes: list[Lane] = []
        self._model: Model | None = None
        self._wish = Load("starter")
        self._open = True

    def run(self) -> Iterator[Event]:
        """Obey commands and yield events until Shutdown; waits when there is nothing to do."""
        while self._open:
            yield from self._obey()
            yield from self._admit()
            for group in list(lanes.together(self._lanes)):
                yield from self._round(group)
        yield from self._cancel({job.id for job in self._jobs()})

    def _jobs(self) -> list[Job]:
        return [lane.job for lane in self._lanes] + list(self._waiting)

    # Commands

    def _obey(self) -> Iterator[Event]:
        """Take what is in the inbox; wait for a command only when no job is left."""
        while self._open:
            try:
                command = self._inbox.get(block=not self._jobs())
            except queue.Empty:
                return
            yield from self._do(command)

    def _do(self, command: Command) -> Iterator[Event]:
        match command:
            case Submit(job):
                self._waiting.append(job)
            case Cancel(job_id):
                yield from self._cancel({job_id})
            case CancelAll():
                yield from self._cancel({job.id for job in self._jobs()})
            case Load():
                self._wish = command
                yield from self._load(command.model)
            case Shutdown():
                self._open = False

    def _cancel(self, ids: set[JobId]) -> Iterator[Event]:
        stopped = [lane for lane in self._lanes if lane.job.id in ids]
        self._lanes = [lane for lane in self._lanes if lane.job.id not in ids]
        dropped = [job for job in self._waiting if job.id in ids]
        self._waiting = deque(job for job in self._waiting if job.id not in ids)
        for lane in stopped:
            yield Cancelled(lane.job.id, lane.trajectory())
        for job in dropped:
            yield Cancelled(job.id)

    def _load(self, model: str, job: JobId | None = None) -> Iterator[Event]:
        """Load a checkpoint, unless it is the one in memory; say so, or what went wrong."""
        loaded = _attempt(partial(self._fetch, model))
        if isinstance(loaded, Problem):
            yield Failed(job, loaded)
        elif loaded is not None:
            yield loaded

    def _fetch(self, name: str) -> Loaded | None:
        device = choose(self._wish.device, self._wish.dtype)
        if self._model and (self._model.id, self._model.device) == (name, device):
            return None
        checkpoint = find(name)
        sizes = checkpoint.sizes()
        self._model = None  # two at once might not fit
        self._model = model = load(checkpoint, device)
        return Loaded(name, model.environment(), sizes, model.prompts.limit, model.preview)

    # Admission

    def _admit(self) -> Iterator[Event]:
        """Give waiting jobs lanes while the model call has rows to spare, in the queue's order."""
        while self._waiting:
            job = self._waiting[0]
            if not self._holds(job.recipe.model):
                if self._lanes:
                    return  # the lanes end on the model they began on
                yield from self._load(job.recipe.model, job.id)
            model = self._model
            if model is None or not self._holds(job.recipe.model):
                self._waiting.popleft()  # its Failed has been said
                continue
            if self._lanes and not self._has_room(model, job):
                return
            self._waiting.popleft()
            yield from self._begin(job, model)

    def _holds(self, model: str) -> bool:
        return self._model is not None and self._model.id == model

    def _has_room(self, model: Model, job: Job) -> bool:
        taken = sum(row_count(lane.job.recipe) for lane in self._lanes)
        return taken + row_count(job.recipe) <= model.device.rows

    def _begin(self, job: Job, model: Model) -> Iterator[Event]:
        lane = _attempt(partial(Lane, job, model))
        if isinstance(lane, Problem):
            yield Failed(job.id, lane)
            return
        self._lanes.append(lane)
        recipe = job.recipe
        calls = entry(recipe.sampler).model_calls(recipe.steps)
        yield Started(job.id, tuple(map(float, lane.grid.t)), lane.grid.sigma, calls)
        yield from _notice_length(job, model)

    # Rounds

    def _round(self, group: list[Lane]) -> Iterator[Event]:
        """Answer the asks of lanes that can share a call, and move each of them on."""
        model = self._model
        if model is None:
            return
        answers = _attempt(partial(lanes.answer, group, model.denoise))
        if isinstance(answers, Problem):
            for lane in group:
                yield from self._fail(lane, answers)
            return
        for lane, rows in zip(group, answers, strict=True):
            steps = _attempt(partial(lane.hand, rows))
            if isinstance(steps, Problem):
                yield from self._fail(lane, steps)
                continue
            yield from _report(lane, steps, model)
            if lane.ask is None:
                self._lanes.remove(lane)
                yield from _finish(lane, model)

    def _fail(self, lane: Lane, problem: Problem) -> Iterator[Event]:
        self._lanes.remove(lane)
        yield Failed(lane.job.id, problem)


def _attempt(work: Callable[[], T]) -> T | Problem:
    """Return what `work` returns, or what went wrong: a job may fail, the engine may not."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001  (the one place where bugs of ours become events)
        return problem_of(error)


def _notice_length(job: Job, model: Model) -> Iterator[Event]:
    """Say how much of an overlong prompt the encoder reads."""
    for name, prompt in (
        ("prompt", job.recipe.prompt),
        ("negative prompt", job.recipe.negative_prompt),
    ):
        count = model.prompts.count(prompt)
        if count > model.prompts.limit:
            read = model.prompts.limit - 2
            message = (
                f"The {name} has {count - 2} tokens; the model reads the first {read} of them."
            )
            yield Noticed(job.id, Problem(message, "Put what matters first."))


def _report(lane: Lane, steps: list[Step], model: Model) -> Iterator[Event]:
    total = lane.job.recipe.steps
    done = lane.steps_done - len(steps)
    for number, step in enumerate(steps, start=done + 1):
        yield Stepped(lane.job.id, number, total, lane.calls)
        x0, x = (model.preview(latents[0].numpy()) for latents in (step.x0, step.x))
        yield Previewed(lane.job.id, number, x0, x)


def _finish(lane: Lane, model: Model) -> Iterator[Event]:
    """Decode and keep a finished lane's picture."""
    pixels = _attempt(partial(model.decoder.decode, lane.latents))
    if isinstance(pixels, Problem):
        yield Failed(lane.job.id, pixels)
        return
    seconds = time.perf_counter() - lane.started
    now = datetime.now().astimezone()
    environment = model.environment()
    picture = Picture(pixels, lane.job.recipe, now, environment, lane.noise_sha256)
    trajectory = lane.trajectory()
    yield Finished(lane.job.id, picture, trajectory, seconds, lane.calls)
    yield _keep(lane.job, picture, trajectory)


def _keep(job: Job, picture: Picture, trajectory: Trajectory) -> Event:
    """Write the picture, and its trajectory where one is wanted; both fsynced before Saved."""
    target = job.destination
    try:
        if target.trajectory:
            write_file(target.trajectory, trajectory.to_bytes(), force=target.force)
        return Saved(job.id, save_picture(picture, target))
    except StorageError as error:
        return Unsaved(job.id, problem_of(error))
