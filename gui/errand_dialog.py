"""A dialog round a piece of work: a form perhaps, a thin bar with words, and what came of it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFontInfo
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.errors import Problem
from gui import theme
from gui.errands import Errand
from gui.retelling import retold
from gui.widgets import ThinProgress, line_height
from gui.widgets.described import described, named
from gui.words import tr

MOST_LINES = 500
"""Lines of what came of it that are shown."""

WIDTH, SHOWN_LINES = 38, 6
"""How wide it is, in ems, and how many lines are to be seen at once."""


class ErrandDialog(QDialog):
    """Subclasses put their form into `form` and say what came of it; `ended` comes after that.

    Closing it ends the work. While it works there is one button, Cancel; then Close.
    """

    ended = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(tr("{title} – Etascope", title=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = QVBoxLayout()
        self.words = _words()
        self.bar = ThinProgress(f"{name}-progress")
        self.lines = named(QPlainTextEdit(), f"{name}-lines")
        self.buttons = QHBoxLayout()
        self.leave = named(QPushButton(), f"{name}-close")
        self._errand: Errand | None = None
        self._waits = False
        self._lay_out()
        self._show_leaving()

    def work(self, errand: Errand, first: str) -> None:
        """Have a piece of work done; `first` is said until it tells how far it is."""
        self._errand, self._waits = errand, False
        errand.progressed.connect(self.show_progress)
        errand.done.connect(self._on_done)
        errand.failed.connect(self._on_failed)
        errand.stopped.connect(self._on_stopped)
        self.say(first)
        self.bar.set_share(0)
        self.bar.setVisible(True)
        self.lines.setVisible(False)
        self._show_leaving()
        errand.start()

    def wait_for(self, sentence: str) -> None:
        """Say what is waited for, which somebody else does; `end_with` or `work` ends that."""
        self._waits = True
        self.say(sentence)
        self.bar.set_share(0)
        self.bar.setVisible(True)
        self._show_leaving()

    def is_busy(self) -> bool:
        """Whether there is something to cancel."""
        return self._waits or self._errand is not None

    def stop(self) -> None:
        """End what is under way."""
        if self._errand is not None:
            self._errand.stop()

    def end_with(self, problem: Problem | None) -> None:
        """Be done without a result: with what was wrong, or by being cancelled."""
        self._rest()
        if problem is None:
            self.say(tr("Cancelled."))
        else:
            self.refused(problem)
        self.ended.emit()

    def say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.words.setAccessibleName(sentence)
        self.words.setVisible(bool(sentence))

    def tell(self, lines: list[str]) -> None:
        """Show what came of it line by line, for as long as anybody reads."""
        more = len(lines) - MOST_LINES
        shown = lines[:MOST_LINES] + ([tr("… and %n more", n=more)] if more > 0 else [])
        self.lines.setPlainText("\n".join(shown))
        self.lines.setVisible(bool(lines))

    def progress_words(self, done: int, total: int) -> str:
        """Return what is said of how far it is."""
        return tr("{done} of {total} pictures", done=done, total=total)

    def finished_with(self, result: object) -> None:
        """Show what came of it, of the kind that the work returns."""
        raise NotImplementedError

    def refused(self, problem: Problem) -> None:
        """Show why nothing came of it."""
        self.say(f"{retold(problem.message)} {retold(problem.advice)}".strip())
        self.tell(problem.details.splitlines())

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        self.bar.set_share(done / total if total else 0)
        self.say(self.progress_words(done, total))

    @Slot(object)
    def _on_done(self, result: object) -> None:
        self._rest()
        self.finished_with(result)
        if not self.is_busy():
            self.ended.emit()

    @Slot(Problem)
    def _on_failed(self, problem: Problem) -> None:
        self.end_with(problem)

    @Slot()
    def _on_stopped(self) -> None:
        self.end_with(None)

    def _rest(self) -> None:
        self._errand, self._waits = None, False
        self.bar.setVisible(False)
        self._show_leaving()
        self.leave.setFocus()

    @Slot()
    def _leave(self) -> None:
        if self.is_busy():
            self.say(tr("Cancelling…"))
            self.stop()
        else:
            self.reject()

    @override
    def reject(self) -> None:
        """Close it, by Escape too; what is under way ends."""
        self.stop()
        super().reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def _show_leaving(self) -> None:
        busy = self.is_busy()
        self.leave.setText(tr("Cancel") if busy else tr("Close"))
        about = tr("End what is under way.") if busy else tr("Close this window.")
        described(self.leave, self.leave.text(), about)

    def _lay_out(self) -> None:
        described(self.lines, tr("Details"), tr("What came of it, line by line."))
        self.lines.setReadOnly(True)
        self.lines.setMinimumHeight(SHOWN_LINES * line_height(self.lines))
        self.lines.setTabChangesFocus(True)
        for hidden in (self.lines, self.bar, self.words):
            hidden.setVisible(False)
        self.leave.clicked.connect(self._leave)
        self.buttons.setSpacing(theme.SMALL)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(self.form)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.lines, 1)
        column.addLayout(self.buttons)
        room = self.screen().availableSize().width() - 40
        self.setMinimumWidth(min(WIDTH * QFontInfo(self.font()).pixelSize(), room))


def _words() -> QLabel:
    words = named(QLabel(), "errand-words")
    words.setWordWrap(True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
