"""The bottom bar: how far the running picture is, and what waits behind it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.jobs import Progress
from gui.widgets import Hint, Surface, ThinProgress
from gui.widgets.described import named

_FINE = 1000
_BAR = 220


class Footer(Surface):
    """Holds nothing but what it is told to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("footer")
        self.bar = ThinProgress()
        self.bar.setObjectName("progress")
        self.bar.setAccessibleName("Progress of the running picture")
        self.bar.setRange(0, _FINE)
        self.bar.setFixedWidth(_BAR)
        self.words = named(QLabel(), "status")
        self.queue = named(Hint(), "queue")
        self.cancel = Hint()
        for hint in (self.queue, self.cancel):
            hint.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.bar)
        row.addWidget(self.words, 1)
        row.addWidget(self.queue)
        row.addWidget(self.cancel)

    def show_progress(self, progress: Progress | None, waiting: int) -> None:
        """Show how far the running job is, and how many others are open; None: nothing runs."""
        self.bar.setValue(0 if progress is None else round(_FINE * progress.share))
        if progress is not None:
            self.words.setText(progress.sentence())
        self.queue.setText(f"Queue {waiting}" if waiting else "")
        self.cancel.setText("Esc to cancel" if progress is not None or waiting else "")

    def say(self, sentence: str) -> None:
        """Say how something ended."""
        self.words.setText(sentence)
