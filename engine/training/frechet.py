"""The shape of the DDIM paper's Table 1: samplers against steps, by Frechet distance.

Heusel et al. 2017, "GANs Trained by a Two Time-Scale Update Rule", equation 6, in the features of
our own classifier. Guidance 1, prompts and seeds the same in every cell.
"""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.draft import Draft, SizeRule
from engine.recipe import Recipe
from engine.training.captions import write_caption
from engine.training.judge import Judge, features, load_judge
from engine.training.pictures import load_model, make
from engine.training.plan import Plan
from engine.training.scene import random_scene
from engine.training.vae import HELD_OUT, draw

Features = NDArray[np.float32]

_FIRST = HELD_OUT + 20_000
_REAL = HELD_OUT + 100_000
#: Real drawings for every generated picture of a cell.
_MANY = 20
_CHUNK = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a sampler with its eta, and the step counts that are measured."""

    label: str
    sampler: str
    eta: float | None
    steps: tuple[int, ...]


_FEW, _SHORT, _ALL = (10, 20, 50), (10, 20, 50, 100), (10, 20, 50, 100, 1000)
TABLE = (
    Row("DDIM, eta 0", "ddim", 0.0, _ALL),
    Row("DDIM, eta 0.2", "ddim", 0.2, _SHORT),
    Row("DDIM, eta 0.5", "ddim", 0.5, _SHORT),
    Row("DDIM, eta 1", "ddim", 1.0, _ALL),
    Row("DDPM, small variance", "ddpm", None, _SHORT),
    Row("DDPM, large variance", "ddpm_large", None, _ALL),
    Row("PLMS", "plms", None, _FEW),
    Row("DPM++ 2M", "dpmpp_2m", None, _FEW),
    Row("UniPC", "unipc", None, _FEW),
)


def distance(one: Features, other: Features) -> float:
    """Return the Frechet distance of two clouds of features, (N, D) and (M, D)."""
    gap = one.mean(axis=0) - other.mean(axis=0)
    a, b = np.cov(one.astype(np.float64).T), np.cov(other.astype(np.float64).T)
    values, vectors = np.linalg.eigh(a)
    root = vectors @ np.diag(np.sqrt(values.clip(0.0))) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ b @ root).clip(0.0)).sum()
    return float(gap @ gap + np.trace(a) + np.trace(b) - 2.0 * cross)


def cell_file(plan: Plan, row: Row, steps: int) -> Path:
    """Where a cell's features are kept, so that a killed table goes on where it was."""
    eta = "" if row.eta is None else f"-{row.eta:g}"
    return plan.work / "frechet" / f"{row.sampler}{eta}-{steps}.npy"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell to be filled, by whichever process is free."""

    plan: Plan
    folder: Path
    row: Row
    steps: int
    pictures: int


def fill_table(plan: Plan, folder: Path, count: int, most_steps: int) -> None:
    """Make the pictures of every cell of up to ``most_steps`` steps that is not kept yet.

    The longest first, so that the processes end at about the same time.
    """
    (plan.work / "frechet").mkdir(exist_ok=True)
    cells = [
        _Cell(plan, folder, row, steps, count)
        for row in TABLE
        for steps in row.steps
        if steps <= most_steps
    ]
    cells.sort(key=lambda cell: cell.steps, reverse=True)
    processes, spawn = plan.machine.processes, get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        list(pool.map(_fill_cell, cells))


def _fill_cell(cell: _Cell) -> None:
    file = cell_file(cell.plan, cell.row, cell.steps)
    kept = [np.load(file)] if file.exists() else []
    have = len(kept[0]) if kept else 0
    if have >= cell.pictures:
        return
    judge, model = load_judge(cell.plan), load_model(cell.folder, cell.plan.machine)
    recipes = _recipes(cell.row, cell.steps, cell.pictures)
    for start in range(have, len(recipes), _CHUNK):
        kept.append(features(judge, make(model, recipes[start : start + _CHUNK])))
        part = file.with_suffix(".part.npy")
        np.save(part, np.concatenate(kept))
        part.replace(file)


def _recipes(row: Row, steps: int, count: int) -> list[Recipe]:
    recipes = []
    for k in range(count):
        rng = random.Random(f"etascope table {k}")
        prompt = write_caption(random_scene(_FIRST + k), rng).text
        draft = Draft(prompt=prompt, sampler=row.sampler, steps=steps, eta=row.eta,
                      guidance=1.0, seed=k)  # fmt: skip
        recipes.append(draft.resolve(SizeRule())[0])
    return recipes


def read_table(plan: Plan) -> dict[str, dict[str, float]]:
    """Return the distance to real drawings of every cell that is there, and how it compares.

    Rows by label, then by steps; "pictures" counts them; "real" is what as many real drawings get.
    """
    judge = load_judge(plan)
    cells = {
        (row.label, steps): cell_file(plan, row, steps) for row in TABLE for steps in row.steps
    }
    made = {cell: np.load(file) for cell, file in cells.items() if file.exists()}
    count = max([2, *(len(rows) for rows in made.values())])
    real = _real_features(plan, judge, _MANY * count)
    # The classifier's features have no unit: here the drawings' have a variance of one.
    unit = float(np.sqrt(real.var(axis=0).mean()))
    table: dict[str, dict[str, float]] = {row.label: {} for row in TABLE}
    for (label, steps), rows in made.items():
        table[label][str(steps)] = round(distance(rows / unit, real / unit), 3)
    others = features(judge, draw(range(_REAL - count, _REAL)))
    table["real"] = {"distance": round(distance(others / unit, real / unit), 3)}
    table["pictures"] = {"count": float(count)}
    return table


def _real_features(plan: Plan, judge: Judge, count: int) -> Features:
    file = plan.work / "frechet" / f"real-{count}.npy"
    if not file.exists():
        starts = range(_REAL, _REAL + count, 40)
        np.save(file, np.concatenate([features(judge, draw(range(k, k + 40))) for k in starts]))
    kept: Features = np.load(file)
    return kept
