"""One timeline for all cells: play, what the steps show, and what links them."""

from collections.abc import Container
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)
from typing_extensions import override

from gui import theme
from gui.compare.cells import LiveCell
from gui.compare.frames import Frames
from gui.compare.grid import Grid
from gui.motion import frame_time, stride
from gui.retelling import retold
from gui.timeline import Timeline
from gui.widgets import ChipGroup, IconButton, Surface
from gui.widgets.bar import Bar, centred, together
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import tr

PREDICTED, NOISY = "x0", "xt"
_FILL_EVERY = 20  # ms
_FILL_FOR = 0.004  # s of each


class LinkedTimeline(Timeline):
    """A timeline whose positions are told in what links the cells.

    `moving` comes before the user moves the playhead: what is shown here may be a moment old.
    """

    moving = Signal()

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        super().__init__()
        self.setObjectName("compare-timeline")

    @override
    def _words(self, step: int) -> str:
        return retold(self._frames.linked.words(step))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.moving.emit()
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.moving.emit()
        super().mousePressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.moving.emit()
        super().wheelEvent(event)


class Scrubber(Surface):
    """Moves the playhead of all cells. Its film is that of one cell."""

    def __init__(self, frames: Frames) -> None:
        super().__init__("canvas")
        self.setObjectName("scrubber")
        self._frames = frames
        self._cell: LiveCell | None = None
        self._to_fill: list[int] = []
        self._filled = 0
        self.play = IconButton("compare-play", "play", tr("Play"), "")
        self.play.setCheckable(True)
        self.space = ChipGroup("compare-space", [(PREDICTED, "x̂₀"), (NOISY, "xₜ")])
        links = [("step", tr("step")), ("sigma", tr("noise")), ("calls", tr("calls"))]
        self.link = ChipGroup("link", links)
        self.zoom = named(QPushButton(tr("Fit")), "cells-zoom")
        self.caption = Elided("compare-position", asks=True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.timeline = LinkedTimeline(frames)
        self._frame_time = frame_time(calm=False)
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

    def set_calm(self, calm: bool) -> None:
        """Play slowly, for who is troubled by motion."""
        self._frame_time = frame_time(calm)

    def zoom_with(self, grid: Grid, pages: QStackedWidget) -> None:
        """Let the button say and turn the zoom of the grid's cells, while that page is on show."""

        def say() -> None:
            percent = f"{grid.zoom_percent()} %"
            self.zoom.setText(tr("Fit") if self._frames.look.fitted else percent)

        def appear() -> None:
            self.zoom.setVisible(pages.currentWidget() is grid)

        grid.looked.connect(say)
        pages.currentChanged.connect(appear)
        self.zoom.clicked.connect(grid.turn_zoom)

    @Slot()
    def turn_noisy(self) -> None:
        """Show xₜ instead of the predicted x0, or the other way about."""
        if self.space.isEnabled():
            self.space.set_value(PREDICTED if self._frames.noisy else NOISY)

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
        self._knobs.arrange()

    @Slot()
    def refresh(self) -> None:
        """Put playhead and words where they belong."""
        frames = self._frames
        reached = frames.reached()
        self.timeline.set_reached(reached)
        if frames.follows:
            frames.position = reached
        self.timeline.set_position(frames.position)
        self.caption.say(retold(frames.linked.words(frames.position)))
        for part in (self.play, self.space, self.link, self.timeline):
            part.setEnabled(reached > 0)

    def _describe(self) -> None:
        all_steps = tr("All steps of all cells; drag to look back.")
        described(self.timeline, tr("Steps of all cells"), all_steps)
        playing = tr("Show the steps of all cells one after another (Space).")
        described(self.play, tr("Play"), playing)
        described(
            self.space,
            tr("What the steps show"),
            tr("x̂₀: the picture each step expects. xₜ: the noisy one it works on. (X)"),
        )
        together = tr("Which steps of the cells belong together.")
        described(self.link, tr("Linked by"), together)
        self.link.set_tooltip("step", tr("Cells show the step of the same number."))
        self.link.set_tooltip("sigma", tr("Cells show the step at the same amount of noise."))
        self.link.set_tooltip("calls", tr("Cells show what the same share of calls led to."))
        zoomed = tr("Zoom of all cells: fit, or 100 %, a pixel for a pixel (0 and 1).")
        described(self.zoom, tr("Zoom"), zoomed)
        self.zoom.setProperty("kind", "quiet")
        self.zoom.setAutoDefault(False)

    def _lay_out(self) -> None:
        linked = QLabel(tr("Linked by"))
        linked.setProperty("role", "secondary")
        gap = theme.SMALL
        self._knobs = Bar(
            together(gap, self.play, self.space),
            centred(together(gap, linked, self.link)),
            together(gap, self.caption, self.zoom),
            2 * gap,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._knobs)
        column.addWidget(self.timeline)

    def _connect(self) -> None:
        self.timeline.moving.connect(self._catch_up)
        self.timeline.moved.connect(self._moved)
        self.space.changed.connect(self._space_changed)
        self.link.changed.connect(self._link_changed)
        self.play.toggled.connect(self._play)
        self._playing.timeout.connect(self._play_on)
        self._filling.timeout.connect(self._fill_some)
        self._frames.relinked.connect(self.relink)

    @Slot()
    def _catch_up(self) -> None:
        """Be in step with the cells before the playhead is moved, not a moment behind them."""
        self._frames.catch_up()
        self.refresh()

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

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, reached = Qt.Key(event.key()), self.play.isEnabled()
        if event.modifiers() or key not in {Qt.Key.Key_Space, Qt.Key.Key_X} or not reached:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.play.toggle()
        else:
            self.turn_noisy()

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self.play.setIcon(theme.icon("pause" if on else "play"))
        if not on:
            self._playing.stop()
            return
        if self._frames.follows or self._frames.position >= self._frames.reached():
            self._frames.look_at(1)
        self._playing.start(self._frame_time)

    @Slot()
    def _play_on(self) -> None:
        frames = self._frames
        position = frames.position + stride(len(frames.linked), self._frame_time)
        if position >= frames.reached():
            frames.follow()
            self.play.setChecked(False)
        else:
            frames.look_at(position)
        self.refresh()
