"""Measures what a model call takes here while cells run in lock-step."""

from engine.commands import JobId
from engine.compare.cost import Pace
from engine.recipe import Recipe

_LEAST_CALLS = 8
"""Fewer say more about warming up than about the machine."""


class Stopwatch:
    """Runs while jobs run, however many at once; at the end of them all, `pace` learns of it.

    Only runs whose jobs all cost the same a call are counted. Times are of any steady clock.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._calls: dict[JobId, int] = {}
        self._recipe: Recipe | None = None
        self._mixed = False
        self._since = 0.0
        self._done = 0

    def began(self, job: JobId, recipe: Recipe, now: float) -> None:
        """A job has been given its lane."""
        if not self._calls:
            self._recipe, self._mixed, self._since, self._done = recipe, False, now, 0
        elif self._recipe is not None and not _alike(recipe, self._recipe):
            self._mixed = True
        self._calls[job] = 0

    def asked(self, job: JobId, calls: int, now: float) -> None:
        """A job has had so many model calls in all; the first ones pay for warming up."""
        if job not in self._calls:
            return
        if not self._done and not any(self._calls.values()):
            self._since = now
        else:
            self._done += calls - self._calls[job]
        self._calls[job] = calls

    def ended(self, job: JobId, now: float) -> None:
        """A job has come to its end, whichever."""
        if self._calls.pop(job, None) is None or self._calls:
            return
        if self._recipe is not None and not self._mixed and self._done >= _LEAST_CALLS:
            self._pace.note(self._recipe, self._done, now - self._since)


def _alike(one: Recipe, other: Recipe) -> bool:
    """Whether a call costs both the same."""
    same = one.model == other.model and one.width * one.height == other.width * other.height
    return same and (one.guidance > 1) == (other.guidance > 1)
