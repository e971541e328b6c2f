"""How the Compare view divides its width: the set-up left, the cell in hand right of the grid.

Where type is large for the window both share the left side, under tabs.
"""

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.compare.cell_panel import CellPanel
from gui.compare.setup_panel import SetupPanel
from gui.widgets import Hairline, Segmented, Surface
from gui.widgets.described import described
from gui.widgets.fitting import Fitting
from gui.words import tr

SETUP, CELL = "setup", "cell"
_SETUP_EMS, _CELL_EMS = 23.4, 17.5
"""How wide the panels would like to be."""
_MOST_SETUP, _MOST_CELL, _MOST_SHARED = 0.3, 0.23, 0.38
"""Shares of the width that they take at most, as far as what is in them allows."""
_MIDDLE = 32
"""Ems of the middle below which the panels share a side."""


class Sides(QWidget):
    """Puts the two panels beside the middle. While judging is blind there is no cell to show."""

    def __init__(self, setup: SetupPanel, middle: QWidget, panel: CellPanel) -> None:
        super().__init__()
        self._setup, self._panel = setup, panel
        self._blind = self._shared = False
        self.tabs = described(
            Segmented([(SETUP, tr("Set up")), (CELL, tr("Cell"))], "compare-sides"),
            tr("Side"),
            tr("What is compared, or the cell in hand."),
        )
        self._line = Hairline(vertical=True)
        self._left = Surface("panel")
        self._lay_out(middle)
        self.tabs.changed.connect(self._show)
        for part in (setup, panel):
            part.column.grown.connect(self._share_out)
        Fitting(self, self._share_out)
        self._show()

    def show_setup(self) -> None:
        """Have the set-up in sight."""
        self.tabs.set_value(SETUP)

    def set_blind(self, blind: bool) -> None:
        """Tell nothing of cells, or let it be told again."""
        self._blind = blind
        self._show()

    def _lay_out(self, middle: QWidget) -> None:
        self._column = QVBoxLayout(self._left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, 0)
        head.addWidget(self.tabs)
        head.addStretch()
        self._column.addWidget(self._head)
        self._column.addWidget(self._setup, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for part in (self._left, Hairline(vertical=True), middle, self._line, self._panel):
            self._row.addWidget(part)
        self._row.setStretchFactor(middle, 1)

    @Slot()
    def _share_out(self) -> None:
        em, width = QFontInfo(self.font()).pixelSize(), self.width()
        least = [part.minimumSizeHint().width() for part in (self._setup, self._panel)]
        setup = max(least[0], round(min(_SETUP_EMS * em, _MOST_SETUP * width)))
        cell = max(least[1], round(min(_CELL_EMS * em, _MOST_CELL * width)))
        shared = width - setup - cell < _MIDDLE * em
        if shared:
            setup = max(*least, round(min(_SETUP_EMS * em, _MOST_SHARED * width)))
        self._left.setFixedWidth(setup)
        self._panel.setFixedWidth(setup if shared else cell)
        if shared != self._shared:
            self._shared = shared
            (self._column if shared else self._row).addWidget(self._panel, int(shared))
            self._show()

    @Slot()
    def _show(self) -> None:
        cell = not self._blind and (not self._shared or self.tabs.value() == CELL)
        self._head.setVisible(self._shared and not self._blind)
        self._setup.setVisible(not (cell and self._shared))
        self._panel.setVisible(cell)
        self._line.setVisible(cell and not self._shared)
