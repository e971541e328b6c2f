"""The engine: admit waiting jobs, answer one round of asks, say what happened. Read this first.

Whoever iterates `Engine.run` drives it, in one thread; only what is written aside (the archive, and
what is kept of cancelled pictures) has threads of its own. Commands come in by a queue from any
thread; events go out by being yielded, and the engine knows no listener.
"""

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar, assert_never

import torch
from torch import Tensor

from engine import lanes
from engine.archive import Archive
from engine.calls import Calls
from engine.checkpoints import Model, load
from engine.commands import (
    Cancel,
    CancelAll,
    Command,
    Decode,
    Job,
    JobId,
    Load,
    Move,
    Pause,
    Resume,
    Shutdown,
    Submit,
    Wake,
)
from engine.device import choose, give_back
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Decoded,
    Event,
    Failed,
    Loaded,
    Loading,
    Noticed,
    Paused,
    Previewed,
    Recovered,
    Reordered,
    Resumed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.finishing import finished, save
from engine.lanes import Lane, row_count
from engine.library import find
from engine.notices import Notices
from engine.partials import Partials
from engine.path import path_calls
from engine.recipe import Recipe
from engine.samplers import Step
from engine.shortage import attempt, short_of
from engine.waiting import Waiting

Inbox = queue.SimpleQueue[Command]
T = TypeVar("T")


