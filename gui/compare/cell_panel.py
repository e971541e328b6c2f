"""The right panel: the cell in hand in figures, and what can be done with it and with all."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui import theme
from gui.compare.cells import OPEN, LiveCell, State, capital
from gui.controls import Column
from gui.widgets import Hint, SectionHead, Surface
from gui.widgets.described import described, named

WIDTH = 228
_CELL = {
    "open": ("Show large", "Show this cell large (Enter)."),
    "reference": ("Make it the reference", "Compare all other cells with this one (F)."),
    "roll": ("Roll again", "Make this cell again from other noise (R)."),
    "stop": ("Stop", "Stop this cell where it is, or let it go on from there (S)."),
    "remove": ("Leave out", "Leave this cell out; its picture stays in the gallery (Del)."),
    "use": ("Use these settings", "Take this cell's settings to the Create view (U)."),
}
_ALL = {
    "plots": ("Plots", "Noise, change and likeness of all cells as curves (P)."),
    "stop_all": ("Stop all", "Stop all cells that run or wait."),
    "save_sheet": ("Save the grid as…", "Save a labelled picture of all cells; it opens again."),
    "save_figures": ("Save the figures as…", "Save a table (CSV) of all cells' figures."),
    "open_grid": ("Open a grid…", "Open a comparison that was made earlier."),
}
_ROWS = ("Model calls", "Time", "Seed", "PSNR", "SSIM")


class CellPanel(Surface):
    """`wanted` tells what is to be done with the cell, or with all of them."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("panel")
        self.setObjectName("cell-panel")
        self.label = named(QLabel(), "cell-label")
        self.label.setWordWrap(True)
        self.state = Hint(lines=2)
        self.against = Hint(lines=1)
        self.same = named(Hint(), "cell-same")
        self.same.setProperty("role", "warning")
        self.figures = {name: QLabel() for name in _ROWS}
        self.buttons = {name: self._button(name, *words) for name, words in (_CELL | _ALL).items()}
        self._lay_out()
        self.show_cell(None, "", None)
        self.show_all([], [])

    def show_cell(self, cell: LiveCell | None, label: str, reference: str | None) -> None:
        """Show a cell's figures; `reference` is the label of the one that all are compared with."""
        self.label.setText(label or "No cell chosen")
        self.state.setText("" if cell is None else _standing(cell))
        self.against.setText("" if reference is None else f"PSNR and SSIM: against {reference}")
        for name, value in _figures(cell).items():
            self.figures[name].setText(value)
        self._offer(cell)

    def show_all(self, cells: list[LiveCell], same: list[str]) -> None:
        """Show what concerns all cells: what can be done with them, which came out the same."""
        self.buttons["stop_all"].setEnabled(any(cell.state in OPEN for cell in cells))
        for name in ("plots", "save_sheet", "save_figures"):
            self.buttons[name].setEnabled(bool(cells))
        shown = same[:3] + ([f"and {len(same) - 3} more pairs"] if len(same) > 3 else [])
        self.same.setText("\n".join(shown))
        self.same.setVisible(bool(same))

    def _offer(self, cell: LiveCell | None) -> None:
        """Grey what cannot be done with the cell."""
        state = None if cell is None else cell.state
        buttons = self.buttons
        done = state is State.DONE
        buttons["open"].setEnabled(cell is not None and cell.reached > 0)
        buttons["reference"].setEnabled(done)
        buttons["roll"].setEnabled(cell is not None)
        buttons["stop"].setEnabled(cell is not None and not done)
        buttons["stop"].setText("Stop" if state in OPEN or cell is None or done else _go(cell))
        buttons["remove"].setEnabled(cell is not None and state is not State.LEFT_OUT)
        buttons["use"].setEnabled(cell is not None)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = described(named(QPushButton(text), f"cell-{name}"), text, tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setVerticalSpacing(theme.TINY)
        for row, (name, value) in enumerate(self.figures.items()):
            head = QLabel(name)
            head.setProperty("role", "secondary")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setAccessibleName(name)
            table.addWidget(head, row, 0)
            table.addWidget(value, row, 1)
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for part in (SectionHead("Cell"), self.label, self.state):
            column.addWidget(part)
        column.addLayout(table)
        column.addWidget(self.against)
        self._add(column, ["open", "reference", ("roll", "stop"), "remove", "use"])
        column.addSpacing(theme.SMALL)
        column.addWidget(SectionHead("All cells"))
        column.addWidget(self.same)
        self._add(column, [("plots", "stop_all"), "save_sheet", "save_figures", "open_grid"])
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Column(column)
        outer.addWidget(scroll)
        self.setFixedWidth(max(WIDTH, scroll.minimumWidth()))

    def _add(self, column: QVBoxLayout, names: list[str | tuple[str, str]]) -> None:
        """Put buttons under each other, pairs of them beside each other."""
        for name in names:
            row = QHBoxLayout()
            row.setSpacing(theme.SMALL)
            for one in (name,) if isinstance(name, str) else name:
                row.addWidget(self.buttons[one], 1)
            column.addLayout(row)


def _standing(cell: LiveCell) -> str:
    """Return how a cell stands, in a line or two."""
    match cell.state:
        case State.RUNNING:
            return f"Step {cell.reached} of {cell.steps}"
        case State.STOPPED:
            return f"Stopped at step {cell.reached} of {cell.steps}"
        case State.DONE:
            return f"{cell.steps} steps, done"
        case State.FAILED:
            return f"Failed. {cell.problem}"
        case _:
            return capital(cell)


def _figures(cell: LiveCell | None) -> dict[str, str]:
    if cell is None:
        return dict.fromkeys(_ROWS, "–")
    likeness = cell.likeness
    psnr = ssim = "–"
    if likeness is not None:
        psnr = "the same" if math.isinf(likeness.psnr) else f"{likeness.psnr:.1f} dB"
        ssim = "–" if likeness.ssim is None else f"{likeness.ssim:.3f}"
    seconds = cell.elapsed()
    return {
        "Model calls": str(cell.calls) if cell.calls else "–",
        "Time": f"{seconds:.2f} s" if seconds else "–",
        "Seed": str(cell.recipe.seed),
        "PSNR": psnr,
        "SSIM": ssim,
    }


def _go(cell: LiveCell) -> str:
    return "Go on" if cell.state is State.STOPPED and cell.reached else "Run it"
