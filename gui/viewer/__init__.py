"""Two to nine pictures looked at together, wherever they come from.

    viewer = Viewer(tr("Back to the gallery"))
    viewer.left.connect(...)                                # the user wants to go back
    viewer.show_pictures([Exhibit("DDIM, 20 steps", pixels), Exhibit(...)], current=0, against=1)
    viewer.setFocus()

Side by side, one alone, wiped against each other, blinking, or what differs; zoom, pan and the
loupe are one for all of them. An `Exhibit` is a label and pixels (uint8, H x W x 3); where these
are only a preview, `natural` is the (width, height) of what they are a preview of. `set_picture`
puts another frame of a picture in its place and leaves zoom and all else as it is, so that
pictures can be scrubbed or run while they are looked at. With one picture only "One" is offered;
with more, the way of looking that was chosen last is kept, at first side by side (`prefer`).

`set_calm(True)` asks for little motion: then pictures blink by key only.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from gui import theme
from gui.viewer.exhibit import Exhibit
from gui.viewer.panes import Panes
from gui.viewer.scene import ALONE, BESIDE, BLINK, DIFFERENCE, WIPE
from gui.widgets import ChipGroup, NumberRow, Surface
from gui.widgets.bar import Bar, centred, together
from gui.widgets.described import described, named
from gui.widgets.elided_box import ElidedBox
from gui.words import tr

__all__ = ["ALONE", "BESIDE", "BLINK", "DIFFERENCE", "MOST", "WIPE", "Exhibit", "Viewer"]

MOST = 9
"""Pictures that can be looked at together."""

BLINK_EVERY = 700
"""Milliseconds of each picture: slower than the three flashes a second that can harm."""

_BOX_LETTERS = 14
"""Of a picture's label, beside the name of the one that it is compared with."""

_MODES = {
    Qt.Key.Key_O: ALONE,
    Qt.Key.Key_A: BESIDE,
    Qt.Key.Key_W: WIPE,
    Qt.Key.Key_B: BLINK,
    Qt.Key.Key_D: DIFFERENCE,
}


