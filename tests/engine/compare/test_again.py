import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.again import planned, settings_of
from engine.compare.axes import EQUALS, axis, plan, replaced
from engine.compare.judging import Judgement, Trial
from engine.compare.keep import Grid, KeptCell, grid_texts, interpret
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting

LISTS = {
    "sampler": ["plms, ddim", "ddpm, heun, ddim", "euler, tcd"],
    "steps": ["4, 8", "10-30 (+10)"],
    "eta": ["0, 0.5"],
    "seed": ["1-3"],
    "schedule": ["leading, trailing"],
    "guidance": ["1, 5"],
}


@st.composite
def grids(draw):
    lists = {field: draw(st.sampled_from(texts)) for field, texts in LISTS.items()}
    fields = draw(st.lists(st.sampled_from(sorted(lists)), max_size=3, unique=True))
    base = Draft(prompt="a boat", seed=7, sampler="ddim", eta=draw(st.sampled_from([None, 0.25])))
    equal = draw(st.sampled_from(EQUALS))
    axes = [axis(field, lists[field]) for field in fields]
    kinds = ["starter guided 16384", "starter plain 16384"]
    weights = tuple((kind, draw(st.floats(0.1, 10))) for kind in kinds)
    try:
        chosen = plan(base, axes, lambda _: SizeRule(), equal=equal, weights=weights)
    except BadSetting:
        return None
    cells = tuple(KeptCell(cell.recipe, cell.at) for cell in chosen.cells)
    return Grid(chosen.axes, cells, chosen.skipped, equal=equal, weights=chosen.weights)


@given(grids())
def test_the_settings_of_a_grid_give_the_same_cells_again(grid):
    if grid is None:
        return
    draft = settings_of(grid)
    again = plan(draft, grid.axes, sizes, equal=grid.equal, weights=grid.weights)
    assert {cell.recipe for cell in again.cells} == {cell.recipe for cell in grid.cells}


def test_a_cell_that_was_rolled_again_is_planned_with_its_first_seed():
    chosen = plan(Draft(seed=7), [axis("steps", "4, 8")], lambda _: SizeRule())
    cells = [KeptCell(cell.recipe, cell.at) for cell in chosen.cells]
    cells[0] = replace(cells[0], recipe=replace(cells[0].recipe, seed=99), planned_seed=7)
    grid = Grid(chosen.axes, tuple(cells))
    assert planned(cells[0]) == chosen.cells[0].recipe
    assert settings_of(grid).seed == 7


def test_a_grid_of_cells_that_no_axes_give_has_those_of_its_first():
    chosen = plan(Draft(seed=7), [axis("steps", "4, 8")], lambda _: SizeRule())
    first, second = (KeptCell(cell.recipe, cell.at) for cell in chosen.cells)
    odd = replace(second, recipe=replace(second.recipe, guidance=3.0))
    assert settings_of(Grid(chosen.axes, (first, odd))).steps == 4


def test_models_of_different_usual_sizes_are_planned_at_their_own_again():
    rules = {"small": SizeRule(64, 64), "large": SizeRule(256, 256)}
    axes = [axis("model", "small, large"), axis("steps", "4, 8")]
    chosen = plan(Draft(seed=7, model="small"), axes, rules.__getitem__)
    grid = Grid(chosen.axes, tuple(KeptCell(cell.recipe, cell.at) for cell in chosen.cells))
    again = plan(settings_of(grid), grid.axes, rules.__getitem__)
    assert again.cells == chosen.cells


@pytest.mark.parametrize("equal", EQUALS)
def test_what_only_some_cells_tell_comes_back_from_the_file(equal):
    chosen = plan(Draft(prompt="a boat", seed=7), [replaced("a boat", "boat, house")], sizes)
    first, second = (KeptCell(cell.recipe, cell.at) for cell in chosen.cells)
    told = replace(first, seconds=1.5, calls=20, planned_seed=3, pinned=True)
    trial = Trial(5, (Judgement("a" * 64, "b" * 64, "equal"),), ended=True)
    grid = Grid(
        chosen.axes,
        (told, replace(second, left_out=True)),
        equal=equal,
        weights=(("starter guided 16384", 0.5),),
        beside=(replace(told, at=()),),
        trial=trial,
    )
    assert interpret(grid_texts(grid)) == grid


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=3) | st.floats(), st.lists), st.data()
)
def test_whatever_a_file_says_of_trials_and_weights_the_cells_are_read(told, data):
    chosen = plan(Draft(seed=7), [axis("steps", "4, 8")], sizes)
    grid = Grid(chosen.axes, tuple(KeptCell(cell.recipe, cell.at) for cell in chosen.cells))
    judged = {"left": told, "right": "b" * 64, "verdict": told}
    trial = data.draw(st.sampled_from([told, {"seed": told, "judged": [judged]}]))
    about = grid.to_dict() | {"trial": trial, "weights": {"a": told}, "equal": told}
    read = interpret({"etascope": json.dumps(about)})
    assert read.cells == grid.cells
    assert read.trial is None or not read.trial.judged


def sizes(_):
    return SizeRule()
