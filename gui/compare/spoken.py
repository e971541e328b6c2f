"""What settings are called in the window: as on a saved sheet, but in the window's language."""

from collections.abc import Sequence

from engine.compare import words
from engine.compare.axes import Axis, Place, Value
from gui.retelling import retold

_UNITS = ("model calls", "time of model calls")
"""What an axis of steps may be one of as well."""


def label(field: str, value: Value | None) -> str:
    """Return one value as it is shown."""
    return _own_or_spoken(field, words.label(field, value))


def value_label(one: Axis, k: int) -> str:
    """Return one of an axis's values as it is shown beside the others."""
    return _own_or_spoken(one.field, words.value_label(one, k))


def place_label(axes: Sequence[Axis], place: Place) -> str:
    """Return what is special about a place: its value on each axis."""
    return ", ".join(value_label(one, k) for one, k in zip(axes, place, strict=True))


def axes_line(axes: Sequence[Axis]) -> str:
    """Return the axes in one line: "sampler DDIM, DDPM; steps 10, 20"."""
    return "; ".join(_spoken(one.field, words.axes_line([one])) for one in axes)


def _own_or_spoken(field: str, said: str) -> str:
    """Retell a label, but not what somebody has called a model or typed as a prompt."""
    return said if field in {"prompt", "model"} else _spoken(field, said)


def _spoken(field: str, said: str) -> str:
    """Retell a label; of one that begins with what it is a value of, that alone."""
    for name in (field, *_UNITS):
        if said.startswith(f"{name} "):
            return retold(name) + said.removeprefix(name)
    return said if field == "prompt" else retold(said)
