"""The bottom bar: how far the running picture is, and what waits behind it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui import theme
from gui.jobs import Progress
from gui.queue_model import Queue
from gui.widgets import Hint, Surface, ThinProgress
from gui.widgets.described import announce, described, named
from gui.words import tr

_FINE = 1000
_QUIET = 300
"""Milliseconds without another word before it is spoken: a thousand cancelled jobs are one."""
_BAR, _NARROWEST_BAR = 220, 60


class Footer(Surface):
    """Holds nothing but what it is told to show, and the button that opens the queue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("footer")
        self._says_paused = False
        self._said = ""
        self.bar = ThinProgress()
        self.bar.setObjectName("progress")
        self.bar.setAccessibleName(tr("Progress of the running picture"))
        self.bar.setRange(0, _FINE)
        self.bar.setMinimumWidth(_NARROWEST_BAR)
        self.bar.setMaximumWidth(_BAR)
        self.words = named(QLabel(), "status")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._speak = QTimer(self, singleShot=True, interval=_QUIET)
        self._speak.timeout.connect(lambda: announce(self.words, self._said))
        self.queue = named(QPushButton(tr("Queue")), "queue")
        self.queue.setProperty("kind", "quiet")
        self.queue.setCheckable(True)
        self.queue.setAutoDefault(False)
        described(
            self.queue, tr("Queue"), tr("What runs and what waits: pause, move, cancel (Ctrl+J).")
        )
        self.cancel = Hint()
        self.cancel.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.TINY, theme.LARGE, theme.TINY)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.bar)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.queue)

    def show_progress(self, jobs: Queue) -> None:
        """Show how far the running job is, and how many others are open."""
        progress = jobs.progress()
        waiting = len(jobs) if progress is None else jobs.waiting()
        self.bar.setValue(0 if progress is None else round(_FINE * progress.share))
        if jobs.is_held_up():
            self.words.setText(_paused(progress))
        elif progress is not None:
            self.words.setText(progress.sentence())
        elif self._says_paused:
            self.words.setText("")
        self._says_paused = jobs.is_held_up()
        failed = len(jobs.failures())
        words = [tr("Queue {waiting}", waiting=waiting) if waiting else tr("Queue")]
        words += [tr("{failed} failed", failed=failed)] if failed else []
        self.queue.setText("  ·  ".join(words))
        self.cancel.setText(tr("Esc to cancel") if len(jobs) else "")

    def say(self, sentence: str) -> None:
        """Say how something ended."""
        self._said = sentence  # the next picture's steps may stand there when it is spoken
        self.words.setText(sentence)
        self._speak.start()


def _paused(progress: Progress | None) -> str:
    if progress is None:
        return tr("Paused")
    return tr("Paused at step {step} of {steps}", step=progress.step, steps=progress.steps)
