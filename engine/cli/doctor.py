"""`etascope doctor`: device, dtype, versions, folders, what is wrong and how to mend it."""

import json
import os
import platform
import shutil
import sys
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from engine import __version__
from engine.errors import KnownError
from engine.library import checkpoints
from engine.library.memory import memory_here
from engine.paths import current_paths

_PACKAGES = (
    "PySide6_Essentials",
    "torch",
    "diffusers",
    "transformers",
    "accelerate",
    "safetensors",
    "pillow",
    "numpy",
)
_LITTLE_SPACE = 500 * 2**20


def run(arguments: Namespace) -> int:
    """Print the report; returns 0 when nothing is wrong, else 1."""
    problems: list[str] = []
    report = {
        "etascope": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "device": _device(problems),
        "packages": _versions(problems),
        "folders": _folders(problems),
        "models": _models(problems),
        "problems": problems,
    }
    sys.stdout.write(json.dumps(report) + "\n" if arguments.json else _as_text(report))
    return 1 if problems else 0


def _device(problems: list[str]) -> dict[str, Any]:
    """Say what would be chosen, and what is there beside it."""
    try:
        import torch

        from engine.device import bfloat16_is_fast, choose
    except (ImportError, OSError) as error:
        problems.append(f"torch cannot be loaded ({error}). Delete .venv and start again.")
        return {}
    chosen, memory = choose(), memory_here()
    if Path("/proc/driver/nvidia/version").exists() and not torch.cuda.is_available():
        problems.append(
            "There is an NVIDIA card, but this torch cannot use it. "
            "Install the CUDA build of the same torch version into .venv."
        )
    return {
        "chosen": chosen.name,
        "dtype": chosen.dtype_name,
        "backend": "torch",
        "threads": torch.get_num_threads(),
        "memory": _gigabytes(memory.total),
        "graphics memory": _gigabytes(memory.graphics) if memory.graphics else "shared or none",
        "bfloat16 is fast": bfloat16_is_fast(),
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"


def _versions(problems: list[str]) -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            problems.append(f"{name} is not installed. Delete .venv and start again.")
    return found


def _folders(problems: list[str]) -> dict[str, str]:
    folders = current_paths().all()
    for name, folder in folders.items():
        there = _nearest(folder)
        if not os.access(there, os.W_OK):
            problems.append(
                f"The folder for {name}, {folder}, cannot be written. Set ETASCOPE_HOME."
            )
        elif shutil.disk_usage(there).free < _LITTLE_SPACE:
            problems.append(f"The disk of {folder} is almost full. Free some space.")
    return {name: str(folder) for name, folder in folders.items()}


def _nearest(folder: Path) -> Path:
    """Return the folder, or the first above it that is there."""
    above = (folder, *folder.parents)
    # Unlike Path.exists this never raises, whatever may not be looked into.
    return next((path for path in above if os.path.exists(path)), folder)  # noqa: PTH110


def _models(problems: list[str]) -> dict[str, str]:
    for checkpoint in checkpoints():
        try:
            checkpoint.check()
        except KnownError as error:
            problems.append(str(error))
    return {checkpoint.id: str(checkpoint.place) for checkpoint in checkpoints()}


def _as_text(report: dict[str, Any]) -> str:
    lines = []
    for name, value in report.items():
        if isinstance(value, dict):
            lines.append(f"{name}")
            lines += [f"  {key:<18} {entry}" for key, entry in value.items()]
        elif not isinstance(value, list):
            lines.append(f"{name:<20} {value}")
    problems = report["problems"]
    lines += [f"wrong: {problem}" for problem in problems] or ["Nothing is wrong."]
    return "\n".join(lines) + "\n"
