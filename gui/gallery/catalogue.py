"""The galleries' index for the window: opened, brought in step and closed in threads of their own.

Nothing here waits. What takes long is asked for, and a signal tells of it.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QFileSystemWatcher, QObject, QThreadPool, QTimer, Signal, Slot

from engine.errors import KnownError, Problem, StorageError, problem_of
from engine.events import Kept, Saved
from engine.gallery import galleries
from engine.gallery.database import PATIENCE
from engine.gallery.entries import Entry
from engine.gallery.facets import is_in_step
from engine.gallery.galleries import Gallery
from engine.gallery.index import Index
from engine.gallery.scan import Scanned, scan
from engine.paths import current_paths
from gui.gallery.answers import Answers

QUIET = 700
"""Milliseconds without a change after which a folder is looked at."""

AGAIN = 10.0
"""Seconds before a view that is opened once more has everything looked at once more."""

LONGEST_GOODBYE = 2.0
"""Seconds that `close` waits for what is being read or moved."""

_MOST_WATCHED = 200
_LONG_HELD = PATIENCE - 1
"""Seconds after which the index may have missed something while another program held it."""

_LARGE = 20 << 20
"""Bytes of an index from which on its first pictures are shown before anything else is done."""

_AFTER_YOU = 0.4
"""Seconds that the rest then waits."""

_T = TypeVar("_T")


class _Stopped(Exception):
    """Ends a scan half way."""


class Catalogue(QObject):
    """Owns the one index. `index` is None until it is open; then `opened` is emitted.

    `changed` says that pictures have come, gone or changed; `listed` has the galleries there are,
    and `progressed` how many files a scan has read and how many there are to read. `held` says
    that another program holds the index, so that everything waits, and then that none does.
    """

    opened = Signal()
    changed = Signal()
    listed = Signal(tuple)
    progressed = Signal(int, int)
    scanned = Signal(Scanned)
    relocated = Signal(list)
    """Old and new paths of files and folders that the user has moved."""
    held = Signal(bool)
    failed = Signal(Problem)
    lost = Signal()
    """The index was damaged or deleted, and is being made again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.index: Index | None = None
        self.reading = False
        self.offline: tuple[str, ...] = ()
        self.galleries: tuple[Gallery, ...] = ()
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._scans = 0
        self._counting = threading.Lock()
        self._scanned_at = float("-inf")
        self._held_at = float("inf")
        self._answers = Answers(self)
        self._answers.failed.connect(self.failed)
        self._mover = QThreadPool()
        self._mover.setMaxThreadCount(1)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_touched)
        self._touched: set[str] = set()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._look)
        self.listed.connect(self._on_listed)
        self.scanned.connect(self._on_scanned)
        self.held.connect(self._on_held)
        self.lost.connect(self.scan)

    # From the window

    def begin(self) -> None:
        """Open the index and bring it in step with the folders."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="galleries", daemon=True)
            self._thread.start()
            self._tasks.put(self._open)
            self.scan()

    @Slot()
    def scan(self) -> None:
        """Have all folders compared with the index, and what is new in them read."""
        if self._thread is not None and self._scans < 2:  # one that runs, one after it
            self._count_scan(1)
            self._tasks.put(self._scan)

    def look_again(self) -> None:
        """Have everything compared once more, unless that has just been done."""
        if monotonic() - self._scanned_at > AGAIN and not self._scans:
            self.scan()

    def do(self, task: Callable[[], _T], then: Callable[[_T], object]) -> None:
        """Do something with the files in another thread, then something with its result here."""
        future: Future[_T] = Future()
        self._answers.ask(future, then)
        self._mover.start(lambda: _settle(future, task))

    def look_elsewhere(self) -> None:
        """Open the index anew if the galleries are in another place from now on."""
        index = self.index
        if index is not None and index.galleries != current_paths().galleries:
            self._tasks.put(self._reopen)
            self.scan()

    def list_galleries(self) -> None:
        """Have the galleries listed; `listed` follows."""
        self._mover.start(self._list)

    @Slot(Saved)
    @Slot(Kept)
    def on_saved(self, event: Saved | Kept) -> None:
        self.add(event.path)

    def add(self, path: Path) -> None:
        """Enter a picture that has just been saved."""
        if self.index is not None and self.index.writable:
            self._answers.ask(self.index.add(path), self._on_added)

    def forget(self, paths: Sequence[Path]) -> None:
        """Take pictures out that are not there any more."""
        if self.index is not None and self.index.writable and paths:
            *_, last = [self.index.forget(path) for path in paths]
            self._answers.ask(last, lambda _: self.changed.emit())

    def follow(self, moved: Sequence[tuple[Path, Path]]) -> None:
        """Enter pictures under the paths that they have been moved to."""
        if moved:
            self.relocated.emit(list(moved))
        if self.index is not None and self.index.writable and moved:
            *_, last = [self.index.follow(old, new) for old, new in moved]
            self._answers.ask(last, lambda _: self.changed.emit())

    def watch(self, folders: Sequence[Path]) -> None:
        """Notice what others do in these folders, and galleries that come and go."""
        root = self.index.galleries if self.index is not None else current_paths().galleries
        wanted = {str(path) for path in (root, *folders[:_MOST_WATCHED])}
        now = set(self._watcher.directories())
        if now - wanted:
            self._watcher.removePaths(sorted(now - wanted))
        if wanted - now:
            self._watcher.addPaths(sorted(wanted - now))

    def path(self, entry: Entry) -> Path:
        """Return where a picture's file is."""
        root = self.index.galleries if self.index is not None else current_paths().galleries
        return root / entry.gallery / entry.name

    def close(self) -> bool:
        """Stop what is going on, and close the index; return whether that is done in time."""
        self._stop.set()
        with suppress(RuntimeError):  # the window is gone
            self._quiet.stop()
        moved = self._mover.waitForDone(round(1000 * LONGEST_GOODBYE))
        if self._thread is None:
            return moved
        self._tasks.put(None)
        self._thread.join(LONGEST_GOODBYE)
        return moved and not self._thread.is_alive()

    # What happens

    @Slot(str)
    def _on_touched(self, folder: str) -> None:
        self._touched.add(folder)
        self._quiet.start()

    @Slot()
    def _look(self) -> None:
        if self.index is None or self._scans:
            self._touched.clear()  # a scan sees it all
            return
        touched, self._touched = self._touched, set()
        self._tasks.put(partial(self._compare, tuple(map(Path, sorted(touched)))))

    def _on_added(self, entry: Entry | None) -> None:
        if entry is not None:
            self.changed.emit()
            if entry.gallery not in {one.name for one in self.galleries}:
                self.list_galleries()

    @Slot(tuple)
    def _on_listed(self, found: tuple[Gallery, ...]) -> None:
        self.galleries = found

    @Slot(Scanned)
    def _on_scanned(self, found: Scanned) -> None:
        self.offline = found.offline
        self._scanned_at = monotonic()

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        """Another program holds the index, or no longer does: what was missed is looked for."""
        if not held and monotonic() - self._held_at > _LONG_HELD:
            self.scan()
        self._held_at = monotonic() if held else float("inf")

    # In the thread of the index: it makes it and closes it, as its lock is that thread's.

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            if not self._stop.is_set():
                task()
        if self.index is not None:
            self.index.close()

    def _open(self) -> None:
        try:
            index = Index(held=partial(self._say, self.held), lost=partial(self._say, self.lost))
        except StorageError as error:
            self._say(self.failed, problem_of(error))
            return
        self.index = index
        self._say(self.opened)
        with suppress(OSError):
            if index.file.stat().st_size > _LARGE:
                self._stop.wait(_AFTER_YOU)
        if index.problem is not None:
            self._say(self.failed, index.problem)
        self._list()

    def _reopen(self) -> None:
        old, self.index = self.index, None
        if old is not None:
            old.close()
        self._open()

    def _scan(self) -> None:
        found: Scanned | None = None
        if self.index is None:
            self._open()  # which could not be done before
        try:
            if self.index is not None and self.index.writable:
                found = scan(self.index, self._progress)
        except _Stopped:
            return
        except KnownError as error:
            self._say(self.failed, problem_of(error))
        finally:
            self._count_scan(-1)
        self._list()
        self._say(self.scanned, found or Scanned())
        self._say(self.changed)
        for problem in (found.problems if found else ())[:1]:
            self._say(self.failed, problem)

    def _count_scan(self, by: int) -> None:
        """Note that a scan has been asked for, or is over: in whichever thread."""
        with self._counting:
            self._scans += by
            self.reading = self._scans > 0

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._say(self.progressed, done, total)

    def _compare(self, folders: Sequence[Path]) -> None:
        """Scan, if one of these folders has other files than the index knows."""
        index = self.index
        if index is None:
            return
        try:
            same = all(one != index.galleries and is_in_step(index, one) for one in folders)
        except (OSError, StorageError):  # it is gone, or cannot be listed: the scan will tell
            same = False
        if not same:
            self._count_scan(1)
            self._scan()

    def _list(self) -> None:
        """In this thread or in the mover's."""
        index = self.index
        root = current_paths().galleries if index is None else index.galleries
        folders = galleries.folders(root)
        counts: dict[str, int] = {}
        if index is not None:
            with suppress(StorageError):
                counts = index.counts().result()
        names = {path.name: path for path in folders}
        names |= {name: root / name for name in counts if name not in names}
        found = sorted(names.items(), key=lambda one: one[0].casefold())
        self._say(
            self.listed, tuple(Gallery(name, path, counts.get(name, 0)) for name, path in found)
        )

    @staticmethod
    def _say(signal: object, *values: object) -> None:
        with suppress(RuntimeError):  # the window is gone
            signal.emit(*values)  # type: ignore[attr-defined]


def _settle(future: "Future[_T]", task: Callable[[], _T]) -> None:
    """Give a future its result, whatever it is."""
    try:
        result = task()
    except BaseException as error:  # noqa: BLE001 - it is told in the window's thread
        future.set_exception(error)
    else:
        future.set_result(result)
