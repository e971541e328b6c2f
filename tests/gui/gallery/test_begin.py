"""What stands in the place of the grid is told whole, however long a folder's path is."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gui.gallery.begin import NOTHING, Begin
from tests.gui.test_fits import SOME, cut, type_size

__all__ = ["type_size"]  # a fixture


@SOME
@pytest.mark.parametrize("length", [10, 200])
def test_a_long_path_is_told_whole_in_a_low_window(qtbot, type_size, length):
    begin = Begin()
    qtbot.addWidget(begin)
    begin.resize(440, 300)
    begin.show()
    begin.show_state(NOTHING, "/".join(["", *["folder"] * (length // 7)]))
    QApplication.processEvents()
    assert cut(begin) == []
    words = begin.findChild(QLabel, "begin-words")
    assert words.height() >= words.heightForWidth(words.width())
