"""The file of a comparison: a labelled PNG with everything in it that makes it live again.

The chunk `etascope` is JSON: the axes, the first cell's recipe as `base`, every cell with its
recipe, its places and the name and digest of its picture, what was skipped, and where it ran;
and what was pinned beside it, how a blind test of it stands, and the weights of equal times.
"""

import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from engine.compare.axes import EQUALS, Axis, Equal, Place, Skip, Weights
from engine.compare.judging import VERDICTS, Judgement, Trial
from engine.compare.words import axes_line
from engine.draft import MOST_PICTURES
from engine.gallery import own
from engine.gallery.files import write_file
from engine.gallery.findings import parsed
from engine.gallery.infotext import infotext
from engine.gallery.png import LONGEST_TEXT, encode_png
from engine.gallery.texts import read_texts
from engine.menu import MOST_STEPS, menu
from engine.recipe import ADDED, SEED_COUNT, Environment, Pixels, Recipe, recipe_from_dict

_STAMP = "%Y-%m-%d-%H%M%S"

# A grid may be anybody's: its cells are names beside it, never paths to elsewhere.
_NAME = re.compile(r"[^./\\:\0][^/\\:\0]{0,250}")
_DIGEST = re.compile("[0-9a-f]{64}")

_LONGEST_SIDE = 2**16


@dataclass(frozen=True, slots=True)
class KeptCell:
    """One cell: its recipe, its places, and its picture's name and digest once it is made.

    `seconds` and `calls` are what it took, 0 where that is not known; of one that ran when the
    program was closed, the seconds until then. `planned_seed` is the one that the axes gave it,
    where it was rolled again; what is `left_out` was not wanted. One that is `pinned` stays when
    the axes change, and may have no place among them.
    """

    recipe: Recipe
    at: tuple[Place, ...]
    file: str = ""
    sha256: str = ""
    seconds: float = 0.0
    calls: int = 0
    planned_seed: int | None = None
    left_out: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A comparison as its file tells it. `gallery` is where its cells went.

    `beside` are pinned cells that have no place on its axes.
    """

    axes: tuple[Axis, ...]
    cells: tuple[KeptCell, ...]
    skipped: tuple[Skip, ...] = ()
    environment: Environment | None = None
    gallery: str = ""
    equal: Equal = "steps"
    weights: Weights = ()
    beside: tuple[KeptCell, ...] = ()
    trial: Trial | None = None

    @property
    def base(self) -> Recipe:
        """The settings that the axes are laid over: the first cell's."""
        return self.cells[0].recipe

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready keys and values."""
        told = {
            "version": own.VERSION,
            "kind": own.GRID,
            "axes": [_told_axis(one) for one in self.axes],
            "equal": self.equal,
            "base": self.base.to_dict(),
            "cells": [_told_cell(cell) for cell in self.cells],
            "skipped": [{"at": list(one.at), "reason": one.reason} for one in self.skipped],
            "environment": self.environment and self.environment.to_dict(),
            "gallery": self.gallery,
        }
        if self.weights:
            told["weights"] = dict(self.weights)
        if self.beside:
            told["beside"] = [_told_cell(cell) for cell in self.beside]
        return told if self.trial is None else told | {"trial": _told_trial(self.trial)}


def _told_cell(cell: KeptCell) -> dict[str, Any]:
    return {
        "recipe": cell.recipe.to_dict(),
        "at": [list(place) for place in cell.at],
        "file": cell.file,
        "sha256": cell.sha256,
        **_more(cell),
    }


def _told_trial(trial: Trial) -> dict[str, Any]:
    judged = [{"left": a.left, "right": a.right, "verdict": a.verdict} for a in trial.judged]
    return {"seed": trial.seed, "judged": judged, "ended": trial.ended}


def _told_axis(one: Axis) -> dict[str, Any]:
    told: dict[str, Any] = {"field": one.field, "values": list(one.values)}
    return told if one.unit == "steps" else told | {"unit": one.unit}


def _more(cell: KeptCell) -> dict[str, Any]:
    """Return what only some cells have to tell."""
    more = {name: getattr(cell, name) for name in ("seconds", "calls", "left_out", "pinned")}
    told = {name: value for name, value in more.items() if value}
    return told if cell.planned_seed is None else told | {"planned_seed": cell.planned_seed}


def digest(pixels: Pixels) -> str:
    """Return the SHA-256 of a picture's size and colours, whatever file they are in."""
    return sha256(str(pixels.shape).encode() + pixels.tobytes()).hexdigest()


def grid_path(folder: Path) -> Path:
    """Return a new name in a gallery, by which a grid can be told from its cells."""
    now = datetime.now().astimezone()
    return folder / f"{now:{_STAMP}}-{secrets.token_hex(4)}-grid.png"


def save_grid(path: Path, pixels: Pixels, grid: Grid, *, force: bool = False) -> Path:
    """Write the sheet with the grid in it, durably; an existing file is replaced only by force."""
    return write_file(path, encode_png(pixels, grid_texts(grid)), force=force)


def grid_texts(grid: Grid) -> dict[str, str]:
    """Return the texts of a grid's file: one for any tool to show, one for us to read."""
    summary = f"{len(grid.cells)} pictures"
    if grid.axes:
        summary = f"{axes_line(grid.axes)} ({summary})"
    about = grid.to_dict()
    text = own.json_text(about)
    if len(text.encode()) > LONGEST_TEXT:  # a prompt of 10,000 words in a thousand cells
        for cell in (*about["cells"], *about.get("beside", ())):
            cell["recipe"] = _beyond(about["base"], cell["recipe"])
        text = own.json_text(about)
    return {"parameters": f"{infotext(grid.base)}, Grid: {dumps(summary)}", own.KEY: text}


