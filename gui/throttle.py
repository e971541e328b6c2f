"""Doing something often asked for no more often than anybody can see."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Throttle(QObject):
    """Does `deed` at once, and again after `pause` milliseconds if it was asked for meanwhile."""

    def __init__(self, deed: Callable[[], None], pause: int, parent: QObject) -> None:
        super().__init__(parent)
        self._deed = deed
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self._again)

    @Slot()
    def ask(self) -> None:
        """Have it done now, or soon."""
        if self._timer.isActive():
            self._asked = True
        else:
            self.do()

    @Slot()
    def do(self) -> None:
        """Do it now whatever was done before."""
        self._asked = False
        self._timer.start()
        self._deed()

    @Slot()
    def _again(self) -> None:
        if self._asked:
            self.do()
