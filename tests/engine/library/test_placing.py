"""Where a model's networks live, told from figures: no card is needed for that."""

import pytest

from engine.library.budget import NO_LIMIT, budget_of
from engine.library.placing import Need, Placing, needs, placing
from engine.library.plan import Network, Plan, Weight

GB = 10**9
WIDTHS = [128, 256, 512, 512]


def plan(widths, **millions):
    """A model of such networks, which nobody holds."""
    configs = {
        "unet": {"block_out_channels": widths, "layers_per_block": 2},
        "vae": {"block_out_channels": WIDTHS},
    }
    networks = {
        name: Network("", configs.get(name, {}), {"w": Weight(None, "w", (count * 10**6,))})
        for name, count in millions.items()
    }
    return Plan("", networks, (), {})


SD_1 = plan([320, 640, 1280, 1280], unet=860, vae=84, text_encoder=123)
SDXL = plan([320, 640, 1280], unet=2567, vae=84, text_encoder=123, text_encoder_2=695)
CARDS = [
    (SD_1, 512, {24: Placing.THERE, 6: Placing.THERE, 4: Placing.THERE, 3: Placing.NETWORKS,
                 2: Placing.LAYERS}),
    (SDXL, 1024, {24: Placing.THERE, 16: Placing.THERE, 8: Placing.NETWORKS, 4: Placing.LAYERS}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "side", "gigabytes", "found"),
    [(model, side, size, found) for model, side, cards in CARDS for size, found in cards.items()],
)
def test_cards_of_all_sizes_hold_what_they_can(model, side, gigabytes, found):
    budget = budget_of(model, 2, NO_LIMIT)
    told = needs(model, 2, budget, (side, side))
    assert placing(told, gigabytes * GB) is found


def test_a_large_picture_needs_more_than_a_small_one():
    budget = budget_of(SDXL, 2, NO_LIMIT)
    small, large = (needs(SDXL, 2, budget, (side, side)) for side in (512, 1024))
    for name in ("unet", "vae"):
        assert large[name].working == 4 * small[name].working
        assert large[name].weights == small[name].weights


def test_a_tenth_of_the_card_is_left_to_the_libraries():
    alone = {"unet": Need(80, 10)}
    assert placing(alone, 100) is Placing.THERE
    assert placing(alone, 99) is not Placing.THERE


def test_networks_take_turns_where_each_fits_alone():
    two = {"unet": Need(60, 10), "vae": Need(10, 70)}
    assert placing(two, 200) is Placing.THERE  # 70 of weights, 70 to work in
    assert placing(two, 100) is Placing.NETWORKS  # 80 at most, one at a time
    assert placing(two, 80) is Placing.LAYERS
