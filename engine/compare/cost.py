"""What a comparison will cost, before it is run; and what makes costs equal."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KnownError
from engine.library import find
from engine.menu import MOST_STEPS, SamplerEntry, entry
from engine.recipe import Recipe

FILE_NAME = "pace.json"
_ARRAYS = 2  # of latents kept for each step, x and the predicted x0, beside the answers
_FLOAT = 4  # bytes
_UNTOLD = (KnownError, KeyError, TypeError, ValueError, OSError)
"""What is raised of a model that does not tell what it is like."""

_WEIGHT = 0.3
"""How much the newest measurement counts in the mean."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """Latent channels and how many pixels a latent spans, None if unknown; and about guidance."""

    latents: tuple[int, int] | None
    takes_guidance: bool


_looked_at: dict[str, _Looks] = {}


@dataclass(frozen=True, slots=True)
class Cost:
    """Pictures, model calls, seconds, bytes of memory, and models that are to be loaded first.

    `seconds` is None where it was never measured here, `memory` where the model does not tell.
    """

    pictures: int
    calls: int
    seconds: float | None
    memory: int | None
    loads: int = 0


def steps_for(sampler: SamplerEntry, calls: int) -> int:
    """Return the most steps (1 to 1000) that take no more than `calls` model calls.

    A single step that takes more than them is a single step all the same.
    """
    steps = {"S": calls, "S + 1": calls - 1, "2S - 1": (calls + 1) // 2}[sampler.calls]
    return min(max(steps, 1), MOST_STEPS)


def model_calls(recipe: Recipe) -> int:
    """Return the model evaluations of one picture."""
    return entry(recipe.sampler).model_calls(recipe.steps)


def cost(recipes: Iterable[Recipe], pace: "Pace", in_memory: str | None = None) -> Cost:
    """Return what these pictures will take together, with one model in memory already."""
    them = tuple(recipes)
    times = [pace.seconds(one) for one in them]
    known = [time for time in times if time is not None]
    memories = [memory(one) for one in them]
    kept = [one for one in memories if one is not None]
    return Cost(
        len(them),
        sum(model_calls(one) for one in them),
        sum(known) if len(known) == len(them) else None,
        sum(kept) if len(kept) == len(them) else None,
        len({one.model for one in them} - {in_memory}),
    )


def memory(recipe: Recipe) -> int | None:
    """Return the bytes that a picture and its steps take while they are on show."""
    shape = _looks(recipe.model).latents
    if shape is None:
        return None
    channels, factor = shape
    latents = channels * (recipe.width // factor) * (recipe.height // factor) * _FLOAT
    kept = _ARRAYS * (recipe.steps + 1) + model_calls(recipe)
    return kept * latents + 3 * recipe.width * recipe.height


def look_at(model: str) -> None:
    """Read what the cost of a model's pictures goes by: from then on, asking reads no file."""
    latents, takes_guidance = None, False
    with suppress(*_UNTOLD):
        vae = find(model).settings("vae/config.json")
        latents = int(vae["latent_channels"]), 2 ** (len(vae["block_out_channels"]) - 1)
    with suppress(*_UNTOLD):
        takes_guidance = find(model).sizes().takes_guidance
    _looked_at[model] = _Looks(latents, takes_guidance)


def _looks(model: str) -> _Looks:
    if model not in _looked_at:
        look_at(model)
    return _looked_at[model]


class Pace:
    """How long a model call takes on this machine, by what has been measured.

    Kept by model, size and whether it has two rows; another size is reckoned by its pixels.
    """

    def __init__(self, known: Mapping[str, float] | None = None) -> None:
        self._known = dict(known or {})

    def note(self, recipe: Recipe, calls: int, seconds: float) -> None:
        """Take in that `calls` model calls for pictures like this one took `seconds` together."""
        if calls < 1 or seconds <= 0:
            return
        key, newest = kind_of(recipe), seconds / calls
        before = self._known.get(key)
        self._known[key] = newest if before is None else before + _WEIGHT * (newest - before)

    def seconds(self, recipe: Recipe) -> float | None:
        """Return how long the picture will take; None if nothing like it was ever measured."""
        a_call = self.a_call(recipe)
        return None if a_call is None else a_call * model_calls(recipe)

    def of_kind(self, kind: str) -> float | None:
        """Return the seconds of one model call of a kind that was measured itself."""
        return self._known.get(kind)

    def a_call(self, recipe: Recipe) -> float | None:
        """Return the seconds of one of its model calls; None if nothing like it was measured."""
        exact = self._known.get(kind_of(recipe))
        if exact is not None:
            return exact
        pixels = recipe.width * recipe.height
        start = f"{_kind(recipe)} "
        for key, seconds in self._known.items():
            if key.startswith(start):
                return seconds * pixels / int(key.removeprefix(start))
        return None

    def write(self, folder: Path) -> None:
        """Keep it for next time; it is no loss if that cannot be."""
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / f"{FILE_NAME}.part"
            part.write_text(json.dumps(self._known), encoding="utf-8")
            part.replace(folder / FILE_NAME)


def read_pace(folder: Path) -> Pace:
    """Read what `Pace.write` wrote; empty if there is nothing that can be read."""
    try:
        told = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        known = {
            str(key): float(value)
            for key, value in dict(told).items()
            if 0 < float(value) < 1e6 and int(str(key).rsplit(" ", 1)[1]) > 0
        }
    except (OSError, ValueError, TypeError, IndexError, RecursionError):
        return Pace()
    return Pace(known)


def rows(recipe: Recipe) -> int:
    """Return the rows of each of its model calls: two when it is guided from outside.

    A network that was taught what guidance does is told the scale, and answers in one.
    """
    return 2 if recipe.guidance > 1 and not _looks(recipe.model).takes_guidance else 1


def _kind(recipe: Recipe) -> str:
    return f"{recipe.model} {'guided' if rows(recipe) > 1 else 'plain'}"


def kind_of(recipe: Recipe) -> str:
    """Return what decides how long a model call takes: model, guided by a second row, pixels."""
    return f"{_kind(recipe)} {recipe.width * recipe.height}"
