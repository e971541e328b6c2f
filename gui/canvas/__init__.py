"""The picture, with zoom and pan; before there is one, examples to begin with."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from gui import theme
from gui.canvas.examples import Examples
from gui.canvas.shown import Shown
from gui.canvas.viewport import Viewport
from gui.pixels import Pixels
from gui.widgets.pinch import pinched, turned
from gui.words import marked, tr

MARGIN = 24
"""Room round a fitted picture."""

HELP = marked(
    "The picture. Wheel or + and - zoom, drag moves, F or double-click fits, 1 shows it at 100 %.\n"
    "Left and Right go through the pictures; P, S, A recall the prompt, the seed, all settings."
)
RECALLS = {Qt.Key.Key_P: "prompt", Qt.Key.Key_S: "seed", Qt.Key.Key_A: "all"}
BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """One picture on a quiet ground."""

    example_chosen = Signal(str)
    previous_wanted = Signal()
    next_wanted = Signal()
    recall_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Picture"))
        self.setAccessibleDescription(tr("No picture yet."))
        self.setToolTip(tr(HELP))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport = Viewport()
        self._shown: Shown | None = None
        self._grip: QPointF | None = None
        self._ring = False
        self._busy_text = ""
        self._examples = Examples(self)
        self._examples.chosen.connect(self.example_chosen)
        self._examples.hide()

    # What it shows

    def show_pixels(self, pixels: Pixels | None, *, natural: tuple[int, int] | None = None) -> None:
        """Show a picture, or none.

        `natural` is the final picture's (width, height): a small preview then takes the place of
        what it is the preview of.
        """
        self._shown = None if pixels is None else Shown(pixels)
        if pixels is not None:
            width, height = natural or (pixels.shape[1], pixels.shape[0])
            self.viewport.set_natural(width, height)
            self.setAccessibleDescription(
                tr("A picture of {width} by {height} pixels.", width=width, height=height)
            )
        else:
            self.viewport.fit()
            self.setAccessibleDescription(tr("No picture yet."))
        self._show_examples()
        self._show_cursor()
        self.update()

    def set_examples(self, examples: list[str]) -> None:
        """Set the prompts that an empty canvas offers."""
        self._examples.set_prompts(examples)
        self._show_examples()

    def set_busy_text(self, text: str) -> None:
        """Say what is going on, under the picture or in its place; "" when nothing is."""
        self._busy_text = text
        self.update()

    def _show_examples(self) -> None:
        self._examples.setVisible(self._shown is None and not self._examples.is_empty())
        self._place_examples()

    def _place_examples(self) -> None:
        width = min(Examples.WIDEST, self.width() - 2 * MARGIN)
        layout = self._examples.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 0
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        self._examples.setGeometry(left, max(MARGIN, top), width, height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 240)

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("canvas"))
        if self._shown is not None:
            self._shown.paint(painter, self.viewport, self.devicePixelRatioF())
        if self._busy_text:
            self._paint_busy(painter)
        if self._ring and self._shown is not None:
            self._paint_ring(painter)

    def _paint_busy(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self.font())
        room = self.width() - 2 * MARGIN - 2 * theme.MEDIUM
        text = metrics.elidedText(self._busy_text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text) + 2 * theme.MEDIUM
        height = metrics.height() + 2 * 6
        pill = QRect((self.width() - width) // 2, self.height() - height - MARGIN, width, height)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(QRectF(pill), theme.CORNER, theme.CORNER)
        painter.setPen(theme.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_ring(self, painter: QPainter) -> None:
        whole = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        rect = self.viewport.rect().adjusted(-4, -4, 4, 4).intersected(whole)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawRoundedRect(rect, theme.CORNER + 2, theme.CORNER + 2)

    # Zoom and pan

    def fit(self) -> None:
        self.viewport.fit()
        self._moved()

    def actual_size(self) -> None:
        """Show one of the picture's pixels as one of the screen's."""
        self.viewport.zoom_to(1 / self.devicePixelRatioF())
        self._moved()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        if self._shown is not None:
            self.viewport.zoom_by(factor, about)
            self._moved()

    def _moved(self) -> None:
        self._show_cursor()
        self.update()

    def _show_cursor(self) -> None:
        free = self._shown is not None and not self.viewport.fitted
        shape = Qt.CursorShape.ClosedHandCursor if self._grip else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape if free else Qt.CursorShape.ArrowCursor)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(turned(event), event.position())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self._show_cursor()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.viewport.pan(event.position() - self._grip)
            self._grip = event.position()
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._show_cursor()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if plain != Qt.KeyboardModifier.NoModifier or not self._obeys(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _obeys(self, key: Qt.Key) -> bool:
        """Do what `key` asks for; False if it asks for nothing here."""
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: self.previous_wanted.emit,
            Qt.Key.Key_Right: self.next_wanted.emit,
            Qt.Key.Key_F: self.fit,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_1: self.actual_size,
            Qt.Key.Key_Plus: lambda: self.zoom_by(1.25),
            Qt.Key.Key_Equal: lambda: self.zoom_by(1.25),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / 1.25),
        }
        if key in RECALLS:
            self.recall_wanted.emit(RECALLS[key])
        elif key in deeds:
            deeds[key]()
        else:
            return False
        return True

    @override
    def event(self, event: QEvent) -> bool:
        if pinched(event, self.zoom_by):
            return True
        if isinstance(event, QHelpEvent) and self._covers(event):
            event.ignore()  # no tooltip over the picture that is being looked at
            return True
        return super().event(event)

    def _covers(self, event: QHelpEvent) -> bool:
        return self._shown is not None and self.viewport.rect().contains(QPointF(event.pos()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -theme.MEDIUM)
        self.viewport.set_area(area)
        self._place_examples()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in BY_KEYBOARD
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()
