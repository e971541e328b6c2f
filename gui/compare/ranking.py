"""What a blind test came to: a table of strengths, by cell or by one of the axes."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.compare.axes import Plan
from engine.compare.judging import Standing, Trial, standings
from gui import theme
from gui.compare.axis_editor import FIELDS
from gui.compare.cells import LiveCell
from gui.compare.spoken import value_label
from gui.pixels import to_image
from gui.widgets import ChipGroup, Hint
from gui.widgets.described import described, named
from gui.words import marked, tr

_BY_CELL = "cell"
_THUMB = 40
_HEADS = (
    "",
    marked("Strength"),
    marked("Won"),
    marked("Tied"),
    marked("Lost"),
)
_ABOUT = marked(
    "Strength is the share of comparisons that each is expected to win against an average one: "
    "Bradley and Terry's model of 1952, a tie counting half a win for both."
)


class Ranking(QWidget):
    """Shows who did best; `label` tells what a cell is called."""

    def __init__(self, label: Callable[[LiveCell], str]) -> None:
        super().__init__()
        self._label = label
        self._trial = Trial(0)
        self._cells: Mapping[str, LiveCell] = {}
        self._plan: Plan | None = None
        self.by: ChipGroup | None = None
        self._items: list[tuple[str, str]] = []
        self.table = named(QTableWidget(0, len(_HEADS)), "ranking")
        self._chips = QHBoxLayout()
        self._lay_out()

    def show_trial(self, trial: Trial, cells: Mapping[str, LiveCell], plan: Plan | None) -> None:
        """Show what judging these cells, by their pictures' digests, came to."""
        self._trial, self._cells, self._plan = trial, cells, plan
        self._offer()
        self._fill()

    def _offer(self) -> None:
        """Let the ranking be by cell, and by each axis where there are several."""
        axes = () if self._plan is None else self._plan.axes
        items = [(str(k), tr(FIELDS.get(one.field, one.field))) for k, one in enumerate(axes)]
        if self.by is not None and items == self._items:
            return
        if self.by is not None:
            self._chips.removeWidget(self.by)
            self.by.setParent(None)
            self.by.deleteLater()
        self._items = items
        self.by = ChipGroup("rank-by", [(_BY_CELL, tr("Cells")), *items])
        described(self.by, tr("What is ranked"), tr("The cells, or all that share a setting."))
        self.by.changed.connect(self._fill)
        self._chips.insertWidget(0, self.by)
        self.by.setVisible(len(axes) > 1)

    @Slot()
    def _fill(self) -> None:
        by = _BY_CELL if self.by is None else self.by.value()
        rows: list[tuple[str, Standing[LiveCell] | Standing[int], QIcon]]
        if by == _BY_CELL or self._plan is None:
            cells = self._of_cells()
            rows = [(self._label(one.key), one, _icon(one.key)) for one in cells]
        else:
            axis, values = self._plan.axes[int(by)], self._of_values(int(by))
            rows = [(value_label(axis, one.key), one, QIcon()) for one in values]
        self.table.setRowCount(len(rows))
        for number, (words, one, icon) in enumerate(rows):
            # Who did equally well, as far as is shown, has the same rank.
            rank = 1 + sum(_percent(other) > _percent(one) for _, other, _ in rows)
            self._put(number, [f"{rank}.  {words}", *_figures(one)], icon)

    def _of_cells(self) -> list[Standing[LiveCell]]:
        return standings(self._trial.judged, self._cells.get)

    def _of_values(self, axis: int) -> list[Standing[int]]:
        def value(digest: str) -> int | None:
            cell = self._cells.get(digest)
            return None if cell is None else cell.at[0][axis]

        return standings(self._trial.judged, value)

    def _put(self, row: int, words: list[str], icon: QIcon) -> None:
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            else:
                item.setIcon(icon)
            self.table.setItem(row, column, item)

    def _lay_out(self) -> None:
        table, modes = self.table, QHeaderView.ResizeMode
        described(table, tr("Ranking"), tr(_ABOUT))
        table.setHorizontalHeaderLabels([tr(head) if head else "" for head in _HEADS])
        table.setProperty("surface", "cells")
        table.setShowGrid(False)
        table.setIconSize(QSize(_THUMB, _THUMB))
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(modes.ResizeToContents)
        table.horizontalHeader().setHighlightSections(False)
        for number in range(len(_HEADS)):
            mode = modes.ResizeToContents if number else modes.Stretch
            table.horizontalHeader().setSectionResizeMode(number, mode)
        self._chips.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(self._chips)
        column.addWidget(table, 1)
        column.addWidget(Hint(tr(_ABOUT), lines=2))


def _percent(one: Standing[LiveCell] | Standing[int]) -> int:
    return round(100 * one.strength)


def _figures(one: Standing[LiveCell] | Standing[int]) -> list[str]:
    share = tr("{share} %", share=_percent(one))
    return [share, str(one.wins), str(one.ties), str(one.losses)]


def _icon(cell: LiveCell) -> QIcon:
    if cell.picture is None:
        return QIcon()
    smooth = Qt.TransformationMode.SmoothTransformation
    image = to_image(cell.picture).scaled(
        2 * _THUMB, 2 * _THUMB, Qt.AspectRatioMode.KeepAspectRatio, smooth
    )
    return QIcon(QPixmap.fromImage(image))
