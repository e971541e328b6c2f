"""What of comparisons touches the disk or takes long, in a thread of its own."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from engine.commands import Destination
from engine.compare.axes import Cell, Plan
from engine.compare.figures import likeness
from engine.compare.judging import Trial
from engine.compare.keep import Grid, KeptCell, digest, read_grid, save_grid
from engine.compare.strays import with_strays
from engine.compare.words import label
from engine.errors import BadSetting, KnownError, PictureError, Problem, problem_of
from engine.gallery.files import make_folder, write_file
from engine.gallery.store import check_destination, gallery_folder, open_picture
from engine.paths import current_paths
from engine.recipe import Environment, Pixels
from engine.trajectory import Trajectory, kept_file, read_trajectory
from gui.compare.cells import LiveCell, without_answers
from gui.reel import Reel
from gui.words import tr

Folder = tuple[int, int]
"""Its device and inode: what stays the same of it when it is renamed."""
LONGEST_GOODBYE = 700
"""Milliseconds that `close` waits for what is being written."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A comparison as it is to be written: where to, what, the finished pictures, their files."""

    path: Path
    plan: Plan
    grid: Grid
    pictures: tuple[tuple[Cell, Pixels, str], ...]
    files: tuple[Path, ...] = ()


def snapshot(
    path: Path, plan: Plan, cells: Sequence[LiveCell], gallery: str, trial: Trial | None
) -> Snapshot:
    """Return a comparison's cells as they are to be written now; those without a place beside."""
    done = [(cell, cell.picture) for cell in cells if cell.picture is not None]
    environment = next((cell.environment for cell, _ in done if cell.environment), None)
    grid = Grid(
        plan.axes,
        tuple(cell.kept() for cell in cells if cell.at),
        plan.skipped,
        environment,
        gallery,
        plan.equal,
        plan.weights,
        beside=tuple(cell.kept() for cell in cells if not cell.at),
        trial=trial,
    )
    pictures = tuple(
        (Cell(cell.recipe, cell.at), pixels, _caption(cell, plan))
        for cell, pixels in done
        if cell.at
    )
    files = tuple(cell.path for cell in cells if cell.path is not None)
    return Snapshot(path, plan, grid, pictures, files)


def _caption(cell: LiveCell, plan: Plan) -> str:
    """Return what is written under a finished cell on the sheet."""
    calls = "1 model call" if cell.calls == 1 else f"{cell.calls} model calls"
    return calls if plan.equal == "steps" else f"{label('steps', cell.recipe.steps)}, {calls}"


@dataclass(frozen=True, slots=True, eq=False)
class ReadCell:
    """A cell's picture as it was read, by its number in the grid; None if it is not there.

    Those that the grid has beside its cells are counted on from them.
    """

    grid: Path
    number: int
    kept: KeptCell
    path: Path
    pixels: Pixels | None
    environment: Environment | None = None
    trajectory: Trajectory | None = None


