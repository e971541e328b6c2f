"""Hands that zoom: two fingers on a touchpad, a turned wheel."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent


def turned(event: QWheelEvent) -> float:
    """Return how many times as large a turn of the wheel makes a picture."""
    return math.exp(event.angleDelta().y() / 600)


def pinched(event: QEvent, zoom: Callable[[float, QPointF], object]) -> bool:
    """Whether an event is a gesture; one that zooms calls `zoom` with a factor and the place."""
    if not isinstance(event, QNativeGestureEvent):
        return False
    if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
        zoom(1 + event.value(), event.position())
    return True
