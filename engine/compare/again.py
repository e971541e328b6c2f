"""From a comparison that was kept back to the settings it was made from."""

from collections.abc import Iterator
from dataclasses import replace

from engine.compare.axes import plan
from engine.compare.cost import model_calls
from engine.compare.keep import Grid, KeptCell
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.recipe import Recipe

_ANY_SIZE = SizeRule(step=1, smallest=1, largest=2**31)


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
    for draft in _candidates(grid):
        try:
            again = plan(draft, grid.axes, lambda _: _ANY_SIZE, equal=grid.equal)
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
        values = {name: getattr(recipe, name) for name in recipe.to_dict()}
        if grid.equal == "calls":
            values["steps"] = model_calls(recipe)
        yield Draft(**values)
        yield Draft(**(values | {"steps": None}))  # each sampler's usual ones
