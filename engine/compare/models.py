"""What models are called where several are compared: short, and told apart."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from engine import library
from engine.errors import BadSetting
from engine.paths import current_paths

_SHORT = 8
"""Digits of a hash that tell models apart well enough."""

_PARTING = re.compile(r"[,;\n，；、]+\s*")
"""What separates the entries of a list, and so cannot be in one."""


def names() -> dict[str, str]:
    """Return what each model on the list is called, by its id: no two alike, none with a comma."""
    known = library.names()
    labels = {model: _PARTING.sub(" ", label).strip() or model for label, model in known}
    count = Counter(label.casefold() for label in labels.values())
    return {
        model: label if count[label.casefold()] == 1 else f"{label} {_short(model)}"
        for model, label in labels.items()
    }


def name_of(model: str) -> str:
    """Return what a model is called, whether it is on the list or not; quick."""
    return _name(model, current_paths().config)


def id_of(typed: str) -> str:
    """Return the model that is meant by its name, whatever its case, or by its id.

    Raises BadSetting naming those there are.
    """
    known = names()
    if typed in known:
        return typed
    for model, name in known.items():
        if name.casefold() == typed.casefold():
            return model
    raise BadSetting(
        "model", f"There is no model {typed[:60]!r}; choose from {', '.join(known.values())}."
    )


@cache
def _name(model: str, _: Path) -> str:
    """Remember a model's name, for one list of models: cells ask for it whenever they are drawn."""
    return names().get(model) or _short(model)


def _short(model: str) -> str:
    """Return a model's id without what nobody reads."""
    _, colon, digits = model.rpartition(":")
    if colon and re.fullmatch("[0-9a-f]{16,}", digits):
        return digits[:_SHORT]
    name, at, revision = model.partition("@")
    return f"{name}@{revision[:_SHORT]}" if at else model
