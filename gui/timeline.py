"""The film strip of a run's steps, the sigma curve under it, and one playhead."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from gui import theme
from gui.film import Film
from gui.pixels import Pixels
from gui.spread import Spread, spread, x_of
from gui.words import marked, tr

FRAME_HEIGHT = 52
CURVE_HEIGHT = 26
HEAD = 7
"""Room over the frames for the playhead's grip."""

GAP = 6
"""Between frames and curve."""

BETWEEN = 2
"""Between two frames."""

KNOB = 5
"""Radius of the playhead's knob."""

REACH = 10
"""Pixels to both sides of a step that its playhead and its point may take."""

SIGN = 18
"""Side of the sign where a picture branched."""

NOTCH = 120
"""Qt's measure of a wheel's notch; touchpads and fine wheels send parts of it."""

EMPTY_FRAMES = 20
WHEN_EMPTY = marked("Every step of a run appears here, to go back to and look at.")


class Timeline(QAbstractSlider):
    """A scrubber over the steps. `moved` is the user's doing, `set_position` the program's.

    It is one of Qt's sliders so that screen readers can read and set its value.
    """

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(tr("Timeline"))
        self.setToolTip(tr(WHEN_EMPTY))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._film = Film([])
        self._turned = 0
        self._branched = 0
        self._laid: Spread | None = None
        self.clear()

    # What it shows

    def clear(self) -> None:
        """Show empty frames, as before the first run."""
        self.begin([])
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(tr("No steps yet."))

    def begin(self, sigma: Sequence[float], branched: int = 0) -> None:
        """Begin a run with one step for each of `sigma`, its noise level.

        After step `branched` it left another picture's path; 0 if it did not.
        """
        self._film = Film(sigma)
        self._laid = None
        self._branched = branched if 0 < branched < len(sigma) else 0
        self._turned = 0
        self.setRange(0, self.steps())
        self.setPageStep(max(1, self.steps() // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_position(0)
        self.update()

    def steps(self) -> int:
        return len(self._film)

    def set_frame(self, step: int, pixels: Pixels) -> None:
        """Give step `step` (from 1) its thumbnail."""
        self._film.put(step, pixels, round(FRAME_HEIGHT * self.devicePixelRatioF()))
        self._update_from(step, self._film.reached)

    def set_reached(self, step: int) -> None:
        """Say how many steps have been taken; no further can be scrubbed."""
        before, self._film.reached = self._film.reached, min(step, self.steps())
        self._update_from(*sorted((before, self._film.reached)))

    def set_position(self, step: int) -> None:
        """Put the playhead on `step`; 0 is before the first."""
        before = self.position()
        self.setValue(step)
        self.setAccessibleDescription(self._words(self.position()))
        for place in (before, self.position()):
            x = round(self._x(place))
            self.update(x - REACH, 0, 2 * REACH, self.height())

    def position(self) -> int:
        return self.value()

    def _words(self, step: int) -> str:
        return tr("Step {step} of {steps}", step=step, steps=self.steps())

    # Moving

    def _scrub(self, step: int) -> None:
        step = min(max(step, 1), self._film.reached)
        if step >= 1 and step != self.position():
            self.set_position(step)
            self.moved.emit(step)

    def _step_at(self, x: float) -> int:
        return math.floor(x / self.reel_width() * self.steps()) + 1

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(self._step_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(self._step_at(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or -event.angleDelta().x()
        if turned * self._turned < 0:
            self._turned = 0  # the other way: what was left over is forgotten
        notches = math.trunc((self._turned + turned) / NOTCH)
        self._turned += turned - notches * NOTCH
        if notches:
            self._scrub(self.position() + notches)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, page = self.position(), self.pageStep()
        goals = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_PageUp: here - page,
            Qt.Key.Key_PageDown: here + page,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self._film.reached,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        else:
            self._scrub(goal)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x()), self)
            return True
        return super().event(event)

    def _tip(self, x: float) -> str:
        if not self.steps():
            return tr(WHEN_EMPTY)
        step = min(max(self._step_at(x), 1), self.steps())
        words = f"{self._words(step)}, σ {self._film.sigma[step - 1]:.3g}"
        if step > self._film.reached:
            words = tr("{step}, still to come", step=words)
        if step <= self._branched:
            words = tr("{step}, of the picture that this one branched from", step=words)
        words = tr("{words}.", words=words)
        return f"{words}\n{not_a_run(step, self.steps())}".rstrip()

    # Painting

    @override
    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Leave it to `set_position` what is painted anew: a slider of Qt's would paint it all."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, HEAD + FRAME_HEIGHT + GAP + CURVE_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def cells(self) -> int:
        """Return how many frames the strip shows: one a step, or as many as fit."""
        return len(self._spread().shown)

    def reel_width(self) -> int:
        """Return how much of the width the frames take."""
        return self._spread().width

    def shown_step(self, cell: int) -> int:
        """Return the step in the middle of those that `cell` (from 0) stands for."""
        return self._spread().shown[cell]

    def _spread(self) -> Spread:
        """Return where everything lies at the width that there is."""
        if self._laid is None:
            self._laid = spread(self.width(), self._film.depths, EMPTY_FRAMES)
        return self._laid

    def _update_from(self, first: int, last: int) -> None:
        """Paint anew what these steps take up: a run's newest step is a small part of it all."""
        left, right = self._spread().place(first, last)
        self.update(left - REACH, 0, right - left + 2 * REACH, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._laid = None
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for cell in self._spread().between(event.rect().left(), event.rect().right() + 1):
            self._paint_frame(painter, cell)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(1, HEAD, self.reel_width() - 2, FRAME_HEIGHT), 4, 4)
        if self.steps():
            self._paint_curve(painter, event.rect())
        if self._branched:
            self._paint_branch(painter)
        if self.position():
            self._paint_playhead(painter)

    def _cell_rect(self, cell: int) -> QRectF:
        left, right = self._spread().edges[cell : cell + 2]
        return QRectF(left, HEAD, right - left - BETWEEN, FRAME_HEIGHT)

    def _paint_frame(self, painter: QPainter, cell: int) -> None:
        rect = self._cell_rect(cell)
        image = self._film.frame(self.shown_step(cell))
        painter.setPen(Qt.PenStyle.NoPen)
        blank = theme.color("line")
        blank.setAlpha(110)
        painter.setBrush(blank)
        painter.drawRoundedRect(rect, 2, 2)
        if image is not None:
            _cover(painter, rect, image)

    def _x(self, step: int) -> float:
        return x_of(step, self.reel_width(), self.steps())

    def _paint_curve(self, painter: QPainter, within: QRect) -> None:
        laid = self._spread()
        drawn = laid.drawn(within.left() - 2, within.right() + 2)
        points = [QPointF(x, _curve_y(depth)) for x, depth in laid.curve[drawn]]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("edge"), 1.5))
        painter.drawPolyline(points)
        done = points[: max(laid.done(self._film.reached) - drawn.start, 0)]
        if done:  # Qt's polyline of no points is a crash
            painter.setPen(QPen(theme.color("secondary"), 1.5))
            painter.drawPolyline(done)

    def _paint_branch(self, painter: QPainter) -> None:
        """Mark where the path of another picture ends: a broken line, and the sign of branches."""
        x = self._branched * self.reel_width() / self.steps() - 1
        painter.setPen(QPen(theme.color("text"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, HEAD), QPointF(x, self.height() - 1))
        sign = QRectF(x - SIGN / 2, HEAD + 3, SIGN, SIGN)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(sign, 4, 4)
        theme.icon("branch").paint(painter, sign.toRect().adjusted(3, 3, -3, -3))

    def _paint_playhead(self, painter: QPainter) -> None:
        # Of many steps the last lies on the very edge, where half of its knob would be cut off.
        x = min(max(self._x(self.position()), KNOB + 1), self.width() - KNOB - 1)
        accent = theme.color("accent")
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, KNOB), KNOB, KNOB)
        y = _curve_y(self._film.depths[self.position() - 1])
        painter.drawEllipse(QPointF(x, y), 3.5, 3.5)


def _curve_y(depth: float) -> float:
    """Return where the curve of sigma is in the widget, by how low it is."""
    return HEAD + FRAME_HEIGHT + GAP + 1 + (CURVE_HEIGHT - 4) * depth


def not_a_run(step: int, steps: int) -> str:
    """Return what is often taken for the same: `step` of `steps`, and a run of `step` steps."""
    if not 0 < step < steps:
        return ""
    return tr("A run of %n step(s) would look different: its steps are larger.", n=step)


def _cover(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Fill `rect` with the middle of `image`."""
    wanted = rect.width() / rect.height()
    width = min(image.width(), image.height() * wanted)
    height = min(image.height(), image.width() / wanted)
    source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    painter.drawImage(rect, image, source)