def read_grid(path: Path) -> Grid | None:
    """Read the grid in a file; None if it is an ordinary picture or the grid is damaged.

    Raises PictureError if the file cannot be read.
    """
    return interpret(read_texts(path))


def interpret(texts: Mapping[str, str]) -> Grid | None:
    """Make sense of a file's texts, by key; None if they hold no whole grid. Never raises."""
    about = parsed(texts.get(own.KEY, ""))
    if not isinstance(about, dict) or about.get("kind") != own.GRID:
        return None
    try:
        return _grid(about)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _grid(about: dict[str, Any]) -> Grid:
    axes = tuple(_axis(values) for values in about["axes"])
    if math.prod(len(one.values) for one in axes) > MOST_PICTURES:
        raise ValueError("a grid has no more places than a comparison can have")
    base = dict(about["base"])
    cells = tuple(_cell(values, base, axes) for values in about["cells"])
    if not cells:
        raise ValueError("a grid has at least one cell")
    if not all(cell.at for cell in cells):
        raise ValueError("a cell has a place")
    beside = tuple(_cell(values, base, axes) for values in about.get("beside", ()))
    skipped = tuple(Skip(_place(one["at"], axes), str(one["reason"])) for one in about["skipped"])
    environment = own.environment_from(about.get("environment"))
    gallery = about.get("gallery")
    name = gallery if isinstance(gallery, str) else ""
    return Grid(
        axes,
        cells,
        skipped,
        environment,
        name,
        _equal(about.get("equal")),
        _weights(about.get("weights")),
        beside=tuple(replace(cell, at=(), pinned=True) for cell in beside),
        trial=_trial(about.get("trial")),
    )


def _equal(told: object) -> Equal:
    return next((equal for equal in EQUALS if equal == told), "steps")


def _weights(told: object) -> Weights:
    if not isinstance(told, dict):
        return ()
    return tuple((str(kind), float(weight)) for kind, weight in told.items() if _weighs(weight))


def _weighs(told: object) -> bool:
    return isinstance(told, int | float) and type(told) is not bool and 1e-6 < told < 1e6


def _trial(told: object) -> Trial | None:
    """Read how a blind test stands; judgements that make no sense are left out."""
    if not isinstance(told, dict):
        return None
    seed, judged = _seed(told.get("seed")), told.get("judged")
    if seed is None or not isinstance(judged, list):
        return None
    return Trial(seed, tuple(filter(None, map(_judgement, judged))), told.get("ended") is True)


def _judgement(told: object) -> Judgement | None:
    match told:
        case {"left": str(left), "right": str(right), "verdict": said}:
            verdict = next((one for one in VERDICTS if one == said), None)
            digests = _DIGEST.fullmatch(left) and _DIGEST.fullmatch(right)
            if digests and left != right and verdict is not None:
                return Judgement(left, right, verdict)
    return None


def _axis(values: dict[str, Any]) -> Axis:
    entries = tuple(values["values"])
    if not entries or not all(type(entry) in {str, int, float} for entry in entries):
        raise ValueError("an axis has texts or numbers")
    if values["field"] not in Recipe.__dataclass_fields__:
        raise ValueError("an axis is a recipe's setting")
    return Axis(values["field"], entries, _equal(values.get("unit")))


def _cell(values: dict[str, Any], base: dict[str, Any], axes: tuple[Axis, ...]) -> KeptCell:
    # A cell that adds nothing to its model leaves these out, whatever the first one adds.
    shared = {key: value for key, value in base.items() if key not in ADDED}
    recipe = recipe_from_dict({**shared, **values["recipe"]})
    if not _can_be(recipe):
        raise ValueError("a cell is a picture that there can be")
    places = tuple(_place(at, axes) for at in values["at"])
    file, told = values.get("file"), values.get("sha256")
    return KeptCell(
        recipe,
        places,
        file if isinstance(file, str) and _NAME.fullmatch(file) else "",
        told if isinstance(told, str) and _DIGEST.fullmatch(told) else "",
        _amount(values.get("seconds")),
        int(_amount(values.get("calls"))),
        _seed(values.get("planned_seed")),
        values.get("left_out") is True,
        values.get("pinned") is True,
    )


def _can_be(recipe: Recipe) -> bool:
    """Whether what is drawn and reckoned by a recipe can be, whoever wrote it."""
    sides = 1 <= recipe.width <= _LONGEST_SIDE and 1 <= recipe.height <= _LONGEST_SIDE
    return recipe.sampler in menu() and 1 <= recipe.steps <= MOST_STEPS and sides


def _amount(told: object) -> float:
    fits = isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told < 1e9
    return float(told) if isinstance(told, int | float) and fits else 0.0


def _seed(told: object) -> int | None:
    return told if type(told) is int and 0 <= told < SEED_COUNT else None


def _place(at: object, axes: tuple[Axis, ...]) -> Place:
    if not isinstance(at, list) or len(at) != len(axes):
        raise ValueError("a place has a number for each axis")
    for k, one in zip(at, axes, strict=True):
        if type(k) is not int or not 0 <= k < len(one.values):
            raise ValueError("a place's numbers are those of values")
    return tuple(at)


def _beyond(base: dict[str, Any], recipe: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in recipe.items() if key not in base or base[key] != value}
