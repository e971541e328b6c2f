"""Measures what a model call takes here while cells run in lock-step."""

from engine.commands import JobId
from engine.compare.cost import Pace, kind_of, rows
from engine.recipe import Recipe

_LEAST_CALLS = 8
"""Fewer say more about warming up than about the machine."""


class Stopwatch:
    """Runs while jobs run, however many at once; at the end of them all, `pace` learns of it.

    Where jobs of several kinds run together the time is shared out by the rows and the pixels of
    their calls: a guided one has two rows. Jobs of two models never do, and if they did they
    would tell nothing. Times are in seconds of any steady clock.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._calls: dict[JobId, int] = {}
        self._recipes: dict[JobId, Recipe] = {}
        self._done: dict[str, int] = {}
        self._warm = self._held = False
        self._since = 0.0

    def began(self, job: JobId, recipe: Recipe, now: float) -> None:
        """A job has been given its lane."""
        if not self._calls:
            self._recipes, self._done, self._since = {}, {}, now
            self._warm = self._held = False
        self._calls[job], self._recipes[job] = 0, recipe

    def asked(self, job: JobId, calls: int, now: float) -> None:
        """A job has had so many model calls in all; the first ones pay for warming up."""
        if job not in self._calls:
            return
        if not self._warm and not any(self._calls.values()):
            self._since = now
        else:
            self._warm = True
            kind = kind_of(self._recipes[job])
            self._done[kind] = self._done.get(kind, 0) + calls - self._calls[job]
        self._calls[job] = calls

    def held(self) -> None:
        """Jobs are held back for a while: what those that run take tells nothing any more."""
        self._held = True

    def ended(self, job: JobId, now: float) -> None:
        """A job has come to its end, whichever."""
        if self._calls.pop(job, None) is None or self._calls:
            return
        one_model = len({recipe.model for recipe in self._recipes.values()}) == 1
        if one_model and not self._held and sum(self._done.values()) >= _LEAST_CALLS:
            self._note(now - self._since)

    def _note(self, seconds: float) -> None:
        """Share the time out among the kinds of jobs that ran."""
        kinds = {kind_of(recipe): recipe for recipe in self._recipes.values()}
        shares = {kind: calls * _size(kinds[kind]) for kind, calls in self._done.items()}
        for kind, calls in self._done.items():
            share = shares[kind] / sum(shares.values())
            self._pace.note(kinds[kind], calls, share * seconds)


def _size(recipe: Recipe) -> int:
    """Return the pixels of a call's rows together."""
    return rows(recipe) * recipe.width * recipe.height
