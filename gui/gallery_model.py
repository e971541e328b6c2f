"""The newest pictures of a gallery as a Qt list; files are read in other threads, never here."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage

from engine.errors import KnownError, Problem, problem_of
from engine.gallery import own
from engine.gallery.store import Stored, newest, open_picture, thumbnail
from engine.gallery.texts import read_texts
from engine.paths import current_paths
from engine.trajectory import Trajectory, kept_file, read_trajectory
from gui.pixels import to_image
from gui.words import tr

MOST_SHOWN = 200
LONGEST_READ = 1000
"""Milliseconds that `close` waits for a picture being read, perhaps from a disk that hangs."""

EDGE = 192
"""Longer side of a thumbnail in device pixels: twice what the strip shows, for sharp screens."""

BRANCHED_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Whether a picture goes on from a step of another; not known before its thumbnail is."""

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(slots=True, eq=False)
class _Row:
    path: Path
    image: QImage | None = None
    branched: bool = False
    asked: bool = False


class NewestPictures(QAbstractListModel):
    """The newest of `folder`, and their `total`. A thumbnail is read when first looked at."""

    opened = Signal(Stored)
    remembered = Signal(Stored, Trajectory)
    unreadable = Signal(Problem)

    _listed = Signal(Path, list, int)
    _drawn = Signal(Path, QImage, bool)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.total = 0
        self._rows: list[_Row] = []
        self._readers = QThreadPool()
        self._readers.setMaxThreadCount(1)  # leaves the other cores to the sampler
        self._listed.connect(self._take_list)
        self._drawn.connect(self._take_image)

    def begin(self) -> None:
        """Have the folder listed."""
        self._readers.start(self._list)

    def show_folder(self, folder: Path) -> None:
        """Show the pictures of another folder."""
        self.beginResetModel()
        self.folder, self.total, self._rows = folder, 0, []
        self.endResetModel()
        self.begin()

    def open(self, path: Path) -> None:
        """Have the whole picture read; `opened` or `unreadable` follows.

        Where its path is still kept, `remembered` follows as well.
        """
        self._readers.start(partial(self._open, path), 1)

    def add(self, path: Path) -> None:
        """Put a picture that has just been saved on top."""
        self.put_back(path, 0)

    def take_out(self, row: int) -> None:
        """Take a picture off the list; its file is not touched."""
        self.beginRemoveRows(_TOP, row, row)
        del self._rows[row]
        self.total -= 1
        self.endRemoveRows()

    def put_back(self, path: Path, row: int) -> None:
        """Put a picture where it was taken out."""
        row = min(row, len(self._rows))
        if self.row_of(path) is None:
            self.beginInsertRows(_TOP, row, row)
            self._rows.insert(row, _Row(path))
            self.total += 1
            self.endInsertRows()
            self._trim()

    def _trim(self) -> None:
        """Let go of the oldest beyond what is shown, and of their thumbnails."""
        if len(self._rows) > MOST_SHOWN:
            self.beginRemoveRows(_TOP, MOST_SHOWN, len(self._rows) - 1)
            del self._rows[MOST_SHOWN:]
            self.endRemoveRows()

    def close(self) -> bool:
        """Drop what has not been read, wait a little for what is; return whether that is done."""
        self._readers.clear()
        return self._readers.waitForDone(LONGEST_READ)

    def path(self, row: int) -> Path:
        return self._rows[row].path

    def row_of(self, path: Path) -> int | None:
        return next((k for k, row in enumerate(self._rows) if row.path == path), None)

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._image(row)
        return _said(row, role)

    def _image(self, row: _Row) -> QImage | None:
        if not row.asked:
            row.asked = True
            self._readers.start(partial(self._draw, row.path))
        return row.image

    @Slot(Path, list, int)
    def _take_list(self, folder: Path, paths: list[Path], total: int) -> None:
        if folder != self.folder:
            return  # another one is wanted by now
        listed = set(paths)
        fresh = [row for row in self._rows if row.path not in listed]  # saved in the meantime
        self.beginResetModel()
        self._rows = (fresh + [_Row(path) for path in paths])[:MOST_SHOWN]
        self.total = len(fresh) + total
        self.endResetModel()

    @Slot(Path, QImage, bool)
    def _take_image(self, path: Path, image: QImage, branched: bool) -> None:
        number = self.row_of(path)
        if number is None:
            return
        self._rows[number].image = image
        self._rows[number].branched = branched
        index = self.index(number)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole, BRANCHED_ROLE])

    # In the readers' threads.

    def _list(self) -> None:
        folder = self.folder
        try:
            paths = newest(folder)
            self._listed.emit(folder, paths[:MOST_SHOWN], len(paths))
        except (KnownError, OSError) as error:
            self.unreadable.emit(problem_of(error))

    def _draw(self, path: Path) -> None:
        try:
            self._drawn.emit(path, to_image(thumbnail(path, EDGE)), _is_branched(path))
        except (KnownError, OSError):
            return  # stays an empty frame; opening it says what is wrong

    def _open(self, path: Path) -> None:
        try:
            stored = open_picture(path)
        except (KnownError, OSError) as error:
            self.unreadable.emit(problem_of(error))
            return
        self.opened.emit(stored)
        kept = kept_file(current_paths().data / "trajectories", path)
        with suppress(KnownError, OSError):
            if kept.exists():
                self.remembered.emit(stored, read_trajectory(kept))


def _said(row: _Row, role: int) -> object:
    """Return what a picture is called, and what is known of it without its pixels."""
    name = row.path.stem
    told = [tr("Look at this picture: {name}", name=row.path.name)]
    told += [tr("It branches from another one.")] if row.branched else []
    return {
        int(Qt.ItemDataRole.DisplayRole): name,
        int(Qt.ItemDataRole.AccessibleTextRole): tr("{name}, branched", name=name)
        if row.branched
        else name,
        int(Qt.ItemDataRole.ToolTipRole): "\n".join(told),
        BRANCHED_ROLE: row.branched,
    }.get(role)


def _is_branched(path: Path) -> bool:
    """Whether our own settings in a picture name another that it goes on from."""
    with suppress(KnownError, OSError):
        reading = own.read_own(read_texts(path).get(own.KEY, ""))
        recipe = None if reading is None else reading.recipe
        return recipe is not None and recipe.branch is not None
    return False
