"""A box to choose from, whose text ends in an ellipsis where there is no room for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter
from typing_extensions import override

_LETTERS = 6
_BESIDE = 2
"""Pixels that the label leaves free beside its text, which Qt's own hint forgets."""


class ElidedBox(QComboBox):
    """Would like to be as wide as its longest line, and can do with some letters of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2 * _BESIDE, 0)

    @override
    def minimumSizeHint(self) -> QSize:
        least = (
            QFontMetrics(self.font()).averageCharWidth() * _LETTERS + 2 * self.iconSize().width()
        )
        return QSize(min(least, super().minimumSizeHint().width()), self.sizeHint().height())

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts, control = QStyle.SubControl, QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, parts.SC_ComboBoxEditField, self)
        option.currentText = QFontMetrics(self.font()).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - _BESIDE
        )
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
