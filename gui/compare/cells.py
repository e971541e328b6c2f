"""One cell of a comparison while it is alive: what it is to become, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from time import monotonic

from engine.commands import Answers, JobId
from engine.compare.again import planned
from engine.compare.axes import Cell, Place, Plan
from engine.compare.figures import Likeness
from engine.compare.keep import KeptCell
from engine.compare.linking import Track, track
from engine.events import Finished
from engine.recipe import Environment, Pixels, Recipe
from engine.trajectory import Trajectory
from gui.reel import Reel
from gui.words import marked, tr


class State(Enum):
    """Where a cell is on its way, in the words that the window has for it."""

    MISSING = marked("not run yet")
    WAITING = marked("waits its turn")
    RUNNING = marked("runs")
    DONE = marked("done")
    STOPPED = marked("stopped")
    FAILED = marked("failed")
    LEFT_OUT = marked("left out")


OPEN = (State.WAITING, State.RUNNING)

_GONE = marked("picture gone or changed")
"""What is said instead of a cell that was made, and is not to be found."""


@dataclass(slots=True, eq=False)
class LiveCell:
    """A cell as the window knows it.

    `planned` is the recipe that the axes give it; `recipe` differs from it in the seed once the
    cell has been rolled again. `answers` are those that a stopped run goes on from, `before` the
    seconds that it had taken; `unread` is what a file tells of it until its picture has been read,
    `gone` that this could not be done. One that is `pinned` stays when the axes change; `at` is
    empty while it has no place on them.
    """

    planned: Recipe
    recipe: Recipe
    at: tuple[Place, ...]
    state: State = State.MISSING
    job: JobId | None = None
    reel: Reel | None = None
    path: Path | None = None
    sha256: str = ""
    calls: int = 0
    seconds: float = 0.0
    before: float = 0.0
    since: float | None = None
    problem: str = ""
    environment: Environment | None = None
    answers: Answers | None = None
    likeness: Likeness | None = None
    unread: KeptCell | None = None
    gone: bool = False
    pinned: bool = False
    _track: Track | None = field(default=None)

    @property
    def steps(self) -> int:
        """The steps of its whole way."""
        return self.recipe.steps if self.reel is None else max(len(self.reel.t), 1)

    @property
    def reached(self) -> int:
        """The last step taken that can be looked at."""
        return 0 if self.reel is None else self.reel.reached

    @property
    def picture(self) -> Pixels | None:
        """The finished picture."""
        return None if self.reel is None else self.reel.picture

    @property
    def is_rolled(self) -> bool:
        """Whether it has another seed than its axes give it."""
        return self.recipe.seed != self.planned.seed

    def track(self) -> Track:
        """Return its steps, for a scrubber that links them with others'."""
        if self._track is None:
            sigma = () if self.reel is None else self.reel.sigma
            self._track = track(self.recipe.sampler, self.steps, sigma)
        return self._track

    def show(self, reel: Reel | None) -> None:
        """Have it show another run."""
        self.reel, self._track = reel, None

    def clear(self, state: State) -> None:
        """Forget what has been made, to be made again or left out."""
        self.show(None)
        self.state, self.job, self.path, self.sha256 = state, None, None, ""
        self.calls, self.seconds, self.since, self.problem = 0, 0.0, None, ""
        self.before = 0.0
        self.answers, self.likeness, self.unread, self.gone = None, None, None, False

    def elapsed(self) -> float:
        """Return the seconds that it has taken, so far or in all."""
        running = self.state is State.RUNNING and self.since is not None
        return self.before + monotonic() - (self.since or 0.0) if running else self.seconds

    def take(self, made: Finished) -> None:
        """Take what its picture has cost, with what came before it was stopped, if it was.

        Where the seconds of the first part are not known, those of all are not either.
        """
        self.calls = len(made.trajectory.answers)
        if made.nfe == self.calls:
            self.seconds = made.seconds
        else:
            self.seconds = self.before + made.seconds if self.before else 0.0

    def follow(self, old: Path, new: Path) -> None:
        """Take note that a file or a folder, which may be its picture's, is elsewhere now."""
        if self.path is not None:
            self.path = moved_with(self.path, old, new)
        if self.reel is not None and self.reel.path is not None:
            self.reel.path = moved_with(self.reel.path, old, new)

    def kept(self) -> KeptCell:
        """Return it as its comparison's file tells it."""
        if self.unread is not None:
            return replace(self.unread, at=self.at, pinned=self.pinned)
        done = self.state is State.DONE and self.path is not None
        counts = done or self.state in OPEN
        return KeptCell(
            self.recipe,
            self.at,
            self.path.name if done and self.path is not None else "",
            self.sha256 if done else "",
            self.seconds if counts else 0.0,
            self.calls if done else 0,
            self.planned.seed if self.is_rolled else None,
            self.state is State.LEFT_OUT,
            self.pinned,
        )


def moved_with(path: Path, old: Path, new: Path) -> Path:
    """Return where a path leads once the file or folder `old` is called `new`."""
    return new / path.relative_to(old) if path.is_relative_to(old) else path


def is_due(cell: LiveCell) -> bool:
    """Whether it is to be made: it is not there, and neither on its way nor being read."""
    return cell.state not in {*OPEN, State.DONE} and cell.unread is None


def standing(cell: LiveCell) -> str:
    """Return how a cell stands, in a few words."""
    return tr(_GONE) if cell.gone and cell.state is State.MISSING else tr(cell.state.value)


def capital(cell: LiveCell) -> str:
    """Return how a cell stands, as the beginning of a sentence."""
    words = standing(cell)
    return words[0].upper() + words[1:]


def live_cell(kept: KeptCell) -> LiveCell:
    """Return the cell that a file tells of, before its picture has been read."""
    cell = LiveCell(planned(kept), kept.recipe, kept.at, pinned=kept.pinned)
    cell.unread = kept if kept.file else None
    cell.before = 0.0 if kept.file else kept.seconds
    if kept.left_out:
        cell.state = State.LEFT_OUT
    return cell


def placed(cell: LiveCell | None, one: Cell) -> LiveCell:
    """Return the cell that is there for a recipe, at its places now, or a new one."""
    if cell is None:
        return LiveCell(one.recipe, one.recipe, one.at)
    cell.at = one.at
    return cell


def wanted(plan: Plan, cells: Iterable[LiveCell]) -> Plan:
    """Return a plan without what is left out."""
    gone = {cell.planned for cell in cells if cell.state is State.LEFT_OUT}
    return replace(plan, cells=tuple(one for one in plan.cells if one.recipe not in gone))


def reopened(cell: LiveCell, pixels: Pixels, path: Path, way: Trajectory | None) -> Reel:
    """Return the reel of a cell whose picture was read, with its steps if they were kept."""
    steps = max(cell.recipe.steps, 1)
    if way is None or way.sigma is None or way.recipe != cell.recipe or not len(way):
        reel = Reel(f"kept {path}", cell.recipe, (0.0,) * steps, (), reached=steps)
    else:
        t, sigma = tuple(map(float, way.t)), tuple(map(float, way.sigma))
        reel = Reel(f"kept {path}", cell.recipe, t, sigma, reached=len(t), trajectory=way)
    reel.picture, reel.path = pixels, path
    return reel


def without_answers(way: Trajectory) -> Trajectory:
    """Return the part of a path that can be looked at: a third less to hold on to."""
    return replace(way, answers=way.answers[:0].copy())  # a mere view would keep all of them
