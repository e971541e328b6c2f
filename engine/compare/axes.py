"""From lists of settings to the cells of a comparison: their product, without what cannot be."""

import math
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Literal

from engine.compare.cost import kind_of, steps_for
from engine.compare.lists import entries, phrased, phrases, shared_ends, spread
from engine.draft import HIGHEST_GUIDANCE, MOST_PICTURES, Draft, SizeRule
from engine.errors import BadSetting
from engine.menu import MOST_STEPS, entry, menu
from engine.recipe import SEED_COUNT, Recipe

Value = str | int | float
Equal = Literal["steps", "calls", "time"]
"""What the cells have in common where their samplers differ: steps, model calls, or time."""

EQUALS: tuple[Equal, ...] = ("steps", "calls", "time")

Weights = tuple[tuple[str, float], ...]
"""How long a model call of each kind of picture takes, in calls of the first kind's."""

Place = tuple[int, ...]
"""Where a cell is: for each axis the number of its value, from 0."""

_ROUNDING = 1e-9
"""Calls that a quotient may be short of a whole number by rounding alone."""

_MOST_WORDS = 40
"""Words beside those that differ that are tried, before all of the prompts is taken."""

# What one combination may lack and another have; any other fault is everybody's.
_COMBINED = {"eta", "schedule", "negative_prompt", "width", "height", "clip_skip"}


