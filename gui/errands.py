"""Work that takes its time, in threads of its own: it tells how far it is, and ends when asked."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import Problem, problem_of

Tell = Callable[[int, int], None]
"""What the work calls with how much is done and how much there is; it raises to end the work."""

_PAUSE = 0.04
"""Seconds between two words on how far it is: oftener nobody can see."""


class _Stopped(Exception):
    """The work is to end half way; nothing is wrong."""


class Errand(QObject):
    """One piece of work. Exactly one of `done`, `failed` and `stopped` comes at its end."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(Problem)
    stopped = Signal()
    _over = Signal()

    _under_way: "set[Errand]" = set()  # noqa: RUF012 - of all errands

    def __init__(self, work: Callable[[Tell], object]) -> None:
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0
        self._over.connect(self._forget)
        self._thread = threading.Thread(target=self._run, name="errand", daemon=True)

    def start(self) -> None:
        self._under_way.add(self)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; it does so at the next word on how far it is."""
        self._stop.set()

    @classmethod
    def stop_all(cls, seconds: float) -> bool:
        """Ask all to end and wait a little for them; return whether they have."""
        errands = list(cls._under_way)
        for errand in errands:
            errand.stop()
        until = time.monotonic() + seconds
        for errand in errands:
            errand.wait(until - time.monotonic())
        return all(errand.wait(0) for errand in errands)

    def wait(self, seconds: float) -> bool:
        """Wait a little for its end; return whether it has come."""
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    @Slot()
    def _forget(self) -> None:
        # Here and not in its thread: the last to hold an object of Qt's must be where it lives.
        self._under_way.discard(self)

    # In the thread.

    def _run(self) -> None:
        try:
            result = self._work(self._tell)
        except _Stopped:
            self.stopped.emit()
        except Exception as error:  # noqa: BLE001 - top of the thread: beyond it nobody would hear
            self.failed.emit(problem_of(error))
        else:
            self.done.emit(result)
        finally:
            self._over.emit()

    def _tell(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        now = time.monotonic()
        if now - self._told >= _PAUSE or done >= total:
            self._told = now
            self.progressed.emit(done, total)
