"""The card's memory, as its driver tells it; what answers like one stands in for the driver."""

import ctypes
from types import SimpleNamespace

import pytest

from engine.library import graphics
from engine.library.graphics import card_memory, graphics_memory
from engine.library.memory import Memory, fit

GB = 10**9


def driver(*, starts=0, finds=0, tells=0, total=8 * GB, closed=None):
    """Functions as NVML has them, each answering with its status; 0 is success."""

    def tell(_card, memory):
        memory._obj.total = total
        return tells

    return SimpleNamespace(
        nvmlInit_v2=lambda: starts,
        nvmlDeviceGetHandleByIndex_v2=lambda _index, _card: finds,
        nvmlDeviceGetMemoryInfo=tell,
        nvmlShutdown=lambda: closed is not None and closed.append(True),
    )


def test_the_first_card_is_asked_and_the_driver_is_closed_again():
    closed = []
    assert card_memory(lambda: driver(closed=closed)) == 8 * GB
    assert closed


@pytest.mark.parametrize("fault", ["starts", "finds", "tells"])
def test_a_driver_that_fails_has_no_card(fault):
    assert card_memory(lambda: driver(**{fault: 3})) == 0


def test_no_driver_is_no_card():
    assert card_memory(lambda: ctypes.CDLL("there-is-no-such-library.so")) == 0
    assert card_memory(SimpleNamespace) == 0


def test_a_card_that_torch_cannot_use_counts_for_nothing(monkeypatch):
    monkeypatch.setattr(graphics, "torch_has_cuda", lambda: False)
    graphics_memory.cache_clear()
    assert graphics_memory() == 0
    graphics_memory.cache_clear()


@pytest.mark.parametrize(
    ("card", "machine", "told"),
    [(24, 32, "fits"), (12, 32, "fits"), (8, 32, "slow"), (8, 6, "does not fit")],
)
def test_on_a_card_its_memory_counts_and_the_main_memory_helps_out(card, machine, told):
    memory = Memory(total=machine * GB, free=machine * GB // 2, graphics=card * GB)
    assert fit("SDXL", 3469 * 10**6, memory) == told


def test_without_a_card_all_is_as_it_was():
    assert fit("SDXL", 3469 * 10**6, Memory(total=32 * GB, free=20 * GB)) == "fits"
