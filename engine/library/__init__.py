"""What models there are. Reads their small files and their headers only, never their weights."""

import os
import re
from pathlib import Path

from engine.errors import BadSetting, CheckpointError
from engine.library.checkpoint import Checkpoint, SingleFile
from engine.library.identity import PREFIX, Identities
from engine.library.plan import shown
from engine.library.registry import Entry, Registry
from engine.paths import RESOURCES, absolute, current_paths

__all__ = [
    "Checkpoint",
    "SingleFile",
    "add",
    "all_names",
    "at",
    "checkpoints",
    "find",
    "names",
    "remove",
]

STARTER = "starter"
_STARTER_LABEL = "Starter · postcards"


def checkpoints() -> tuple[Checkpoint, ...]:
    """Return every model known, the starter first, then those that were added."""
    added = Registry(current_paths()).entries()
    return (
        Checkpoint(STARTER, _STARTER_LABEL, RESOURCES / "starter"),
        *(_checkpoint(entry) for entry in added),
    )


def names() -> tuple[tuple[str, str], ...]:
    """Return what every model known is called, and its id, without a look at where it is."""
    added = Registry(current_paths()).entries()
    return ((_STARTER_LABEL, STARTER), *((entry.label, entry.id) for entry in added))


def all_names() -> dict[str, str]:
    """Return what each model is called by its id, also of those that were taken off the list."""
    return {STARTER: _STARTER_LABEL} | Registry(current_paths()).names()


def find(model: str) -> Checkpoint:
    """Return the model of that id, or in that file or folder.

    An id that was not added is looked for where its file was last used. Raises BadSetting naming
    those there are, and CheckpointError for a file or folder that is no model.
    """
    known = {checkpoint.id: checkpoint for checkpoint in checkpoints()}
    if model in known:
        return known[model]
    if model.startswith(PREFIX):
        place = Identities(current_paths()).place_of(model)
        if place is not None:
            return _checkpoint(Entry(model, place.stem, place))
    elif _is_path(model) and not _how_to_get(model):
        return at(Path(model))
    message = (
        f"There is no model {shown(model)!r}; choose from {', '.join(known)}, or give its path."
    )
    raise BadSetting("model", message, _how_to_get(model))


def at(place: Path) -> Checkpoint:
    """Return the model in a file or folder, which need not have been added.

    Raises CheckpointError unless all of it can be used; its id is the hash of its content.
    """
    place = absolute(place)
    if not os.path.exists(place):  # noqa: PTH110  (unlike Path.exists this never raises)
        raise CheckpointError(f"There is no file or folder {shown(place)}.", "Check its name.")
    label = place.name if place.is_dir() else place.stem
    _checkpoint(Entry("", label, place)).check()
    return _checkpoint(Entry(Identities(current_paths()).of(place), label, place))


def add(place: Path) -> Checkpoint:
    """Put the model in a file or folder on the list; it stays where it is. Raises as `at`."""
    checkpoint = at(place)
    Registry(current_paths()).add(Entry(checkpoint.id, checkpoint.label, checkpoint.place))
    return checkpoint


def remove(model: str) -> Checkpoint:
    """Take a model off the list, and return it; its files stay. Raises BadSetting."""
    for checkpoint in checkpoints():
        if model in {checkpoint.id, checkpoint.label, str(checkpoint.place)}:
            if checkpoint.id == STARTER:
                raise BadSetting("id", "The starter model is part of the program.")
            Registry(current_paths()).remove(checkpoint.id)
            return checkpoint
    added = [checkpoint.id for checkpoint in checkpoints() if checkpoint.id != STARTER]
    there = f"those that were added are {', '.join(added)}" if added else "none was added"
    raise BadSetting("id", f"There is no model {shown(model)!r} on the list; {there}.")


def _how_to_get(model: str) -> str:
    """Return what gets a model that is named as those from the Hub are."""
    repository, _, commit = model.partition("@")
    if re.fullmatch(r"[\w.-]+/[\w.-]+", repository) and re.fullmatch(r"[0-9a-f]{40}", commit):
        return f"It can be got: etascope models get {repository} --revision {commit}."
    return ""


def _is_path(model: str) -> bool:
    """Whether it is written as a path, or happens to be one."""
    named = any(mark and mark in model for mark in (os.sep, os.altsep))
    return named or model.lower().endswith(".safetensors") or os.path.exists(model)  # noqa: PTH110


def _checkpoint(entry: Entry) -> Checkpoint:
    if entry.path.is_dir():
        return Checkpoint(entry.id, entry.label, entry.path)
    return SingleFile(entry.id, entry.label, entry.path.parent, entry.path.name)
