"""Pictures thrown away: they stay where they are for a while, so that this can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot
from send2trash import send2trash

from engine.errors import Problem
from gui.words import tr

PATIENCE = 12_000
"""Milliseconds after the last picture thrown away in which it can be had back."""

LONGEST_EMPTYING = 1500
"""Milliseconds that `close` waits for the system's trash."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A picture on its way to the trash, and the row where it was."""

    path: Path
    row: int


class Trash(QObject):
    """Holds what is thrown away until nobody wants it back; then the system's trash gets it."""

    thrown = Signal(Path)
    had_back = Signal(Path)
    emptied = Signal()
    given = Signal(Path)
    """The system's trash has it, or somebody else was quicker."""
    stuck = Signal(Path, Problem)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[Thrown] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.empty)
        self._worker = QThreadPool()
        self._worker.setMaxThreadCount(1)

    def throw(self, thrown: Thrown) -> None:
        self._held.append(thrown)
        self._timer.start(PATIENCE)
        self.thrown.emit(thrown.path)

    def held(self) -> Sequence[Thrown]:
        return tuple(self._held)

    def undo(self) -> Thrown | None:
        """Return the picture thrown away last, which is no longer on its way."""
        if not self._held:
            return None
        thrown = self._held.pop()
        self.had_back.emit(thrown.path)
        return thrown

    @Slot()
    def empty(self) -> None:
        """Give everything to the system's trash."""
        self._timer.stop()
        for thrown in self._held:
            self._worker.start(partial(self._give, thrown.path))
        self._held.clear()
        self.emptied.emit()

    def close(self) -> bool:
        """Empty it, and wait a little; return whether that is done."""
        self.empty()
        return self._worker.waitForDone(LONGEST_EMPTYING)

    def _give(self, path: Path) -> None:
        """In the worker's thread."""
        try:
            send2trash(path)
        except FileNotFoundError:
            pass  # somebody else was quicker
        except OSError as error:
            message = tr(
                "{name} could not be put into the trash: {reason}.",
                name=path.name,
                reason=error.strerror or error,
            )
            self.stuck.emit(path, Problem(message, tr("It is still in its folder.")))
            return
        self.given.emit(path)
