"""How like the reference the cells of a comparison are."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from engine.compare.figures import Likeness
from engine.recipe import Pixels
from gui.compare.cells import LiveCell
from gui.compare.keeper import Keeper


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """What is being compared: a cell's picture, and that of the reference."""

    cell: LiveCell
    picture: Pixels
    reference: Pixels


class Likenesses(QObject):
    """Has pictures compared with those of the reference. `changed` tells whose likeness is known.

    Comparing takes long: what comes of two of which one is not there any more is not taken.
    """

    changed = Signal(LiveCell)

    def __init__(self, keeper: Keeper, parent: QObject) -> None:
        super().__init__(parent)
        self.reference: LiveCell | None = None
        self._keeper = keeper
        keeper.measured.connect(self._on_measured)

    def refer_to(self, reference: LiveCell | None, cells: Iterable[LiveCell]) -> None:
        """Compare all cells with this one, or with none."""
        self.reference = reference
        for cell in cells:
            cell.likeness = None
            self.measure(cell)
            self.changed.emit(cell)

    def measure(self, cell: LiveCell) -> None:
        """Have a cell compared, if it and the reference have pictures."""
        reference = self.reference
        if reference is None or cell.picture is None or reference.picture is None:
            return
        if cell is not reference:
            pair = _Pair(cell, cell.picture, reference.picture)
            self._keeper.measure(pair, pair.picture, pair.reference)

    @Slot(object, object)
    def _on_measured(self, pair: _Pair, likeness: Likeness | None) -> None:
        reference = self.reference
        if reference is None or reference.picture is not pair.reference:
            return
        if pair.cell is not reference and pair.cell.picture is pair.picture:
            pair.cell.likeness = likeness
            self.changed.emit(pair.cell)
