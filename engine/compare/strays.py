"""Pictures of a comparison that its file does not know of: saved as the program was closed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engine.compare.keep import Grid, KeptCell, interpret
from engine.errors import KnownError
from engine.gallery import own
from engine.gallery.store import newest
from engine.gallery.texts import read_texts
from engine.recipe import Recipe

MOST = 256
"""Pictures that are looked at, the newest of the folder."""

_SLACK = 60.0
"""Seconds that a picture may be older than the file that should have named it."""


def with_strays(path: Path, grid: Grid) -> Grid:
    """Return a grid whose cells have the pictures beside it that were made for them unnoticed.

    The engine saves what it was finishing when the window was closed, after the last time that the
    grid was written. Such a picture has its cell's recipe, and no cell has it yet.
    """
    missing = {cell.recipe for cell in (*grid.cells, *grid.beside) if _is_missing(cell)}
    if not missing:
        return grid
    taken = {cell.file for cell in (*grid.cells, *grid.beside)}
    found = {recipe: file for recipe, file in _newest(path) if file not in taken}
    return replace(
        grid,
        cells=tuple(_filled(cell, found) for cell in grid.cells),
        beside=tuple(_filled(cell, found) for cell in grid.beside),
    )


def _is_missing(cell: KeptCell) -> bool:
    return not cell.file and not cell.left_out


def _filled(cell: KeptCell, found: dict[Recipe, str]) -> KeptCell:
    file = found.get(cell.recipe, "")
    if not file or not _is_missing(cell):
        return cell
    return replace(cell, file=file, seconds=0.0)  # those until the program was closed, if any


def _newest(path: Path) -> Iterator[tuple[Recipe, str]]:
    """Yield the recipes and names of the pictures beside a grid that are as new, oldest first."""
    with suppress(OSError):
        since = path.stat().st_mtime - _SLACK
        for file in reversed(newest(path.parent, MOST)):
            recipe = _recipe(file) if file != path and file.stat().st_mtime >= since else None
            if recipe is not None:
                yield recipe, file.name


def _recipe(file: Path) -> Recipe | None:
    """Return what a whole picture of ours was made from; None of any other file, as of a grid."""
    with suppress(KnownError):
        texts = read_texts(file)
        reading = own.read_own(texts.get(own.KEY, "")) if interpret(texts) is None else None
        return None if reading is None or reading.unfinished else reading.recipe
    return None
