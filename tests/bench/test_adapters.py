"""What LoRAs cost: worn during a call, and changed between two."""

import hashlib
import statistics
import time

import pytest
import torch

from engine.checkpoints import load
from engine.device import choose
from engine.library import find
from engine.recipe import Adapter
from tests.adapters import ATTENTION, kohya, low_rank, put

_ROUNDS = 15


@pytest.mark.slow
def test_a_lora_worn_and_changed():
    """The starter model, a LoRA of rank 16 on all its attention; printed, not judged."""
    model = load(find("starter"), choose("cpu", "float32"))
    adapters = []
    for seed, name in enumerate(("ink", "wax")):
        lora = low_rank({"unet": model.denoise._unet}, ATTENTION, rank=16, seed=seed)
        path = put("loras", name, kohya(lora))
        adapters.append(Adapter(name, hashlib.sha256(path.read_bytes()).hexdigest()))
    told = model.encode("a boat")
    x, t = torch.randn(1, model.decoder.channels, 32, 32), torch.tensor([500.0])
    times: dict[str, list[float]] = {"plain": [], "worn": [], "changed": []}
    for _ in range(_ROUNDS):
        for adapter in adapters:
            times["changed"].append(_seconds(lambda: model.loras.wear((adapter,))))  # noqa: B023
        times["worn"].append(_seconds(lambda: model.denoise._unet(x, t, told.states)))
        model.loras.wear(())
        times["plain"].append(_seconds(lambda: model.denoise._unet(x, t, told.states)))
    ms = {name: 1000 * statistics.median(some[2:]) for name, some in times.items()}
    print(
        f"\na call: {ms['plain']:.1f} ms, with a LoRA {ms['worn']:.1f} ms "
        f"({ms['worn'] / ms['plain']:.2f} times); changing LoRAs {ms['changed']:.2f} ms"
    )
    assert all(one > 0 for one in ms.values())


def _seconds(work):
    began = time.perf_counter()
    with torch.inference_mode():
        work()
    return time.perf_counter() - began