class Keeper(QObject):
    """Writes and reads comparisons, and computes how like their cells are.

    `moved` tells of files, as (old, new), that were found elsewhere: somebody else has moved them.
    """

    moved = Signal(list)
    opened = Signal(Path, Grid)
    read = Signal(ReadCell)
    recalled = Signal(object, Trajectory)
    digested = Signal(object, str)
    measured = Signal(object, object)
    written = Signal(Path)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._lock = threading.Lock()
        self._newest: dict[Path, Snapshot] = {}
        self._closing = threading.Event()
        self._there: dict[Path, Folder | None] = {}

    def save(self, snapshot: Snapshot) -> None:
        """Have a comparison's file replaced; of several of one only the newest is written."""
        with self._lock:
            waits = snapshot.path in self._newest
            self._newest[snapshot.path] = snapshot
        if not waits:
            self._pool.start(self._save)

    def write(self, path: Path, data: bytes) -> None:
        """Have a file of the user's choosing written, replacing what he was asked about."""
        self._pool.start(partial(self._write, path, data))

    def copy_sheet(self, snapshot: Snapshot) -> None:
        """Have the labelled sheet written where the user wants it."""
        self._pool.start(partial(self._copy, snapshot))

    def open(self, path: Path) -> None:
        """Have a comparison read: `opened`, then `read` for each of its cells, or `failed`."""
        self._pool.start(partial(self._open, path))

    def open_newest(self, folder: Path) -> None:
        """Have the newest comparison of a gallery read, if there is one."""
        self._pool.start(partial(self._open_newest, folder))

    def recall(self, reel: Reel, picture: Path) -> None:
        """Have the whole path of a picture read, before all else; `recalled` follows if it is."""
        self._pool.start(partial(self._recall, reel, picture), 2)

    def take_digest(self, key: object, pixels: Pixels) -> None:
        """Have a picture's digest taken; `digested` follows."""
        self._pool.start(lambda: self.digested.emit(key, digest(pixels)), 1)

    def measure(self, key: object, pixels: Pixels, reference: Pixels) -> None:
        """Have two pictures compared; `measured` follows."""
        self._pool.start(lambda: self.measured.emit(key, likeness(pixels, reference)))

    def close(self) -> bool:
        """Wait a little for what is being written; return whether that is done.

        What is still to be read is not: what is to be written would wait for it.
        """
        self._closing.set()
        return self._pool.waitForDone(LONGEST_GOODBYE)

    # In the thread.

    def _save(self) -> None:
        with self._lock:
            snapshot = self._newest.pop(next(iter(self._newest)))
        snapshot = self._followed(snapshot)
        if self._write_sheet(snapshot):
            self._there[snapshot.path] = _which(snapshot.path.parent)

    def _followed(self, snapshot: Snapshot) -> Snapshot:
        """Return what is to be written where the comparison is now.

        Its gallery may have been renamed, or moved, by another program while cells were made.
        """
        path, folder = snapshot.path, snapshot.path.parent
        if path not in self._there or _is_there(path):
            return snapshot
        before = self._there.pop(path)
        if before is not None and _which(folder) == before:
            return snapshot  # only the grid was thrown away
        home = next((one for one in _galleries() if _is_there(one / path.name)), None)
        gone = not all(map(_is_there, snapshot.files))
        if home is not None:
            files = [one for one in (path, *snapshot.files) if one.parent == folder]
            moved = [(one, home / one.name) for one in files if _is_there(home / one.name)]
            self.moved.emit(moved)
            if gone:
                self.failed.emit(_renamed(folder.name, home.name))
            return replace(snapshot, path=home / path.name)
        if gone and _is_there(folder.parent):  # else a disk is away
            self.failed.emit(_gone(folder.name))
        return snapshot

    def _copy(self, snapshot: Snapshot) -> None:
        if self._write_sheet(snapshot):
            self.written.emit(snapshot.path)

    def _write_sheet(self, snapshot: Snapshot) -> bool:
        """Write a comparison's file; return whether that could be done."""
        from engine.compare.sheet import Sheet  # noqa: PLC0415 - its fonts take time to be found

        try:
            sheet = Sheet(snapshot.plan)
            for cell, pixels, caption in snapshot.pictures:
                sheet.put(cell, pixels, caption)
            _make_gallery(snapshot.path.parent)
            save_grid(snapshot.path, sheet.pixels, snapshot.grid, force=True)
        except (KnownError, OSError) as error:
            self.failed.emit(problem_of(error))
            return False
        return True

    def _write(self, path: Path, data: bytes) -> None:
        try:
            self.written.emit(write_file(path, data, force=True))
        except (KnownError, OSError) as error:
            self.failed.emit(problem_of(error))

    def _recall(self, reel: Reel, picture: Path) -> None:
        with suppress(KnownError, OSError):
            self.recalled.emit(reel, read_trajectory(_way_of(picture)))

    def _open_newest(self, folder: Path) -> None:
        with suppress(OSError, KnownError):
            for path in sorted(folder.glob("*-grid.png"), reverse=True):
                if read_grid(path) is not None:
                    self._open(path)
                    return

    def _open(self, path: Path) -> None:
        try:
            grid = read_grid(path)
            if grid is None:
                raise PictureError(
                    tr("{name} is no comparison.", name=path.name),
                    tr("Choose a grid that Etascope has made."),
                )
        except (KnownError, OSError) as error:
            self.failed.emit(problem_of(error))
            return
        self._there[path] = _which(path.parent)
        grid = with_strays(path, grid)
        self.opened.emit(path, grid)
        for number, cell in enumerate((*grid.cells, *grid.beside)):
            if self._closing.is_set():
                return
            if cell.file:
                picture = _picture_of(path, grid.gallery, cell)
                self.read.emit(_read(path, number, cell, picture))


