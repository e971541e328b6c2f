"""Last resort: exceptions that nobody caught, from any thread, brought to the window's thread."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from engine.errors import Problem, problem_of

_log = logging.getLogger(__name__)


class Bugs(QObject):
    """Hears every exception that was not caught; each is logged and reported once."""

    found = Signal(Problem)

    def listen(self) -> None:
        """Take the interpreter's three hooks."""
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def _on_main(
        self, _: type[BaseException], error: BaseException, __: TracebackType | None
    ) -> None:
        self._report(error)

    def _on_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._report(caught.exc_value)

    def _on_unraisable(self, caught: "sys.UnraisableHookArgs") -> None:
        if caught.exc_value is not None:
            self._report(caught.exc_value)

    def _report(self, error: BaseException) -> None:
        _log.error("not caught", exc_info=error)
        self.found.emit(problem_of(error))
