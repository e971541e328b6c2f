"""From a comparison that was kept back to the settings it was made from."""

import math
from collections.abc import Iterator
from dataclasses import replace

from engine.compare.axes import plan
from engine.compare.cost import kind_of, model_calls
from engine.compare.keep import Grid, KeptCell
from engine.draft import Draft, SizeRule, like
from engine.errors import BadSetting
from engine.extras import AsBefore
from engine.recipe import Recipe

_ROUNDING = 1e-9


def planned(cell: KeptCell) -> Recipe:
    """Return a cell's recipe as its axes gave it, before it was rolled again."""
    seed = cell.recipe.seed if cell.planned_seed is None else cell.planned_seed
    return replace(cell.recipe, seed=seed)


def settings_of(grid: Grid) -> Draft:
    """Return a draft that the grid's axes can be laid over again to give the same cells.

    What a cell of one sampler had for eta says nothing about the others, so that not every cell
    will do; if none does (the file was made by hand), it is the first.
    """
    wanted = {planned(cell) for cell in grid.cells}
    usual = {cell.recipe.model: _sized(cell.recipe) for cell in reversed(grid.cells)}
    for draft in _candidates(grid):
        try:
            again = plan(
                draft, grid.axes, usual.__getitem__, equal=grid.equal, weights=grid.weights
            )
        except BadSetting:
            continue
        if {cell.recipe for cell in again.cells} == wanted:
            return draft
    return next(_candidates(grid))


def _candidates(grid: Grid) -> Iterator[Draft]:
    """Yield the settings of the first cell of each sampler, with its steps or the usual ones."""
    seen: set[str] = set()
    for cell in grid.cells:
        recipe = planned(cell)
        if recipe.sampler in seen:
            continue
        seen.add(recipe.sampler)
        draft = like(recipe)
        if grid.equal != "steps":
            weight = dict(grid.weights).get(kind_of(recipe), 1.0) if grid.equal == "time" else 1.0
            calls = max(math.ceil(model_calls(recipe) * weight - _ROUNDING), 1)
            draft = replace(draft, steps=calls)
        yield draft
        yield replace(draft, steps=None)  # each sampler's usual ones
        if any(one.field == "model" for one in grid.axes):  # each model's usual size
            yield replace(draft, width=None, height=None)


def _sized(recipe: Recipe) -> SizeRule:
    """Return a rule by which a model's usual size is that of a picture that it made."""
    return SizeRule(
        recipe.width,
        recipe.height,
        step=1,
        smallest=1,
        largest=2**31,
        clip_skip=recipe.clip_skip,
        extras=AsBefore(recipe),
    )
