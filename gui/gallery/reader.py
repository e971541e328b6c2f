"""Picture files read in another thread; of several that are asked for only the last is read."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from engine.errors import KnownError, Problem, problem_of
from engine.gallery.decoding import decode
from engine.gallery.metadata import read_metadata
from engine.gallery.reading import Reading
from engine.gallery.store import Stored, open_picture

LONGEST_READ = 1000
"""Milliseconds that `close` waits for a picture being read."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture's text has told; `problem` says why nothing was, or what is damaged."""

    path: Path
    reading: Reading | None
    problem: Problem | None = None


class Reader(QObject):
    """`told` brings a file's settings, `opened` a whole picture, `failed` why there is none."""

    told = Signal(Told)
    opened = Signal(Stored)
    failed = Signal(Path, Problem)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: dict[str, Path] = {}
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def read(self, path: Path) -> None:
        """Have the settings read that a picture carries."""
        self._wanted["read"] = path
        self._pool.start(partial(self._read, path), 1)

    def open(self, path: Path) -> None:
        """Have a whole picture read."""
        self._wanted["open"] = path
        self._pool.start(partial(self._open, path))

    def close(self) -> bool:
        """Drop what has not been read; return whether what is being read is done in time."""
        self._wanted.clear()
        self._pool.clear()
        return self._pool.waitForDone(LONGEST_READ)

    @Slot(object, object)
    def _pass_on(self, path: Path, what: object) -> None:
        kind = "read" if isinstance(what, Told) else "open"
        if self._wanted.get(kind) != path:
            return  # another one is wanted by now
        if isinstance(what, Told):
            self.told.emit(what)
        elif isinstance(what, Stored):
            self.opened.emit(what)
        elif isinstance(what, Problem):
            self.failed.emit(path, what)

    # In the thread.

    def _read(self, path: Path) -> None:
        if self._wanted.get("read") != path:
            return
        self._tell(path, _told(path))

    def _open(self, path: Path) -> None:
        if self._wanted.get("open") != path:
            return
        try:
            found: Stored | Problem = open_picture(path)
        except (KnownError, OSError) as error:
            found = problem_of(error)
        self._tell(path, found)

    def _tell(self, path: Path, what: object) -> None:
        with suppress(RuntimeError):  # the window is gone
            self._done.emit(path, what)


def _told(path: Path) -> Told:
    """Return what a file tells. It is decoded as well: the text may be whole, and the rest not."""
    reading: Reading | None = None
    problem: Problem | None = None
    try:
        reading = read_metadata(path)
    except (KnownError, OSError) as error:
        problem = problem_of(error)
    try:
        decode(path, 1)
    except (KnownError, OSError) as error:
        problem = problem_of(error)
    return Told(path, reading, problem)
