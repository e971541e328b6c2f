"""Pictures that were saved as the program was closed, and that its grid has not heard of."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.commands import Destination
from engine.compare.axes import Axis
from engine.compare.keep import Grid, KeptCell, read_grid, save_grid
from engine.compare.strays import with_strays
from engine.gallery.store import save_picture
from engine.recipe import Environment, Picture, Recipe, Unfinished

RECIPES = [Recipe(prompt="a boat", steps=steps, seed=7) for steps in (5, 10, 20)]
PIXELS = np.zeros((64, 64, 3), np.uint8)


def saved(folder, recipe, unfinished=None):
    where, made = Environment("cpu", "float32", "torch"), datetime.now(UTC).astimezone()
    picture = Picture(PIXELS, recipe, made, where, "0" * 64, unfinished)
    return save_picture(picture, Destination(folder=folder))


@pytest.fixture
def path(tmp_path):
    """A grid of three cells of which the first is known to be made."""
    first = saved(tmp_path, RECIPES[0])
    cells = [KeptCell(recipe, ((k,),)) for k, recipe in enumerate(RECIPES)]
    cells[0] = replace(cells[0], file=first.name)
    return save_grid(
        tmp_path / "2026-grid.png", PIXELS, Grid((Axis("steps", (5, 10, 20)),), (*cells,))
    )


def files(path):
    return [cell.file for cell in with_strays(path, read_grid(path)).cells]


def test_a_picture_saved_while_the_grid_was_written_for_the_last_time_is_its_cell_s(path, tmp_path):
    known = read_grid(path).cells[0].file
    stray = saved(tmp_path, RECIPES[1])
    saved(tmp_path, replace(RECIPES[2], seed=8))
    assert files(path) == [known, stray.name, ""]


def test_what_a_cell_has_already_is_left_and_what_was_left_out_stays_out(path, tmp_path):
    grid = read_grid(path)
    known = grid.cells[0].file
    for recipe in RECIPES:
        saved(tmp_path, recipe)
    out = replace(grid, cells=(*grid.cells[:2], replace(grid.cells[2], left_out=True)))
    found = with_strays(path, out)
    assert (found.cells[0].file, found.cells[2].file) == (known, "")
    assert found.cells[1].file


def test_a_picture_that_is_older_than_the_comparison_is_somebody_else_s(path, tmp_path):
    old = saved(tmp_path, RECIPES[1])
    before = path.stat().st_mtime - 3600
    os.utime(old, (before, before))
    assert files(path)[1] == ""


def test_a_picture_that_was_cancelled_half_way_is_not_its_cell_s(path, tmp_path):
    saved(tmp_path, RECIPES[1], Unfinished(2, 10))
    assert files(path)[1] == ""


def test_files_that_cannot_be_read_and_other_grids_are_passed_over(path, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"nothing")
    grid = read_grid(path)
    save_grid(tmp_path / "other-grid.png", PIXELS, replace(grid, cells=grid.cells[1:]))
    assert files(path)[1:] == ["", ""]


def test_a_grid_of_a_folder_that_is_gone_is_as_it_was(path, tmp_path):
    grid = read_grid(path)
    assert with_strays(tmp_path / "gone" / "grid.png", grid) == grid
