"""Every keyboard way, in one table, and the dialog that lists them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets import SectionHead
from gui.widgets.described import described

Tables = tuple[tuple[str, dict[str, tuple[str, str]]], ...]
_BETWEEN = 3 * theme.LARGE

EVERYWHERE = {
    "generate": ("Ctrl+Return", "Generate or compare; again while running: queue more"),
    "cancel": ("Esc", "Cancel everything that runs or waits"),
    "queue": ("Ctrl+J", "Open or close the queue"),
    "create": ("Ctrl+1", "Create"),
    "compare": ("Ctrl+2", "Compare"),
    "prompts": ("Ctrl+H", "Recent prompts and presets"),
    "styles": ("Ctrl+T", "Styles"),
    "settings": ("Ctrl+,", "Settings"),
    "shortcuts": ("F1", "This list"),
    "quit": ("Ctrl+Q", "Quit"),
}
IN_PROMPTS = {
    "stronger": ("Ctrl+Up", "Selected words stronger"),
    "weaker": ("Ctrl+Down", "Selected words weaker"),
    "undo": ("Ctrl+Z", "Undo"),
    "redo": ("Ctrl+Shift+Z", "Redo"),
}
ON_PICTURES = {
    "previous": ("Left", "Previous picture"),
    "next": ("Right", "Next picture"),
    "recall_prompt": ("P", "Take its prompt"),
    "recall_seed": ("S", "Take its seed"),
    "recall_all": ("A", "Take all its settings"),
    "throw": ("Del", "Throw it away"),
    "have_back": ("Ctrl+Z", "Have it back"),
    "branch": ("B", "Branch from the step on show"),
    "play": ("Space", "Play the steps"),
    "noisy": ("X", "Predicted picture or noisy one"),
    "forward": ("N", "The way there beside the way back"),
}
ON_THE_QUEUE = {
    "hold": ("Space", "Pause, or let go on"),
    "up": ("Alt+Up", "Sooner"),
    "down": ("Alt+Down", "Later"),
    "drop": ("Del", "Cancel"),
    "retry": ("R", "Try again what failed"),
}
ON_THE_CANVAS = {
    "zoom_in": ("+", "Zoom in"),
    "zoom_out": ("-", "Zoom out"),
    "fit": ("F", "Fit the picture"),
    "actual": ("1", "Show it at 100 %"),
}

ON_CELLS = {
    "open": ("Return", "Show the cell large"),
    "back": ("Backspace", "Back to all cells"),
    "reference": ("F", "Compare all cells with this one"),
    "roll": ("R", "Roll it again from other noise"),
    "stop": ("S", "Stop it, or let it go on"),
    "remove": ("Del", "Leave it out"),
    "use": ("U", "Take its settings to Create"),
    "plots": ("P", "The plots of all cells"),
}


class ShortcutsDialog(QDialog):
    """Lists what the keys do, in two columns, or in one where there is no room for two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle("Keyboard – Etascope")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(_BETWEEN)
        for tables in (_LEFT, _RIGHT):
            self._halves.addLayout(_column(tables))
        self._page = QWidget()
        self._page.setLayout(self._halves)
        self._halves.setContentsMargins(0, 0, theme.SMALL, 0)
        self._beside = self._page.sizeHint().width()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        self._area = self._scrolled()
        column.addWidget(self._area)
        column.addWidget(buttons)
        self._fit(parent)

    def _scrolled(self) -> QScrollArea:
        area = described(QScrollArea(), "Keys", "All that the keys do.")
        area.setObjectName("keys")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._page)
        return area

    def _fit(self, parent: QWidget | None) -> None:
        """Be as large as the words need, and no larger than the window allows."""
        room = self.screen().availableSize() if parent is None else parent.size()
        around = self.sizeHint() - self._area.sizeHint()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._turn(room.width() - around.width() - bar)
        page = self._page.sizeHint() + around + QSize(bar, 0)
        self.setMinimumWidth(page.width())
        self.resize(page.boundedTo(room))

    def _turn(self, room: int) -> None:
        """Put the halves beside each other where that fits into so many pixels."""
        wide = room >= self._beside
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._halves.setSpacing(_BETWEEN if wide else theme.LARGE)
        self._halves.invalidate()


def _column(tables: Tables) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.LARGE)
    grid.setVerticalSpacing(theme.SMALL)
    for head, table in tables:
        _add(grid, head, table)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def _add(grid: QGridLayout, head: str, table: dict[str, tuple[str, str]]) -> None:
    if grid.count():
        grid.setRowMinimumHeight(grid.rowCount(), theme.SMALL)
    grid.addWidget(SectionHead(head), grid.rowCount(), 0, 1, 2)
    for keys, what in table.values():
        row = grid.rowCount()
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(QLabel(what), row, 0)
        grid.addWidget(QLabel(native), row, 1)


_LEFT: Tables = (
    ("Everywhere", EVERYWHERE),
    ("In the prompts", IN_PROMPTS),
    ("On the queue", ON_THE_QUEUE),
    ("On the picture", ON_THE_CANVAS),
)
_RIGHT: Tables = (
    ("On the picture or the newest pictures", ON_PICTURES),
    ("On the cells of a comparison", ON_CELLS),
)
