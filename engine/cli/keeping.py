"""Where the command line keeps the paths of the pictures that it puts into galleries."""

from collections.abc import Sequence
from functools import partial

from engine.archive import BUDGET, Archive
from engine.commands import Job
from engine.gallery.index import NAME
from engine.gallery.keepsakes import keepsakes
from engine.paths import current_paths, kept_settings


def archive_for(jobs: Sequence[Job]) -> Archive | None:
    """Return the window's archive, for finished paths only; None if nothing goes to a gallery."""
    paths = current_paths()
    folders = {job.destination.folder for job in jobs}
    if not any(one is not None and one.parent == paths.galleries for one in folders):
        return None
    kept = partial(keepsakes, paths.data / NAME)
    return Archive(paths.data / "trajectories", _budget(), kept, goes_on=False)


def _budget() -> int:
    """Return the bytes that the window's settings allow."""
    gigabytes = kept_settings().get("trajectory_gigabytes")
    return round(gigabytes * 10**9) if isinstance(gigabytes, int | float) else BUDGET
