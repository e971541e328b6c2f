"""Whether a model fits into this machine's memory: told from headers, before anything is loaded."""

import ctypes
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from engine.library.graphics import graphics_memory
from engine.library.plan import Plan

_FULL, _HALF = 4, 2
_WORKING = {"SDXL": 3 * 10**9, "SD 2": 10**9, "SD 1": 10**9}
"""What a picture of the usual size takes beside the weights, most of it in the decoder."""
_LITTLE = 3 * 10**8
_OURS = 0.9
"""Of a card's memory; the rest is the desktop's."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A machine's memory in bytes: all of it, and what is free now.

    `graphics` is all that of the card that the networks run on, 0 where they run elsewhere or
    share the machine's.
    """

    total: int
    free: int
    graphics: int = 0


def verdict(plan: Plan, memory: Memory) -> str:
    """Return "fits", "slow" or "does not fit" for a model.

    On the processor it fits if there is room for all weights as float32; it is slow if there is
    only room for them in half precision, or if other programs must give way. On a graphics card
    it fits if there is room for them in half precision, as they are kept there; it is slow if
    they must be lent to the card from the main memory.
    """
    full, half = weights_bytes(plan, _FULL), weights_bytes(plan, _HALF)
    return _told(plan.family, full, half, memory)


def fit(family: str, numbers: int, memory: Memory) -> str:
    """Return the verdict for a model of which only its family and size in numbers are known."""
    return _told(family, _FULL * numbers, _HALF * numbers, memory)


def _told(family: str, full: int, half: int, memory: Memory) -> str:
    working = _WORKING.get(family, _LITTLE)
    fits = full + working <= memory.free
    if memory.graphics:
        fits = half + working <= _OURS * memory.graphics
    if fits:
        return "fits"
    return "slow" if half + working <= memory.total else "does not fit"


def weights_bytes(plan: Plan, each: int) -> int:
    """Return the bytes of all weights at `each` bytes a number; the VAE is always float32."""
    return sum(
        network.count * (_FULL if name == "vae" else each)
        for name, network in plan.networks.items()
    )


def memory_here() -> Memory:
    """Return this machine's memory."""
    if sys.platform == "win32":
        return replace(_of_windows(), graphics=graphics_memory())
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(line for line in lines if line.startswith("MemAvailable:"))
        return Memory(total, 1024 * int(free.split()[1]), graphics_memory())
    except (OSError, StopIteration, ValueError, IndexError):
        return Memory(total, total // 2)  # macOS tells nobody; half is usual


class _Status(ctypes.Structure):
    """Windows' MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free")),
        *((f"other{k}", ctypes.c_uint64) for k in range(5)),
    )


def _of_windows() -> Memory:
    status = _Status()
    status.length = ctypes.sizeof(_Status)
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return Memory(status.total, status.free)