class Viewer(Surface):
    """Shows the pictures given to it. `left` says that the user wants to go back.

    `turned` carries the number of the picture that is in hand now.
    """

    left = Signal()
    turned = Signal(int)

    def __init__(self, back: str) -> None:
        super().__init__("canvas")
        self.setObjectName("viewer")
        self.back = named(QPushButton(back), "viewer-back")
        self.mode = ChipGroup("viewer-mode", _chips(), wraps=True)
        self.loupe = named(QPushButton(tr("Loupe")), "viewer-loupe")
        self.zoom = named(QPushButton(), "viewer-zoom")
        self.shown = named(ElidedBox(), "viewer-shown")
        self.against = named(ElidedBox(), "viewer-against")
        self.versus = QLabel(tr("against"))
        self.edge = NumberRow(
            tr("Edge, %"), "viewer-edge", lowest=0, highest=100, step=1, decimals=0
        )
        self.gain = NumberRow(tr("Times"), "viewer-gain", lowest=1, highest=16, step=1, decimals=0)
        self.panes = Panes()
        self._calm = False
        self._preferred = BESIDE
        self._blinking = QTimer(self)
        self._blinking.setInterval(BLINK_EVERY)
        self._describe()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.panes)
        self.show_pictures([])

    # What it shows

    def show_pictures(
        self, pictures: Sequence[Exhibit], *, current: int = 0, against: int = 1
    ) -> None:
        """Show up to nine pictures, fitted.

        `current` is in hand; `against` is what others are wiped against and subtracted from.
        """
        pictures = list(pictures)[:MOST]
        self.panes.current, self.panes.against = current, against
        self.panes.set_exhibits(pictures)
        several = len(pictures) > 1
        for mode in (BESIDE, WIPE, BLINK, DIFFERENCE):
            self.mode.set_available(mode, several, tr("This takes two pictures."))
        with QSignalBlocker(self.mode):
            self.mode.set_value(self._preferred if several else ALONE)
        for box in (self.shown, self.against):
            with QSignalBlocker(box):
                box.clear()
                box.addItems([one.label for one in pictures])
        self._show_mode()

    def set_picture(self, number: int, picture: Exhibit) -> None:
        """Show another frame of a picture, or another picture, in its place."""
        self.panes.set_exhibit(number, picture)

    def pictures(self) -> list[Exhibit]:
        """Return what is shown."""
        return self.panes.exhibits()

    def set_mode(self, mode: str) -> None:
        """Look at the pictures in another way, where there are enough of them."""
        if mode == ALONE or len(self.pictures()) > 1:
            self.mode.set_value(mode)

    def prefer(self, mode: str) -> None:
        """Look in this way at the next pictures, if there are two or more of them.

        It is the way last chosen by the user; at first, side by side.
        """
        self._preferred = mode

    def set_calm(self, calm: bool) -> None:
        """Blink by key only, for who is troubled by motion."""
        self._calm = calm
        self._show_mode()

    def is_blinking(self) -> bool:
        """Whether the pictures change by themselves now."""
        return self._blinking.isActive()

    # Modes

    @Slot(str)
    def _choose(self, mode: str) -> None:
        self._preferred = mode
        self._show_mode()

    @Slot()
    def _show_mode(self) -> None:
        mode, panes = self.mode.value(), self.panes
        panes.mode = mode
        if mode in {WIPE, DIFFERENCE} and panes.current == panes.against:
            panes.turn(1)
        many = len(self.pictures()) > 2
        self.edge.setVisible(mode == WIPE)
        self.gain.setVisible(mode == DIFFERENCE)
        self.shown.setVisible(mode == WIPE)
        self._pair.setVisible(many and mode in {WIPE, DIFFERENCE})
        self._below.setVisible(mode in {WIPE, DIFFERENCE})
        self._below.arrange()
        panes.change()
        self._show_turned()
        self._blink(on=mode == BLINK)

    @Slot()
    def _show_turned(self) -> None:
        for box, number in ((self.shown, self.panes.current), (self.against, self.panes.against)):
            with QSignalBlocker(box):
                box.setCurrentIndex(number)
        self._show_zoom()

    @Slot()
    def _show_zoom(self) -> None:
        fitted = self.panes.look.fitted
        percent = f"{self.panes.zoom_percent()} %"
        self.zoom.setText(tr("Fit") if fitted else percent)
        self.zoom.setEnabled(bool(self.pictures()))

    @Slot()
    def _turn_zoom(self) -> None:
        (self.panes.actual_size if self.panes.look.fitted else self.panes.fit)()

    @Slot(int)
    def _set_against(self, number: int) -> None:
        panes = self.panes
        panes.against = number
        if panes.current == number:
            panes.turn(1)
        panes.change()
        self._show_turned()

    @Slot(float)
    def _show_edge(self, share: float) -> None:
        with QSignalBlocker(self.edge):  # in whole per cent, which is not to move the edge
            self.edge.set_value(round(100 * share))

    @Slot(float)
    def _set_gain(self, gain: float) -> None:
        self.panes.gain = gain
        self.panes.change()

    # Blinking

    def _blink(self, *, on: bool) -> None:
        """Let the pictures follow each other, unless that is to be by key only."""
        still = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
        if on and self.isVisible() and not (self._calm or still):
            self._blinking.start()
        else:
            self._blinking.stop()

    @Slot()
    def _next(self) -> None:
        self.panes.turn(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_B and self.mode.value() == BLINK:
            self._blink(on=False)
            self._next()
        elif key in _MODES:
            self.set_mode(_MODES[key])
        elif key == Qt.Key.Key_Space:
            self._space()
        elif key == Qt.Key.Key_L:
            self.loupe.toggle()
        elif key == Qt.Key.Key_Backspace:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        """Start or stop the blinking; where it never starts, show the next picture."""
        blinked = self.is_blinking()
        self._blink(on=self.mode.value() == BLINK and not blinked)
        if not blinked and not self.is_blinking():
            self._next()

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self._blink(on=visible and self.mode.value() == BLINK)

    # Making it

    def _describe(self) -> None:
        described(self.back, self.back.text(), tr("Go back (Backspace)."))
        described(self.mode, tr("How the pictures are shown"), tr("One, all, or two at a time."))
        tips = {
            ALONE: tr("One picture, large (O). Left and Right go through them."),
            BESIDE: tr("All pictures side by side (A)."),
            WIPE: tr("Two pictures with an edge between them to drag (W)."),
            BLINK: tr("All pictures in turn at the same place (B). Space stops, B goes on."),
            DIFFERENCE: tr("How far the colours are apart; black is no difference (D)."),
        }
        for mode, tip in tips.items():
            self.mode.set_tooltip(mode, tip)
        described(self.loupe, tr("Loupe"), tr("Look closely at the same spot of all pictures (L)."))
        described(self.zoom, tr("Zoom"), tr("Fit, or 100 %: a pixel for a pixel (F and 1)."))
        described(self.shown, tr("Picture shown"), tr("The picture left of the edge."))
        described(self.against, tr("Compared against"), tr("What the others are compared with."))
        self.edge.set_help(tr("Where one picture ends and the other begins, in per cent."))
        self.gain.set_help(tr("How many times the differences are amplified."))
        self.panes.setAccessibleName(tr("Pictures"))
        self.panes.setToolTip(_help())
        self.edge.set_value(50)
        self.gain.set_value(4)
        self.back.setProperty("kind", "quiet")
        self.zoom.setProperty("kind", "quiet")
        self.loupe.setProperty("kind", "chip")
        self.loupe.setCheckable(True)
        for button in (self.back, self.zoom, self.loupe):
            button.setAutoDefault(False)
        self.versus.setProperty("role", "secondary")
        for box in (self.shown, self.against):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_BOX_LETTERS)

    def _lay_out(self) -> None:
        gap = theme.SMALL
        tools = together(gap, self.zoom, self.loupe)
        self._above = Bar(together(gap, self.back), centred(self.mode), tools, gap)
        self._pair = together(gap, self.shown, self.versus, self.against)
        self._below = Bar(self._pair, together(0, self.edge, self.gain), QWidget(), gap)
        for bar in (self._above, self._below):
            bar.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addWidget(self._above)
        column.addWidget(self.panes, 1)
        column.addWidget(self._below)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.mode.changed.connect(self._choose)
        self.loupe.toggled.connect(self.panes.set_loupe)
        self.zoom.clicked.connect(self._turn_zoom)
        self.shown.activated.connect(self.panes.take)
        self.against.activated.connect(self._set_against)
        self.edge.changed.connect(lambda share: self.panes.set_edge(share / 100))
        self.gain.changed.connect(self._set_gain)
        self.panes.turned.connect(self._show_turned)
        self.panes.turned.connect(self.turned)
        self.panes.looked.connect(self._show_zoom)
        self.panes.wiped.connect(self._show_edge)
        self._blinking.timeout.connect(self._next)


def _chips() -> list[tuple[str, str]]:
    return [
        (ALONE, tr("One")),
        (BESIDE, tr("All")),
        (WIPE, tr("Wipe")),
        (BLINK, tr("Blink")),
        (DIFFERENCE, tr("Difference")),
    ]


def _help() -> str:
    return tr(
        "Wheel or + and - zoom all pictures, drag or Shift with an arrow moves them, F or a "
        "double-click fits, 1 shows a pixel for a pixel.\nLeft and Right go through the pictures; "
        "with the loupe the arrows move it."
    )
