"""What settings are called on a sheet and in sentences."""

from collections.abc import Sequence

from engine.compare.axes import FIELDS, Axis, Cell, Place, Plan, Value
from engine.compare.lists import shared_ends
from engine.compare.models import name_of
from engine.gallery.findings import plain
from engine.menu import menu
from engine.recipe import Recipe

_MARKS = ",.;:，。；："

_UNITS = {"calls": "model calls", "time": "time of model calls"}
"""What an axis of steps is one of, where that is not steps."""


def label(field: str, value: Value | None) -> str:
    """Return one value as it is shown: in letters that any font has, so eta and not its sign."""
    match field, value:
        case (("sampler" | "model"), str(name)):
            return _named(field, name)
        case "schedule", "default":
            return "default schedule"
        case "steps", 1:
            return "1 step"
        case "steps", int(steps):
            return f"{steps} steps"
        case (("eta" | "guidance" | "seed"), int(number) | float(number)):
            return f"{field} {plain(number)}"
    return str(value)


def _named(field: str, name: str) -> str:
    if field == "model":
        return name_of(name)
    return menu()[name].label if name in menu() else name


def value_label(one: Axis, k: int) -> str:
    """Return one of an axis's values as it is shown beside the others."""
    value = one.values[k]
    if one.field == "prompt":
        return _told_apart(one)[k]
    if one.unit != "steps" and one.field == "steps":
        calls = f"{value} calls" if value != 1 else "1 call"
        return calls if one.unit == "calls" else f"time of {calls}"
    return label(one.field, value)


def _told_apart(one: Axis) -> list[str]:
    """Return what the prompts of an axis do not all have in common, in whole words."""
    texts = [str(value).split() for value in one.values]
    start, end = shared_ends(texts)
    words = [" ".join(text[start : len(text) - end]) for text in texts]
    bare = [word.rstrip(_MARKS) for word in words]  # what parts them from the words behind
    return [word or "–" for word in (bare if len({*bare}) == len({*words}) else words)]


def place_label(axes: Sequence[Axis], place: Place) -> str:
    """Return what is special about a place: its value on each axis."""
    words = [value_label(one, k) for one, k in zip(axes, place, strict=True)]
    return ", ".join(words)


def cell_label(plan: Plan, cell: Cell) -> str:
    """Return what tells a cell from the others."""
    return place_label(plan.axes, cell.at[0]) or label("sampler", cell.recipe.sampler)


def common_settings(axes: Sequence[Axis], recipes: Sequence[Recipe]) -> list[str]:
    """Return, in words, the settings beside the axes in which all recipes agree."""
    first = recipes[0]
    varying = {one.field for one in axes}
    words = [
        label(field, getattr(first, field))
        for field in FIELDS
        if field not in varying
        and getattr(first, field) is not None
        and all(getattr(one, field) == getattr(first, field) for one in recipes)
    ]
    if all((one.width, one.height) == (first.width, first.height) for one in recipes):
        words.append(f"{first.width} x {first.height}")
    return words


def axes_line(axes: Sequence[Axis]) -> str:
    """Return the axes in one line: "sampler DDIM, DDPM; steps 10, 20"."""
    return "; ".join(f"{_UNITS.get(one.unit, one.field)} {', '.join(_bare(one))}" for one in axes)


def _bare(one: Axis) -> list[str]:
    """Return an axis's values without the field's name in each."""
    if one.field in {"sampler", "model"}:
        return [label(one.field, value) for value in one.values]
    return [plain(value) if isinstance(value, int | float) else value for value in one.values]
