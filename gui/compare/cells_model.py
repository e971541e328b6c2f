"""The cells of one page of a comparison as a Qt table: first axis across, second down."""

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
from engine.compare.words import place_label, value_label
from engine.menu import menu
from gui.compare.cells import LiveCell, State

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""A LiveCell, a Skip where there can be none, or None."""

_TOP = QModelIndex()
_SPOKEN = {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}


class CellsModel(QAbstractTableModel):
    """Shows the cells of the plan's places whose third and further axes are those of `page`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._page: Place = ()
        self._at: dict[Place, LiveCell | Skip] = {}

    def show_cells(self, plan: Plan | None, cells: list[LiveCell], page: int = 0) -> None:
        """Show another comparison, or another page (a value of its third axis) of it."""
        self.beginResetModel()
        self._plan = plan
        self._page = (page,) if plan is not None and len(plan.axes) > 2 else ()
        self._at = {place: cell for cell in cells for place in cell.at}
        self._at |= {skip.at: skip for skip in (() if plan is None else plan.skipped)}
        self.endResetModel()

    def pages(self) -> list[str]:
        """Return what the pages are called; none where there is only one."""
        if self._plan is None or len(self._plan.axes) < 3:
            return []
        axis = self._plan.axes[2]
        return [value_label(axis, k) for k in range(len(axis.values))]

    def cell(self, index: Index) -> LiveCell | None:
        """Return the cell at an index, if one can be there."""
        found = self._at.get(self._place(index)) if index.isValid() else None
        return found if isinstance(found, LiveCell) else None

    def index_of(self, cell: LiveCell) -> QModelIndex:
        """Return the cell's first place on this page."""
        for place in cell.at:
            if place[2:] == self._page:
                return self.index(*self._row_and_column(place))
        return QModelIndex()

    def label(self, cell: LiveCell) -> str:
        """Return what tells a cell from the others."""
        if self._plan is None or not self._plan.axes:
            return menu()[cell.recipe.sampler].label
        return place_label(self._plan.axes, cell.at[0])

    @Slot(LiveCell)
    def tell(self, cell: LiveCell) -> None:
        """Have a cell painted anew, wherever it is."""
        for place in cell.at:
            if place[2:] == self._page:
                index = self.index(*self._row_and_column(place))
                self.dataChanged.emit(index, index)

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._count(1)

    @override
    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._count(0)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._at.get(self._place(index))
        if role == CELL_ROLE:
            return found
        if role not in _SPOKEN:
            return None
        if isinstance(found, LiveCell):
            return f"{self.label(found)}: {sentence(found)}"
        return found.reason if isinstance(found, Skip) else None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        number = 0 if orientation == Qt.Orientation.Horizontal else 1
        spoken = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        if self._plan is None or not spoken or len(self._plan.axes) <= number:
            return None
        axis = self._plan.axes[number]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{axis.field}: {axis.values[section]}"
        return value_label(axis, section)

    def _count(self, number: int) -> int:
        if self._plan is None:
            return 0
        axes = self._plan.axes
        return len(axes[number].values) if len(axes) > number else 1

    def _place(self, index: Index) -> Place:
        place = (index.column(), index.row())[: 0 if self._plan is None else len(self._plan.axes)]
        return (*place, *self._page)

    @staticmethod
    def _row_and_column(place: Place) -> tuple[int, int]:
        column, row = (*place, 0, 0)[:2]
        return row, column


def sentence(cell: LiveCell) -> str:
    """Return how a cell stands, as it is said in its tooltip and to screen readers."""
    calls = "1 model call" if cell.calls == 1 else f"{cell.calls} model calls"
    match cell.state:
        case State.RUNNING:
            return f"step {cell.reached} of {cell.steps}, {calls}"
        case State.DONE:
            seconds = f", {cell.elapsed():.1f} s" if cell.seconds else ""
            return f"done, {cell.steps} steps, {calls}{seconds}"
        case State.FAILED:
            return f"failed. {cell.problem}"
        case State.STOPPED:
            return f"stopped at step {cell.reached} of {cell.steps}"
        case _:
            return str(cell.state.value)


def brief(cell: LiveCell, step: int) -> list[str]:
    """Return what is said under a cell, the first thing first; `step` is the one on show."""
    calls = f"{cell.calls} call" if cell.calls == 1 else f"{cell.calls} calls"
    seconds = [f"{cell.elapsed():.1f} s"] if cell.elapsed() else []
    match cell.state:
        case State.DONE if step != cell.steps:
            return [f"step {step} of {cell.steps}"]
        case State.RUNNING:
            return [f"{step} of {cell.steps}", calls, *seconds]
        case State.DONE:
            return [f"✓ {cell.steps} of {cell.steps}", calls, *seconds]
        case State.STOPPED:
            return [f"stopped at {cell.reached} of {cell.steps}"]
        case _:
            return [cell.state.value]
