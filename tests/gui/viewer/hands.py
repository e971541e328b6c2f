"""Pictures for the viewer and hands on it, for its tests."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
)

from gui.viewer import Exhibit

COLOURS = [(200, 30, 30), (30, 180, 40), (40, 60, 220), (210, 200, 30), (150, 40, 170)]


def exhibits(count, side=256):
    made = []
    for number in range(count):
        pixels = np.full((side, side, 3), COLOURS[number % 5], np.uint8)
        pixels[: side // 4, : side // 4] = 250 - number
        made.append(Exhibit(f"picture {number + 1}", pixels))
    return made


def colour(viewer, point):
    found = viewer.panes.grab().toImage().pixelColor(point)
    return found.red(), found.green(), found.blue()


def middle(viewer, place):
    return viewer.panes.panes()[place].room.center()


def press(viewer, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(viewer.panes, key, modifier)


def drag(widget, start, end):
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def wheel(viewer, at, notches):
    event = QWheelEvent(
        at,
        viewer.panes.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.panes, event)
