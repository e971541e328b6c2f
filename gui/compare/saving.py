"""What of a comparison the user saves where he wants it, and opens from there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from engine.compare.figures import csv_text
from gui.compare.cells import LiveCell
from gui.compare.comparison import Comparison
from gui.compare.figures_table import rows
from gui.compare.plots import Plots


class Saving:
    """Asks where, and has it written there. `folder` is where asking begins."""

    def __init__(self, host: QWidget, comparison: Comparison, plots: Plots, folder: Path) -> None:
        self._host, self._comparison, self._plots = host, comparison, plots
        self._folder = folder

    def ask_sheet(self) -> None:
        self._ask("Save the grid as", "Pictures (*.png)", "grid.png", self.save_sheet)

    def ask_figures(self, label: Callable[[LiveCell], str]) -> None:
        def save(path: Path) -> None:
            self.save_figures(path, label)

        self._ask("Save the figures as", "Tables (*.csv)", "figures.csv", save)

    def ask_plots(self) -> None:
        self._ask("Save the plots as", "Drawings (*.svg)", "plots.svg", self.save_plots)

    def ask_open(self, then: Callable[[Path], None]) -> None:
        """Ask for a comparison's file."""
        dialog = QFileDialog(self._host, "Open a grid", str(self._folder), "Grids (*.png)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        _open(dialog, then)

    def save_sheet(self, path: Path) -> None:
        """Have the labelled grid written."""
        snapshot = self._comparison.snapshot(path)
        if snapshot is not None:
            self._comparison.keeper.copy_sheet(snapshot)

    def save_figures(self, path: Path, label: Callable[[LiveCell], str]) -> None:
        """Have the cells' figures written as CSV."""
        table = rows(self._comparison.cells, label)
        self._comparison.keeper.write(path, csv_text(table).encode())

    def save_plots(self, path: Path) -> None:
        """Have the plots written as a drawing."""
        self._comparison.keeper.write(path, self._plots.svg())

    def _ask(self, title: str, kinds: str, name: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._host, title, str(self._folder / name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        _open(dialog, then)


def _open(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
