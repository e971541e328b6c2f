"""Labels whose type is a share of the program's, whatever size the user wants that to be."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui import theme


class Scaled(QLabel):
    """Has the type that `look` makes of the program's, also when that changes."""

    def __init__(
        self, text: str, look: Callable[[QFont], QFont], parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._look = look
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
