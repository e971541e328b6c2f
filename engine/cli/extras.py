"""What `--lora` and `--vae` name, for a draft."""

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from engine.library import extras
from engine.recipe import Adapter, Part


def chosen(arguments: Namespace) -> dict[str, Any]:
    """Return what of a draft the options say: only what was given, in the place of other files.

    An empty name stands for none. Raises CheckpointError for a path with nothing there.
    """
    given: dict[str, Any] = {}
    if arguments.lora is not None:
        given["adapters"] = tuple(_adapter(text) for text in arguments.lora if text)
    if arguments.vae is not None:
        given["vae"] = _part(arguments.vae) if arguments.vae else None
    return given


def _adapter(text: str) -> Adapter:
    """Read NAME or PATH, perhaps with :WEIGHT behind it."""
    named, _, told = text.rpartition(":")
    weight = _weight(told) if named else None
    if weight is None:
        named, weight = text, 1.0
    part = _part(named)
    return Adapter(part.name, part.sha256, weight)


def _weight(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _part(named: str) -> Part:
    """Return a file by its path, or by the name that it has in its folder."""
    separated = any(mark and mark in named for mark in (os.sep, os.altsep))
    here = named.lower().endswith(".safetensors") and os.path.exists(named)  # noqa: PTH110
    return extras.at(Path(named)) if separated or here else Part(named)
