"""Labels whose type is a share of the program's, whatever size the user wants that to be."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui import theme


def line_height(widget: QWidget) -> int:
    """Return how high Qt lays out one line of text in a widget of several."""
    return math.ceil(QFontMetricsF(widget.font()).lineSpacing())


class Scaled(QLabel):
    """Has the type that `look` makes of the program's, also when that changes."""

    def __init__(
        self, text: str, look: Callable[[QFont], QFont], parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._set_type()
        theme.type_watch().changed.connect(self._set_type)

    @Slot()
    def _set_type(self) -> None:
        self.setFont(self._look(QApplication.font()))


class SectionHead(Scaled):
    """A section's head: small semibold capitals in secondary text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, theme.head_font, parent)
        self.setProperty("role", "secondary")


class Title(Scaled):
    """What an empty page says first: a large sentence in its middle."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, theme.title_font, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
