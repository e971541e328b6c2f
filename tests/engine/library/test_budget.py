"""What a model takes, forecast from its settings."""

import pytest

from engine.library.budget import LEAST_TILE, Budget, OverBudget, budget_of
from engine.library.memory import weights_bytes

ONE_ROW = Budget(most=1000, weights=400, place=3, pixel=2, factor=4)


def test_a_call_has_as_many_rows_as_fit_beside_the_weights():
    assert [ONE_ROW.rows(places) for places in (1, 50, 100, 101, 200, 10**9)] == [
        200,
        4,
        2,
        1,
        1,
        1,
    ]


def test_a_picture_takes_what_its_calls_or_its_decoding_take_whichever_is_more():
    assert ONE_ROW.needed(16, 16) == 400 + 2 * 16 * 16
    assert Budget(1000, 400, 300, 2, 4).needed(16, 16) == 400 + 300 * 4 * 4


def test_what_fits_exactly_is_allowed_and_a_byte_less_is_refused_in_a_sentence():
    needed = ONE_ROW.needed(16, 16)
    Budget(needed, 400, 3, 2, 4).check(16, 16)
    with pytest.raises(OverBudget, match="memory budget") as refused:
        Budget(needed - 1, 400, 3, 2, 4).check(16, 16)
    assert refused.value.advice


@pytest.mark.parametrize("each", [2, 4])
def test_a_budget_knows_its_checkpoint(tiny_starter, each):
    budget = budget_of(tiny_starter.plan(), each, 10**9)
    assert budget.weights == weights_bytes(tiny_starter.plan(), each)
    assert (budget.factor, budget.place) == (4, 21 * 16 * each)
    assert budget.pixel == round(6.5 * 8 * 4)


def test_stable_diffusion_takes_what_it_is_known_to_take(tiny_starter):
    """A row of SD 1 in half precision holds about 65 MB at 512 px, its decoder about 0.9 GB."""
    plan = tiny_starter.plan()
    plan.networks["unet"].config.update(block_out_channels=[320, 640, 1280], layers_per_block=2)
    plan.networks["vae"].config.update(block_out_channels=[128, 256, 512, 512])
    budget = budget_of(plan, 2, 4 * 10**9)
    assert 60e6 < budget.place * 64 * 64 < 70e6
    assert 0.8e9 < budget.pixel * 512 * 512 < 1e9


def test_large_pictures_need_no_more_than_a_tile_of_them_to_be_decoded():
    side = LEAST_TILE * ONE_ROW.factor
    assert ONE_ROW.needed(side, side) == 400 + 2 * side * side
    assert ONE_ROW.needed(side, 2 * side) == ONE_ROW.needed(side, side)
    assert ONE_ROW.needed(8 * side, 8 * side) == 400 + 3 * (8 * LEAST_TILE) ** 2


def test_what_is_laid_over_the_model_counts():
    needed = ONE_ROW.needed(16, 16)
    Budget(needed + 5, 400, 3, 2, 4).check(16, 16, added=5)
    with pytest.raises(OverBudget):
        Budget(needed + 5, 400, 3, 2, 4).check(16, 16, added=6)
