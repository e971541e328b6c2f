"""What of a comparison the user saves where he wants it, and opens from there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from engine.compare.figures import csv_text
from engine.errors import Problem
from gui.compare.cell_panel import CellPanel
from gui.compare.cells import LiveCell
from gui.compare.comparison import Comparison
from gui.compare.figures_table import rows
from gui.compare.filming import Filming, take_of
from gui.compare.frames import Frames
from gui.compare.plots import Plots
from gui.words import tr


class Saving:
    """Asks where, beginning where the comparison's pictures are, and has it written there."""

    def __init__(self, host: QWidget, comparison: Comparison, plots: Plots) -> None:
        self._host, self._comparison, self._plots = host, comparison, plots
        self.filming = Filming()

    def film_with(
        self, panel: CellPanel, written: Callable[[Path], None], failed: Callable[[Problem], None]
    ) -> None:
        """Tell others how far an animation is, and what has come of it."""
        self.filming.progressed.connect(panel.show_filming)
        self.filming.ended.connect(panel.end_filming)
        self.filming.written.connect(written)
        self.filming.failed.connect(failed)

    def ask_sheet(self) -> None:
        pictures = tr("Pictures (*.png)")
        self._ask(tr("Save the grid as"), pictures, "grid.png", self.save_sheet)

    def ask_figures(self, label: Callable[[LiveCell], str]) -> None:
        def save(path: Path) -> None:
            self.save_figures(path, label)

        self._ask(tr("Save the figures as"), tr("Tables (*.csv)"), "figures.csv", save)

    def ask_plots(self) -> None:
        kinds = f"{tr('Drawings (*.svg)')};;{tr('Pictures (*.png)')}"
        self._ask(tr("Save the plots as"), kinds, "plots.svg", self.save_plots)

    def ask_film(self, frames: Frames) -> None:
        """Ask for an animation's file; while one is being saved, end that."""

        def save(path: Path) -> None:
            self.save_film(path, frames)

        if self.filming.is_active():
            self.filming.stop()
        else:
            kinds = tr("Moving pictures (*.webp)")
            self._ask(tr("Save the animation as"), kinds, "grid.webp", save)

    def ask_open(self, then: Callable[[Path], None]) -> None:
        """Ask for a comparison's file."""
        title, kinds = tr("Open a grid"), tr("Grids (*.png)")
        dialog = QFileDialog(self._host, title, str(self._comparison.folder()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, then)

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
        """Have the plots written: as a picture where the name says so, else as a drawing."""
        picture = path.suffix.lower() == ".png"
        data = self._plots.png() if picture else self._plots.svg()
        self._comparison.keeper.write(path, data)

    def save_film(self, path: Path, frames: Frames) -> None:
        """Have all finished cells written denoising together, linked as they are on the screen."""
        plan = self._comparison.plan
        placed = [cell for cell in self._comparison.cells if cell.at]
        take = None if plan is None else take_of(plan, placed, frames.link, noisy=frames.noisy)
        if take is not None:
            self.filming.start(path, take)

    def _ask(self, title: str, kinds: str, name: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._host, title, str(self._comparison.folder() / name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffix = Path(name).suffix[1:]
        dialog.setDefaultSuffix(suffix)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind, suffix)))
        self._open(dialog, then)

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        window = self._host.window()
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(window.activateWindow)  # nobody else does without a window manager
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.activateWindow()


def _ending(kind: str, usual: str) -> str:
    """Return the ending that a file dialog's filter, like "Pictures (*.png)", stands for."""
    return kind.rpartition("*.")[2].rstrip(")") or usual
