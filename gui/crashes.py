"""Crashes of the whole program: a file that says where it was, and the offer to look at it.

Python's faulthandler writes it when a library of the system's own language fails; it holds which
functions were running, never what they were given, so no prompt gets into it.
"""

import faulthandler
import logging
import os
import traceback
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QLockFile

from engine.errors import Problem
from gui.words import marked

FILE_NAME, LOCK_NAME = "crash.txt", "crash.lock"
_LONGEST = 200_000

_log = logging.getLogger(__name__)


class CrashReport:
    """The file in `folder` that a crash writes to. Of several programs the first one has it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._file: TextIO | None = None

    def begin(self) -> Problem | None:
        """Watch from now on; return what was left by a crash of the last time, if anything."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._lock.tryLock(0):
                return None
            left = self._left()
            self._file = self._path.open("w", encoding="utf-8")
            faulthandler.enable(self._file)
        except OSError as error:  # crashes are rarer than full disks
            _log.warning("crashes will not be reported: %s", error)
            return None
        return None if left is None else _problem(left)

    def note(self, error: BaseException) -> None:
        """Write down an exception that ends the program: its places, and its kind."""
        if self._file is not None:
            places = "".join(traceback.format_tb(error.__traceback__))
            self._file.write(f"{places}{type(error).__name__}\n")
            self._file.flush()

    def end(self) -> None:
        """The program ends as it should: there is nothing to report."""
        if self._file is None:
            return
        faulthandler.disable()
        empty = os.fstat(self._file.fileno()).st_size == 0
        self._file.close()
        self._file = None
        if empty:
            self._path.unlink(missing_ok=True)
        self._lock.unlock()

    def _left(self) -> str | None:
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None
        return text[:_LONGEST].strip() or None


def _problem(report: str) -> Problem:
    """Return what is told of a crash; in English, as the language is not known this early."""
    return Problem(
        marked("Etascope ended unexpectedly the last time; this is our fault."),
        marked(
            "Your settings are here again; what was cut off waits in the queue, paused. "
            "Please report it with the details; your prompts are not in them."
        ),
        report,
    )
