"""How much memory the graphics card has, asked of its driver: torch need not be loaded for it."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_DRIVER = "nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1"
_RUNTIME = "torch_cuda.dll" if sys.platform == "win32" else "libtorch_cuda.so"


class _Memory(ctypes.Structure):
    """NVML's nvmlMemory_t."""

    _fields_ = tuple((name, ctypes.c_ulonglong) for name in ("total", "free", "used"))


@cache
def graphics_memory() -> int:
    """Return the bytes of the first NVIDIA card's memory; 0 where torch could not use one."""
    return card_memory(lambda: ctypes.CDLL(_DRIVER)) if torch_has_cuda() else 0


def card_memory(driver: Callable[[], Any]) -> int:
    """Return the bytes of the first card's memory, as told by NVML; 0 if there is none."""
    try:
        nvml = driver()
        if nvml.nvmlInit_v2():
            return 0
    except (OSError, AttributeError):
        return 0
    card, memory = ctypes.c_void_p(), _Memory()
    try:
        if nvml.nvmlDeviceGetHandleByIndex_v2(0, ctypes.byref(card)):
            return 0
        failed = nvml.nvmlDeviceGetMemoryInfo(card, ctypes.byref(memory))
        return 0 if failed else int(memory.total)
    finally:
        nvml.nvmlShutdown()


def torch_has_cuda() -> bool:
    """Whether the torch that is installed was built for NVIDIA cards; it is not imported."""
    found = find_spec("torch")
    if found is None or found.origin is None:
        return False
    return (Path(found.origin).parent / "lib" / _RUNTIME).exists()
