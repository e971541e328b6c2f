"""Answers that come later, from another thread, brought to the window's."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.errors import Problem, problem_of

_T = TypeVar("_T")


class Answers(QObject):
    """Does something with the result of a future, in the window's thread.

    `failed` tells of those that came to nothing.
    """

    failed = Signal(Problem)
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        future: "Future[_T]",
        then: Callable[[_T], object],
        otherwise: Callable[[Problem], object] | None = None,
    ) -> None:
        """Have `then` called with the result, or `otherwise` with what went wrong."""
        future.add_done_callback(lambda done: self._tell(done, (then, otherwise)))

    def _tell(self, done: "Future[_T]", deeds: object) -> None:
        """In whichever thread it was settled."""
        with suppress(RuntimeError):  # nobody is there any more
            self._arrived.emit(done, deeds)

    @Slot(object, object)
    def _take(
        self,
        done: "Future[object]",
        deeds: tuple[Callable[[object], object], Callable[[Problem], object] | None],
    ) -> None:
        if done.cancelled():
            return
        then, otherwise = deeds
        error = done.exception()
        if error is None:
            then(done.result())
        else:
            (otherwise or self.failed.emit)(problem_of(error))
