"""Twenty switches among three models of different sizes (L-07): the memory is back each time."""

import queue
from dataclasses import replace

import psutil
import pytest
import torch

from engine.commands import Destination, Job, Load, Shutdown, Submit
from engine.device import give_back
from engine.events import Failed, Finished
from engine.library import at
from engine.library.memory import weights_bytes
from engine.loop import Engine
from engine.recipe import Recipe
from tests.originals import TINY, write_family

SWITCHES = 20
WIDTHS = {"a": (96, 192), "b": (128, 256), "c": (160, 320)}


def resident():
    give_back()  # as the engine does before it loads
    return psutil.Process().memory_info().rss


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three checkpoints of about 100, 180 and 280 MB."""
    places = []
    for name, widths in WIDTHS.items():
        wide = {"block_out_channels": widths, "layers_per_block": 3, "cross_attention_dim": 256}
        unet = TINY["sd1"].unet | wide
        size = replace(TINY["sd1"], unet=unet, vae=(64, 128, 256), text=((256, 6),))
        folder, _ = write_family(tmp_path_factory.mktemp(name), "sd1", size, torch.float32)
        places.append(folder)
    return places


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_after_twenty_switches_each_model_takes_what_it_took_the_first_time(three, tmp_path):
    sizes = {str(place): weights_bytes(at(place).plan(), 4) for place in three}
    inbox = queue.SimpleQueue()

    def visit(number):
        model = str(three[number % len(three)])
        recipe = Recipe(prompt=f"a boat {number}", model=model, width=128, height=128, steps=2)
        inbox.put(Load(model, "cpu", "float32"))
        inbox.put(Submit(Job(recipe, Destination(folder=tmp_path))))

    visit(0)
    told = {model: [] for model in sizes}
    seen = 0
    for event in Engine(inbox).run():
        assert not isinstance(event, Failed), event.problem
        if not isinstance(event, Finished):
            continue
        told[event.picture.recipe.model].append(resident())
        seen += 1
        if seen <= SWITCHES:
            visit(seen)
        else:
            inbox.put(Shutdown())
    for model, visits in told.items():
        grown = max(visits) - visits[0]
        print(
            f"\n{sizes[model] / 1e6:.0f} MB of weights: {visits[0] / 1e6:.0f} MB at first, "
            f"{grown / 1e6:+.1f} MB at most after {len(visits) - 1} more visits"
        )
        assert grown <= 0.05 * visits[0]
