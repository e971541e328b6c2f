"""How much may move: as the settings say, or as the system does, where it can be asked.

No library is needed for it: Windows has a function, the others a command that prints it. A command
is asked once the window is on the screen, and nobody waits for its answer.
"""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from gui.settings import Motion

_FRAME_TIME, _CALM_FRAME_TIME = 90, 600
_LONGEST_SHOW = 6000
"""Milliseconds that playing a run takes at most, of however many steps."""

LONGEST = 3000
"""Milliseconds that a command has to answer."""

LONGEST_GOODBYE = 1000
"""Milliseconds for one that is killed to be gone."""

_SPI_GETCLIENTAREAANIMATION = 0x1042


def frame_time(calm: bool) -> int:
    """Return for how many milliseconds each step is shown while a run is played."""
    return _CALM_FRAME_TIME if calm else _FRAME_TIME


def stride(steps: int, each: int) -> int:
    """Return by how many steps playing goes on, when each is shown for that many milliseconds."""
    return max(1, steps * each // _LONGEST_SHOW)


@dataclass(frozen=True, slots=True)
class Question:
    """A command, and what it prints where little motion is wanted."""

    command: tuple[str, ...]
    little: str


_GNOME = ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
_KDE = ("--file", "kdeglobals", "--group", "KDE", "--key", "AnimationDurationFactor")
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "darwin": (Question(("defaults", "read", "com.apple.universalaccess", "reduceMotion"), "1"),),
    "linux": (
        Question(_GNOME, "false"),
        Question(("kreadconfig6", *_KDE), "0"),
        Question(("kreadconfig5", *_KDE), "0"),
    ),
}
"""By Python's name of the system. On Linux, whichever desktop says so is believed."""


class Mover(QObject):
    """`changed` says, with whether all is to be calm, that this was set or has been found out."""

    changed = Signal(bool)

    def __init__(
        self, parent: QObject | None = None, questions: Sequence[Question] | None = None
    ) -> None:
        super().__init__(parent)
        self._wish: Motion = "system"
        self._system = False
        self._left = list(QUESTIONS.get(sys.platform, ()) if questions is None else questions)
        self._process: QProcess | None = None

    def is_calm(self) -> bool:
        """Whether little motion is wanted."""
        return self._wish == "little" or (self._wish == "system" and self._system)

    def set_wish(self, wish: Motion) -> None:
        """Do as the settings say."""
        self._wish = wish
        self.changed.emit(self.is_calm())

    @Slot()
    def ask(self) -> None:
        """Ask the system, one question after the other until one of them is answered by yes."""
        if sys.platform == "win32":
            self._take(_windows_is_calm())
        elif self._left and self._process is None:
            self._begin(self._left[0])

    @Slot()
    def close(self) -> None:
        """Ask no more."""
        self._left = []
        if self._process is not None:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(LONGEST_GOODBYE)
            self._process = None

    def _begin(self, question: Question) -> None:
        self._process = process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._answered)
        process.errorOccurred.connect(self._failed)
        QTimer.singleShot(LONGEST, process, process.kill)
        process.start(question.command[0], list(question.command[1:]))

    @Slot()
    def _answered(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
            self._next(calm=said.strip() == self._left[0].little)

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # there is no such command here
            self._next(calm=False)

    def _next(self, *, calm: bool) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self._left.pop(0)
        if calm:
            self._take(True)
        else:
            self.ask()

    def _take(self, calm: bool) -> None:
        if calm != self._system:
            self._system = calm
            self.changed.emit(self.is_calm())


def _windows_is_calm() -> bool:
    """Return whether Windows was told not to animate what is in windows."""
    animates = ctypes.c_int(1)
    if sys.platform == "win32":
        system = ctypes.windll.user32.SystemParametersInfoW
        system(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
    return not animates.value
