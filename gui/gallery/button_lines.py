"""Buttons in lines of two, or one under the other where two do not fit beside each other."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.fitting import Fitting

Lines = Sequence[Sequence[QPushButton]]


class ButtonLines(QWidget):
    """Lays its buttons out anew as its width changes; hidden ones leave no gap."""

    def __init__(self, *lines: Sequence[QPushButton]) -> None:
        super().__init__()
        self._lines: Lines = lines
        self._paired: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SMALL)
        self._put(paired=True)
        Fitting(self, self._fit)

    def _put(self, *, paired: bool) -> None:
        if paired == self._paired:
            return
        self._paired = paired
        for line in self._lines:
            for button in line:
                self._grid.removeWidget(button)
        row = 0
        for line in self._lines:
            for place, button in enumerate(line):
                column = place if paired else 0
                across = 1 if paired and len(line) > 1 else 2
                self._grid.addWidget(button, row, column, 1, across)
                row += not paired
            row += paired
        self.updateGeometry()

    def _fit(self) -> None:
        pairs = [line for line in self._lines if len(line) > 1]
        widest = max((one.minimumSizeHint().width() for line in pairs for one in line), default=0)
        self._put(paired=2 * widest + theme.SMALL <= self.width())

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max(one.minimumSizeHint().width() for line in self._lines for one in line)
        return QSize(widest, super().minimumSizeHint().height())
