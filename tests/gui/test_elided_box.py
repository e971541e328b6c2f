"""A box to choose from shows the whole of its longest line where it has the room it asks for."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from gui import theme
from gui.widgets.elided_box import ElidedBox

LINES = ["Newest first", "Oldest first", "Best first", "最新的在前", "illicit"]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("times", [1, 1.5, 2])
def test_at_the_width_that_it_asks_for_nothing_is_cut(qtbot, qapp, line, times):
    theme.apply(qapp, "dark")
    box = ElidedBox()
    qtbot.addWidget(box)
    font = box.font()
    font.setPixelSize(round(13 * times))
    box.setFont(font)
    box.addItem(line)
    box.resize(box.sizeHint())
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(control, option, part, box).width()
    # The label itself leaves a pixel free at each side.
    assert QFontMetrics(box.font()).horizontalAdvance(line) <= room - 2
