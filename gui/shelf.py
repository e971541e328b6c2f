"""The finished reels that are kept, so that the newest pictures can be scrubbed again."""

from pathlib import Path

from engine.commands import JobId
from gui.reel import Reel

BUDGET = 256 * 2**20
"""Bytes that the reels may take together; the newest is kept whatever it takes."""


class Shelf:
    """Holds reels by job, the oldest going first."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._reels: dict[JobId, Reel] = {}

    def put(self, reel: Reel) -> None:
        """Keep a finished reel, and forget the oldest ones beyond the budget."""
        self._reels[reel.job] = reel
        taken = sum(one.nbytes for one in self._reels.values())
        for job in list(self._reels)[:-1]:
            if taken <= self.budget:
                return
            taken -= self._reels.pop(job).nbytes

    def by_job(self, job: JobId) -> Reel | None:
        return self._reels.get(job)

    def by_path(self, path: Path) -> Reel | None:
        """Return the reel of a picture on disk, if it is still kept."""
        return next((reel for reel in self._reels.values() if reel.path == path), None)
