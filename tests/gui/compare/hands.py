"""Hands on the Compare view, for its tests."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)
