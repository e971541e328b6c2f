"""Every keyboard way, in one table, and the dialog that lists them."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QWidget

from gui import theme
from gui.widgets import SectionHead

EVERYWHERE = {
    "generate": ("Ctrl+Return", "Generate; again while running: queue more"),
    "cancel": ("Esc", "Cancel everything that runs or waits"),
    "create": ("Ctrl+1", "Create"),
    "shortcuts": ("F1", "This list"),
    "quit": ("Ctrl+Q", "Quit"),
}
ON_PICTURES = {
    "previous": ("Left", "Previous picture"),
    "next": ("Right", "Next picture"),
    "recall_prompt": ("P", "Take its prompt"),
    "recall_seed": ("S", "Take its seed"),
    "recall_all": ("A", "Take all its settings"),
}


class ShortcutsDialog(QDialog):
    """Lists what the keys do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle("Keyboard – Etascope")
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(2 * theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        _add(grid, "Everywhere", EVERYWHERE)
        _add(grid, "On the picture or the newest pictures", ON_PICTURES)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        grid.addWidget(buttons, grid.rowCount(), 0, 1, 2)


def _add(grid: QGridLayout, head: str, table: dict[str, tuple[str, str]]) -> None:
    grid.addWidget(SectionHead(head), grid.rowCount(), 0, 1, 2)
    for keys, what in table.values():
        row = grid.rowCount()
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(QLabel(what), row, 0)
        grid.addWidget(QLabel(native), row, 1)
