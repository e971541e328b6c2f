"""The benchmark table: ratios measured side by side in one process, so that they mean something.

Every comparison runs its two sides in turn, a few rounds long; the median of the rounds' ratios
counts, and how far they spread is told with it.
"""

import queue
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline

from engine.checkpoints import Model, load
from engine.commands import Command, Destination, Job, Load, Submit
from engine.conditioning import joined
from engine.device import choose
from engine.draft import Draft
from engine.errors import KnownError
from engine.events import Failed, Loaded, Saved, Unsaved
from engine.guidance import combine
from engine.library import find
from engine.loop import Engine
from engine.menu import entry
from engine.noise import NoiseSource
from engine.recipe import Recipe
from engine.samplers import Ask, Step, levels, sample

PROMPT = "a red sailing boat on the sea at sunset"
STEPS = 20
_SIDE_BY_SIDE = ("ddim", "plms", "euler", "heun", "dpmpp_2m", "unipc", "deis", "lms")


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table: what over what, the median ratio, the lowest and the highest."""

    name: str
    ratio: float
    lowest: float
    highest: float


class Bench:
    """Runs comparisons of one checkpoint on one device and dtype."""

    def __init__(self, model: str, device: str, dtype: str, rounds: int) -> None:
        self._checkpoint = find(model)
        self._wish = Load(self._checkpoint.id, device, dtype)
        self._model: Model = load(self._checkpoint, choose(device, dtype))
        self._rounds = rounds
        self._seed = 0

    def run(self) -> Iterator[Result]:
        """Yield the rows of the table as they are measured."""
        with tempfile.TemporaryDirectory() as folder:
            shown = _Session(self._wish, Path(folder), previews=True)
            blind = _Session(self._wish, Path(folder), previews=False)
            yield self._compare(
                "engine with previews / bare model loop",
                lambda: shown.seconds([self._recipe()]),
                lambda: _bare_loop(self._recipe(), self._model),
            )
            yield self._compare(
                "with previews / without",
                lambda: shown.seconds([self._recipe()]),
                lambda: blind.seconds([self._recipe()]),
            )
            for count in (2, 4, 8):
                yield self._lock_step(blind, count)
            if self._checkpoint.place.is_dir() and self._model.second is None:
                yield self._pipeline(blind)

    def _lock_step(self, session: "_Session", count: int) -> Result:
        def recipes() -> list[Recipe]:
            return [self._recipe(sampler) for sampler in _SIDE_BY_SIDE[:count]]

        return self._compare(
            f"{count} samplers in lock-step / one after another",
            lambda: session.seconds(recipes()),
            lambda: sum(session.seconds([recipe]) for recipe in recipes()),
        )

    def _pipeline(self, session: "_Session") -> Result:
        pipeline = _diffusers_pipeline(self._checkpoint.folder, self._model.device.name)

        def theirs() -> float:
            began = time.perf_counter()
            pipeline(PROMPT, num_inference_steps=STEPS, guidance_scale=5.0)
            return time.perf_counter() - began

        return self._compare(
            "diffusers' pipeline in float32 / engine",
            theirs,
            lambda: session.seconds([self._recipe()]),
        )

    def _compare(self, name: str, one: Callable[[], float], other: Callable[[], float]) -> Result:
        one(), other()  # the first run of anything is slower
        ratios = [round(one() / other(), 4) for _ in range(self._rounds)]
        return Result(name, statistics.median(ratios), min(ratios), max(ratios))

    def _recipe(self, sampler: str = "ddim") -> Recipe:
        """Return a recipe that nothing remembers: every one has a seed of its own."""
        self._seed += 1
        steps = STEPS // 2 if entry(sampler).calls == "2S - 1" else STEPS
        draft = Draft(
            prompt=PROMPT, model=self._wish.model, sampler=sampler, steps=steps, seed=self._seed
        )
        return draft.resolve(self._checkpoint.sizes())[0]


class _Session:
    """An engine that has its model loaded, driven from here."""

    def __init__(self, wish: Load, folder: Path, *, previews: bool) -> None:
        self._inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._events = Engine(self._inbox, previews=previews).run()
        self._folder = folder
        self._inbox.put(wish)
        while not isinstance(next(self._events), Loaded):
            pass

    def seconds(self, recipes: Sequence[Recipe]) -> float:
        """Return the time from submitting the recipes to the last saved picture."""
        began = time.perf_counter()
        for recipe in recipes:
            self._inbox.put(Submit(Job(recipe, Destination(folder=self._folder))))
        saved = 0
        while saved < len(recipes):
            event = next(self._events)
            saved += isinstance(event, Saved)
            if isinstance(event, Failed | Unsaved):
                raise KnownError(event.problem.message, event.problem.advice)
        return time.perf_counter() - began


def _bare_loop(recipe: Recipe, model: Model) -> float:
    """Return the time of the least that makes this picture: model calls, arithmetic, decoding."""
    began = time.perf_counter()
    factor = model.decoder.factor
    shape = (model.decoder.channels, recipe.height // factor, recipe.width // factor)
    noise = NoiseSource(recipe.seed, shape)
    words = joined([model.encode("", negative=True), model.encode(recipe.prompt)])
    grid = levels(recipe, model.diffusion)
    sampling = sample(recipe, grid, model.diffusion, noise.draw().double(), noise.draw)
    said: Ask | Step | None = next(sampling)
    x = torch.empty(0)
    while said is not None:
        if isinstance(said, Step):
            x, said = said.x, next(sampling, None)
            continue
        rows = said.x.float().repeat(2, 1, 1, 1)
        without, asked = model.denoise(rows, torch.tensor([said.t] * 2), words).chunk(2)
        said = sampling.send(combine(without, asked, recipe.guidance))
    model.decoder.decode(x.float())
    return time.perf_counter() - began


def _diffusers_pipeline(folder: Path, device: str) -> Any:
    kind: Any = StableDiffusionPipeline
    pipeline = kind.from_pretrained(
        folder, safety_checker=None, use_safetensors=True, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device)
