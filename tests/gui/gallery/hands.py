"""Hands on the Gallery view, for its tests."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier, part=None):
    QTest.keyClick(part or view.grid, key, modifier)


def pick(qtbot, view, *rows):
    """Select pictures, and wait until the panel at the right tells of them."""
    view.grid.select(list(rows), rows[-1])
    view.grid.setFocus()
    qtbot.waitUntil(lambda: not view._chosen.isActive())
