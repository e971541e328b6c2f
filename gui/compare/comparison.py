"""A comparison that is alive: its cells run, are stopped, rolled again, and kept on disk."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.commands import Destination, Job, JobId
from engine.compare.axes import Plan
from engine.compare.cost import Pace, read_pace
from engine.compare.figures import identical
from engine.compare.judging import Trial
from engine.compare.keep import grid_path
from engine.compare.stopwatch import Stopwatch
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Failed,
    Finished,
    Paused,
    Previewed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.paths import current_paths
from engine.recipe import Recipe
from gui.compare.cells import OPEN, LiveCell, State, is_due, moved_with, placed, reopened
from gui.compare.keeper import Keeper, Snapshot, home_of, snapshot
from gui.compare.likenesses import Likenesses
from gui.reel import Reel, new_reel
from gui.session import Session

_WRITE_EVERY = 2000  # ms, while cells come in one after another


class Comparison(QObject):
    """The cells of one plan. `changed` says that one has something new to show.

    `laid_out` comes when there are other cells, `rested` when none waits or runs any more.
    """

    laid_out = Signal()
    changed = Signal(LiveCell)
    rested = Signal()
    troubled = Signal(Problem)

    def __init__(
        self, session: Session, keeper: Keeper | None = None, parent: QObject | None = None
    ) -> None:
        # Without a parent it would go with Python's garbage, in whichever thread that is collected,
        # and the engine's next word would reach an object that is half gone.
        super().__init__(parent)
        self.plan: Plan | None = None
        self.cells: list[LiveCell] = []
        self.path: Path | None = None
        self.trial: Trial | None = None
        self.pace: Pace = read_pace(current_paths().cache)
        self.keeper = keeper or Keeper()
        self._likenesses = Likenesses(self.keeper, self)
        self._session = session
        self._by_job: dict[JobId, LiveCell] = {}
        self._watch = Stopwatch(self.pace)
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.setInterval(_WRITE_EVERY)
        self._listen()
        session.enders.append(self.keeper.close)

    # What it is

    @property
    def reference(self) -> LiveCell | None:
        """The cell that all are compared with."""
        return self._likenesses.reference

    def missing(self, plan: Plan) -> list[Recipe]:
        """Return the recipes of a plan that are not made yet and not on their way."""
        there = {cell.planned for cell in self.cells if not is_due(cell)}
        return [cell.recipe for cell in plan.cells if cell.recipe not in there]

    def lay_out(self, plan: Plan) -> None:
        """Show the cells of a plan; those that are there already stay as they are.

        The file of the comparison stays the same while it only grows. Cells that the plan has no
        longer are stopped, but for those that are pinned: they stay beside the others.
        """
        there = {cell.planned: cell for cell in self.cells}
        wanted = {cell.recipe for cell in plan.cells}
        gone = [cell for planned, cell in there.items() if planned not in wanted]
        if not there or any(cell.at for cell in gone):
            if self._writing.isActive():  # what is new belongs into the file so far
                self.write()
            self.path = self.trial = None
        cells = [placed(there.get(one.recipe), one) for one in plan.cells]
        for cell in gone:
            if cell.pinned:
                cell.at = ()
                cells.append(cell)
            else:
                self.stop([cell])
        self.take(plan, cells)

    def open_count(self) -> int:
        """Return how many cells run or wait."""
        return sum(cell.state in OPEN for cell in self.cells)

    def same(self) -> list[tuple[LiveCell, LiveCell]]:
        """Return the pairs of cells whose pictures are the same throughout."""
        return identical({cell: cell.sha256 for cell in self.cells if cell.state is State.DONE})

    def judged(self) -> dict[str, LiveCell]:
        """Return the cells that can be judged, by their pictures' digests: no picture twice."""
        done = [cell for cell in self.cells if cell.picture is not None and cell.sha256]
        return {cell.sha256: cell for cell in reversed(done) if cell.at}

    # Running

    def run(self, cells: Iterable[LiveCell]) -> None:
        """Have cells made; a stopped one goes on from where it was."""
        due = [cell for cell in cells if is_due(cell)]
        if not due and self.path is not None:
            return
        # One model is in memory at a time: first all cells of the one that is there.
        models = [self._session.in_memory, *(cell.recipe.model for cell in due)]
        due.sort(key=lambda cell: models.index(cell.recipe.model))
        folder = self.folder()
        jobs = [self._job(cell, folder) for cell in due]
        self.path = self.path or grid_path(folder)
        if jobs:
            self._session.submit_apart(jobs)
        self._write_soon()

    def run_missing(self) -> None:
        """Have all cells made that are wanted and not there."""
        self.run([cell for cell in self.cells if cell.state is not State.LEFT_OUT])

    def stop(self, cells: Iterable[LiveCell]) -> None:
        """Stop cells that run or wait; what they have come to stays."""
        for cell in cells:
            if cell.job is not None and cell.state in OPEN:
                self._session.cancel(cell.job)

    def stop_all(self) -> None:
        self.stop(self.cells)

    def roll(self, cell: LiveCell, seed: int) -> None:
        """Make a cell again from other noise; its old picture stays in the gallery."""
        self._let_go(cell, State.MISSING)
        cell.recipe = replace(cell.recipe, seed=seed)
        self.run([cell])
        self.changed.emit(cell)

    def remove(self, cell: LiveCell) -> None:
        """Leave a cell out, also while it runs; its picture stays in the gallery."""
        cell.pinned = False
        self._let_go(cell, State.LEFT_OUT)
        self._write_soon()
        self.changed.emit(cell)
        self._drop_loose()

    def pin(self, cell: LiveCell) -> None:
        """Keep a cell in sight whatever becomes of the axes, or no longer.

        While there is no reference, a finished one becomes it.
        """
        cell.pinned = not cell.pinned
        if cell.pinned and self.reference is None and cell.state is State.DONE:
            self.refer_to(cell)
        self._write_soon()
        self.changed.emit(cell)
        self._drop_loose()

    def judge(self, trial: Trial) -> None:
        """Take note of how a blind test stands, and have it kept."""
        self.trial = trial
        self._write_soon()

    def _drop_loose(self) -> None:
        """Let go what is neither pinned nor on the axes any more."""
        loose = [cell for cell in self.cells if not cell.at and not cell.pinned]
        if loose and self.plan is not None:
            self.stop(loose)
            self.take(self.plan, [cell for cell in self.cells if cell not in loose])

    def refer_to(self, cell: LiveCell | None) -> None:
        """Compare all cells with this one."""
        self._likenesses.refer_to(cell, self.cells)

    # The disk

    def folder(self) -> Path:
        """Return where its pictures go: to those that are there, else where all new ones go."""
        return home_of(self.cells, self.path) or self._session.pictures.folder

    @Slot(list)
    def follow(self, moved: Sequence[tuple[Path, Path]]) -> None:
        """Take note that files or folders are elsewhere now, of which some may be its own."""
        for old, new in moved:
            if self.path is not None:
                self.path = moved_with(self.path, old, new)
            for cell in self.cells:
                cell.follow(old, new)

    def snapshot(self, path: Path) -> Snapshot | None:
        """Return what is to be written; None where there is nothing."""
        if self.plan is None or not self.cells:
            return None
        return snapshot(path, self.plan, self.cells, self.folder().name, self.trial)

    def write(self) -> None:
        """Have the comparison's own file brought up to date."""
        self._writing.stop()
        snapshot = None if self.path is None else self.snapshot(self.path)
        if snapshot is not None:
            self.keeper.save(snapshot)

    def close(self) -> None:
        """Have what is new written, at the end; the session waits for it."""
        for cell in self.cells:
            if cell.state in OPEN:
                cell.seconds = cell.elapsed() if cell.state is State.RUNNING else cell.before
        if self._writing.isActive() or self.open_count():
            self.write()
        self.pace.write(current_paths().cache)

    def take(self, plan: Plan, cells: list[LiveCell]) -> None:
        """Have these cells instead of those that were there."""
        self.plan, self.cells = plan, cells
        self._by_job = {cell.job: cell for cell in cells if cell.job is not None}
        if self.reference is not None and self.reference not in cells:
            self.refer_to(None)
        self.laid_out.emit()

    def adopt(self, job: Job) -> None:
        """Have a job, that was cut off and goes on, make the cell that is missing for it."""
        for cell in self.cells:
            if cell.recipe == job.recipe and cell.state is State.MISSING and not cell.unread:
                cell.state, cell.job = State.WAITING, job.id
                self._by_job[job.id] = cell
                self.changed.emit(cell)
                return

    # Inside

    def _job(self, cell: LiveCell, folder: Path) -> Job:
        job = Job(
            cell.recipe,
            Destination(folder=folder),
            answers=cell.answers,
            of=cell.job if cell.answers is not None else None,
        )
        answers, before = cell.answers, cell.seconds
        cell.clear(State.WAITING)
        cell.job, cell.answers, cell.before = job.id, answers, before
        self._by_job[job.id] = cell
        self.changed.emit(cell)
        return job

    def _let_go(self, cell: LiveCell, state: State) -> None:
        if cell.job is not None:
            self._by_job.pop(cell.job, None)
            if cell.state in OPEN:
                self._session.cancel(cell.job)
        cell.clear(state)
        if self.reference is cell:
            self.refer_to(None)

    def _write_soon(self) -> None:
        if not self._writing.isActive():
            self._writing.start()

    def _listen(self) -> None:
        bridge = self._session.bridge
        bridge.started.connect(self._on_started)
        bridge.stepped.connect(self._on_stepped)
        bridge.previewed.connect(self._on_previewed)
        bridge.finished.connect(self._on_finished)
        bridge.saved.connect(self._on_saved)
        bridge.unsaved.connect(self._on_unsaved)
        bridge.failed.connect(self._on_failed)
        bridge.cancelled.connect(self._on_cancelled)
        bridge.paused.connect(self._on_paused)
        self._writing.timeout.connect(self.write)
        self.keeper.digested.connect(self._on_digested)
        self._likenesses.changed.connect(self.changed)
        self.keeper.failed.connect(self.troubled)
        self.keeper.moved.connect(self.follow)

    @Slot(Started)
    def _on_started(self, event: Started) -> None:
        cell = self._by_job.get(event.job)
        if cell is None:
            return
        reel = new_reel(event, cell.recipe)
        reel.made_on = self._session.environment
        cell.show(reel)
        cell.state, cell.since = State.RUNNING, monotonic()
        self._watch.began(event.job, cell.recipe, cell.since)
        self._session.jobs.started(event, cell.since)
        self._session.progressed.emit()
        self.changed.emit(cell)

    @Slot(Stepped)
    def _on_stepped(self, event: Stepped) -> None:
        cell = self._by_job.get(event.job)
        if cell is not None:
            cell.calls = event.calls
            self._watch.asked(event.job, event.calls, monotonic())
            self.changed.emit(cell)

    @Slot(Previewed)
    def _on_previewed(self, event: Previewed) -> None:
        cell = self._by_job.get(event.job)
        if cell is not None and cell.reel is not None and cell.state is State.RUNNING:
            cell.reel.grow(event)
            self.changed.emit(cell)

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        self._watch.ended(event.job, monotonic())
        cell = self._by_job.get(event.job)
        if cell is None:
            return
        if cell.reel is None:  # adopted when it was on its way already
            cell.show(reopened(cell, event.picture.pixels, Path(), event.trajectory))
        self._show_finished(cell, event)

    def _show_finished(self, cell: LiveCell, event: Finished) -> None:
        if cell.reel is None:
            return
        cell.reel.picture, cell.reel.made_on = event.picture.pixels, event.picture.environment
        cell.reel.settle(event.trajectory, self._session.preview_map_of(cell.recipe.model))
        cell.take(event)
        cell.environment, cell.answers = event.picture.environment, None
        cell.state = State.DONE
        self.keeper.take_digest(cell.reel, event.picture.pixels)
        if cell is self.reference:
            self.refer_to(cell)
        self._likenesses.measure(cell)
        self.changed.emit(cell)

    @Slot(Saved)
    def _on_saved(self, event: Saved) -> None:
        cell = self._by_job.get(event.job)
        if cell is not None:
            cell.path = event.path
            self._ended(cell)

    @Slot(Unsaved)
    def _on_unsaved(self, event: Unsaved) -> None:
        cell = self._by_job.get(event.job)
        if cell is not None:
            cell.problem = event.problem.message
            self._ended(cell)

    @Slot(Failed)
    def _on_failed(self, event: Failed) -> None:
        cell = None if event.job is None else self._by_job.get(event.job)
        if cell is not None and event.job is not None:
            self._watch.ended(event.job, monotonic())
            cell.clear(State.FAILED)
            cell.problem = event.problem.message
            self._ended(cell)

    @Slot(Cancelled)
    def _on_cancelled(self, event: Cancelled) -> None:
        self._watch.ended(event.job, monotonic())
        cell = self._by_job.get(event.job)
        if cell is None or cell.state not in OPEN:
            return
        cell.seconds, cell.state = cell.elapsed(), State.STOPPED
        if event.trajectory is not None and cell.reel is not None:
            shown_by = self._session.preview_map_of(cell.recipe.model)
            cell.reel.settle(event.trajectory, shown_by)
            cell.answers = event.trajectory.answers
        self._ended(cell)

    @Slot(Paused)
    def _on_paused(self, _: Paused) -> None:
        self._watch.held()

    def _ended(self, cell: LiveCell) -> None:
        self._write_soon()
        self.changed.emit(cell)
        if not self.open_count():
            self.pace.write(current_paths().cache)
            self.write()
            self.rested.emit()

    @Slot(object, str)
    def _on_digested(self, reel: Reel, digest: str) -> None:
        for cell in [one for one in self.cells if one.reel is reel]:
            cell.sha256 = digest
            self._write_soon()
            self.changed.emit(cell)
