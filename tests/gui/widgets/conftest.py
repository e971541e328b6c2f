"""Widgets in a window of their own, dressed."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    font = qapp.font()
    theme.apply(qapp, "dark")
    yield
    qapp.setFont(font)


@pytest.fixture
def shown(qtbot):
    """Put widgets in a window of 320 by 600 and show it."""
    kept = []

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(320, 600)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show
