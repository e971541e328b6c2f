"""One cell large, alone or against the reference: side by side, wiped, or what differs."""

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from engine.compare.figures import beside, difference, wipe
from engine.recipe import Pixels
from gui import theme
from gui.canvas import Canvas
from gui.compare.cells import LiveCell
from gui.compare.frames import Frames
from gui.widgets import ChipGroup, NumberRow, Surface
from gui.widgets.described import described, named

ALONE, BESIDE, WIPE, DIFFERENCE = "alone", "beside", "wipe", "difference"
NEEDS_REFERENCE = "Choose a reference cell first (F in the grid)."


class Inspector(Surface):
    """Shows `cell` as its frame is now. `left` says that the user wants the grid back."""

    left = Signal()

    def __init__(self, frames: Frames) -> None:
        super().__init__("canvas")
        self.setObjectName("inspector")
        self._frames = frames
        self._cell: LiveCell | None = None
        self._reference: LiveCell | None = None
        self.back = named(QPushButton("Back to the grid"), "back-to-grid")
        self.label = named(QLabel(), "inspected")
        modes = [(ALONE, "Alone"), (BESIDE, "Side by side"), (WIPE, "Wipe")]
        self.mode = ChipGroup("inspect", [*modes, (DIFFERENCE, "Difference")])
        self.edge = NumberRow("Wipe", "wipe", lowest=0, highest=100, step=1, decimals=0)
        self.gain = NumberRow("Times", "gain", lowest=1, highest=16, step=1, decimals=0)
        self.canvas = Canvas()
        self.canvas.setObjectName("inspected-picture")
        self.edge.set_value(50)
        self.gain.set_value(4)
        self._describe()
        self._lay_out()
        self._connect()

    def show_cell(self, cell: LiveCell | None, label: str) -> None:
        """Show a cell."""
        self._cell = cell
        self.label.setText(label)
        self.refresh()

    def set_reference(self, cell: LiveCell | None) -> None:
        """Take note of the cell that others are compared with."""
        self._reference = cell
        for mode in (BESIDE, WIPE, DIFFERENCE):
            self.mode.set_available(mode, cell is not None, NEEDS_REFERENCE)
        if cell is None:
            self.mode.set_value(ALONE)
        self.refresh()

    def touch(self, cell: LiveCell) -> None:
        """A cell has something new to show."""
        if self.isVisible() and cell in {self._cell, self._reference}:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Compose the picture anew."""
        mode = self.mode.value()
        self.edge.setVisible(mode == WIPE)
        self.gain.setVisible(mode == DIFFERENCE)
        cell = self._cell
        pixels = None if cell is None else self._pixels(cell)
        if cell is None or pixels is None:
            self.canvas.show_pixels(None)
            self.canvas.set_busy_text("" if cell is None else "Nothing to see yet.")
            return
        self.canvas.set_busy_text("")
        other = None if self._reference is None else self._pixels(self._reference)
        if mode == ALONE or other is None:
            natural = (cell.recipe.width, cell.recipe.height)
            self.canvas.show_pixels(pixels, natural=natural)
        else:
            self.canvas.show_pixels(self._together(mode, pixels, _sized(other, pixels.shape)))

    def _together(self, mode: str, pixels: Pixels, other: Pixels) -> Pixels:
        if mode == WIPE:
            return wipe(pixels, other, self.edge.value() / 100)
        if mode == DIFFERENCE:
            return difference(pixels, other, self.gain.value())
        ground = theme.color("canvas")
        return beside([pixels, other], (ground.red(), ground.green(), ground.blue()))

    def _pixels(self, cell: LiveCell) -> Pixels | None:
        """Return the cell's frame at the size of its finished picture."""
        pixels = self._frames.pixels(cell)
        height, width = cell.recipe.height, cell.recipe.width
        return None if pixels is None else _sized(pixels, (height, width, 3))

    def _describe(self) -> None:
        described(self.back, "Back to the grid", "Show all cells again (Backspace).")
        described(
            self.mode, "How it is shown", "Alone, or against the reference in one of three ways."
        )
        self.mode.set_tooltip(BESIDE, "This cell on the left, the reference on the right.")
        self.mode.set_tooltip(WIPE, "This cell left of the edge, the reference right of it.")
        self.mode.set_tooltip(DIFFERENCE, "How far the colours are apart; black is no difference.")
        self.edge.set_help("Where this cell ends and the reference begins, in per cent.")
        self.gain.set_help("How many times the differences are amplified.")
        self.back.setProperty("kind", "quiet")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, 0)
        top.setSpacing(theme.SMALL)
        top.addWidget(self.back)
        top.addWidget(self.label, 1)
        top.addWidget(self.mode)
        below = QHBoxLayout()
        below.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        below.addWidget(self.edge)
        below.addWidget(self.gain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.canvas, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        for part in (self.mode, self.edge, self.gain):
            part.changed.connect(self.refresh)
        back = QShortcut(QKeySequence(Qt.Key.Key_Backspace), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)


def _sized(pixels: Pixels, shape: tuple[int, ...]) -> Pixels:
    """Return a picture at another size, as soft as previews are."""
    if pixels.shape[:2] == tuple(shape[:2]):
        return pixels
    picture = Image.fromarray(pixels).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(picture)
