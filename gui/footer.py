"""The bottom bar: how far the running picture is, and what waits behind it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui import theme
from gui.queue_model import Queue
from gui.widgets import Hint, Surface, ThinProgress
from gui.widgets.described import described, named

_FINE = 1000
_BAR, _NARROWEST_BAR = 220, 60
_PAUSED = "Paused"


class Footer(Surface):
    """Holds nothing but what it is told to show, and the button that opens the queue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("footer")
        self.bar = ThinProgress()
        self.bar.setObjectName("progress")
        self.bar.setAccessibleName("Progress of the running picture")
        self.bar.setRange(0, _FINE)
        self.bar.setMinimumWidth(_NARROWEST_BAR)
        self.bar.setMaximumWidth(_BAR)
        self.words = named(QLabel(), "status")
        self.queue = named(QPushButton("Queue"), "queue")
        self.queue.setProperty("kind", "quiet")
        self.queue.setCheckable(True)
        self.queue.setAutoDefault(False)
        described(self.queue, "Queue", "What runs and what waits: pause, move, cancel (Ctrl+J).")
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
        progress, waiting = jobs.progress(), jobs.waiting()
        self.bar.setValue(0 if progress is None else round(_FINE * progress.share))
        if jobs.is_held_up():
            at = "" if progress is None else f" at step {progress.step} of {progress.steps}"
            self.words.setText(f"{_PAUSED}{at}")
        elif progress is not None:
            self.words.setText(progress.sentence())
        elif self.words.text().startswith(_PAUSED):
            self.words.setText("")
        failed = len(jobs.failures())
        words = [f"Queue {waiting}" if waiting else "Queue"]
        words += [f"{failed} failed"] if failed else []
        self.queue.setText("  ·  ".join(words))
        self.cancel.setText("Esc to cancel" if len(jobs) else "")

    def say(self, sentence: str) -> None:
        """Say how something ended."""
        self.words.setText(sentence)
