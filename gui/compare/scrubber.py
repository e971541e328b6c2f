"""One timeline for all cells: play, what the steps show, and what links them."""

from collections.abc import Container
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout
from typing_extensions import override

from gui import theme
from gui.compare.cells import LiveCell
from gui.compare.frames import Frames
from gui.timeline import Timeline
from gui.widgets import ChipGroup, Hint, Surface
from gui.widgets.described import described, named

PREDICTED, NOISY = "x0", "xt"
_FRAME_TIME = 90  # ms
_LONGEST_SHOW = 6000  # ms, for runs of many steps
_FILL_EVERY = 20  # ms
_FILL_FOR = 0.004  # s of each


class LinkedTimeline(Timeline):
    """A timeline whose positions are told in what links the cells."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        super().__init__()
        self.setObjectName("compare-timeline")

    @override
    def _words(self, step: int) -> str:
        return self._frames.linked.words(step)


class Scrubber(Surface):
    """Moves the playhead of all cells. Its film is that of one cell."""

    def __init__(self, frames: Frames) -> None:
        super().__init__("canvas")
        self.setObjectName("scrubber")
        self._frames = frames
        self._cell: LiveCell | None = None
        self._to_fill: list[int] = []
        self._filled = 0
        self.play = named(QToolButton(), "compare-play")
        self.play.setCheckable(True)
        self.play.setIcon(theme.icon("play"))
        self.space = ChipGroup("compare-space", [(PREDICTED, "x̂₀"), (NOISY, "xₜ")])
        links = [("step", "step"), ("sigma", "noise"), ("calls", "calls")]
        self.link = ChipGroup("link", links)
        self.caption = Hint()
        self.caption.setWordWrap(False)
        # Where there is little room the words give way, not what can be pressed.
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.timeline = LinkedTimeline(frames)
        self._playing = QTimer(self)
        self._filling = QTimer(self)
        self._describe()
        self._lay_out()
        self._connect()
        self.refresh()

    def set_cell(self, cell: LiveCell | None) -> None:
        """Show another cell's film."""
        if cell is not self._cell:
            self._cell = cell
            self.relink()

    def tell(self, cells: Container[LiveCell]) -> None:
        """Take note that cells have new steps; those of the film's cell get their frames."""
        if self._cell is not None and self._cell in cells:
            self._fill_up()
        self.refresh()

    @Slot()
    def relink(self) -> None:
        """Begin the timeline anew: the cells' steps are other ones."""
        self.timeline.begin(self._frames.linked.sigma)
        self._fill()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Put playhead and words where they belong."""
        frames = self._frames
        reached = frames.reached()
        self.timeline.set_reached(reached)
        if frames.follows:
            frames.position = reached
        self.timeline.set_position(frames.position)
        self.caption.setText(frames.linked.words(frames.position))
        for part in (self.play, self.space, self.link, self.timeline):
            part.setEnabled(reached > 0)

    def _describe(self) -> None:
        described(self.timeline, "Steps of all cells", "All steps of all cells; drag to look back.")
        described(self.play, "Play", "Show the steps of all cells one after another.")
        described(
            self.space,
            "What the steps show",
            "x̂₀: the picture each step expects. xₜ: the noisy one it works on.",
        )
        described(self.link, "Linked by", "Which steps of the cells belong together.")
        self.link.set_tooltip("step", "Cells show the step of the same number.")
        self.link.set_tooltip("sigma", "Cells show the step at the same amount of noise.")
        self.link.set_tooltip("calls", "Cells show what the same share of model calls led to.")

    def _lay_out(self) -> None:
        knobs = QHBoxLayout()
        knobs.setSpacing(theme.SMALL)
        knobs.addWidget(self.play)
        knobs.addWidget(self.space)
        knobs.addSpacing(theme.SMALL)
        linked = QLabel("Linked by")
        linked.setProperty("role", "secondary")
        knobs.addWidget(linked)
        knobs.addWidget(self.link)
        knobs.addWidget(self.caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(knobs)
        column.addWidget(self.timeline)

    def _connect(self) -> None:
        self.timeline.moved.connect(self._moved)
        self.space.changed.connect(self._space_changed)
        self.link.changed.connect(self._link_changed)
        self.play.toggled.connect(self._play)
        self._playing.timeout.connect(self._play_on)
        self._filling.timeout.connect(self._fill_some)
        self._frames.relinked.connect(self.relink)

    @Slot(int)
    def _moved(self, position: int) -> None:
        self.play.setChecked(False)
        if position >= self._frames.reached():
            self._frames.follow()
        else:
            self._frames.look_at(position)
        self.refresh()

    @Slot(str)
    def _space_changed(self, space: str) -> None:
        self._frames.set_noisy(space == NOISY)
        self._fill()

    @Slot(str)
    def _link_changed(self, link: str) -> None:
        self._frames.set_link(
            "sigma" if link == "sigma" else "calls" if link == "calls" else "step"
        )

    # The film, a little at a time.

    def _fill(self) -> None:
        self._filled, self._to_fill = 0, []
        self._fill_up()

    def _fill_up(self) -> None:
        """Fill from where the film ends."""
        reached = self._film_end()
        self._to_fill = [*range(reached, self._filled, -1), *self._to_fill]
        self._filled = max(reached, self._filled)
        if self._to_fill:
            self._filling.start(_FILL_EVERY)

    def _film_end(self) -> int:
        """Return the last position of which the film's cell has a frame."""
        cell = self._cell
        if cell is None or not len(self._frames.linked):
            return 0
        linked = self._frames.linked
        return (
            len(linked)
            if cell.reached >= cell.steps
            else linked.reached(cell.track(), cell.reached)
        )

    @Slot()
    def _fill_some(self) -> None:
        until = perf_counter() + _FILL_FOR
        while self._to_fill and perf_counter() < until:
            self._put_frame(self._to_fill.pop())
        if not self._to_fill:
            self._filling.stop()

    def _put_frame(self, position: int) -> None:
        cell = self._cell
        if cell is None or cell.reel is None or not len(self._frames.linked):
            return
        step = self._frames.linked.step(position, cell.track())
        known = cell.reel.nearest(step) if step <= cell.reached else None
        pixels = None if known is None else cell.reel.frame(known, noisy=self._frames.noisy)
        if pixels is not None:
            self.timeline.set_frame(position, pixels)

    # Playing.

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self.play.setIcon(theme.icon("pause" if on else "play"))
        if not on:
            self._playing.stop()
            return
        if self._frames.follows or self._frames.position >= self._frames.reached():
            self._frames.look_at(1)
        self._playing.start(_FRAME_TIME)

    @Slot()
    def _play_on(self) -> None:
        frames = self._frames
        stride = max(1, len(frames.linked) * _FRAME_TIME // _LONGEST_SHOW)
        position = frames.position + stride
        if position >= frames.reached():
            frames.follow()
            self.play.setChecked(False)
        else:
            frames.look_at(position)
        self.refresh()
