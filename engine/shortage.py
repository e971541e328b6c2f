"""When memory runs out: all of it is given back, and a size is named that would fit."""

from collections.abc import Callable
from typing import TypeVar

from engine.checkpoints import Model
from engine.device import give_back, is_out_of_memory
from engine.draft import SizeRule
from engine.errors import OutOfMemory, Problem, problem_of
from engine.library.budget import smaller
from engine.recipe import Recipe

T = TypeVar("T")


def attempt(work: Callable[[], T], short: Callable[[], OutOfMemory] = OutOfMemory) -> T | Problem:
    """Return what `work` returns, or what went wrong: a job may fail, the engine may not.

    Where memory ran out, `short` is asked what to say once it has been given back.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001  (the one place where bugs of ours become events)
        if not (isinstance(error, OutOfMemory) or is_out_of_memory(error)):
            return problem_of(error)
    # Only here, where the error is forgotten, and with it all that its frames held on to.
    give_back()
    return problem_of(short())


def short_of(recipe: Recipe, sizes: SizeRule, model: Model) -> OutOfMemory:
    """Return the error that says how large a picture would have to be where one did not fit."""
    room = model.room()

    def fits(width: int, height: int) -> bool:
        return model.budget.working(width, height) <= room

    return OutOfMemory(smaller((recipe.width, recipe.height), sizes, fits))
