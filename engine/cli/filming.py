"""`etascope compare --animation`: the cells denoising together, kept and saved as one film."""

from collections.abc import Mapping
from pathlib import Path

from engine.commands import JobId
from engine.compare.axes import Cell, Plan
from engine.compare.film import Run, film
from engine.compare.linking import Link, track
from engine.errors import BadSetting
from engine.events import Event, Finished
from engine.gallery.files import check_writable, write_file
from engine.preview import PreviewMap


def check_film(path: Path | None, *, force: bool) -> None:
    """Raise an error now if the film cannot be written at the end."""
    if path is None:
        return
    if path.suffix.lower() != ".webp":
        raise BadSetting("animation", f"The animation must end in .webp, not be {path.name!r}.")
    check_writable(path, force=force)


class Films:
    """Listens to the engine, and keeps of each finished cell what can be shown of its way."""

    def __init__(self, plan: Plan, cells: Mapping[JobId, Cell]) -> None:
        self._plan, self._cells = plan, cells
        self._finished: list[tuple[Cell, Finished]] = []
        self._looks: dict[str, PreviewMap] = {}

    def hear(self, event: Event) -> None:
        """Take in a finished cell."""
        if not isinstance(event, Finished):
            return
        cell = self._cells[event.job]
        self._finished.append((cell, event))
        if event.preview is not None:  # better with every picture
            self._looks[cell.recipe.model] = event.preview

    def save(self, path: Path, link: Link, *, force: bool) -> None:
        """Write the film of all that was finished, which is one cell at least."""
        runs = [self._run(cell, finished) for cell, finished in self._finished]
        write_file(path, film(self._plan, runs, link), force=force)

    def _run(self, cell: Cell, finished: Finished) -> Run:
        way, recipe = finished.trajectory, cell.recipe
        sigma = () if way.sigma is None else tuple(map(float, way.sigma))
        steps = track(recipe.sampler, len(way), sigma)
        return Run(cell, steps, finished.picture.pixels, way.x0, self._looks.get(recipe.model))
