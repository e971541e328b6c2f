"""`etascope compare`: lists of settings to cells to pictures on disk and the grid of them."""

import json
import os
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.cli.drive import Listener, events, progress, say_all, write
from engine.cli.filming import Films, check_film
from engine.cli.generate import check_trajectory, draft_of, numbered
from engine.commands import Destination, Job, JobId, Load
from engine.compare.axes import FIELDS, Axis, Cell, Plan, axis, counted, plan, replaced
from engine.compare.coinciding import same_by_definition
from engine.compare.cost import Pace, read_pace
from engine.compare.figures import identical
from engine.compare.keep import Grid, KeptCell, digest, grid_path, save_grid
from engine.compare.sheet import Sheet
from engine.compare.stopwatch import Stopwatch
from engine.compare.weights import weighed
from engine.compare.words import cell_label, label
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.events import Cancelled, Event, Failed, Finished, Saved, Started, Stepped, Unsaved
from engine.gallery.files import check_writable
from engine.gallery.store import check_destination, gallery_folder
from engine.library import find
from engine.paths import DEFAULT_GALLERY, current_paths
from engine.recipe import Environment, Recipe
from engine.tally import Tally, tally


def run(arguments: Namespace) -> int:
    """Make the cells and their grid; returns the exit status."""
    pace = read_pace(current_paths().cache)
    chosen = _plan(arguments, pace)
    gallery = DEFAULT_GALLERY if arguments.gallery is None else arguments.gallery
    folder = gallery_folder(gallery)
    jobs = dict(_jobs(arguments, chosen, folder))
    _check_grid(arguments)
    _check_film(arguments)
    _say_skipped(chosen)
    cells = {job.id: cell for job, cell in jobs.items()}
    comparison, films = _Comparison(chosen, cells, gallery), Films(chosen, cells)
    rate = _Rate(pace, {job.id: job.recipe for job in jobs})
    target = arguments.out or grid_path(folder)
    model = chosen.cells[0].recipe.model
    load = Load(model, arguments.device, arguments.dtype, arguments.exact)
    with progress(sum(cell.recipe.steps for cell in chosen.cells)) as bar:
        listener = Listener(bar, as_json=arguments.json)
        try:
            for event in _events(arguments, load, list(jobs)):
                comparison.hear(event)
                if arguments.animation is not None:
                    films.hear(event)
                rate.hear(event)
                listener.hear(event)
        except (KeyboardInterrupt, OSError):  # such as a reader who has gone
            _save_finished(comparison, target, force=arguments.force)
            if arguments.animation is not None:
                say_all(["the animation was not made."])
            raise
        finally:
            pace.write(current_paths().cache)
    if comparison.made:
        comparison.save(target, force=arguments.force)
        if arguments.animation is not None:
            films.save(arguments.animation, arguments.linked or "step", force=arguments.force)
        _tell(comparison, target, arguments.animation, as_json=arguments.json)
    return 1 if listener.failed else 0


def _events(arguments: Namespace, load: Load, jobs: list[Job]) -> Iterator[Event]:
    """Run the engine, in lock-step or not, keeping what an interrupt finds if that is wished."""
    return events(load, jobs, together=not arguments.sequential, keep=arguments.keep_partial)


def _save_finished(comparison: "_Comparison", target: Path, *, force: bool) -> None:
    """Keep what was made before an interruption: hours of work, perhaps."""
    if comparison.made:
        comparison.save(target, force=force)
        say_all([f"what was finished is in the grid {target}."])


def _plan(arguments: Namespace, pace: Pace) -> Plan:
    """Lay the lists over the prompt, the settings in `--from` and the other options.

    Raises BadSetting, for equal times also where a rate was never measured here.
    """
    lists = {name: getattr(arguments, name) for name in FIELDS}
    none = dict.fromkeys(FIELDS)
    if lists["model"] is not None:  # some may be paths
        models = [find(model.strip()).id for model in lists["model"].split(",")]
        lists["model"] = ",".join(models)
        none["model"] = models[0] if len(models) == 1 else None  # what is usual is its own
    single = Namespace(**(vars(arguments) | none))
    base = draft_of(single)
    axes = [axis(name, text) for name, text in lists.items() if text is not None]
    if arguments.count != 1:
        axes = _with_count(base, axes, arguments.count)
    if arguments.replace is not None:
        axes.append(_replaced(base, arguments.replace))

    def sizes(model: str) -> SizeRule:
        return find(model).sizes()

    weights = weighed(base, axes, sizes, pace) if arguments.equal == "time" else ()
    return plan(base, axes, sizes, equal=arguments.equal, weights=weights)


