"""The training loop that every stage shares: steps, learning rate, checkpoints, curve, sheets."""

from __future__ import annotations

import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from tqdm import tqdm  # type: ignore[import-untyped]

from engine.training.ema import Ema
from engine.training.muon import Muon, is_matrix
from engine.training.parallel import Gradients, agree, deserted
from engine.training.plan import Machine, Plan

_CLIP = 1.0
#: AdamW's part of the common learning rate: vectors bear less than matrices do.
_ADAM = 0.4


@dataclass(slots=True)
class Progress:
    """How far a stage is: optimiser steps, samples of all processes, seconds of wall time."""

    step: int = 0
    samples: int = 0
    seconds: float = 0.0
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What one step may depend on: the part of the budget spent, and its own random numbers.

    ``shared`` gives every process the same numbers, so that all can take the same turn.
    """

    spent: float
    numbers: np.random.Generator
    noise: torch.Generator
    shared: np.random.Generator


class Stage(Protocol):
    """What a stage brings to the loop."""

    name: str
    model: nn.Module
    decay: float

    def rates(self, rate: float) -> dict[str, float]:
        """Return the peak learning rate of each part of the model, by its name's beginning."""

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the loss of one fresh batch and the number of samples in it."""

    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return figures and a sample sheet of (averaged) ``model``."""


def moment(progress: Progress, seed: int, rank: int) -> Moment:
    """Return the randomness of a step: a function of seed, step and rank, so resumes repeat it."""
    roots = np.random.SeedSequence([seed, progress.step, rank])
    noise = torch.Generator().manual_seed(int(roots.generate_state(1)[0]))
    shared = np.random.default_rng([seed, progress.step])
    return Moment(progress.spent, np.random.default_rng(roots), noise, shared)


def rate_factor(step: int, warmup: int, spent: float) -> float:
    """Return the learning rate's factor: a linear warm-up, then half a cosine down to 2 %."""
    rise = min(1.0, (step + 1) / max(warmup, 1))
    return rise * (0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * spent)))


def build_optimizers(stage: Stage, plan: Plan) -> list[torch.optim.Optimizer]:
    """Return Muon for the hidden matrices and AdamW for everything else, at their peak rates."""
    matrices, others = [], []
    for prefix, rate in stage.rates(plan.rate).items():
        named = _learning(stage.model, prefix)
        hidden = [p for n, p in named if is_matrix(n, p)]
        outer = [p for n, p in named if not is_matrix(n, p)]
        matrices.append({"params": hidden, "lr": rate, "peak": rate})
        others.append({"params": outer, "lr": rate * _ADAM, "peak": rate * _ADAM})
    adam = torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    return [Muon(matrices, lr=plan.rate), adam]


def _learning(model: nn.Module, prefix: str) -> list[tuple[str, nn.Parameter]]:
    named = model.named_parameters()
    return [(n, p) for n, p in named if n.startswith(prefix) and p.requires_grad]


def autocast(machine: Machine) -> torch.autocast:
    """Return the context in which products run in the machine's dtype."""
    dtype = machine.torch_dtype
    return torch.autocast(machine.device, dtype, enabled=dtype != torch.float32)


class Trainer:
    """Runs one stage in this process until its budget is spent; process 0 keeps the books."""

    def __init__(self, stage: Stage, plan: Plan, rank: int) -> None:
        self.stage, self.plan, self.rank = stage, plan, rank
        self.progress = Progress()
        self.optimizers = build_optimizers(stage, plan)
        self.ema = Ema(stage.model, stage.decay)
        self._resume()
        agree(stage.model)
        self.gradients = Gradients(stage.model.parameters(), extras=3)
        self._bar = tqdm(total=100.0, desc=stage.name, disable=rank != 0, mininterval=5.0,
                         bar_format="{desc} {percentage:.1f}% {elapsed} {postfix}")  # fmt: skip

    @property
    def file(self) -> Path:
        """Where the checkpoint is kept."""
        return self.plan.work / f"{self.stage.name}.pt"

    def run(self) -> Progress:
        """Train to the end of the budget and keep the last checkpoint."""
        if self.progress.spent >= 1.0:
            return self.progress
        before, began = self.progress.seconds, time.monotonic()
        saved = shown = began
        while self.progress.spent < 1.0:
            self._step(before + time.monotonic() - began)
            if deserted():
                sys.exit("The training was stopped; it goes on from its last checkpoint.")
            now = time.monotonic()
            if now - saved > self.plan.save_minutes * 60.0:
                self.save()
                saved = now
            if now - shown > self.plan.show_minutes * 60.0:
                self.show()
                shown = now
        self.save()
        self.show()
        self._bar.close()
        return self.progress

    def save(self) -> None:
        """Keep a checkpoint, complete or not at all; only process 0 does."""
        if self.rank != 0:
            return
        state = {
            "model": self.stage.model.state_dict(),
            "ema": self.ema.state(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": asdict(self.progress),
        }
        part = self.file.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.file)

    def show(self) -> None:
        """Write the stage's figures into the curve, and its sample sheet as PNG."""
        if self.rank != 0:
            return
        figures, sheet = self.stage.judge(self.ema.model.eval())
        self._note(figures)
        name = f"{self.stage.name}-{self.progress.step:06d}.png"
        Image.fromarray(sheet).save(self.plan.work / name)

    def _step(self, seconds: float) -> None:
        progress, budget = self.progress, self.plan.budget
        factor = rate_factor(progress.step, self.plan.warmup, progress.spent)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * factor
        self.gradients.clear()
        with autocast(self.plan.machine):
            loss, count = self.stage.loss(moment(progress, self.plan.machine.seed, self.rank))
        loss.backward()  # type: ignore[no-untyped-call]
        total = progress.samples + count * self.plan.machine.processes
        means = self.gradients.average(
            [float(loss.detach()), budget.spent(seconds, total), seconds]
        )
        self.gradients.clip(_CLIP)
        for optimizer in self.optimizers:
            optimizer.step()
        progress.step += 1
        progress.samples, progress.spent, progress.seconds = total, means[1], means[2]
        if self.rank == 0:
            self.ema.follow(self.stage.model)
            self._tell(means[0], factor)

    def _tell(self, loss: float, factor: float) -> None:
        if self.progress.step % 25 == 0:
            self._note({"loss": loss, "rate": factor})
        self._bar.n = self.progress.spent * 100.0
        self._bar.set_postfix_str(
            f"{self.progress.samples} samples, loss {loss:.4f}", refresh=False
        )
        self._bar.update(0)

    def _note(self, figures: dict[str, float]) -> None:
        line = {**asdict(self.progress), **figures}
        with (self.plan.work / f"{self.stage.name}.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps({key: round(value, 5) for key, value in line.items()}) + "\n")

    def _resume(self) -> None:
        if not self.file.exists():
            return
        state = torch.load(self.file, map_location="cpu", weights_only=True)
        self.stage.model.load_state_dict(state["model"])
        self.ema.restore(state["ema"])
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        self.progress = Progress(**state["progress"])
        self.progress.spent = self.plan.budget.spent(self.progress.seconds, self.progress.samples)
