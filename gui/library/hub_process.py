"""The process that talks to the network, for the window's thread: it is heard, never waited for."""

from contextlib import suppress

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from engine.hub.child import GONE, check_allowed, command, environment, is_last
from engine.hub.talk import Report, Wish, line_of, report_of

LONGEST_GOODBYE = 1000
"""Milliseconds for a killed process to be gone."""


class HubProcess(QObject):
    """One wish, done in a process of its own. `reported` carries what it says, to the last report.

    Raises NetworkError where the user's environment forbids the network.
    """

    reported = Signal(object)

    def __init__(self, wish: Wish, parent: QObject) -> None:
        check_allowed(wish)  # first: what is refused shall not be anybody's child
        super().__init__(parent)
        self._rest = b""
        self._last: Report | None = None
        self._process = QProcess(self)
        told = QProcessEnvironment()
        for name, value in environment().items():
            told.insert(name, value)
        self._process.setProcessEnvironment(told)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        program, *arguments = command()
        self._process.start(program, arguments)
        self._process.write(line_of(wish).encode())

    def stop(self) -> None:
        """End it at once, unheard: what has arrived is on the disk."""
        self.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(LONGEST_GOODBYE)
        self.deleteLater()

    @Slot()
    def _read(self) -> None:
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(
            b"\n"
        )
        for line in lines:
            with suppress(ValueError):
                self._say(report_of(line.decode()))

    @Slot()
    def _ended(self) -> None:
        self._read()
        if self._last is None or not is_last(self._last):
            self._say(GONE)
        self.deleteLater()

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._say(GONE)

    def _say(self, report: Report) -> None:
        self._last = report
        self.reported.emit(report)