def _replaced(base: Draft, words: str) -> Axis:
    try:
        return replaced(base.prompt, words)
    except BadSetting as fault:
        raise BadSetting("replace", fault.message) from fault


def _with_count(base: Draft, axes: list[Axis], count: int) -> list[Axis]:
    """Let each seed be the first of `count`."""
    seeds = next((one for one in axes if one.field == "seed"), None)
    if seeds is None:
        first = replace(base, count=1).resolve(find(base.model).sizes())[0].seed
        seeds = Axis("seed", (first,))
    others = [one for one in axes if one.field != "seed"]
    return sorted([*others, counted(seeds, count)], key=lambda one: FIELDS.index(one.field))


def _jobs(arguments: Namespace, chosen: Plan, folder: Path) -> Iterator[tuple[Job, Cell]]:
    """Yield a job for each cell, those of one model together, so that each is loaded once."""
    check_trajectory(arguments.trajectory)
    models = list(dict.fromkeys(cell.recipe.model for cell in chosen.cells))
    cells = sorted(chosen.cells, key=lambda cell: models.index(cell.recipe.model))
    for number, cell in enumerate(cells, start=1):
        trajectory = numbered(arguments.trajectory, number, len(cells))
        target = Destination(folder=folder, force=arguments.force, trajectory=trajectory)
        if number == 1 or trajectory is not None:
            check_destination(target)
        yield Job(cell.recipe, target), cell


def _check_grid(arguments: Namespace) -> None:
    out: Path | None = arguments.out
    if out is None:
        return
    # Unlike Path.is_dir this never raises, whatever may not be looked into.
    if out.suffix.lower() != ".png" and not os.path.isdir(out):  # noqa: PTH112
        raise BadSetting("out", f"The grid's file must end in .png, not be {out.name!r}.")
    check_writable(out, force=arguments.force)


def _check_film(arguments: Namespace) -> None:
    if arguments.linked is not None and arguments.animation is None:
        raise BadSetting(
            "linked", "What links the cells shows only in an animation; name one by --animation."
        )
    check_film(arguments.animation, force=arguments.force)


def _say_skipped(chosen: Plan) -> None:
    reasons = Counter(skip.reason for skip in chosen.skipped)
    say_all([f"skipped {number}: {reason}" for reason, number in reasons.items()])


@dataclass(slots=True)
class _Made:
    """A cell whose picture is on disk."""

    file: str
    sha256: str
    environment: Environment
    seconds: float
    calls: int


@dataclass(slots=True)
class _Stopwatch:
    """Runs while pictures are computed: not while they are saved, nor while a model is loaded."""

    seconds: float = 0.0
    _running: set[JobId] = field(default_factory=set)
    _since: float = 0.0

    def hear(self, event: Event) -> None:
        """Start at a first question, stop at a decoded picture, go on when it is saved."""
        now = time.perf_counter()
        match event:
            case Started(job):
                if not self._running:
                    self._since = now
                self._running.add(job)
            case Finished(job=job) | Failed(job=str(job)) | Cancelled(job=job):
                if self._running:
                    self.seconds += now - self._since
                self._running.discard(job)
                self._since = now
            case Saved() | Unsaved():
                self._since = now
            case _:
                pass


