"""The centre: the canvas, and under it the timeline with its knobs."""

from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.recipe import Pixels
from gui import theme
from gui.canvas import Canvas
from gui.reel import Reel
from gui.timeline import Timeline
from gui.widgets import ChipGroup, Hint, Surface
from gui.widgets.described import described, named

PREDICTED, NOISY = "x0", "xt"
_FILL_EVERY = 20  # ms
_FILL_FOR = 0.006  # s of each; the rest of the time is the window's
_FRAME_TIME = 90  # ms
_LONGEST_SHOW = 6000  # ms, for runs of many steps


class Stage(Surface):
    """Shows one reel, running or done, or one picture without a past."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.setObjectName("stage")
        self.canvas = Canvas()
        self.timeline = Timeline()
        self.play = named(QToolButton(), "play")
        self.play.setCheckable(True)
        self.play.setIcon(theme.icon("play"))
        self.space = ChipGroup("space", [(PREDICTED, "x̂₀"), (NOISY, "xₜ")])
        self.caption = Hint()
        self.caption.setWordWrap(False)
        self._reel: Reel | None = None
        self._follows = True
        self._to_fill: list[int] = []
        self._filling = QTimer(self)
        self._playing = QTimer(self)
        self._describe()
        self._lay_out()
        self._connect()
        self._set_timeline_available(False)

    @property
    def reel(self) -> Reel | None:
        return self._reel

    def is_noisy(self) -> bool:
        return self.space.value() == NOISY

    def set_noisy(self, noisy: bool) -> None:
        self.space.set_value(NOISY if noisy else PREDICTED)

    def show_reel(self, reel: Reel) -> None:
        """Show a job's steps, the last one taken first."""
        self._stop()
        self._reel = reel
        self._follows = True
        self._set_timeline_available(True)
        self.timeline.begin(reel.sigma)
        self.timeline.set_reached(reel.reached)
        self._fill()
        self._look_at(reel.reached)

    def show_picture(self, pixels: Pixels) -> None:
        """Show a finished picture whose steps are no longer known."""
        self._stop()
        self._reel = None
        self.timeline.clear()
        self._set_timeline_available(False)
        self.caption.setText("")
        self.canvas.show_pixels(pixels)

    def step_arrived(self, step: int) -> None:
        """Take note of a new preview in the reel on show."""
        if self._reel is None:
            return
        self.timeline.set_reached(self._reel.reached)
        self._put_frame(self._reel, step)
        if self._follows and not self._playing.isActive():
            self._look_at(self._reel.reached)

    def settled(self) -> None:
        """The job of the reel on show has ended; all its frames are there now."""
        if self._reel is None:
            return
        self.timeline.set_reached(self._reel.reached)
        self._fill()
        if self._follows and not self._playing.isActive():
            self._look_at(self._reel.reached)
        else:
            self._look_at(self.timeline.position())

    def _describe(self) -> None:
        described(self.canvas, "Picture", "The picture. Turn the wheel to zoom, drag to move it.")
        described(self.timeline, "Steps", "All steps from noise to picture; drag to look back.")
        described(self.play, "Play", "Show the steps one after another.")
        described(
            self.space,
            "What the steps show",
            "x̂₀: the picture each step expects. xₜ: the noisy one it works on.",
        )

    def _lay_out(self) -> None:
        knobs = QHBoxLayout()
        knobs.setSpacing(theme.SMALL)
        knobs.addWidget(self.play)
        knobs.addWidget(self.space)
        knobs.addWidget(self.caption, 1, Qt.AlignmentFlag.AlignVCenter)
        below = QVBoxLayout()
        below.setContentsMargins(24, theme.MEDIUM, 24, theme.LARGE)
        below.setSpacing(theme.MEDIUM)
        below.addLayout(knobs)
        below.addWidget(self.timeline)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.timeline.moved.connect(self._moved)
        self.space.changed.connect(self._space_changed)
        self.play.toggled.connect(self._play)
        self._filling.timeout.connect(self._fill_some)
        self._playing.timeout.connect(self._play_on)

    def _set_timeline_available(self, available: bool) -> None:
        for widget in (self.timeline, self.play, self.space):
            widget.setEnabled(available)

    def _stop(self) -> None:
        self.play.setChecked(False)
        self._filling.stop()
        self._to_fill = []

    # Looking at one step.

    def _look_at(self, step: int) -> None:
        reel = self._reel
        if reel is None:
            return
        self.timeline.set_position(step)
        self.caption.setText(reel.sentence(step))
        known = reel.nearest(step)
        if known is None:
            return
        pixels = reel.frame(known, noisy=self.is_noisy())
        if pixels is not None:
            self.canvas.show_pixels(pixels, natural=(reel.recipe.width, reel.recipe.height))

    @Slot(int)
    def _moved(self, step: int) -> None:
        if self._reel is None:
            return
        self.play.setChecked(False)
        step = min(max(step, 1), max(self._reel.reached, 1))
        self._follows = step == self._reel.reached
        self._look_at(step)

    @Slot()
    def _space_changed(self) -> None:
        self._fill()
        self._look_at(self.timeline.position())

    # Filling the film strip, a little at a time.

    def _fill(self) -> None:
        if self._reel is not None:
            self._to_fill = list(range(self._reel.reached, 0, -1))
            self._filling.start(_FILL_EVERY)

    @Slot()
    def _fill_some(self) -> None:
        until = perf_counter() + _FILL_FOR
        while self._to_fill and perf_counter() < until:
            if self._reel is not None:
                self._put_frame(self._reel, self._to_fill.pop())
        if not self._to_fill:
            self._filling.stop()

    def _put_frame(self, reel: Reel, step: int) -> None:
        pixels = reel.frame(step, noisy=self.is_noisy())
        if pixels is not None:
            self.timeline.set_frame(step, pixels)

    # Playing.

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self.play.setIcon(theme.icon("pause" if on else "play"))
        if not on or self._reel is None:
            self._playing.stop()
            return
        if self.timeline.position() >= self._reel.reached:
            self._look_at(1)
        self._playing.start(_FRAME_TIME)

    @Slot()
    def _play_on(self) -> None:
        reel = self._reel
        if reel is None:
            return
        stride = max(1, len(reel.t) * _FRAME_TIME // _LONGEST_SHOW)
        step = min(self.timeline.position() + stride, reel.reached)
        self._look_at(step)
        if step == reel.reached:
            self._follows = True
            self.play.setChecked(False)
