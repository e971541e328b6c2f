"""The hands on the viewer's pictures: wheel, mouse and keys, one zoom for all of them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from typing_extensions import override

from gui.viewer.scene import BESIDE, DIFFERENCE, WIPE, Scene
from gui.widgets.pinch import pinched, turned

_NEAR_EDGE = 14
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Panes(Scene):
    """Pictures that can be handled. `looked` tells of another zoom, `wiped` of another edge."""

    looked = Signal()
    wiped = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._grip: QPointF | None = None
        self._wiping = False

    # Zoom, pan and the loupe

    def zoom_percent(self) -> int:
        """Return the zoom, of the picture in hand where all are fitted."""
        pane, size = self.in_hand()
        return round(100 * self.look.scale(size, pane.size))

    def fit(self) -> None:
        self.look.fit()
        self._moved()

    def actual_size(self, about: QPointF | None = None) -> None:
        """Show each of the pictures' pixels on one of the screen's."""
        pane, size = self.in_hand()
        self.look.zoom_to(1.0, size, pane.size, None if about is None else pane.inside(about))
        self._moved()

    def zoom_step(self, direction: int) -> None:
        pane, size = self.in_hand()
        self.look.step(direction, size, pane.size)
        self._moved()

    def zoom_by(self, factor: float, about: QPointF) -> None:
        pane, size = self.under(about)
        self.look.zoom_by(factor, size, pane.size, pane.inside(about))
        self._moved()

    def pan(self, by: QPointF) -> None:
        """Move the pictures by so many of the screen's pixels."""
        pane, size = self.in_hand()
        self.look.pan(by, size, pane.size)
        self._moved()

    def set_loupe(self, on: bool) -> None:
        """Show the loupe, in the middle of the pictures at first."""
        pane, size = self.in_hand()
        middle = QPointF(pane.size.width() / 2, pane.size.height() / 2)
        self.spot = self.look.spot_at(middle, size, pane.size) if on else None
        self.update()

    def _moved(self) -> None:
        free = bool(self.shown()) and not self.look.fitted
        self.setCursor(Qt.CursorShape.OpenHandCursor if free else Qt.CursorShape.ArrowCursor)
        self.update()
        self.looked.emit()

    # The hands

    def _seen(self) -> tuple[float, float]:
        """Return where the picture in hand begins, and how wide it is seen, in logical pixels."""
        pane, size = self.in_hand()
        seen = self.look.place(size, pane.size).toAlignedRect() & pane.window()
        return (pane.corner().x() + seen.left()) / pane.ratio, max(seen.width(), 1) / pane.ratio

    def _wipe_to(self, x: float) -> None:
        left, width = self._seen()
        self.set_edge((x - left) / width)

    def set_edge(self, share: float) -> None:
        """Move the edge between two pictures, 0 to 1."""
        self.edge = min(max(share, 0.0), 1.0)
        self.update()
        self.wiped.emit(self.edge)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.shown():
            self.zoom_by(turned(event), event.position())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.shown():
            return
        self._grip = event.position()
        left, width = self._seen()
        near = abs(event.position().x() - left - width * self.edge) < _NEAR_EDGE
        self._wiping = self.mode == WIPE and (near or self.look.fitted)
        if self._wiping:
            self._wipe_to(event.position().x())
        elif self.mode in {BESIDE, DIFFERENCE}:
            self.take(self.number_at(event.position()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.spot is not None:
            pane, size = self.under(event.position())
            self._set_spot(self.look.spot_at(pane.inside(event.position()), size, pane.size))
        if self._grip is None:
            return
        if self._wiping:
            self._wipe_to(event.position().x())
        else:
            self.pan((event.position() - self._grip) * self.devicePixelRatioF())
        self._grip = event.position()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip, self._wiping = None, False

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.look.fitted:
            self.take(self.number_at(event.position()))
            self.actual_size(event.position())
        else:
            self.fit()

    @override
    def event(self, event: QEvent) -> bool:
        return pinched(event, self.zoom_by) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~(shift | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._point(_ARROWS[key], far=bool(event.modifiers() & shift))
        elif not self._zoomed_by(key):
            super().keyPressEvent(event)

    def _zoomed_by(self, key: Qt.Key) -> bool:
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F: self.fit,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_1: self.actual_size,
            Qt.Key.Key_Plus: lambda: self.zoom_step(1),
            Qt.Key.Key_Equal: lambda: self.zoom_step(1),
            Qt.Key.Key_Minus: lambda: self.zoom_step(-1),
        }
        if key in deeds:
            deeds[key]()
        return key in deeds

    def _point(self, way: QPointF, *, far: bool) -> None:
        """An arrow moves the loupe, or with Shift all pictures, or the edge; else it turns."""
        if self.spot is not None:
            size = self.in_hand()[1]
            by = way * (10 if far else 1)
            self._set_spot(self.spot + QPointF(by.x() / size.width(), by.y() / size.height()))
        elif far and not self.look.fitted:
            self.pan(way * (-0.1 * self.in_hand()[0].size.width()))
        elif self.mode == WIPE and way.x():
            self.set_edge(self.edge + way.x() * (0.1 if far else 0.01))
        else:
            self.turn(round(way.x() + way.y()))

    def _set_spot(self, spot: QPointF) -> None:
        self.spot = QPointF(min(max(spot.x(), 0.0), 0.9999), min(max(spot.y(), 0.0), 0.9999))
        self.update()
