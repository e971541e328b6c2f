"""A viewer of several pictures."""

import pytest

from gui import theme
from gui.viewer import Viewer


@pytest.fixture
def viewer(qtbot, qapp):
    theme.apply(qapp, "dark")
    made = Viewer("Back")
    qtbot.addWidget(made)
    made.resize(700, 560)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made
