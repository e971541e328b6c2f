"""Opening a comparison again: its file, its cells' pictures and steps, jobs that were cut off."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.compare.again import settings_of
from engine.compare.axes import Cell, Plan
from engine.compare.keep import Grid
from engine.draft import Draft
from engine.events import Loaded, Recovered
from engine.trajectory import Trajectory
from gui.compare.cells import LiveCell, State, live_cell, reopened
from gui.compare.comparison import Comparison
from gui.compare.keeper import ReadCell
from gui.reel import Reel
from gui.session import Session


class Reopening(QObject):
    """Fills a comparison from files. `opened` carries the settings that its axes lie over."""

    opened = Signal(Draft)

    def __init__(self, session: Session, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._session = session
        self._comparison = comparison
        self._path: Path | None = None
        self._opened: list[LiveCell] = []
        comparison.keeper.opened.connect(self._on_opened)
        comparison.keeper.read.connect(self._on_read)
        comparison.keeper.recalled.connect(self._on_recalled)
        session.bridge.recovered.connect(self._on_recovered)
        session.loaded.connect(self._on_loaded)

    def begin(self) -> None:
        """Have the newest comparison of the gallery opened, if there is one."""
        if not self._comparison.cells:
            self._comparison.keeper.open_newest(self._session.pictures.folder)

    def open(self, path: Path) -> None:
        """Have a comparison's file opened."""
        self._comparison.keeper.open(path)

    def recall(self, reel: Reel) -> None:
        """Have the answers of a reopened cell read, for a branch to begin with; waits for nobody.

        They were left on the disk: of sixty-four large cells they would fill the memory.
        """
        way = reel.trajectory
        if way is not None and reel.path is not None and not len(way.answers):
            self._comparison.keeper.recall(reel, reel.path)

    @Slot(object, Trajectory)
    def _on_recalled(self, reel: Reel, way: Trajectory) -> None:
        if reel.trajectory is not None and reel.recipe == way.recipe:
            reel.trajectory = replace(reel.trajectory, answers=way.answers)

    @Slot(Path, Grid)
    def _on_opened(self, path: Path, grid: Grid) -> None:
        comparison = self._comparison
        comparison.write()
        comparison.stop_all()
        places = tuple(Cell(kept.recipe, kept.at) for kept in grid.cells)
        comparison.path = path
        cells = [live_cell(kept) for kept in (*grid.cells, *grid.beside)]
        # While they are read the comparison may get others, and another place.
        self._path, self._opened = path, list(cells)
        for cell in cells:
            cell.environment = grid.environment
        comparison.trial = grid.trial
        comparison.take(Plan(grid.axes, places, grid.skipped, grid.equal, grid.weights), cells)
        self.opened.emit(settings_of(grid))
        jobs = self._session.jobs
        for number in range(jobs.rowCount()):
            comparison.adopt(jobs.row(number).job)

    @Slot(Recovered)
    def _on_recovered(self, event: Recovered) -> None:
        """What was cut off last time goes on: its cell waits for it instead of being run again."""
        self._comparison.adopt(event.job)

    @Slot(ReadCell)
    def _on_read(self, read: ReadCell) -> None:
        comparison = self._comparison
        cell = self._opened[read.number] if read.number < len(self._opened) else None
        if read.grid != self._path or cell not in comparison.cells or cell is None:
            return
        cell.unread = None
        if read.pixels is None or cell.state is not State.MISSING:
            cell.gone = cell.state is State.MISSING
            comparison.changed.emit(cell)
            return
        reel = reopened(cell, read.pixels, read.path, read.trajectory)
        reel.made_on = read.environment
        reel.settle(reel.trajectory, self._session.preview_map_of(cell.recipe.model))
        cell.show(reel)
        cell.state, cell.path = State.DONE, read.path
        cell.sha256, cell.seconds, cell.calls = read.kept.sha256, read.kept.seconds, read.kept.calls
        comparison.changed.emit(cell)

    @Slot(Loaded)
    def _on_loaded(self, event: Loaded) -> None:
        """There is a map now by which the steps of reopened cells can be shown."""
        for cell in self._comparison.cells:
            if _wants_map(cell, event.model) and cell.reel is not None:
                cell.reel.settle(cell.reel.trajectory, event.preview)
                self._comparison.changed.emit(cell)


def _wants_map(cell: LiveCell, model: str) -> bool:
    reel = cell.reel
    return reel is not None and reel.preview_map is None and cell.recipe.model == model
