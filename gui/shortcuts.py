"""Every keyboard way, in one table, and the dialog that lists them."""

from PySide6.QtCore import QSize, Qt
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
from gui.widgets.menus import native
from gui.words import marked, tr

Tables = tuple[tuple[str, dict[str, tuple[str, str]]], ...]
_BETWEEN = 3 * theme.LARGE

EVERYWHERE = {
    "generate": ("Ctrl+Return", marked("Generate or compare; again while running: queue more")),
    "cancel": ("Esc", marked("Cancel everything that runs or waits")),
    "queue": ("Ctrl+J", marked("Open or close the queue")),
    "create": ("Ctrl+1", marked("Create")),
    "compare": ("Ctrl+2", marked("Compare")),
    "gallery": ("Ctrl+3", marked("Gallery")),
    "prompts": ("Ctrl+H", marked("Recent prompts and presets")),
    "styles": ("Ctrl+T", marked("Styles")),
    "models": ("Ctrl+M", marked("Models: those that are here, and others to get")),
    "settings": ("Ctrl+,", marked("Settings")),
    "shortcuts": ("F1", marked("This list")),
    "quit": ("Ctrl+Q", marked("Quit")),
}
IN_PROMPTS = {
    "stronger": ("Ctrl+Up", marked("Selected words stronger")),
    "weaker": ("Ctrl+Down", marked("Selected words weaker")),
    "undo": ("Ctrl+Z", marked("Undo")),
    "redo": ("Ctrl+Shift+Z", marked("Redo")),
}
ON_PICTURES = {
    "previous": ("Left", marked("Previous picture")),
    "next": ("Right", marked("Next picture")),
    "recall_prompt": ("P", marked("Take its prompt")),
    "recall_seed": ("S", marked("Take its seed")),
    "recall_all": ("A", marked("Take all its settings")),
    "throw": ("Del", marked("Throw it away")),
    "have_back": ("Ctrl+Z", marked("Have it back")),
    "branch": ("B", marked("Branch from the step on show")),
    "play": ("Space", marked("Play the steps")),
    "noisy": ("X", marked("Predicted picture or noisy one")),
    "forward": ("N", marked("The way there beside the way back")),
}
ON_THE_QUEUE = {
    "hold": ("Space", marked("Pause, or let go on")),
    "up": ("Alt+Up", marked("Sooner")),
    "down": ("Alt+Down", marked("Later")),
    "drop": ("Del", marked("Cancel")),
    "retry": ("R", marked("Try again what failed")),
}
ON_THE_CANVAS = {
    "zoom_in": ("+", marked("Zoom in")),
    "zoom_out": ("-", marked("Zoom out")),
    "fit": ("F", marked("Fit the picture")),
    "actual": ("1", marked("Show it at 100 %")),
}

ON_SEVERAL = {
    "one": ("O", marked("One picture, large")),
    "all": ("A", marked("All side by side")),
    "wipe": ("W", marked("Wipe two against each other")),
    "blink": ("B", marked("Blink; again: the next picture")),
    "difference": ("D", marked("How far their colours are apart")),
    "loupe": ("L", marked("The loupe")),
}
ON_CELLS = {
    "open": ("Return", marked("Show the cell large")),
    "several": ("Shift+Right", marked("Choose several cells, to show together")),
    "back": ("Backspace", marked("Back to all cells")),
    "reference": ("F", marked("Compare all cells with this one")),
    "roll": ("R", marked("Roll it again from other noise")),
    "stop": ("S", marked("Stop it, or let it go on")),
    "remove": ("Del", marked("Leave it out")),
    "pin": ("K", marked("Pin it: it stays when the axes change")),
    "branch": ("B", marked("Branch from its step in Create")),
    "use": ("U", marked("Take its settings to Create")),
    "plots": ("P", marked("The plots of all cells")),
    "judge": ("J", marked("The blind test: which picture is better?")),
    "next_page": ("Ctrl+PgDown", marked("Next page of cells")),
    "previous_page": ("Ctrl+PgUp", marked("Previous page of cells")),
}

IN_THE_GALLERY = {
    "large": ("Return", marked("Show the picture large")),
    "favourite": ("F", marked("A favourite, or no longer")),
    "rate": ("0", marked("Rate it: 0 to 5 stars")),
    "tags": ("T", marked("Write its tags")),
    "rest": ("Shift+A", marked("Take all its settings but the seed")),
    "compare": ("C", marked("Look at 2 to 9 side by side")),
    "grid": ("G", marked("Open a comparison again")),
    "reproduce": ("R", marked("Make it again and check")),
    "slideshow": ("F5", marked("Slideshow")),
    "move": ("M", marked("Move to another gallery")),
    "export": ("X", marked("Export")),
    "copy": ("Ctrl+C", marked("Copy the picture")),
    "settings": ("Ctrl+Shift+C", marked("Copy its settings")),
    "folder": ("Ctrl+E", marked("Show it on the disk")),
    "search": ("Ctrl+F", marked("Search")),
    "larger": ("Ctrl++", marked("Larger pictures; Ctrl+- smaller")),
    "zoom": ("Z", marked("Large: at 100 %, or fitted")),
    "new_gallery": ("Ctrl+Shift+N", marked("New gallery")),
}


class ShortcutsDialog(QDialog):
    """Lists what the keys do, in two columns, or in one where there is no room for two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard – Etascope"))
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
        area = described(QScrollArea(), tr("Keys"), tr("All that the keys do."))
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
    grid.addWidget(SectionHead(tr(head)), grid.rowCount(), 0, 1, 2)
    for keys, what in table.values():
        row = grid.rowCount()
        grid.addWidget(QLabel(tr(what)), row, 0)
        grid.addWidget(QLabel(native(keys)), row, 1)


_LEFT: Tables = (
    (marked("Everywhere"), EVERYWHERE),
    (marked("In the prompts"), IN_PROMPTS),
    (marked("On the queue"), ON_THE_QUEUE),
    (marked("On the picture"), ON_THE_CANVAS),
)
_RIGHT: Tables = (
    (marked("On the picture or the newest pictures"), ON_PICTURES),
    (marked("On the cells of a comparison"), ON_CELLS),
    (marked("On pictures looked at together"), ON_SEVERAL),
    (marked("In the gallery"), IN_THE_GALLERY),
)
