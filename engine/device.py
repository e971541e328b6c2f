"""Which device and number format to run on, and how much fits there."""

import ctypes
import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch

from engine.errors import DeviceError
from engine.library.memory import memory_here

_CLEARLY_FASTER = 1.5
"""How many times faster bfloat16 must be before it is worth its rounding."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the networks run, and in which dtype.

    A model call has `rows` rows at first and `most_rows` if that proves quicker. `memory` is how
    many bytes a model may take with all that it does, 0 for as many as there are.
    """

    name: str
    dtype: torch.dtype
    rows: int = 8
    most_rows: int = 32
    memory: int = 0

    @property
    def dtype_name(self) -> str:
        """The dtype as the user writes it."""
        return str(self.dtype).removeprefix("torch.")


def choose(device: str = "auto", dtype: str = "auto", memory: int = 0) -> Device:
    """Resolve "auto" by what this machine does fast; raise DeviceError for what it lacks.

    `device` is one of commands.DEVICES, `dtype` one of commands.DTYPES.
    """
    name = _best_device() if device == "auto" else device
    if not _is_there(name):
        raise DeviceError(
            f"This machine has no {name} device that torch {torch.__version__} can use.",
            "Use --device auto; the command `doctor` says what there is.",
        )
    numbers = _best_dtype(name) if dtype == "auto" else getattr(torch, dtype)
    return Device(name, numbers, memory=memory)


def give_back() -> None:
    """Free the memory of what nobody uses any more: networks hang in rings of references."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return glibc's malloc_trim: left alone it keeps much of what was freed for later."""
    if sys.platform != "linux":
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found


def free_memory(device: str) -> int:
    """Return how many bytes are free on a device now, those that torch only keeps included."""
    if device == "cuda":
        free, _ = torch.cuda.mem_get_info()
        return int(free + torch.cuda.memory_reserved() - torch.cuda.memory_allocated())
    if device == "mps":
        most = torch.mps.recommended_max_memory()
        return int(max(most - torch.mps.current_allocated_memory(), 0))
    return memory_here().free


def runs_on(network: Any) -> torch.device:
    """Return the device that a network computes on, wherever its weights are meanwhile.

    accelerate's hooks lend them to the device; diffusers' pipelines ask in the same way.
    """
    if hasattr(network, "_hf_hook"):
        for module in network.modules():
            hook = getattr(module, "_hf_hook", None)
            device = getattr(hook, "execution_device", None)
            if device is not None:
                return torch.device(device)
    found: torch.device = network.device
    return found


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory ran out: CUDA has an exception for it, others a text."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = ("out of memory", "not enough memory", "can't allocate memory")
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)


def _best_device() -> str:
    return next(name for name in ("cuda", "mps", "cpu") if _is_there(name))


def _is_there(name: str) -> bool:
    if name == "cuda":
        return torch.cuda.is_available()
    if name == "mps":
        return torch.backends.mps.is_available()
    return True


def _best_dtype(name: str) -> torch.dtype:
    if name == "cpu":
        return torch.bfloat16 if bfloat16_is_fast() else torch.float32
    # Half precision is two to four times faster on both, and bfloat16 is emulated on older chips.
    return torch.float16


@cache
def bfloat16_is_fast() -> bool:
    """Whether this processor multiplies bfloat16 matrices clearly faster than float32: measured.

    The ratio is about ten with AMX, two with AVX-512's bfloat16 and a fifth with neither. The two
    take turns, so that a busy moment meets both.
    """
    single = half = float("inf")
    for _ in range(12):
        single = min(single, _product_seconds(torch.float32))
        half = min(half, _product_seconds(torch.bfloat16))
    return single > _CLEARLY_FASTER * half


def _product_seconds(dtype: torch.dtype, size: int = 256) -> float:
    """Return the time of one matrix product."""
    a = torch.ones(size, size, dtype=dtype)
    start = time.perf_counter()
    a @ a
    return time.perf_counter() - start
