"""The cells of one page of a comparison as a Qt table: first axis across, second down.

Pinned cells that have no place on the page stand in a column of their own before the others.
"""

from itertools import product
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from typing_extensions import override

from engine.compare.axes import Place, Plan, Skip
from gui.compare.cells import LiveCell, State, standing
from gui.compare.spoken import label, place_label, value_label
from gui.retelling import retold
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""A LiveCell, a Skip where there can be none, or None."""

TAG_ROLE: Final = CELL_ROLE + 1
"""What is written on a cell's picture: a list of words."""

_TOP = QModelIndex()
_SPOKEN = {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}


class CellsModel(QAbstractTableModel):
    """Shows the cells of the plan's places whose third and further axes are those of `page`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._page: Place = ()
        self._at: dict[Place, LiveCell | Skip] = {}
        self._pinned: list[LiveCell] = []

    def show_cells(self, plan: Plan | None, cells: list[LiveCell], page: int = 0) -> None:
        """Show another comparison, or another page of it, by its number."""
        self.beginResetModel()
        self._plan = plan
        self._page = _pages(plan)[page] if plan is not None else ()
        self._at = {place: cell for cell in cells for place in cell.at}
        self._at |= {skip.at: skip for skip in (() if plan is None else plan.skipped)}
        self._pinned = [cell for cell in cells if cell.pinned and not self._places(cell)]
        self.endResetModel()

    def pages(self) -> list[str]:
        """Return what the pages are called; none where there is only one."""
        if self._plan is None or len(self._plan.axes) < 3:
            return []
        axes = self._plan.axes[2:]
        return [place_label(axes, page) for page in _pages(self._plan)]

    def cell(self, index: Index) -> LiveCell | None:
        """Return the cell at an index, if one can be there."""
        found = self._found(index)
        return found if isinstance(found, LiveCell) else None

    def index_of(self, cell: LiveCell) -> QModelIndex:
        """Return the cell's first place on this page."""
        return next(iter(self._indexes(cell)), QModelIndex())

    def label(self, cell: LiveCell) -> str:
        """Return what tells a cell from the others."""
        if self._plan is None or not self._plan.axes or not cell.at:
            sampler = label("sampler", cell.recipe.sampler)
            steps = label("steps", cell.recipe.steps)
            return f"{sampler}, {steps}" if cell.pinned else sampler
        return place_label(self._plan.axes, cell.at[0])

    @Slot(LiveCell)
    def tell(self, cell: LiveCell) -> None:
        """Have a cell painted anew, wherever it is."""
        for index in self._indexes(cell):
            self.dataChanged.emit(index, index)

    def _places(self, cell: LiveCell) -> list[Place]:
        """Return the cell's places on this page."""
        return [place for place in cell.at if place[2:] == self._page]

    def _indexes(self, cell: LiveCell) -> list[QModelIndex]:
        """Return where on this page the cell is shown; nowhere if it has just been let go."""
        if cell in self._pinned:
            return [self.index(self._pinned.index(cell), 0)]
        spots = [(*place, 0, 0)[:2] for place in self._places(cell) if self._at.get(place) is cell]
        return [self.index(row, column + bool(self._pinned)) for column, row in spots]

    def _found(self, index: Index) -> LiveCell | Skip | None:
        if not index.isValid():
            return None
        row, column = index.row(), index.column() - bool(self._pinned)
        if column < 0:
            return self._pinned[row] if row < len(self._pinned) else None
        axes = 0 if self._plan is None else len(self._plan.axes)
        if axes < 2 and row > 0:  # beside pinned cells there is room for no others
            return None
        return self._at.get((*(column, row)[:axes], *self._page))

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else max(self._count(1), len(self._pinned))

    @override
    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._count(0) + bool(self._pinned)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self._found(index)
        if role == CELL_ROLE:
            return found
        if role == TAG_ROLE and isinstance(found, LiveCell):
            return [self.label(found)] if found in self._pinned else marks(found)
        if role not in _SPOKEN:
            return None
        if isinstance(found, LiveCell):
            return f"{self.label(found)}: {sentence(found)}"
        return retold(found.reason) if isinstance(found, Skip) else None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        number = 0 if orientation == Qt.Orientation.Horizontal else 1
        spoken = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        if number == 0 and self._pinned:
            section -= 1
        if self._plan is None or not spoken:
            return None
        if section < 0:
            return tr("Pinned")
        if len(self._plan.axes) <= number or section >= self._count(number):
            return None
        axis = self._plan.axes[number]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{retold(axis.field)}: {axis.values[section]}"
        return value_label(axis, section)

    def _count(self, number: int) -> int:
        if self._plan is None:
            return 0
        axes = self._plan.axes
        return len(axes[number].values) if len(axes) > number else 1


def _pages(plan: Plan) -> list[Place]:
    """Return the values of the third and further axes that each page has, a single page first."""
    return list(product(*(range(len(one.values)) for one in plan.axes[2:])))


def marks(cell: LiveCell) -> list[str]:
    """Return what is to be seen of a cell at once: that it is pinned, that its seed is its own."""
    pinned = [tr("pinned")] if cell.pinned else []
    return [*pinned, tr("rolled again")] if cell.is_rolled else pinned


def sentence(cell: LiveCell) -> str:
    """Return how a cell stands, as it is said in its tooltip and to screen readers."""
    return ", ".join([_standing(cell), *marks(cell)])


def _standing(cell: LiveCell) -> str:
    calls, values = tr("%n model call(s)", n=cell.calls), {"step": cell.reached, "of": cell.steps}
    match cell.state:
        case State.RUNNING:
            return f"{tr('step {step} of {of}', **values)}, {calls}"
        case State.DONE:
            words = [tr("done"), tr("%n step(s)", n=cell.steps), calls]
            seconds = tr("{seconds} s", seconds=f"{cell.elapsed():.1f}")
            return ", ".join([*words, seconds] if cell.seconds else words)
        case State.FAILED:
            return tr("failed. {reason}", reason=retold(cell.problem))
        case State.STOPPED:
            return tr("stopped at step {step} of {of}", **values)
        case _:
            return f"{standing(cell)}, {tr('%n step(s)', n=cell.steps)}"


def brief(cell: LiveCell, step: int) -> list[str]:
    """Return what is said under a cell, the first thing first; `step` is the one on show."""
    calls, of = tr("%n call(s)", n=cell.calls), cell.steps
    elapsed = cell.elapsed()
    seconds = [tr("{seconds} s", seconds=f"{elapsed:.1f}")] if elapsed else []
    match cell.state:
        case State.DONE if step != of:
            return [tr("step {step} of {of}", step=step, of=of)]
        case State.RUNNING:
            return [tr("{step} of {of}", step=step, of=of), calls, *seconds]
        case State.DONE:
            done = tr("✓ {step} of {of}", step=of, of=of)
            return [done, calls, *seconds]
        case State.STOPPED:
            return [tr("stopped at {step} of {of}", step=cell.reached, of=of)]
        case _:
            return [standing(cell)]
