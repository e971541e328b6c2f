"""`etascope models`: what models there are; add one, look one over, take one off the list."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from engine import library
from engine.errors import KnownError
from engine.library.checkpoint import Checkpoint
from engine.library.memory import memory_here, verdict


def run(arguments: Namespace) -> int:
    """Do what was asked; returns the exit status, 1 also when a listed model cannot be used."""
    return _ACTIONS[arguments.action](arguments)


def _list(arguments: Namespace) -> int:
    told = [about(checkpoint) for checkpoint in library.checkpoints()]
    for one in told:
        _say(one, as_json=arguments.json)
    return 1 if any("problem" in one for one in told) else 0


def _add(arguments: Namespace) -> int:
    checkpoint = library.at(arguments.path)
    _check(checkpoint)
    _say(about(library.add(arguments.path)), as_json=arguments.json)
    return 0


def _look_over(arguments: Namespace) -> int:
    checkpoint = library.at(arguments.path)
    _check(checkpoint)
    _say(about(checkpoint), as_json=arguments.json)
    return 0


def _check(checkpoint: Checkpoint) -> None:
    """Raise CheckpointError unless its parts fit together as they must to be loaded."""
    from engine.checkpoints import check  # torch comes with it; a damaged file is told before

    check(checkpoint)


def _remove(arguments: Namespace) -> int:
    checkpoint = library.remove(arguments.id)
    told = {"removed": checkpoint.id, "path": str(checkpoint.place)}
    line = f"{checkpoint.label} is off the list; its files stay in {checkpoint.place}."
    sys.stdout.write((json.dumps(told) if arguments.json else line) + "\n")
    return 0


def about(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return what is told of a model: its family, size and whether it fits, or what is wrong."""
    told: dict[str, Any] = {
        "id": checkpoint.id,
        "label": checkpoint.label,
        "path": str(checkpoint.place),
    }
    try:
        plan = checkpoint.plan()
        told["family"] = plan.family
        told["megabytes"] = round(_stored(checkpoint.place) / 1e6, 1)
        told["fit"] = verdict(plan, memory_here())
    except KnownError as error:
        told["problem"] = str(error)
    return told


def _stored(place: Path) -> int:
    """Return the bytes that a model takes on the disk."""
    files = place.rglob("*.safetensors") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files)


def _say(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        line = json.dumps(told)
    elif "problem" in told:
        line = f"{told['label']}: {told['problem']}\n  {told['id']}"
    else:
        size = f"{told['megabytes']:,.1f} MB"
        line = f"{told['label']}: {told['family']}, {size}, {told['fit']}\n  {told['id']}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


_ACTIONS = {"list": _list, "add": _add, "check": _look_over, "remove": _remove}