@dataclass(frozen=True, slots=True)
class Axis:
    """One setting and the values it takes in turn; `field` is the recipe's key.

    With the unit "calls" the steps are as many as that many model calls allow, with "time" as
    many as their time allows.
    """

    field: str
    values: tuple[Value, ...]
    unit: Equal = "steps"


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a comparison, and every place that it fills.

    It fills several where two combinations come to the same recipe: schedule "default" and
    "leading" for DDIM, say.
    """

    recipe: Recipe
    at: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """A combination that cannot be, and the sentence that says why."""

    at: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A comparison before it is run: the axes that vary, the cells, what is left out.

    `weights` are those by which times are equal: as they were when it was set up, so that cells
    that are there stay what they are when more is measured.
    """

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    skipped: tuple[Skip, ...] = ()
    equal: Equal = "steps"
    weights: Weights = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the entries of a list are read, and which of them there can be."""

    convert: Callable[[str], Value]
    accepts: str
    fits: Callable[[Value], bool]


def axis(field: str, text: str) -> Axis:
    """Read a comma list, numbers also by ranges; what is in it twice counts once.

    Raises BadSetting naming the field and what it accepts if any entry cannot be.
    """
    kind = _kinds()[field]
    is_number = kind.convert in {int, float}
    if is_number:
        words = spread(field, text, whole=kind.convert is int)
    else:
        words = text.split(",") if field == "model" else entries(text)  # a path may have any mark
    found = [_entry(field, kind, word.strip()) for word in words or [""]]
    return Axis(field, tuple(dict.fromkeys(found)))


def replaced(prompt: str, text: str) -> Axis:
    """Read a comma list of which the first is found in the prompt and replaced by each other.

    Words with commas stand in quotes. The prompt as it is comes first. Raises BadSetting if there
    is nothing to find or to replace.
    """
    words = phrases(text)
    if len(words) < 2 or not words[0]:
        raise BadSetting(
            "prompt", "Type words of the prompt, a comma, and what to put in their place."
        )
    if words[0] not in prompt:
        raise BadSetting("prompt", f"The prompt does not say {words[0][:40]!r}.")
    prompts = [prompt.replace(words[0], word) for word in words]
    return Axis("prompt", tuple(dict.fromkeys(prompts)))


def typed(one: Axis) -> str:
    """Return what `replaced` reads as this axis over its first prompt; "" if nothing does.

    It is what the prompts do not have in common, with as many of the words beside it as it takes
    to be found in that one place.
    """
    prompts = [str(value) for value in one.values]
    start, end = shared_ends(prompts)
    before, after = prompts[0][:start], prompts[0][len(prompts[0]) - end :]
    for left, right in _wider(before, after):
        words = [p[left : len(p) - right] for p in prompts]
        if all(word and word == word.strip() for word in words) or not (left or right):
            text = phrased(words)
            with suppress(BadSetting):
                if replaced(prompts[0], text).values == one.values:
                    return text
    return ""


def _wider(before: str, after: str) -> Iterator[tuple[int, int]]:
    """Yield lengths of what to leave out in front and behind: whole words, ever fewer of them."""
    lefts = [0, *(match.end() for match in re.finditer(r"\s+", before))]
    rights = [0, *(len(after) - match.start() for match in re.finditer(r"\s+", after))]
    rights = [0, *sorted(rights[1:])]
    for _ in range(_MOST_WORDS):
        yield lefts[-1], rights[-1]
        if len(lefts) == len(rights) == 1:
            return
        longer = rights if len(rights) >= len(lefts) else lefts
        longer.pop()
    yield 0, 0


def counted(seeds: Axis, count: int) -> Axis:
    """Return the seeds with the `count` - 1 that follow each of them."""
    if not 1 <= count <= MOST_PICTURES:
        raise BadSetting("count", f"The count must be 1 to {MOST_PICTURES}, not {count}.")
    every = ((int(first) + k) % SEED_COUNT for first in seeds.values for k in range(count))
    return Axis("seed", tuple(dict.fromkeys(every)))


def plan(
    base: Draft,
    axes: Sequence[Axis],
    sizes: Callable[[str], SizeRule],
    *,
    equal: Equal = "steps",
    weights: Weights = (),
) -> Plan:
    """Return the product of the axes laid over `base`; `sizes` tells those of a model.

    An axis of one value varies nothing and becomes part of the base. With equal "calls", the
    numbers of steps are of model calls, which a step of some samplers takes two of; with "time",
    of model calls of weight 1 (a kind that has no weight has that one). Combinations that cannot
    be are skipped. Raises BadSetting if none is left, or for a fault that is in all of them.
    """
    base = replace(base, count=1, seed=secrets.randbelow(2**32) if base.seed is None else base.seed)
    fixed = {one.field: one.values[0] for one in axes if len(one.values) == 1}
    varying = tuple(_in_unit(one, equal) for one in axes if len(one.values) > 1)
    _check_number(varying)
    known_sizes, weight = cache(sizes), dict(weights)
    places: dict[Recipe, list[Place]] = {}
    skipped: list[Skip] = []
    faults: list[BadSetting] = []
    for at in product(*(range(len(one.values)) for one in varying)):
        chosen = {one.field: one.values[k] for one, k in zip(varying, at, strict=True)}
        try:
            draft = _laid_over(base, fixed | chosen)
            wanted = draft.resolve(known_sizes(draft.model))[0]
        except BadSetting as fault:
            if fault.field not in _COMBINED:
                raise
            skipped.append(Skip(at, fault.message))
            faults.append(fault)
            continue
        places.setdefault(_affordable(wanted, equal, weight), []).append(at)
    if not places:
        raise _nothing_left(faults)
    cells = tuple(Cell(recipe, tuple(at)) for recipe, at in places.items())
    return Plan(varying, cells, tuple(skipped), equal, weights if equal == "time" else ())


def _check_number(varying: Sequence[Axis]) -> None:
    number = math.prod(len(one.values) for one in varying)
    if number > MOST_PICTURES:
        longest = max(varying, key=lambda one: len(one.values))
        raise BadSetting(
            longest.field,
            f"These lists have {number} combinations; a comparison has {MOST_PICTURES} at most.",
        )


def _laid_over(base: Draft, values: dict[str, Value]) -> Draft:
    if values.get("sampler", base.sampler) != base.sampler:
        # What another sampler had for eta and schedule says nothing about this one.
        base = replace(base, eta=None, schedule="default")
    return replace(base, **values)  # type: ignore[arg-type]  # each of its field's own kind


def _in_unit(one: Axis, equal: Equal) -> Axis:
    return replace(one, unit=equal) if one.field == "steps" else one


def _affordable(recipe: Recipe, equal: Equal, weight: Mapping[str, float]) -> Recipe:
    """Return the recipe with the steps that its number of model calls allows."""
    if equal == "steps":
        return recipe
    calls = recipe.steps
    if equal == "time":
        calls = int(recipe.steps / weight.get(kind_of(recipe), 1.0) + _ROUNDING)
    return replace(recipe, steps=steps_for(entry(recipe.sampler), calls))


def _nothing_left(faults: Sequence[BadSetting]) -> BadSetting:
    first = faults[0]
    if len({fault.message for fault in faults}) == 1:
        return first
    return BadSetting(
        first.field, f"None of the {len(faults)} combinations can be. {first.message}"
    )


def _entry(field: str, kind: _Kind, word: str) -> Value:
    # Python reads 1_0 as 10, people hardly.
    is_read = "_" not in word or kind.convert not in {int, float}
    try:
        value = kind.convert(word)
        if is_read and kind.fits(value):
            return value
    except (ValueError, OverflowError):
        pass
    shown = repr(word if len(word) <= 40 else word[:40] + "…")
    raise BadSetting(field, f"The list for {field} takes {kind.accepts}, not {shown}.")


def _sampler(word: str) -> str:
    return entry(word).name


def _fits_any_eta(value: Value) -> bool:
    ranges = [one.eta for one in menu().values() if one.eta is not None]
    return any(one.lowest <= float(value) <= one.highest for one in ranges)


def _is_guidance(value: Value) -> bool:
    return 1 <= float(value) <= HIGHEST_GUIDANCE


@cache
def _kinds() -> dict[str, _Kind]:
    """Return every field that a list may be given for, in the order in which they are laid out."""
    schedules = dict.fromkeys(["default", *(s for one in menu().values() for s in one.schedules)])
    etas = [one.eta for one in menu().values() if one.eta is not None]
    lowest, highest = min(e.lowest for e in etas), max(e.highest for e in etas)
    return {
        "sampler": _Kind(_sampler, "samplers", bool),
        "schedule": _Kind(str, f"the schedules {', '.join(schedules)}", schedules.__contains__),
        "steps": _Kind(
            int, f"whole numbers from 1 to {MOST_STEPS}", range(1, MOST_STEPS + 1).__contains__
        ),
        "eta": _Kind(float, f"numbers from {lowest:g} to {highest:g}", _fits_any_eta),
        "guidance": _Kind(float, f"numbers from 1 to {HIGHEST_GUIDANCE:g}", _is_guidance),
        "seed": _Kind(
            int, f"whole numbers from 0 to {SEED_COUNT - 1}", range(SEED_COUNT).__contains__
        ),
        "model": _Kind(str, "names of models", bool),
    }


FIELDS = ("sampler", "schedule", "steps", "eta", "guidance", "seed", "model")
"""The settings that may be compared, in the order in which they are laid out."""
