"""Heavy imports in another thread, without the window being held up by them."""

import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def gently() -> Iterator[None]:
    """Import torch and its kin in this block.

    Python loads a library, and collects garbage, while all other threads stand still: 0.7 s for
    torch's largest library, 0.2 s each time for the garbage among some hundred thousand new
    objects. So the library is loaded beforehand, which ctypes does while others go on, and
    there is no collecting until the end, when what has come to stay is set aside for good.
    """
    _load_ahead("torch", "libtorch_cpu.so")
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _load_ahead(package: str, library: str) -> None:
    """Load a shared library of a package that is not imported yet; without it, do nothing."""
    spec = importlib.util.find_spec(package)
    if not sys.platform.startswith("linux") or spec is None or spec.origin is None:
        return
    path = Path(spec.origin).parent / "lib" / library
    if path.exists():
        load = ctypes.CDLL(None).dlopen
        load.restype = ctypes.c_void_p
        load.argtypes = (ctypes.c_char_p, ctypes.c_int)
        load(os.fsencode(path), os.RTLD_NOW | os.RTLD_GLOBAL)
