"""Puts the stages together: from nothing to a model, or any one stage of it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace

import diffusers
import transformers

from engine.training.export import export
from engine.training.judge import train_judge
from engine.training.latents import finish_vae, make_latents
from engine.training.parallel import Worker, launch
from engine.training.plan import (
    Budget,
    Machine,
    Plan,
    Shapes,
    TextShape,
    UnetShape,
    VaeShape,
    pick_device,
    pick_dtype,
)
from engine.training.polish import train_polish
from engine.training.report import publish
from engine.training.score import Scoring, score
from engine.training.text import train_text
from engine.training.unet import train_unet
from engine.training.vae import train_vae
from engine.training.words import learn_words, save_words


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a stage is trained where the command line does not say otherwise."""

    worker: Worker
    minutes: float
    batch: int
    rate: float
    warmup: int = 150
    show_minutes: float = 8.0


LESSONS = {
    "vae": Lesson(train_vae, 30.0, 8, 5e-3),
    "text": Lesson(train_text, 2.0, 32, 4e-3, warmup=20),
    # Its sheet costs a minute of sampling, while the other processes wait.
    "unet": Lesson(train_unet, 90.0, 12, 4e-3, show_minutes=30.0),
    "polish": Lesson(train_polish, 10.0, 8, 2e-3, warmup=20),
    "judge": Lesson(train_judge, 6.0, 16, 3e-3, warmup=20),
}
#: The files of the work folder that a stage starts from.
_NEEDS = {
    "latents": ("vae.pt",),
    "unet": ("tokenizer", "latents-192x128-0.npy"),
    "polish": ("vae.pt",),
    "export": ("unet.pt",),
}
#: A trained model is moved more gently than an untrained one.
_GOING_ON = 0.6
#: Toy networks for trying the machinery.
TINY = Shapes(
    VaeShape(channels=(8, 8, 8, 8), latent_channels=4, groups=4),
    TextShape(width=16, layers=1, heads=2, vocabulary=640),
    UnetShape(channels=(16, 16), heads=2, groups=4),
)


def run(settings: argparse.Namespace) -> int:
    """Run what the parsed command line asks for; returns the exit status."""
    transformers.logging.set_verbosity_error()
    diffusers.utils.logging.set_verbosity_error()
    settings.work.mkdir(parents=True, exist_ok=True)
    device = pick_device(settings.device)
    processes = settings.processes or (2 if device == "cpu" else 1)
    plan = Plan(
        work=settings.work.resolve(),
        budget=Budget(settings.minutes, settings.samples),
        machine=Machine(device, processes, settings.seed, pick_dtype(settings.dtype, device)),
        start=settings.start and settings.start.resolve(),
        shapes=TINY if settings.tiny else Shapes(),
        scenes=settings.scenes,
        sheet_steps=2 if settings.tiny else 20,
    )
    names = ("vae", "text", "latents", "unet", "polish", "export")
    for name in names if settings.stage == "all" else (settings.stage,):
        missing = [part for part in _NEEDS.get(name, ()) if not (plan.work / part).exists()]
        if missing:
            sys.stderr.write(
                f"{plan.work} has no {missing[0]} yet: run the earlier stages first.\n"
            )
            return 2
        _run_stage(name, plan, settings)
    return 0


def stage_plan(name: str, plan: Plan, batch: int | None = None) -> Plan:
    """Return ``plan`` with a stage's batch and rate and, if it has no limit, its time."""
    lesson, budget = LESSONS[name], plan.budget
    if budget.minutes is None and budget.samples is None:
        budget = Budget(minutes=lesson.minutes)
    return replace(
        plan,
        budget=budget,
        batch=batch or lesson.batch,
        rate=lesson.rate * (_GOING_ON if plan.start else 1.0),
        warmup=lesson.warmup,
        show_minutes=lesson.show_minutes,
    )


def _run_stage(name: str, plan: Plan, settings: argparse.Namespace) -> None:
    if name == "export":
        settings.out.parent.mkdir(parents=True, exist_ok=True)
        export(plan, settings.out.resolve())
    elif name == "score":
        launch(train_judge, stage_plan("judge", replace(plan, start=None)))
        scoring = Scoring(settings.out.resolve(), settings.docs.resolve(), settings.pictures,
                          settings.most_steps)  # fmt: skip
        publish(scoring, score(plan, scoring))
    elif name == "latents":
        finish_vae(plan)
        launch(make_latents, plan)
    else:
        if name == "text" and not (plan.work / "tokenizer").exists():
            save_words(learn_words(plan.shapes.text, plan.machine.seed), plan.work / "tokenizer")
        launch(LESSONS[name].worker, stage_plan(name, plan, settings.batch))
