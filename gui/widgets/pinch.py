"""Two fingers on a touchpad that zoom."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent


def pinched(event: QEvent, zoom: Callable[[float, QPointF], object]) -> bool:
    """Whether an event is a gesture; one that zooms calls `zoom` with a factor and the place."""
    if not isinstance(event, QNativeGestureEvent):
        return False
    if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
        zoom(1 + event.value(), event.position())
    return True
