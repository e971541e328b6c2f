"""The queue as a Qt list: what runs, what waits in which order, what is held back, what failed.

It is changed at once when the user asks for something; the engine's word that follows finds it so.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from engine.commands import Job, JobId
from engine.errors import Problem
from engine.events import Started, Stepped
from engine.menu import entry
from engine.recipe import Recipe
from gui.jobs import Progress
from gui.retelling import retold
from gui.words import plain, tr

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_TOP = QModelIndex()


@dataclass(slots=True, eq=False)
class Row:
    """One job. `progress` is None until it runs, `problem` until it has failed."""

    job: Job
    progress: Progress | None = None
    problem: Problem | None = None
    paused: bool = False

    @property
    def waits(self) -> bool:
        return self.progress is None and self.problem is None

    def title(self) -> str:
        return " ".join(self.job.recipe.prompt.split()) or tr("Without a prompt")

    def state(self, *, held: bool) -> str:
        """Return how the job stands; `held` says that everything is paused."""
        if self.problem is not None:
            return tr("Failed: {message}", message=retold(self.problem.message))
        if self.progress is None:
            return tr("Paused") if held or self.paused else tr("Waiting")
        if held or self.paused:
            return tr(
                "Paused at step {step} of {steps}",
                step=self.progress.step,
                steps=self.progress.steps,
            )
        return self.progress.sentence()


class Queue(QAbstractListModel):
    """The running jobs, those that wait, and those that failed, in this order.

    `moved` tells of a waiting job that the user has put at another place, 0 being next.
    """

    moved = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.all_paused = False
        self._rows: list[Row] = []
        self._failed = 0
        self._unanswered = 0  # moves of the user's

    def __len__(self) -> int:
        """Return the number of open jobs: those that failed do not count."""
        return len(self._rows) - self._failed

    def __bool__(self) -> bool:
        """Be a thing that is there, also while it is empty."""
        return True

    # What is in it

    def row(self, number: int) -> Row:
        return self._rows[number]

    def find(self, job: JobId) -> Row | None:
        return next((row for row in self._rows if row.job.id == job), None)

    def progress(self) -> Progress | None:
        """Return the progress of the job that has been running longest, if any runs."""
        return next((row.progress for row in self._rows if row.progress is not None), None)

    def first_running(self) -> JobId | None:
        return next((row.job.id for row in self._rows if row.progress is not None), None)

    def waiting(self) -> int:
        """Return how many open jobs come after the one that `progress` is about."""
        return max(len(self) - 1, 0)

    def failures(self) -> list[JobId]:
        return [row.job.id for row in self._rows if row.problem is not None]

    def goes_to(self, folder: Path) -> bool:
        """Return whether a picture for a folder is running or waiting."""
        return any(
            one.problem is None and one.job.destination.folder == folder for one in self._rows
        )

    def is_held(self, row: Row) -> bool:
        """Whether a job may not go on for now."""
        return row.problem is None and (self.all_paused or row.paused)

    def is_held_up(self) -> bool:
        """Whether something is open and all of it is held back."""
        rows = [row for row in self._rows if row.problem is None]
        return bool(rows) and all(self.is_held(row) for row in rows)

    # What happens to it

    def submitted(self, jobs: Sequence[Job]) -> None:
        """Put jobs at the end of those that wait."""
        place = len(self)
        self.beginInsertRows(_TOP, place, place + len(jobs) - 1)
        self._rows[place:place] = [Row(job) for job in jobs]
        self.endInsertRows()

    def started(self, event: Started, now: float) -> None:
        """Put a job behind the others that run."""
        number = self._number(event.job)
        if number is not None:
            self._rows[number].progress = Progress(len(event.t), now)
            running = sum(row.progress is not None for row in self._rows) - 1
            self._move(number, running)
            self._tell(self._number(event.job))

    def stepped(self, event: Stepped, now: float) -> None:
        number = self._number(event.job)
        if number is not None:
            progress = self._rows[number].progress
            if progress is not None:
                progress.stepped(event.step, now)
                self._tell(number)

    def ended(self, job: JobId) -> None:
        self._drop(lambda row: row.job.id == job)

    def failed(self, job: JobId, problem: Problem) -> None:
        """Put a job at the end, to be tried again or forgotten."""
        number = self._number(job)
        if number is not None:
            row = self._rows[number]
            self._failed += row.problem is None
            row.progress, row.problem, row.paused = None, problem, False
            self._move(number, len(self._rows) - 1)
            self._tell(len(self._rows) - 1)

    def clear(self) -> None:
        """Forget the open jobs, and that they were paused."""
        self.all_paused = False
        self._drop(lambda row: row.problem is None)

    def forget(self, jobs: Collection[JobId]) -> None:
        self._drop(lambda row: row.job.id in jobs)

    def pause(self, job: JobId | None) -> None:
        """Note that one job, or everything, is held back."""
        if job is None:
            self.all_paused = True
        self._mark(job, paused=True)

    def resume(self, job: JobId | None, now: float) -> None:
        """Note that one job, or everything, may go on."""
        if job is None:
            self.all_paused = False
            for row in self._rows:
                row.paused = False
        self._mark(job, paused=False)
        for row in self._rows:
            if row.progress is not None and job in {None, row.job.id}:
                row.progress.resumed(now)

    def reorder(self, jobs: Sequence[JobId]) -> None:
        """Bring the waiting jobs into the engine's order, as far as it names them.

        It answers each move. What it says of one before the last is not the order any more.
        """
        self._unanswered = max(self._unanswered - 1, 0)
        if self._unanswered:
            return
        place = sum(row.progress is not None for row in self._rows)
        if list(jobs) == [row.job.id for row in self._rows if row.waits]:
            return  # the user's own doing, which has been shown already
        for job in jobs:
            number = self._number(job)
            if number is not None and self._rows[number].waits:
                self._move(number, place)
                place += 1

    def move_by(self, job: JobId, by: int) -> None:
        """Move a waiting job up (-1) or down (1) among those that wait."""
        number = self._number(job)
        if number is not None and by:
            self.moveRow(_TOP, number, _TOP, number + by + (by > 0))

    # Qt's side

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        state = row.state(held=self.all_paused)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            made = cost(row.job.recipe)
            return tr("{title}, {cost}: {state}", title=row.title(), cost=made, state=state)
        if role == Qt.ItemDataRole.ToolTipRole:
            advice = "" if row.problem is None else f"\n{retold(row.problem.advice)}"
            recipe = row.job.recipe
            made = tr("{cost}, seed {seed}", cost=cost(recipe), seed=recipe.seed)
            return plain(f"{row.title()}\n{made}\n{state}{advice}")
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self._rows[index.row()].waits:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def moveRows(
        self,
        sourceParent: Index,
        sourceRow: int,
        count: int,
        destinationParent: Index,
        destinationChild: int,
    ) -> bool:
        """Move one waiting job before `destinationChild`: Qt asks for this after a drag."""
        first = sum(row.progress is not None for row in self._rows)
        last = len(self) - 1
        if count != 1 or not 0 <= sourceRow < len(self._rows) or not self._rows[sourceRow].waits:
            return False
        target = destinationChild - (destinationChild > sourceRow)
        target = min(max(target, first), last)
        if target == sourceRow:
            return False
        job = self._rows[sourceRow].job.id
        self._move(sourceRow, target)
        self._unanswered += 1
        self.moved.emit(job, target - first)
        return True

    def _number(self, job: JobId) -> int | None:
        return next((k for k, row in enumerate(self._rows) if row.job.id == job), None)

    def _move(self, number: int, target: int) -> None:
        if number != target:
            before = target + (target > number)
            self.beginMoveRows(_TOP, number, number, _TOP, before)
            self._rows.insert(target, self._rows.pop(number))
            self.endMoveRows()

    def _drop(self, gone: Callable[[Row], bool]) -> None:
        """Take rows out, a run of neighbours at a time."""
        end = len(self._rows)
        while end > 0:
            if not gone(self._rows[end - 1]):
                end -= 1
                continue
            start = end - 1
            while start > 0 and gone(self._rows[start - 1]):
                start -= 1
            self.beginRemoveRows(_TOP, start, end - 1)
            self._failed -= sum(row.problem is not None for row in self._rows[start:end])
            del self._rows[start:end]
            self.endRemoveRows()
            end = start

    def _mark(self, job: JobId | None, *, paused: bool) -> None:
        if job is None:
            self._tell_all()
            return
        number = self._number(job)
        if number is not None and self._rows[number].problem is None:
            self._rows[number].paused = paused
            self._tell(number)

    def _tell(self, number: int | None) -> None:
        if number is not None:
            self.dataChanged.emit(self.index(number), self.index(number))

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def cost(recipe: Recipe) -> str:
    """Return what is done for a picture: the sampler's name and its steps."""
    sampler = retold(entry(recipe.sampler).label)
    return tr("{sampler}, {steps}", sampler=sampler, steps=tr("%n step(s)", n=recipe.steps))
