"""A line of secondary text that is cut where there is no room, and never widens a window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from gui.widgets.described import named
from gui.words import plain


class Elided(QLabel):
    """Shows as much of a sentence as fits; all of it, and more, in its tooltip.

    It takes what width it is given; with `asks` it would like to have room for the whole.
    """

    def __init__(self, name: str, *, asks: bool = False) -> None:
        super().__init__()
        named(self, name)
        self._sentence = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "secondary")
        across = QSizePolicy.Policy.Maximum if asks else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def say(self, sentence: str, more: str = "") -> None:
        """Show a sentence; `more` is added to it in the tooltip."""
        self._sentence = sentence
        self.setAccessibleName(sentence)
        self.setToolTip(plain("\n".join(part for part in (sentence, more) if part)))
        self._cut()
        self.updateGeometry()

    def sentence(self) -> str:
        return self._sentence

    def _cut(self) -> None:
        metrics = QFontMetrics(self.font())
        elided = Qt.TextElideMode.ElideRight
        self.setText(metrics.elidedText(self._sentence, elided, self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._sentence)
        return QSize(width + 2, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
