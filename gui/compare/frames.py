"""What each cell shows at the moment: one playhead for all, a frame computed a little at a time."""

from time import perf_counter

from PySide6.QtCore import QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from engine.compare.linking import Link, Linked
from engine.recipe import Pixels
from gui.compare.cells import LiveCell, State
from gui.pixels import resampled, to_image

_EVERY = 15  # ms
_FOR = 0.005  # s of each; the rest of the time is the window's


class Frames(QObject):
    """Keeps a frame for each cell. `ready` says that one has a new one to be painted.

    While it `follows`, cells show their newest step; afterwards the step that belongs to the
    playhead's position. Of changes that come faster than they can be shown the last one wins.
    """

    ready = Signal(LiveCell)
    relinked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.link: Link = "step"
        self.linked = Linked([], "step")
        self.position = 0
        self.follows = True
        self.noisy = False
        self._size = QSize()
        self._cells: list[LiveCell] = []
        self._images: dict[LiveCell, QImage] = {}
        self._steps: dict[LiveCell, int] = {}
        self._stale: dict[LiveCell, None] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._refresh_some)

    # What is shown

    def image(self, cell: LiveCell) -> QImage | None:
        """Return the newest frame that was computed; None if there is nothing to see."""
        return self._images.get(cell)

    def step(self, cell: LiveCell) -> int:
        """Return the step that the cell is to show; 0 before its first."""
        if self.follows or not len(self.linked) or _is_all_there_is(cell):
            return cell.reached
        return min(self.linked.step(self.position, cell.track()), cell.reached)

    def shown_step(self, cell: LiveCell) -> int:
        """Return the step that the cell's newest frame is of."""
        return self._steps.get(cell, 0)

    def pixels(self, cell: LiveCell) -> Pixels | None:
        """Return what the cell is to show, as it is in the run."""
        reel = cell.reel
        if reel is None:
            return None
        known = reel.nearest(self.step(cell))
        frame = None if known is None else reel.frame(known, noisy=self.noisy)
        # Reopened, and its steps are not kept or the model that can show them is not there.
        return reel.picture if frame is None else frame

    def reached(self) -> int:
        """Return the last position at which some cell has something to show."""
        return max(
            (self.linked.reached(cell.track(), cell.reached) for cell in self._cells), default=0
        )

    # What changes it

    def set_cells(self, cells: list[LiveCell]) -> None:
        """Show other cells."""
        self._cells = cells
        self._images = {cell: self._images[cell] for cell in cells if cell in self._images}
        self._steps = {cell: self._steps[cell] for cell in cells if cell in self._steps}
        self.relink()

    def set_size(self, size: QSize) -> None:
        """Say how large, in pixels of the screen, finished pictures are painted."""
        if size != self._size:
            self._size = size
            self.touch_all()

    def set_link(self, link: Link) -> None:
        self.link = link
        self.relink()

    def relink(self) -> None:
        """Take note that the cells' steps are other ones, as far as that is known."""
        gone = (State.LEFT_OUT, State.FAILED)
        tracks = [cell.track() for cell in self._cells if cell.state not in gone]
        self.linked = Linked(tracks, self.link)
        if not self.follows:
            self.position = min(self.position, len(self.linked))
        self.touch_all()
        self.relinked.emit()

    def knows(self, cell: LiveCell) -> bool:
        """Whether the scrubber is linked by the cell's steps as they are now."""
        return any(run is cell.track() for run in self.linked.runs)

    def set_noisy(self, noisy: bool) -> None:
        self.noisy = noisy
        self.touch_all()

    def look_at(self, position: int) -> None:
        """Show what belongs to a position of the scrubber."""
        self.follows, self.position = False, position
        self.touch_all()

    def follow(self) -> None:
        """Show the newest step of every cell, whatever comes."""
        self.follows, self.position = True, self.reached()
        self.touch_all()

    def touch(self, cell: LiveCell) -> None:
        """Have a cell's frame computed again soon."""
        self._stale[cell] = None
        if not self._timer.isActive():
            self._timer.start()

    def touch_all(self) -> None:
        for cell in self._cells:
            self.touch(cell)

    def settle(self) -> None:
        """Compute all that is due now, whatever it takes."""
        while self._stale:
            self._refresh(next(iter(self._stale)))
        self._timer.stop()

    @Slot()
    def _refresh_some(self) -> None:
        until = perf_counter() + _FOR
        while self._stale and perf_counter() < until:
            self._refresh(next(iter(self._stale)))
        if not self._stale:
            self._timer.stop()

    def _refresh(self, cell: LiveCell) -> None:
        del self._stale[cell]
        pixels, step = self.pixels(cell), self.step(cell)
        self._steps[cell] = step
        if pixels is None:
            self._images.pop(cell, None)
        else:
            image = to_image(pixels)
            finished = cell.state is State.DONE and step == cell.steps
            fine = finished and not self._size.isEmpty()
            self._images[cell] = (
                resampled(image, pixels, _fitting(image, self._size)) if fine else image
            )
        self.ready.emit(cell)


def _is_all_there_is(cell: LiveCell) -> bool:
    """Whether of a cell only the finished picture can be shown.

    Its steps were not kept, or the model by which they are shown is not there.
    """
    reel = cell.reel
    if reel is None or reel.picture is None:
        return False
    return reel.trajectory is None or reel.preview_map is None


def _fitting(image: QImage, box: QSize) -> QSize:
    """Return the image's size scaled into a box, a pixel each way at least."""
    scale = min(box.width() / image.width(), box.height() / image.height())
    return QSize(max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
