"""The engine: admit waiting jobs, answer one round of asks, say what happened. Read this first.

Single-threaded: whoever iterates `Engine.run` drives it. Commands come in by a queue from any
thread; events go out by being yielded, and the engine knows no listener.
"""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, assert_never

from torch import Tensor

from engine import lanes
from engine.checkpoints import Model, load
from engine.commands import Cancel, CancelAll, Command, Job, JobId, Load, Shutdown, Submit
from engine.device import choose, is_out_of_memory
from engine.errors import KnownError, OutOfMemory, Problem, problem_of
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
from engine.path import path_calls
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
        self._loaded: tuple[Load, Loaded] | None = None
        self._wish = Load("starter")
        self._to_load: Load | None = None
        self._open = True

    def run(self) -> Iterator[Event]:
        """Obey commands and yield events until Shutdown; waits when there is nothing to do."""
        while self._open:
            yield from self._obey(wait=not self._jobs() and self._to_load is None)
            yield from self._admit()
            for group in list(lanes.together(self._lanes)):
                yield from self._obey(wait=False)
                yield from self._round([lane for lane in group if lane in self._lanes])
        yield from self._cancel({job.id for job in self._jobs()})

    def _jobs(self) -> list[Job]:
        return [lane.job for lane in self._lanes] + list(self._waiting)

    # Commands

    def _obey(self, *, wait: bool) -> Iterator[Event]:
        """Take what is in the inbox; `wait` for a first command when there is nothing to do."""
        while self._open:
            try:
                command = self._inbox.get(block=wait)
            except queue.Empty:
                return
            wait = False
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
                self._wish = self._to_load = command
            case Shutdown():
                self._open = False
            case _:
                assert_never(command)

    def _cancel(self, ids: set[JobId]) -> Iterator[Event]:
        stopped = [lane for lane in self._lanes if lane.job.id in ids]
        self._lanes = [lane for lane in self._lanes if lane.job.id not in ids]
        dropped = [job for job in self._waiting if job.id in ids]
        self._waiting = deque(job for job in self._waiting if job.id not in ids)
        for lane in stopped:
            yield Cancelled(lane.job.id, lane.trajectory())
        for job in dropped:
            yield Cancelled(job.id)

    # Admission

    def _admit(self) -> Iterator[Event]:
        """Give waiting jobs lanes while the model call has rows to spare, in the queue's order.

        A running lane keeps its model, device and dtype: another one is loaded once all have
        ended, and nobody is admitted in the meantime.
        """
        if self._open and self._to_load is not None and not self._lanes:
            wish, self._to_load = self._to_load, None
            yield self._load(wish, None)
        while self._open and self._waiting and self._to_load is None:
            job = self._waiting[0]
            wish = replace(self._wish, model=job.recipe.model)
            if self._loaded is None or self._loaded[0] != wish:
                if self._lanes:
                    return
                yield self._load(wish, job.id)
            if self._model is None:
                self._waiting.popleft()  # its Failed has been said
                continue
            if self._lanes and not self._has_room(self._model, job):
                return
            self._waiting.popleft()
            yield from self._begin(job, self._model)

    def _load(self, wish: Load, job: JobId | None) -> Event:
        """Load a checkpoint, unless it is the one in memory; say so, or what went wrong."""
        if self._loaded is not None and self._loaded[0] == wish:
            return self._loaded[1]
        self._model = self._loaded = None  # two at once might not fit
        loaded = _attempt(partial(_fetch, wish))
        if isinstance(loaded, Problem):
            return Failed(job, loaded)
        self._model, event = loaded
        self._loaded = (wish, event)
        return event

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
        calls = path_calls(recipe, model.diffusion)
        yield Started(job.id, tuple(map(float, lane.grid.t)), lane.grid.sigma, calls)
        yield from _notice_length(job, model)
        for number, step in enumerate(lane.replayed, start=1):
            yield from _told(lane, step, number, model)
        if lane.ask is None:
            self._lanes.remove(lane)
            yield from _finish(lane, model)

    # Rounds

    def _round(self, group: list[Lane]) -> Iterator[Event]:
        """Answer the asks of lanes that can share a call, and move each of them on."""
        model = self._model
        if model is None or not group:
            return
        answers = _attempt(partial(lanes.answer, group, model.denoise))
        if isinstance(answers, Problem):
            for lane in group:
                yield from self._fail(lane, answers)
            return
        for lane, rows in zip(group, answers, strict=True):
            told = _attempt(partial(_advance, lane, rows, model))
            if isinstance(told, Problem):
                yield from self._fail(lane, told)
                continue
            yield from told
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
        known = isinstance(error, KnownError) or not is_out_of_memory(error)
        return problem_of(error if known else OutOfMemory())


def _fetch(wish: Load) -> tuple[Model, Loaded]:
    checkpoint = find(wish.model)
    sizes = checkpoint.sizes()
    model = load(checkpoint, choose(wish.device, wish.dtype))
    environment = model.environment()
    return model, Loaded(wish.model, environment, sizes, model.prompts.limit, model.preview)


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


def _advance(lane: Lane, rows: list[Tensor], model: Model) -> list[Event]:
    """Hand a lane its answers; return what is to be told of the steps that they complete."""
    before = lane.steps_done
    steps = lane.hand(rows)
    return [
        event
        for number, step in enumerate(steps, start=before + 1)
        for event in _told(lane, step, number, model)
    ]


def _told(lane: Lane, step: Step, number: int, model: Model) -> tuple[Event, Event]:
    job, total = lane.job.id, len(lane.grid.t)
    x0, x = (model.preview(latents[0].numpy()) for latents in (step.x0, step.x))
    return Stepped(job, number, total, lane.calls), Previewed(job, number, x0, x)


def _finish(lane: Lane, model: Model) -> Iterator[Event]:
    """Decode and keep a finished lane's picture."""
    finished = _attempt(partial(_finished, lane, model))
    if isinstance(finished, Problem):
        yield Failed(lane.job.id, finished)
        return
    yield finished
    path = _attempt(partial(_keep, lane.job, finished.picture, finished.trajectory))
    if isinstance(path, Problem):
        yield Unsaved(lane.job.id, path)
    else:
        yield Saved(lane.job.id, path)


def _finished(lane: Lane, model: Model) -> Finished:
    decoding = time.perf_counter()
    pixels = model.decoder.decode(lane.latents)
    # Of the round's other pictures neither the decoding nor the saving is counted.
    seconds = lane.seconds + time.perf_counter() - decoding
    now = datetime.now().astimezone()
    picture = Picture(pixels, lane.job.recipe, now, model.environment(), lane.noise_sha256)
    return Finished(lane.job.id, picture, lane.trajectory(), seconds, lane.spent)


def _keep(job: Job, picture: Picture, trajectory: Trajectory) -> Path:
    """Write the picture, and its trajectory where one is wanted: both of them or neither."""
    target = job.destination
    if target.trajectory is None:
        return save_picture(picture, target)
    write_file(target.trajectory, trajectory.to_bytes(), force=target.force)
    try:
        return save_picture(picture, target)
    except BaseException:
        target.trajectory.unlink(missing_ok=True)
        raise
