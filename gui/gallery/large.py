"""One picture large, in the place of the grid: zoom, pan, and the way to its neighbours."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.gallery.store import Stored
from gui import theme
from gui.canvas import Canvas
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import tr


class LargePicture(QWidget):
    """`left` says that the grid is wanted again."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("large")
        self.canvas = Canvas()
        described(self.canvas, tr("Picture"), _help())
        self.back = described(
            named(QPushButton(tr("All pictures")), "back-to-grid"),
            tr("All pictures"),
            tr("Back to the grid (Esc)."),
        )
        self.back.setIcon(theme.icon("back"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.left)
        self.name = Elided("large-name")
        self.name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, 0)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.back)
        row.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)

    def show_stored(self, stored: Stored, place: str) -> None:
        """Show a picture; `place` says which of how many it is. Its zoom begins anew."""
        self.canvas.viewport.fit()
        self.canvas.set_busy_text("")
        self.canvas.show_pixels(stored.pixels)
        self.name.say(f"{place}  ·  {stored.path.name}")

    def say(self, sentence: str) -> None:
        """Say what is wrong in the place of a picture."""
        self.canvas.show_pixels(None)
        self.canvas.set_busy_text(sentence)

    @Slot()
    def turn_zoom(self) -> None:
        """Show the picture at 100 %, or fitted again."""
        (self.canvas.actual_size if self.canvas.viewport.fitted else self.canvas.fit)()


def _help() -> str:
    return tr(
        "The picture. Wheel or + and - zoom, drag moves, Z shows it at 100 % or fitted.\n"
        "Left and Right go through the pictures, Esc goes back to all of them."
    )
