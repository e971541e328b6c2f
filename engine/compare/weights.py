"""What makes times equal: how long a model call of one kind takes beside one of another."""

from collections.abc import Callable, Sequence

from engine.compare.axes import Axis, Weights, plan
from engine.compare.cost import Pace, kind_of, rows
from engine.compare.models import name_of
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.recipe import Recipe


def weighed(
    base: Draft,
    axes: Sequence[Axis],
    sizes: Callable[[str], SizeRule],
    pace: Pace,
    known: Weights = (),
) -> Weights:
    """Return the weights of all kinds of pictures that these axes give, in the cells' order.

    The first kind weighs 1; what is `known` stays as it is. Where all are of one kind nothing
    need have been measured. Raises BadSetting for a kind whose rate was never measured here, and
    whatever `plan` raises.
    """
    kinds: dict[str, Recipe] = {}
    for cell in plan(base, axes, sizes).cells:
        kinds.setdefault(kind_of(cell.recipe), cell.recipe)
    weights = dict(known)
    if not weights.keys() & kinds.keys():  # nothing that is there goes by what was known
        weights = {next(iter(kinds)): 1.0}
    for kind, recipe in kinds.items():
        if kind not in weights:
            weights[kind] = _weight(recipe, weights, kinds, pace)
    return tuple(weights.items())


def _weight(
    recipe: Recipe, weights: dict[str, float], kinds: dict[str, Recipe], pace: Pace
) -> float:
    """Return what a kind weighs beside any whose weight and rate are both known."""
    new = pace.a_call(recipe)
    if new is None:
        raise _unmeasured(recipe)
    for kind, weight in weights.items():
        old = pace.a_call(kinds[kind]) if kind in kinds else pace.of_kind(kind)
        if old is not None:
            return weight * new / old
    raise _unmeasured(next(iter(kinds.values())))


def _unmeasured(recipe: Recipe) -> BadSetting:
    guided = "with" if rows(recipe) > 1 else "without"
    return BadSetting(
        "equal",
        f"How long {name_of(recipe.model)} takes {guided} guidance was never measured here; "
        "compare with equal steps once.",
    )
