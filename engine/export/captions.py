"""A picture's settings in short, and as pairs of names and values."""

from collections.abc import Mapping
from typing import Any

from engine.gallery.findings import plain
from engine.menu import menu

_NAMES = {
    "model": "model",
    "sampler": "sampler",
    "schedule": "schedule",
    "steps": "steps",
    "eta": "eta",
    "guidance": "guidance",
    "seed": "seed",
}


def caption(settings: Mapping[str, Any]) -> list[str]:
    """Return what decides the picture beside its prompt, in short texts."""
    told = dict(pairs(settings))
    head = [told[name] for name in ("sampler", "model") if name in told and told[name] != "starter"]
    rest = [f"{name} {told[name]}" for name in ("steps", "eta", "guidance", "seed") if name in told]
    return [*head, *rest]


def pairs(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the settings that are told, with their names, in the order of a recipe."""
    return [
        (name, _shown(key, settings[key]))
        for key, name in _NAMES.items()
        if settings.get(key) is not None
    ]


def _shown(key: str, value: object) -> str:
    if key == "sampler":
        return _label(value)
    return plain(value) if isinstance(value, int | float) else str(value)


def _label(sampler: object) -> str:
    entry = menu().get(str(sampler))
    return entry.label if entry else str(sampler)
