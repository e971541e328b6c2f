"""The right panel: the cell in hand in figures, and what can be done with it and with all."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui import theme
from gui.compare.cell_menu import DEEDS, pin_words, stop_words
from gui.compare.cells import OPEN, LiveCell, State, capital
from gui.compare.cells_model import marks
from gui.controls import Column
from gui.retelling import retold
from gui.widgets import Hint, SectionHead, Surface
from gui.widgets.described import described, named
from gui.widgets.seed import grouped
from gui.words import marked, tr

_CELL = {
    "open": (marked("Show large"), marked("Show this cell large (Enter).")),
    "reference": (
        marked("Make it the reference"),
        marked("Compare all other cells with this one (F)."),
    ),
    "pin": (
        marked("Pin"),
        marked(
            "Keep this cell in sight when axes and pages change; the first is the reference (K)."
        ),
    ),
    "roll": (marked("Roll again"), marked("Make this cell again from other noise (R).")),
    "stop": (
        marked("Stop"),
        marked("Stop this cell where it is, or let it go on from there (S)."),
    ),
    "remove": (
        marked("Leave out"),
        marked("Leave this cell out; its picture stays in the gallery (Del)."),
    ),
    "branch": (
        marked("Branch in Create"),
        marked("Go on from the step on show with other settings, in the Create view (B)."),
    ),
    "use": (
        marked("Use these settings"),
        marked("Take this cell's settings to the Create view (U)."),
    ),
}
_ALL = {
    "plots": (marked("Plots"), marked("Noise, change and likeness of all cells as curves (P).")),
    "stop_all": (marked("Stop all"), marked("Stop all cells that run or wait.")),
    "judge": (
        marked("Blind test…"),
        marked("Two pictures at a time without names: which is better? A ranking at the end (J)."),
    ),
    "save_sheet": (
        marked("Save the grid as…"),
        marked("Save a labelled picture of all cells; it opens again."),
    ),
    "save_figures": (
        marked("Save the figures as…"),
        marked("Save a table (CSV) of all cells' figures."),
    ),
    "save_film": (
        marked("Save an animation…"),
        marked("Save all cells denoising together as a moving picture (WebP)."),
    ),
    "open_grid": (marked("Open a grid…"), marked("Open a comparison that was made earlier.")),
}
_ROWS = (marked("Model calls"), marked("Time"), marked("Seed"), "PSNR", "SSIM")


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
        self.show_all([])

    def show_cell(self, cell: LiveCell | None, label: str, reference: str | None) -> None:
        """Show a cell's figures; `reference` is the label of the one that all are compared with."""
        self.label.setText(label or tr("No cell chosen"))
        self.state.setText("" if cell is None else _standing(cell))
        against = tr("PSNR and SSIM: against {cell}", cell=reference)
        self.against.setText("" if reference is None else against)
        for name, value in _figures(cell).items():
            self.figures[name].setText(value)
        self._offer(cell)

    def show_all(
        self, cells: list[LiveCell], blamed: Sequence[str] = (), expected: Sequence[str] = ()
    ) -> None:
        """Show what concerns all cells: what can be done with them, which came out the same.

        Those are warned of that should differ.
        """
        self.buttons["stop_all"].setEnabled(any(cell.state in OPEN for cell in cells))
        for name in ("plots", "save_sheet", "save_figures"):
            self.buttons[name].setEnabled(bool(cells))
        self.buttons["save_film"].setEnabled(any(cell.picture is not None for cell in cells))
        self.buttons["judge"].setEnabled(sum(cell.state is State.DONE for cell in cells) > 1)
        same = [*blamed, *expected]
        more = len(same) - 3
        shown = same[:3] + ([tr("and %n more pair(s)", n=more)] if more > 0 else [])
        self.same.setText("\n".join(shown))
        self.same.setVisible(bool(same))
        role = "warning" if blamed else "secondary"
        if self.same.property("role") != role:
            self.same.setProperty("role", role)
            self.same.style().polish(self.same)

    @Slot(int, int)
    def show_filming(self, done: int, of: int) -> None:
        """Show how far the animation is that is being saved; the same button ends it."""
        percent = 100 * done // max(of, 1)
        self.buttons["save_film"].setText(tr("Stop saving ({percent} %)", percent=percent))

    @Slot()
    def end_filming(self) -> None:
        self.buttons["save_film"].setText(tr(_ALL["save_film"][0]))

    def _offer(self, cell: LiveCell | None) -> None:
        """Grey what cannot be done with the cell."""
        for name, deed in DEEDS.items():
            self.buttons[name].setEnabled(cell is not None and deed.fits(cell))
        self.buttons["stop"].setText(tr("Stop") if cell is None else stop_words(cell))
        self.buttons["pin"].setText(tr("Pin") if cell is None else pin_words(cell))

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = described(named(QPushButton(tr(text)), f"cell-{name}"), tr(text), tr(tip))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setVerticalSpacing(theme.TINY)
        for row, (name, value) in enumerate(self.figures.items()):
            head = QLabel(tr(name))
            head.setProperty("role", "secondary")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setWordWrap(True)  # a seed may have twenty digits
            value.setAccessibleName(tr(name))
            table.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(value, row, 1)
        table.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for part in (SectionHead(tr("Cell")), self.label, self.state):
            column.addWidget(part)
        column.addLayout(table)
        column.addWidget(self.against)
        self._add(column, ["open", "reference", ("pin", "remove"), ("roll", "stop")])
        self._add(column, ["branch", "use"])
        column.addSpacing(theme.SMALL)
        column.addWidget(SectionHead(tr("All cells")))
        column.addWidget(self.same)
        self._add(column, [("plots", "stop_all"), "judge"])
        self._add(column, ["save_sheet", "save_figures", "save_film", "open_grid"])
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.column = Column(column)
        outer.addWidget(self.column)

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
    values = {"step": cell.reached, "of": cell.steps}
    match cell.state:
        case State.RUNNING:
            words = tr("Step {step} of {of}", **values)
        case State.STOPPED:
            words = tr("Stopped at step {step} of {of}", **values)
        case State.DONE:
            words = tr("%n step(s), done", n=cell.steps)
        case State.FAILED:
            return tr("Failed. {reason}", reason=retold(cell.problem))
        case _:
            words = f"{capital(cell)}, {tr('%n step(s)', n=cell.steps)}"
    return ", ".join([words, *marks(cell)])


def _figures(cell: LiveCell | None) -> dict[str, str]:
    if cell is None:
        return dict.fromkeys(_ROWS, "–")
    likeness = cell.likeness
    psnr = ssim = "–"
    if likeness is not None:
        psnr = tr("the same") if math.isinf(likeness.psnr) else f"{likeness.psnr:.1f} dB"
        ssim = "–" if likeness.ssim is None else f"{likeness.ssim:.3f}"
    seconds = cell.elapsed()
    return {
        "Model calls": str(cell.calls) if cell.calls else "–",
        "Time": tr("{seconds} s", seconds=f"{seconds:.2f}") if seconds else "–",
        "Seed": grouped(cell.recipe.seed),
        "PSNR": psnr,
        "SSIM": ssim,
    }
