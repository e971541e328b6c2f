"""Memory over a long session. DESIGN wants less than 1 MB per 100 pictures."""

import gc
import queue

import psutil
import pytest

from engine.archive import Archive
from engine.commands import Job, Load, Shutdown, Submit
from engine.events import Saved
from engine.loop import Engine
from tests.engine.test_loop import folder, job

__all__ = ["folder", "job"]  # fixtures

_PICTURES, _SETTLED = 1000, 300
"""The allocators fill their pools during the first few hundred."""


def resident():
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_pictures_take_no_more_memory_than_the_first_hundreds(
    tiny_starter, job, tmp_path
):
    inbox = queue.SimpleQueue()
    inbox.put(Load("starter", "cpu", "float32"))
    samplers = ("ddim", "plms", "heun", "dpmpp_2m_sde")

    def next_job(number: int) -> Job:
        return job(sampler=samplers[number % 4], steps=3, seed=number, prompt=f"boat {number}")

    for number in range(8):
        inbox.put(Submit(next_job(number)))
    saved, before = 0, 0.0
    for event in Engine(inbox, archive=Archive(tmp_path / "kept", 2**20)).run():
        if not isinstance(event, Saved):
            continue
        saved += 1
        if saved == _SETTLED:
            before = resident()
        inbox.put(Submit(next_job(saved + 7)) if saved < _PICTURES else Shutdown())
    grown = resident() - before
    print(f"\n{grown:+.1f} MB over {_PICTURES - _SETTLED} pictures")
    assert saved >= _PICTURES
    assert grown < (_PICTURES - _SETTLED) / 100
