"""`etascope inspect`: what any tool wrote into a picture, or we into a trajectory, as a recipe."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.cli.drive import printable
from engine.compare.judging import standings
from engine.compare.keep import Grid, read_grid
from engine.compare.words import axes_line, place_label
from engine.export.copies import marks_in
from engine.gallery.findings import plain
from engine.gallery.marks import Mark
from engine.gallery.metadata import read_metadata
from engine.gallery.own import PARTIAL
from engine.gallery.reading import Reading
from engine.trajectory import SUFFIX, read_trajectory

_LONGEST_LINE = 200


def run(arguments: Namespace) -> int:
    """Print the settings found in the file; returns the exit status."""
    if arguments.file.suffix.lower() == SUFFIX:
        return _run_trajectory(arguments)
    grid = read_grid(arguments.file)
    if grid is not None:
        about = {"file": str(arguments.file), "tool": "Etascope", **grid.to_dict()}
        sys.stdout.write(json.dumps(about) + "\n" if arguments.json else _grid_text(grid))
        return 0
    reading = read_metadata(arguments.file)
    mark = marks_in(arguments.file)
    if arguments.json:
        found = {
            "file": str(arguments.file),
            "tool": reading.tool,
            "recipe": reading.settings,
            "notes": list(reading.notes),
            "others": dict(reading.others),
        }
        if reading.unfinished is not None:
            found[PARTIAL] = asdict(reading.unfinished)
        if mark:
            found["marks"] = asdict(mark)
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    tool = printable(reading.tool)
    made = [f"Made by {tool}.", *_cancelled(reading)]
    lines = [*made, *_marked(mark), *_table(reading.settings), *reading.notes, *_others(reading)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _run_trajectory(arguments: Namespace) -> int:
    path = read_trajectory(arguments.file)
    _, *latents = path.x.shape
    about = {"steps_taken": len(path), "latents": latents, "space": path.space}
    if arguments.json:
        told = {"file": str(arguments.file), "tool": "Etascope", "recipe": path.recipe.to_dict()}
        sys.stdout.write(json.dumps(told | about) + "\n")
        return 0
    sides = " x ".join(map(str, latents))
    headline = f"A trajectory made by Etascope: {len(path)} steps, latents of {sides}."
    sys.stdout.write("\n".join([headline, *_table(path.recipe.to_dict())]) + "\n")
    return 0


def _cancelled(reading: Reading) -> list[str]:
    reached = reading.unfinished
    return [] if reached is None else [f"Cancelled after step {reached.step} of {reached.steps}."]


def _marked(mark: Mark) -> list[str]:
    """Return what the user thought of the picture, if the file was given away with it."""
    told = ["favourite"] * mark.favourite + [f"rated {mark.rating}"] * bool(mark.rating)
    words = ", ".join([*told, *(f"tagged {tag}" for tag in mark.tags)])
    return [printable(f"Marked: {words}.")] if mark else []


def _others(reading: Reading) -> list[str]:
    """Return what else the tool wrote, a line for each, however long it is."""
    if not reading.others:
        return []
    lines = [f"  {key}: {text}" for key, text in reading.others.items()]
    short = [line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…" for line in lines]
    return ["It also says:", *map(printable, short)]


def _grid_text(grid: Grid) -> str:
    """Return the axes, the settings that all cells share, and what became of each place."""
    cells, skipped = len(grid.cells), len(grid.skipped)
    varying = {one.field for one in grid.axes}
    recipes = [cell.recipe for cell in grid.cells]
    shared = {
        key: value
        for key, value in grid.base.to_dict().items()
        if key not in varying and all(one.to_dict().get(key) == value for one in recipes)
    }
    lines = [f"A grid made by Etascope: {cells} pictures, {skipped} skipped."]
    lines += [axes_line([one]) for one in grid.axes]
    lines += _table(shared)
    for cell in grid.cells:
        for place in cell.at:
            name = place_label(grid.axes, place) or "the only one"
            lines.append(f"{name}: {cell.file or 'not made'}")
    lines += [f"{place_label(grid.axes, one.at)}: skipped. {one.reason}" for one in grid.skipped]
    lines += _ranking(grid)
    return "".join(f"{printable(line)}\n" for line in lines)


def _ranking(grid: Grid) -> list[str]:
    """Return what a blind test of the cells came to, once it was ended."""
    if grid.trial is None or not grid.trial.ended:
        return []
    names = {cell.sha256: place_label(grid.axes, cell.at[0]) for cell in grid.cells}
    ranked = standings(grid.trial.judged, names.get)
    lines = [f"A blind test of {len(grid.trial.judged)} comparisons (won, equal, lost):"]
    for one in ranked:
        share = f"{100 * one.strength:.0f} %"
        lines.append(f"  {share:>5}  {one.key} ({one.wins}, {one.ties}, {one.losses})")
    return lines


def _table(settings: Mapping[str, Any]) -> list[str]:
    width = max((len(name) for name in settings), default=0)
    return [
        f"{name.replace('_', ' '):<{width}}  "
        + ("none" if value is None else printable(_worded(value)))
        for name, value in settings.items()
    ]


def _worded(value: object) -> str:
    """Return a setting in words: of files their names, and the weights of those that have one."""
    match value:
        case list():
            return ", ".join(map(_worded, value))
        case {"name": name, "weight": weight}:
            return f"{name} {plain(weight)}"
        case {"name": name}:
            return str(name)
    return str(value)
