"""The cells in hand large: the viewer, fed with their frames as they are now."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.recipe import Pixels
from gui.compare.cells import LiveCell
from gui.compare.frames import Frames
from gui.viewer import ALONE, BESIDE, MOST, Exhibit, Viewer
from gui.words import tr

_NOTHING: Pixels = np.zeros((1, 1, 3), np.uint8)


class Inspector(Viewer):
    """Shows one cell, beside the reference if there is one, or several cells chosen together."""

    def __init__(self, frames: Frames) -> None:
        super().__init__(tr("Back to the grid"))
        self._frames = frames
        self._cells: list[LiveCell] = []
        self._reference: LiveCell | None = None
        self._label: Callable[[LiveCell], str] = lambda _: ""
        self.prefer(ALONE)

    def show_cells(
        self, cells: Sequence[LiveCell], current: LiveCell, label: Callable[[LiveCell], str]
    ) -> None:
        """Show cells that have something to see; `label` tells what each is called.

        A single one comes with the reference, to be wiped, blinked and subtracted.
        """
        chosen = list(dict.fromkeys([*cells, current]))
        several = len(chosen) > 1
        if not several and self._reference is not None and self._reference.reached:
            chosen = list(dict.fromkeys([*chosen, self._reference]))
        shown = chosen[:MOST]
        if current not in shown:  # of more than can be shown the one in hand is one
            shown[-1] = current
        self._cells, self._label = shown, label
        if several and self.mode.value() == ALONE:
            self.prefer(BESIDE)
        self._show(current)

    def set_reference(self, cell: LiveCell | None) -> None:
        """Take note of the cell that others are compared with."""
        self._reference = cell

    def touch(self, cell: LiveCell) -> None:
        """A cell has something new to show."""
        if self.isVisible() and cell in self._cells:
            self.set_picture(self._cells.index(cell), self._exhibit(cell))

    def _show(self, current: LiveCell) -> None:
        cells, reference = self._cells, self._reference
        number = cells.index(current)
        against = cells.index(reference) if reference in cells else (number + 1) % len(cells)
        exhibits = [self._exhibit(cell) for cell in cells]
        self.show_pictures(exhibits, current=number, against=against)

    def _exhibit(self, cell: LiveCell) -> Exhibit:
        """Return a cell's frame as the grid has it, or as it is to be."""
        made = self._frames.print_of(cell)
        pixels = self._frames.pixels(cell) if made is None else made.pixels
        natural = (cell.recipe.width, cell.recipe.height)
        return Exhibit(self._label(cell), _NOTHING if pixels is None else pixels, natural)
