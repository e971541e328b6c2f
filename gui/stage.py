"""The centre: the canvas, and under it the timeline with its knobs."""

from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from engine.recipe import Pixels
from gui import theme
from gui.canvas import Canvas
from gui.motion import frame_time, stride
from gui.pixels import beside
from gui.reel import Reel
from gui.timeline import Timeline, not_a_run
from gui.widgets import ChipGroup, IconButton, Surface
from gui.widgets.described import described
from gui.widgets.elided import Elided
from gui.words import marked, tr

PREDICTED, NOISY = "x0", "xt"
_FILL_EVERY = 20  # ms
_FILL_FOR = 0.006  # s of each; the rest of the time is the window's
_REST = 300  # ms
_WORDY = 46  # letters of width from which on the branch button has room for its words

ABOUT_BRANCH = marked("Make the rest anew from this step, with the settings on the left (B).")
NOWHERE_TO_BRANCH = marked(
    "Go back on the timeline first: after the last step there is nothing to change."
)
ABOUT_FORWARD = marked(
    "Show beside it the way there: the finished picture, with as much noise added as xₜ has (N)."
)
NO_FORWARD = marked("There is a way there once the picture is finished and all its steps are kept.")


class Stage(Surface):
    """Shows one reel, running or done, or one picture without a past."""

    branch_wanted = Signal()
    rested = Signal(Reel, int, bool)
    """The same step of a finished run has been looked at for a while; whether it is x_t."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.setObjectName("stage")
        self.canvas = Canvas()
        self.timeline = Timeline()
        self.play = IconButton("play", "play", tr("Play"), "")
        self.play.setCheckable(True)
        self.space = ChipGroup("space", [(PREDICTED, "x̂₀"), (NOISY, "xₜ")])
        self.forward = IconButton("forward", "forward", tr("The way there"), "")
        self.forward.setCheckable(True)
        self.branch = IconButton("branch", "branch", tr("Branch from here"), "")
        self.branch.setText(" " + tr("Branch from here"))  # a little away from its sign
        self.caption = Elided("caption")
        self._reel: Reel | None = None
        self._follows = True
        self._frame_time = frame_time(calm=False)
        self._to_fill: list[int] = []
        self._filling = QTimer(self)
        self._playing = QTimer(self)
        self._resting = QTimer(self, singleShot=True, interval=_REST)
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

    def set_calm(self, calm: bool) -> None:
        """Play slowly, for who is troubled by motion."""
        self._frame_time = frame_time(calm)

    @Slot()
    def turn_noisy(self) -> None:
        """Show xₜ instead of predicted x0, or the other way about."""
        if self.space.isEnabled():
            self.set_noisy(not self.is_noisy())

    def show_reel(self, reel: Reel) -> None:
        """Show a job's steps, the last one taken first."""
        self._stop()
        self._reel = reel
        self._follows = True
        self._set_timeline_available(True)
        self.timeline.begin(reel.sigma, reel.branched_at())
        self.timeline.set_reached(reel.reached)
        self._fill()
        self._look_at(reel.reached)

    def show_picture(self, pixels: Pixels | None) -> None:
        """Show a finished picture whose steps are no longer known; None: nothing at all."""
        self._stop()
        self._reel = None
        self.timeline.clear()
        self._set_timeline_available(False)
        self.caption.say("")
        self.canvas.show_pixels(pixels)

    def go_to(self, step: int) -> None:
        """Show a step of the reel on show, as if the user had gone there by the keys."""
        self.timeline.setFocus()
        self.timeline.set_position(step)
        self._moved(step)

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
        described(
            self.canvas, tr("Picture"), tr("The picture. Turn the wheel to zoom, drag to move it.")
        )
        described(
            self.timeline, tr("Steps"), tr("All steps from noise to picture; drag to look back.")
        )
        described(self.play, tr("Play"), tr("Show the steps one after another (Space)."))
        described(
            self.space,
            tr("What the steps show"),
            tr("x̂₀: the picture each step expects. xₜ: the noisy one it works on (X)."),
        )
        described(self.forward, tr("The way there"), tr(ABOUT_FORWARD))
        described(self.branch, tr("Branch from here"), tr(ABOUT_BRANCH))

    def _lay_out(self) -> None:
        knobs = QHBoxLayout()
        knobs.setSpacing(theme.SMALL)
        knobs.addWidget(self.play)
        knobs.addWidget(self.space)
        knobs.addWidget(self.forward)
        knobs.addWidget(self.caption, 1)
        knobs.addWidget(self.branch)
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
        self.forward.toggled.connect(self._fit)  # its caption is longer
        self.forward.toggled.connect(self._show_again)
        self.branch.clicked.connect(self.branch_wanted)
        theme.signals().changed.connect(self._show_again)
        self._filling.timeout.connect(self._fill_some)
        self._playing.timeout.connect(self._play_on)
        self._resting.timeout.connect(self._rest)

    def _set_timeline_available(self, available: bool) -> None:
        for widget in (self.timeline, self.play, self.space):
            widget.setEnabled(available)
        self._offer()

    def _offer(self) -> None:
        """Offer what the step on show allows, or say why not."""
        reel, step = self._reel, self.timeline.position()
        ahead = reel is not None and 0 < step < len(reel.t)
        whole = reel is not None and reel.is_whole()
        for button, ok, about, reason in (
            (self.branch, ahead, tr(ABOUT_BRANCH), tr(NOWHERE_TO_BRANCH)),
            (self.forward, whole, tr(ABOUT_FORWARD), tr(NO_FORWARD)),
        ):
            button.setEnabled(ok)
            described(button, button.accessibleName(), about if ok else reason)

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
        self.caption.say(reel.sentence(step), not_a_run(step, len(reel.t)))
        self._offer()
        known = reel.nearest(step)
        pixels = None if known is None else reel.frame(known, noisy=self.is_noisy())
        if known is not None and pixels is not None:
            self._show(reel, known, pixels)
        self._resting.start()

    def sharpened(self, reel: Reel, step: int) -> None:
        """A step has been decoded: show it, if it is still looked at."""
        if reel is self._reel and step == self.timeline.position():
            self._show_again()

    @Slot()
    def _rest(self) -> None:
        reel, step = self._reel, self.timeline.position()
        if reel is not None and step < len(reel.t) and not self._playing.isActive():
            self.rested.emit(reel, step, self.is_noisy())

    def _show(self, reel: Reel, step: int, pixels: Pixels) -> None:
        """Put a step on the canvas, with the way there beside it where that is wanted."""
        width, height = reel.recipe.width, reel.recipe.height
        there = reel.forward(step) if self.forward.isChecked() else None
        if there is None:
            self.canvas.show_pixels(pixels, natural=(width, height))
            return
        both = beside(pixels, there, (width, height), theme.color("canvas"))
        whole = round(both.shape[1] * height / both.shape[0])
        self.canvas.show_pixels(both, natural=(whole, height))
        words = tr("left: the way back, right: there")
        self.caption.say(f"{reel.sentence(step)}  ·  {words}", tr(ABOUT_FORWARD))

    @Slot()
    def _show_again(self) -> None:
        self._look_at(self.timeline.position())

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

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Let the branch button have its words where the caption leaves room for them."""
        wordy = (
            not self.forward.isChecked()
            and self.width() > _WORDY * self.fontMetrics().averageCharWidth() + 280
        )
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.branch.setToolButtonStyle(style if wordy else Qt.ToolButtonStyle.ToolButtonIconOnly)

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
        self._playing.start(self._frame_time)

    @Slot()
    def _play_on(self) -> None:
        reel = self._reel
        if reel is None:
            return
        on = stride(len(reel.t), self._frame_time)
        step = min(self.timeline.position() + on, reel.reached)
        self._look_at(step)
        if step == reel.reached:
            self._follows = True
            self.play.setChecked(False)
