"""The viewer's pictures: which are shown, where each has its pane, and how all are painted."""

from collections.abc import Sequence
from time import thread_time

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from gui import theme
from gui.viewer.exhibit import Exhibit, Projector, differing
from gui.viewer.look import Look
from gui.viewer.painting import (
    Pane,
    colour_words,
    paint_caption,
    paint_edge,
    paint_loupe,
    paint_picture,
    paint_ring,
    rooms,
)
from gui.words import tr

ALONE, BESIDE, WIPE, BLINK, DIFFERENCE = "alone", "beside", "wipe", "blink", "difference"

_DRAWN_FOR = 0.03  # s of one painting


class Scene(QWidget):
    """Up to nine pictures under one zoom. `turned` tells which is in hand now."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panes")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.look = Look()
        self.mode = BESIDE
        self.current = self.against = 0
        self.edge, self.gain = 0.5, 4.0
        self.spot: QPointF | None = None
        self._own: list[Projector] = []
        self._apart: dict[int, Projector] = {}

    # What they show

    def exhibits(self) -> list[Exhibit]:
        return [one.exhibit for one in self._own]

    def set_exhibits(self, exhibits: Sequence[Exhibit]) -> None:
        """Show other pictures, fitted again."""
        self._own = [Projector(one) for one in exhibits]
        self.current = min(self.current, max(len(exhibits) - 1, 0))
        self.against = min(self.against, max(len(exhibits) - 1, 0))
        self.look.fit()
        self.change()

    def set_exhibit(self, number: int, exhibit: Exhibit) -> None:
        """Show another picture, or another frame of the same, in one's place; the zoom stays."""
        self._own[number] = Projector(exhibit)
        self.change()

    def change(self) -> None:
        """Take note that something about what is shown is another."""
        self._apart = {}
        self._say()

    def _say(self) -> None:
        self.setAccessibleDescription(", ".join(self.exhibits()[k].label for k in self.shown()))
        self.update()

    def shown(self) -> list[int]:
        """Return the numbers of the pictures that have a pane now."""
        everyone = range(len(self._own))
        if self.mode == BESIDE:
            return list(everyone)
        if self.mode == DIFFERENCE:
            return [k for k in everyone if k != self.against]
        return [self.current] if self._own else []

    def turn(self, by: int) -> None:
        """Take the next picture in hand, or the one before."""
        count = len(self._own)
        wanted = (self.current + by) % max(count, 1)
        if self.mode in {WIPE, DIFFERENCE} and wanted == self.against and count > 1:
            wanted = (wanted + by) % count
        self.take(wanted)

    def take(self, number: int) -> None:
        """Take a picture in hand."""
        if number != self.current:
            self.current = number
            self._say()
            self.turned.emit(number)

    def panes(self) -> list[Pane]:
        """Return the rooms of the pictures that are shown."""
        numbers = self.shown()
        if not numbers:
            return []
        line = self.fontMetrics().height() + 2 * theme.TINY
        shape = self._own[numbers[0]].exhibit.size
        return rooms(len(numbers), shape, self.size(), line, self.devicePixelRatioF())

    def in_hand(self) -> tuple[Pane, QSizeF]:
        return self._pane_of(self.current)

    def under(self, point: QPointF) -> tuple[Pane, QSizeF]:
        return self._pane_of(self.number_at(point))

    def _pane_of(self, number: int) -> tuple[Pane, QSizeF]:
        """Return a picture's pane and size; without pictures, the whole widget."""
        numbers, panes = self.shown(), self.panes()
        if not panes:
            return Pane(self.rect(), self.rect(), self.devicePixelRatioF()), QSizeF(1, 1)
        place = numbers.index(number) if number in numbers else 0
        return panes[place], self._own[numbers[place]].exhibit.size

    def number_at(self, point: QPointF) -> int:
        for number, pane in zip(self.shown(), self.panes(), strict=True):
            if pane.whole.contains(point.toPoint()):
                return number
        return self.current

    # Painting

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("canvas"))
        drawing: list[float] = []
        for number, pane in zip(self.shown(), self.panes(), strict=True):
            known, began = self._is_drawn(number, pane), thread_time()
            if not known and drawing and sum(drawing) >= _DRAWN_FOR:
                # Many large pictures: the rest comes a moment later, and the window stays alive.
                QTimer.singleShot(0, self.update)
                continue
            self._paint(painter, pane, number)
            if not known:
                drawing.append(thread_time() - began)

    def _is_drawn(self, number: int, pane: Pane) -> bool:
        if self.mode == DIFFERENCE and number not in self._apart:
            return False
        projector = self._projector(number)
        place = self.look.place(projector.exhibit.size, pane.size)
        return projector.knows(place, pane.window())

    def _paint(self, painter: QPainter, pane: Pane, number: int) -> None:
        projector = self._projector(number)
        area = self._paint_seen(painter, pane, projector)
        if self.mode == WIPE and len(self._own) > 1:
            self._paint_wiped(painter, pane, area)
        if self.spot is not None:
            place = projector.place
            at = QPointF(
                place.x() + self.spot.x() * place.width(),
                place.y() + self.spot.y() * place.height(),
            )
            paint_loupe(painter, pane, self._under_loupe(projector, area, at, pane), at)
        if self.mode in {BESIDE, DIFFERENCE} and len(self.shown()) > 1 and number == self.current:
            paint_ring(painter, area, focus=self.hasFocus())
        if self.mode != WIPE:
            words = self._caption(projector.exhibit, number)
            paint_caption(painter, pane, words, area.bottom(), strong=number == self.current)

    def _paint_seen(self, painter: QPainter, pane: Pane, projector: Projector) -> QRectF:
        """Paint what is seen of a picture; return where that is, in logical pixels."""
        place = self.look.place(projector.exhibit.size, pane.size)
        seen = projector.projection(place, pane.window())
        paint_picture(painter, pane, seen, fitted=self.look.fitted)
        corner = QPointF(pane.corner() + seen.corner) / pane.ratio
        return QRectF(corner, QSizeF(seen.image.size()) / pane.ratio)

    def _paint_wiped(self, painter: QPainter, pane: Pane, area: QRectF) -> None:
        """Paint the other picture right of the edge, at the same place and the same size."""
        x = area.left() + area.width() * self.edge
        other = self._own[self.against]
        painter.save()
        painter.setClipRect(QRectF(x, area.top(), area.right() - x, area.height()))
        place = self.look.place(self._own[self.current].exhibit.size, pane.size)
        seen = other.projection(place, pane.window())
        paint_picture(painter, pane, seen, fitted=self.look.fitted)
        painter.restore()
        labels = (self._own[self.current].exhibit.label, other.exhibit.label)
        paint_edge(painter, area, x, labels)

    def _under_loupe(
        self, projector: Projector, area: QRectF, at: QPointF, pane: Pane
    ) -> Projector:
        """Return the picture that is seen at a point: when it is wiped, it may be the other."""
        x = pane.room.left() + at.x() / pane.ratio
        beyond = self.mode == WIPE and x > area.left() + area.width() * self.edge
        return self._own[self.against] if beyond else projector

    def _projector(self, number: int) -> Projector:
        if self.mode != DIFFERENCE:
            return self._own[number]
        if number not in self._apart:
            one, other = self._own[number].exhibit, self._own[self.against].exhibit
            self._apart[number] = Projector(differing(one, other, self.gain))
        return self._apart[number]

    def _caption(self, exhibit: Exhibit, number: int) -> str:
        words = exhibit.label
        if self.mode in {ALONE, BLINK} and len(self._own) > 1:
            words = tr(
                "{label}  ·  {number} of {count}",
                label=words,
                number=number + 1,
                count=len(self._own),
            )
        return words if self.spot is None else f"{words}  ·  {colour_words(exhibit, self.spot)}"