def _make_gallery(folder: Path) -> None:
    """Make the folder of a gallery if need be, and no other; raises StorageError.

    What is made in the place of a disk that is away would hide below it.
    """
    if folder.parent == current_paths().galleries:
        check_destination(Destination(folder=folder))
        make_folder(folder)


def home_of(cells: Sequence[LiveCell], grid: Path | None) -> Path | None:
    """Return the folder of a comparison's pictures; None where none is made yet."""
    made = next((cell.path for cell in cells if cell.path is not None), None)
    if made is not None:
        return made.parent
    # A copy of a grid may lie anywhere; pictures are kept in galleries.
    in_gallery = grid is not None and grid.parent.parent == current_paths().galleries
    return grid.parent if grid is not None and in_gallery else None


def _picture_of(grid: Path, gallery: str, kept: KeptCell) -> Path:
    """Return where a cell's picture is: beside its grid, or in a gallery, at best its own.

    A grid may be a copy, and galleries are renamed while cells are made. A name says nothing of
    what is in the file, but the digest does.
    """
    beside = grid.parent / kept.file
    if not kept.sha256 or _is_there(beside):
        return beside
    homes: list[Path] = []
    with suppress(BadSetting):
        homes = [gallery_folder(gallery)]
    found = (home / kept.file for home in (*homes, *_galleries()))
    return next(filter(_is_there, found), beside)


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - unlike Path.exists it never raises


def _which(folder: Path) -> Folder | None:
    """Return which folder it is; another that is made in its place is another one."""
    with suppress(OSError):
        told = folder.stat()
        return told.st_dev, told.st_ino
    return None


def _galleries() -> list[Path]:
    """Return the folders of all galleries; none where they cannot be looked into."""
    with suppress(OSError):
        return sorted(one for one in current_paths().galleries.iterdir() if one.is_dir())
    return []


def _renamed(old: str, new: str) -> Problem:
    return Problem(
        tr(
            "The gallery {old} is called {new} now; the comparison goes on there.", old=old, new=new
        ),
        tr("Move there what is still saved in {old}: it was on its way.", old=old),
    )


def _gone(gallery: str) -> Problem:
    return Problem(
        tr("The gallery {name} is gone; the comparison goes on in a new one.", name=gallery),
        tr("Put its pictures back there, and the grid finds them again."),
    )


def _read(grid: Path, number: int, kept: KeptCell, path: Path) -> ReadCell:
    """Read a cell's picture and its steps; a picture that is another one now is not taken."""
    nothing = ReadCell(grid, number, kept, path, None)
    try:
        stored = open_picture(path)
    except (KnownError, OSError):
        return nothing
    told = digest(stored.pixels)
    if kept.sha256 and told != kept.sha256:
        return nothing
    nothing = replace(nothing, kept=replace(kept, sha256=told))
    made_on = None if stored.reading is None else stored.reading.environment
    there, way = replace(nothing, pixels=stored.pixels, environment=made_on), _way_of(path)
    with suppress(KnownError, OSError):
        if way.exists():
            trajectory = read_trajectory(way)
            kept = replace(there.kept, calls=len(trajectory.answers))
            return replace(there, kept=kept, trajectory=without_answers(trajectory))
    return there


def _way_of(picture: Path) -> Path:
    return kept_file(current_paths().data / "trajectories", picture)
