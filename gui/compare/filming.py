"""Saving a comparison as a moving picture, in a thread of its own: told of, and ended at will."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from engine.compare.axes import Cell, Plan
from engine.compare.film import Run, film
from engine.compare.linking import Link
from engine.errors import KnownError, problem_of
from engine.gallery.files import write_file
from gui.compare.cells import LiveCell

LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for a film that is being saved to end."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """What is filmed: the plan, the finished runs, and what links their steps."""

    plan: Plan
    runs: tuple[Run, ...]
    link: Link


def take_of(plan: Plan, cells: Iterable[LiveCell], link: Link, *, noisy: bool) -> Take | None:
    """Return the finished cells as they are to be filmed; None where there is none."""
    runs = tuple(run for cell in cells if (run := _run_of(cell, noisy=noisy)) is not None)
    return Take(plan, runs, link) if runs else None


def _run_of(cell: LiveCell, *, noisy: bool) -> Run | None:
    reel, picture = cell.reel, cell.picture
    if reel is None or picture is None:
        return None
    way = reel.trajectory
    latents = None if way is None else way.x[1:] if noisy else way.x0
    one = Cell(cell.recipe, cell.at)
    return Run(one, cell.track(), picture, latents, reel.preview_map)


class _Stopped(Exception):
    """The film is not wanted any more."""


class Filming(QObject):
    """Films one take at a time. It has no parent, so that its thread never outlives it.

    `progressed` carries the frames drawn and all there are; `ended` follows `written`, `failed`,
    or neither where it was stopped.
    """

    progressed = Signal(int, int)
    written = Signal(Path)
    failed = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._stopped = threading.Event()
        self._active = False
        self.ended.connect(self._on_ended)

    def is_active(self) -> bool:
        """Whether a film is being saved."""
        return self._active

    def start(self, path: Path, take: Take) -> None:
        """Have a take filmed and written, replacing what is there, unless one is being filmed."""
        if not self._active:
            self._active = True
            self._stopped.clear()
            self._pool.start(partial(self._film, path, take))

    @Slot()
    def stop(self) -> None:
        """End what is being filmed, within a frame; nothing is written then."""
        self._stopped.set()

    def close(self) -> bool:
        """End; return whether it did."""
        self._stopped.set()
        return self._pool.waitForDone(LONGEST_GOODBYE)

    @Slot()
    def _on_ended(self) -> None:
        self._active = False

    # In the thread.

    def _film(self, path: Path, take: Take) -> None:
        try:
            data = film(take.plan, take.runs, take.link, self._tell)
            self._tell(1, 1)
            self.written.emit(write_file(path, data, force=True))
        except _Stopped:
            pass
        except (KnownError, OSError) as error:
            self.failed.emit(problem_of(error))
        finally:
            self.ended.emit()

    def _tell(self, done: int, of: int) -> None:
        if self._stopped.is_set():
            raise _Stopped
        self.progressed.emit(done, of)