class _Rate:
    """Measures what a model call takes here, for costs and equal times from now on."""

    def __init__(self, pace: Pace, recipes: dict[JobId, Recipe]) -> None:
        self._recipes = recipes
        self._watch = Stopwatch(pace)

    def hear(self, event: Event) -> None:
        """Take in when a job begins, has had model calls, and ends."""
        now = time.perf_counter()
        match event:
            case Started(job):
                self._watch.began(job, self._recipes[job], now)
            case Stepped(job=job, calls=calls):
                self._watch.asked(job, calls, now)
            case Finished(job=job) | Failed(job=str(job)) | Cancelled(job=job):
                self._watch.ended(job, now)
            case _:
                pass


class _Comparison:
    """What has come of a plan: pictures, the sheet with them on it, what it took."""

    def __init__(self, chosen: Plan, cells: dict[JobId, Cell], gallery: str) -> None:
        self.plan = chosen
        self.made: dict[Cell, _Made] = {}
        self._cells = cells
        self._gallery = gallery
        self._sheet = Sheet(chosen)
        self._finished: dict[JobId, Finished] = {}
        self._watch = _Stopwatch()
        self._before = tally()

    @property
    def seconds(self) -> float:
        """From the first question to the last decoded picture."""
        return self._watch.seconds

    @property
    def spent(self) -> Tally:
        """The batched model calls and their rows."""
        return tally().since(self._before)

    def hear(self, event: Event) -> None:
        """Take in what the event tells of a cell."""
        match event:
            case Finished(job):
                self._finished[job] = event
            case Saved(job, path):
                self._keep(self._cells[job], self._finished.pop(job), path)
            case _:
                pass
        self._watch.hear(event)

    def _keep(self, cell: Cell, finished: Finished, path: Path) -> None:
        picture = finished.picture
        self.made[cell] = _Made(
            path.name,
            digest(picture.pixels),
            picture.environment,
            round(finished.seconds, 4),
            finished.nfe,
        )
        calls = "1 model call" if finished.nfe == 1 else f"{finished.nfe} model calls"
        if self.plan.equal != "steps":
            calls = f"{label('steps', cell.recipe.steps)}, {calls}"
        self._sheet.put(cell, picture.pixels, calls)

    def save(self, target: Path, *, force: bool) -> None:
        """Write the grid with what has been made so far."""
        say_all(self._sheet.notes)
        save_grid(target, self._sheet.pixels, self._grid(), force=force)

    def _grid(self) -> Grid:
        cells = [self._kept(cell) for cell in self.plan.cells]
        environment = next(iter(self.made.values())).environment
        return Grid(
            self.plan.axes,
            tuple(cells),
            self.plan.skipped,
            environment,
            self._gallery,
            self.plan.equal,
            self.plan.weights,
        )

    def _kept(self, cell: Cell) -> KeptCell:
        made = self.made.get(cell)
        if made is None:
            return KeptCell(cell.recipe, cell.at)
        return KeptCell(cell.recipe, cell.at, made.file, made.sha256, made.seconds, made.calls)

    def identical(self) -> list[tuple[Cell, Cell]]:
        """Return the pairs of cells, other settings all, whose pictures are the same throughout."""
        made = [cell for cell in self.plan.cells if cell in self.made]
        return identical({cell: self.made[cell].sha256 for cell in made})


def _tell(comparison: _Comparison, target: Path, film: Path | None, *, as_json: bool) -> None:
    """Say which cells came out the same, and then where the grid is and what it took."""
    names = []
    for pair in comparison.identical():
        first, second = (cell_label(comparison.plan, cell) for cell in pair)
        a, b = (comparison.made[cell].file for cell in pair)
        if same_by_definition(pair[0].recipe, pair[1].recipe):
            say_all([f"{first} and {second} are the same by definition ({a} and {b})."])
        else:
            names.append([a, b])
            say_all([f"{first} and {second} came out identical ({a} and {b})."])
    spent = comparison.spent
    about: dict[str, Any] = {
        "grid": str(target),
        "cells": len(comparison.made),
        "skipped": len(comparison.plan.skipped),
        "seconds": round(comparison.seconds, 4),
        "model_calls": spent.calls,
        "rows": spent.rows,
    }
    if names:
        about["identical"] = names
    if film is not None:
        about["animation"] = str(film)
    write(json.dumps(about) if as_json else str(target))
