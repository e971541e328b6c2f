"""What settings are called on a sheet and in sentences."""

from collections.abc import Sequence

from engine.compare.axes import FIELDS, Axis, Cell, Place, Plan, Value
from engine.gallery.findings import plain
from engine.menu import menu
from engine.recipe import Recipe


def label(field: str, value: Value | None) -> str:
    """Return one value as it is shown: in letters that any font has, so eta and not its sign."""
    match field, value:
        case "sampler", str(name):
            return menu()[name].label if name in menu() else name
        case "schedule", "default":
            return "default schedule"
        case "steps", 1:
            return "1 step"
        case "steps", int(steps):
            return f"{steps} steps"
        case (("eta" | "guidance" | "seed"), int(number) | float(number)):
            return f"{field} {plain(number)}"
    return str(value)


def place_label(axes: Sequence[Axis], place: Place) -> str:
    """Return what is special about a place: its value on each axis."""
    words = [label(one.field, one.values[k]) for one, k in zip(axes, place, strict=True)]
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
    return "; ".join(f"{one.field} {', '.join(_bare(one))}" for one in axes)


def _bare(one: Axis) -> list[str]:
    """Return an axis's values without the field's name in each."""
    if one.field == "sampler":
        return [label("sampler", value) for value in one.values]
    return [plain(value) if isinstance(value, int | float) else value for value in one.values]
