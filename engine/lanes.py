"""Lanes: gather what running samplers ask, answer with one model call, hand the answers back."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from engine import guidance
from engine.checkpoints import Denoise, Model
from engine.commands import Job
from engine.conditioning import Conditioning, joined, text_of
from engine.errors import KnownError
from engine.noise import digest
from engine.path import Noise, path_calls, path_levels, walk
from engine.recipe import Recipe
from engine.recording import Recording
from engine.samplers import Ask, Levels, Step
from engine.trajectory import Array, Trajectory


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of the model call: x (1, C, h, w), float32, at t under a conditioning of one row."""

    x: Tensor
    t: float
    conditioning: Conditioning

    def key(self) -> tuple[object, ...]:
        """Equal keys are equal questions, and are computed once."""
        told = self.conditioning
        return (self.t, id(told.states), told.scales, self.x.numpy().tobytes())


def row_count(recipe: Recipe, model: Model) -> int:
    """Return the rows of a model call that a recipe takes: two when guided from outside."""
    return 2 if guidance.is_guided(recipe.guidance) and not model.takes_guidance else 1


class Lane:
    """A running job: its path, what it asks for next, and what it has recorded.

    `ask` is None once the path has ended; `seconds` runs from the first ask to the last answer.
    `replayed` are the steps that the job's recorded answers led to before any was asked.
    """

    def __init__(self, job: Job, model: Model) -> None:
        recipe = job.recipe
        factor = model.decoder.factor
        shape = (model.decoder.channels, recipe.height // factor, recipe.width // factor)
        model.check(recipe)
        model.decoders.of(recipe.vae)  # one that cannot be used is told now, not after all steps
        noise = Noise(recipe, shape)
        self.job = job
        self.grid: Levels = path_levels(recipe, model.diffusion)
        self.noise_sha256 = digest(noise.first)
        self.ask: Ask | None
        self._model = model
        self._path = walk(recipe, model.diffusion, noise)
        steps = len(self.grid.t)
        self._x = Recording(steps + 1, shape)
        self._x0 = Recording(steps, shape)
        self._t: list[float] = []
        self._answers = Recording(path_calls(recipe, model.diffusion), shape)
        self.seconds = 0.0
        self._resume(None)
        if self.ask is not None:
            self._x.append(self.ask.x.float())  # not the noise: some begin a little below it
        self.replayed = self._replay(shape)
        self._given = len(self._answers)
        self._began = time.perf_counter()

    def _replay(self, shape: tuple[int, int, int]) -> list[Step]:
        """Give the path the job's recorded answers; return the steps that they complete."""
        kept = self.job.answers
        if kept is None:
            return []
        if kept.shape[1:] != shape or not np.isfinite(kept).all():
            raise KnownError(
                "The recorded path does not fit this picture.", "Make the picture from its start."
            )
        steps: list[Step] = []
        for one in kept[:, None]:
            if self.ask is None or self._left_its_parent():
                break
            self._answers.append(torch.tensor(one))
            steps += self._resume(self._answers.newest())
        return steps

    def _left_its_parent(self) -> bool:
        """Whether what is asked from here on was never asked on the path that this one leaves."""
        job = self.job
        return job.of is None and job.recipe.branch is not None and self._turned == job.recipe

    @property
    def calls(self) -> int:
        """Model evaluations answered so far, replayed ones included."""
        return len(self._answers)

    @property
    def answers(self) -> Array:
        """The answers so far, (NFE, C, h, w)."""
        return self._answers.whole()

    @property
    def spent(self) -> int:
        """Model evaluations that this job has really asked for."""
        return len(self._answers) - self._given

    @property
    def steps_done(self) -> int:
        """Steps taken so far."""
        return len(self._t)

    @property
    def latents(self) -> Tensor:
        """The newest x (1, C, h, w)."""
        return self._x.newest()

    @property
    def key(self) -> tuple[object, ...]:
        """Lanes of equal keys can share a model call: of one shape, with the same LoRAs."""
        return (tuple(self.latents.shape), self._conditioning.kind)

    def rows(self) -> list[Row]:
        """Return the rows that answer the pending ask, the unconditional one first."""
        if self.ask is None:
            message = "the sampler has ended and asks for nothing"
            raise RuntimeError(message)
        conditionings = [c for c in (self._negative, self._conditioning) if c is not None]
        return [Row(self.ask.x.float(), self.ask.t, c) for c in conditionings]

    def hand(self, answers: Sequence[Tensor]) -> list[Step]:
        """Take the answers to `rows`, and return the steps that they complete."""
        if self._negative is None:
            answer = answers[0]
        else:
            answer = guidance.combine(answers[0], answers[1], self._scale)
        if not torch.isfinite(answer).all():
            raise KnownError(
                f"The model answered not-a-number at step {self.steps_done + 1}; nothing was kept.",
                "Try --dtype float32, or a lower guidance.",
            )
        self._answers.append(answer)
        steps = self._resume(answer)
        self.seconds = time.perf_counter() - self._began
        return steps

    def _resume(self, answer: Tensor | None) -> list[Step]:
        """Run the path to its next ask or its end, recording the steps on the way."""
        steps: list[Step] = []
        self.ask = None
        try:
            said = self._path.send(answer)
            while not isinstance(said, Ask):
                if isinstance(said, Step):
                    steps.append(Step(said.x.float(), said.x0.float(), said.t))
                else:
                    self._turn(said.recipe)
                said = next(self._path)
            self.ask = said
        except StopIteration:
            pass
        for step in steps:
            self._x.append(step.x)
            self._x0.append(step.x0)
            self._t.append(float(step.t))
        return steps

    def _turn(self, recipe: Recipe) -> None:
        """Ask from now on in the words and with the guidance of this recipe."""
        self._turned, self._scale = recipe, recipe.guidance
        guided = row_count(recipe, self._model) > 1
        prompt, negative = (
            text_of(recipe, words) for words in (recipe.prompt, recipe.negative_prompt)
        )
        # Both rows go into one call, and so must be of one length.
        chunks = max(map(self._model.chunks, [prompt, negative] if guided else [prompt]))
        encode = self._model.encode
        self._conditioning = encode(prompt, chunks)
        if self._model.takes_guidance:
            self._conditioning = replace(self._conditioning, scales=(recipe.guidance,))
        self._negative = encode(negative, chunks, negative=True) if guided else None

    def trajectory(self) -> Trajectory:
        """Return everything recorded so far."""
        return Trajectory(
            self.job.recipe,
            x=self._x.whole(),
            x0=self._x0.whole(),
            t=np.asarray(self._t, np.float32),
            answers=self._answers.whole(),
            sigma=np.asarray(self.grid.sigma[: self.steps_done], np.float32),
        )


def informed(job: Job, lanes: Iterable[Lane]) -> Job:
    """Return a branch of a path that is still under way with what has been answered there."""
    branch = job.recipe.branch
    if branch is None or job.answers is not None:
        return job
    parent = next((lane for lane in lanes if lane.job.recipe == branch.parent), None)
    return job if parent is None else replace(job, answers=parent.answers)


def together(lanes: Iterable[Lane], *, exact: bool = False) -> Iterator[list[Lane]]:
    """Group lanes that can share a model call; with `exact` none do."""
    if exact:
        yield from ([lane] for lane in lanes)
        return
    groups: dict[object, list[Lane]] = {}
    for lane in lanes:
        groups.setdefault(lane.key, []).append(lane)
    yield from groups.values()


def answer(lanes: Sequence[Lane], denoise: Denoise) -> list[list[Tensor]]:
    """Answer the asks of lanes of one key: for each lane its rows' answers, one model call."""
    rows = [lane.rows() for lane in lanes]
    unique = {row.key(): row for lane_rows in rows for row in lane_rows}
    answers = dict(zip(unique, _call(list(unique.values()), denoise), strict=True))
    return [[answers[row.key()] for row in lane_rows] for lane_rows in rows]


def _call(rows: list[Row], denoise: Denoise) -> list[Tensor]:
    x = torch.cat([row.x for row in rows])
    t = torch.tensor([row.t for row in rows])
    conditioning = joined([row.conditioning for row in rows])
    return list(torch.split(denoise(x, t, conditioning), 1))