class Engine:
    """Owns the queue, the lanes and the loaded model.

    Without `previews` nobody is told what the steps look like; what is under way and what is
    finished goes into `archive`.
    """

    def __init__(
        self, inbox: Inbox, *, previews: bool = True, archive: Archive | None = None
    ) -> None:
        self._inbox = inbox
        self._previews = previews
        self._archive = archive or Archive(None)
        self._waiting = Waiting()
        self._notices = Notices()
        self._lanes: list[Lane] = []
        self._model: Model | None = None
        self._calls: Calls | None = None
        self._loaded: tuple[Load, Loaded] | None = None
        self._wish = Load("starter")
        self._to_load: Load | None = None
        self._open = True
        self._partials = Partials(wake=lambda: inbox.put(Wake()))

    def run(self) -> Iterator[Event]:
        """Obey commands and yield events until Shutdown; waits when there is nothing to do."""
        yield from self._recover()
        while self._open:
            yield from self._obey(wait=self._idle())
            yield from self._admit()
            yield from self._rounds()
        # Told as cancelled, but not forgotten: the archive brings them back next time.
        yield from self._cancel({job.id for job in self._jobs()}, forget=False)
        yield from self._partials.close()
        self._archive.close()

    def _recover(self) -> Iterator[Event]:
        """Put the jobs into the queue that were cut off when the program last ended."""
        for job in self._archive.cut_off():
            self._submit(job)
            yield Recovered(job)

    def _submit(self, job: Job) -> None:
        self._waiting.jobs.append(job)
        self._archive.queued(job)

    def _jobs(self) -> list[Job]:
        return [lane.job for lane in self._lanes] + self._waiting.jobs

    def _moving(self) -> list[Lane]:
        return [lane for lane in self._lanes if not self._waiting.holds(lane.job.id)]

    def _idle(self) -> bool:
        """Whether nothing can be done before the next command."""
        to_load = self._to_load is not None and not self._lanes
        blocked = self._to_load is not None or self._foreign(self._waiting.first())
        may_begin = self._waiting.first() is not None and not (blocked and self._lanes)
        return not (self._moving() or to_load or may_begin)

    def _foreign(self, job: Job | None) -> bool:
        """Whether a job wants another model, device or dtype than the one in memory."""
        if job is None:
            return False
        wish = replace(self._wish, model=job.recipe.model)
        return self._loaded is None or self._loaded[0] != wish

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
                self._submit(lanes.informed(job, self._lanes))
            case Cancel(job_id, keep):
                yield from self._cancel({job_id}, keep=keep)
            case CancelAll(keep):
                yield from self._cancel({job.id for job in self._jobs()}, keep=keep)
            case Pause() | Resume() | Move():
                yield from self._arrange(command)
            case Load():
                self._wish = self._to_load = command
            case Decode():
                yield from self._decode(command)
            case Wake():
                yield from self._partials.news()
            case Shutdown():
                self._open = False
            case _:
                assert_never(command)

    def _cancel(
        self, ids: set[JobId], *, forget: bool = True, keep: bool = False
    ) -> Iterator[Event]:
        stopped = [lane for lane in self._lanes if lane.job.id in ids]
        self._lanes = [lane for lane in self._lanes if lane.job.id not in ids]
        dropped = self._waiting.remove(ids)
        self._waiting.paused -= ids
        for job_id in ids if forget else ():
            self._archive.ended(job_id)
        paths = [lane.trajectory() for lane in stopped]
        for lane, path in zip(stopped, paths, strict=True):
            yield Cancelled(lane.job.id, path)
        for job in dropped:
            yield Cancelled(job.id)
        if keep and self._model is not None:  # when all know: here and there it takes a decode
            for lane, path in zip(stopped, paths, strict=True):
                self._partials.keep(lane, path, self._model)

    def _arrange(self, command: Pause | Resume | Move) -> Iterator[Event]:
        match command:
            case Pause(job_id):
                yield from self._pause(job_id)
            case Resume(job_id):
                self._waiting.release(job_id)
                yield Resumed(job_id)
            case Move(job_id, place):
                self._waiting.move(job_id, place)
                self._archive.reordered([job.id for job in self._jobs()])
                yield Reordered(tuple(job.id for job in self._waiting.jobs))

    def _decode(self, wish: Decode) -> Iterator[Event]:
        if self._model is None or self._model.id != wish.model:
            return
        decoders = self._model.decoders
        latents = torch.tensor(wish.latents[None])
        pixels = attempt(lambda: decoders.of(wish.vae).decode(latents))
        if isinstance(pixels, Problem):
            yield Noticed(None, pixels)
        else:
            yield Decoded(wish.ticket, pixels)

    def _pause(self, job_id: JobId | None) -> Iterator[Event]:
        if job_id is None:
            self._waiting.all_paused = True
        elif job_id in {job.id for job in self._jobs()}:
            self._waiting.paused.add(job_id)
        else:
            return  # it has just ended
        yield Paused(job_id)

    # Admission

    def _admit(self) -> Iterator[Event]:
        """Give waiting jobs lanes while the model call has rows to spare, in the queue's order.

        A running lane keeps its model, device and dtype: another one is loaded once all have
        ended, and nobody is admitted in the meantime.
        """
        if self._open and self._to_load is not None and not self._lanes:
            wish, self._to_load = self._to_load, None
            yield from self._load(wish, None)
        while self._open and self._to_load is None and (job := self._waiting.first()):
            if self._foreign(job):
                if self._lanes:
                    return
                yield from self._load(replace(self._wish, model=job.recipe.model), job.id)
            if self._model is None or self._calls is None:
                self._waiting.remove({job.id})  # its Failed has been said
                self._archive.ended(job.id)
                continue
            if not self._has_room(self._calls, job, self._model):
                return
            self._waiting.remove({job.id})
            yield from self._begin(job, self._model)

    def _load(self, wish: Load, job: JobId | None) -> Iterator[Event]:
        """Load a checkpoint, unless it is the one in memory; say so, or what went wrong."""
        if self._loaded is not None and self._loaded[0] == wish:
            yield self._loaded[1]
            return
        yield Loading(wish.model)
        if self._model is not None:
            yield from self._partials.close()
            self._model = self._calls = self._loaded = None  # two at once might not fit
            give_back()
        loaded = attempt(partial(_fetch, wish))
        if isinstance(loaded, Problem):
            yield Failed(job, loaded)
            return
        self._model, event = loaded
        device = self._model.device
        self._calls = Calls(self._model.denoise, device.rows, device.most_rows, self._model.budget)
        self._loaded = (wish, event)
        yield event

    def _has_room(self, calls: Calls, job: Job, model: Model) -> bool:
        """Whether a job's rows fit into the calls; a job alone always begins."""
        taken = sum(row_count(lane.job.recipe, model) for lane in self._moving())
        return not taken or taken + row_count(job.recipe, model) <= calls.rows

    def _begin(self, job: Job, model: Model) -> Iterator[Event]:
        recipe = job.recipe
        lane = self._attempt(recipe, partial(Lane, job, model))
        if isinstance(lane, Problem):
            self._archive.ended(job.id)
            yield Failed(job.id, lane)
            return
        for answer in lane.answers:
            self._archive.answered(job.id, answer)
        self._lanes.append(lane)
        calls = path_calls(recipe, model.diffusion)
        yield Started(job.id, tuple(map(float, lane.grid.t)), lane.grid.sigma, calls)
        yield from self._notices.begun(job, model)
        for number, step in enumerate(lane.replayed, start=1):
            tell = partial(list[Event], self._told(lane, step, number))
            told = self._attempt(recipe, tell)
            if isinstance(told, Problem):
                yield from self._fail(lane, told)
                return
            yield from told
        if lane.ask is None:
            self._lanes.remove(lane)
            yield from self._finish(lane, model)

    # Rounds

    def _rounds(self) -> Iterator[Event]:
        """Move every lane on; on its own, so that no lane is held on to when a model goes."""
        for group in list(lanes.together(self._moving(), exact=self._wish.exact)):
            yield from self._obey(wait=False)
            moving = self._moving()
            yield from self._round([lane for lane in group if lane in moving])

    def _round(self, group: list[Lane]) -> Iterator[Event]:
        """Answer the asks of lanes that can share a call, and move each of them on."""
        model, calls = self._model, self._calls
        if model is None or calls is None or not group:
            return
        answers = self._attempt(group[0].job.recipe, partial(lanes.answer, group, calls))
        if isinstance(answers, Problem):
            for lane in group:
                yield from self._fail(lane, answers)
            return
        for lane, rows in zip(group, answers, strict=True):
            told = self._attempt(lane.job.recipe, partial(self._advance, lane, rows))
            if isinstance(told, Problem):
                yield from self._fail(lane, told)
                continue
            yield from told
            if lane.ask is None:
                self._lanes.remove(lane)
                yield from self._finish(lane, model)

    def _advance(self, lane: Lane, rows: list[Tensor]) -> list[Event]:
        """Hand a lane its answers; return what is to be told of the steps that they complete."""
        before = lane.steps_done
        steps = lane.hand(rows)
        self._archive.answered(lane.job.id, lane.answers[-1])
        return [
            event
            for number, step in enumerate(steps, start=before + 1)
            for event in self._told(lane, step, number)
        ]

    def _told(self, lane: Lane, step: Step, number: int) -> Iterator[Event]:
        job = lane.job.id
        yield Stepped(job, number, len(lane.grid.t), lane.calls)
        if self._previews and (model := self._model) is not None:
            x0 = (model.sharp or model.preview)(step.x0[0].numpy())
            yield Previewed(job, number, x0, model.preview(step.x[0].numpy()))

    def _fail(self, lane: Lane, problem: Problem) -> Iterator[Event]:
        self._lanes.remove(lane)
        self._archive.ended(lane.job.id)
        yield Failed(lane.job.id, problem)

    def _finish(self, lane: Lane, model: Model) -> Iterator[Event]:
        """Decode and keep a finished lane's picture."""
        job, target = lane.job.id, lane.job.destination
        made = self._attempt(lane.job.recipe, partial(finished, lane, model))
        if isinstance(made, Problem):
            self._archive.ended(job)
            yield Failed(job, made)
            return
        yield made
        yield from self._notices.finished(made)
        path = attempt(partial(save, lane.job, made, model.decoders))
        if isinstance(path, Problem):
            self._archive.ended(job)
            yield Unsaved(job, path, target)
        else:
            self._archive.saved(job, path, None if target.file else made.trajectory)
            yield Saved(job, path)
        trouble = self._archive.trouble()
        if trouble is not None:
            yield Noticed(job, trouble)

    def _attempt(self, recipe: Recipe, work: Callable[[], T]) -> T | Problem:
        """Do something for a picture; where memory runs out, say what size would fit."""
        if self._model is None or self._loaded is None:
            return attempt(work)
        return attempt(work, partial(short_of, recipe, self._loaded[1].sizes, self._model))


def _fetch(wish: Load) -> tuple[Model, Loaded]:
    checkpoint = find(wish.model)
    sizes = checkpoint.sizes()
    model = load(checkpoint, choose(wish.device, wish.dtype, wish.memory))
    environment = model.environment()
    return model, Loaded(wish.model, environment, sizes, model.prompts.limit, model.preview.map)
