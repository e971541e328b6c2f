"""What each cell shows at the moment: one playhead for all, one zoom, frames from a darkroom."""

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QSizeF, QTimer, Signal, Slot

from engine.compare.linking import Link, Linked
from engine.recipe import Pixels
from engine.trajectory import Array
from gui.compare.cells import LiveCell, State
from gui.compare.darkroom import Darkroom, Negative, Print, develop
from gui.reel import Reel
from gui.viewer.look import Look

_EVERY = 16  # ms: no screen shows more


class Frames(QObject):
    """Keeps a frame for each cell. `ready` says that one has a new one to be painted.

    While it `follows`, cells show their newest step; afterwards the step that belongs to the
    playhead's position. `look` is how closely all of them are looked at. Of changes that come
    faster than they can be shown the last one wins.
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
        self.look = Look()
        self.darkroom = Darkroom()
        self._size = QSize(256, 256)
        self._cells: list[LiveCell] = []
        self._prints: dict[LiveCell, Print] = {}
        self._stale: dict[LiveCell, None] = {}
        self._busy = False
        self._serial = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._refresh)
        self.darkroom.developed.connect(self._on_developed)
        self.darkroom.idle.connect(self._on_idle)

    # What is shown

    def print_of(self, cell: LiveCell) -> Print | None:
        """Return the newest frame that was developed; None if there is nothing to see."""
        return self._prints.get(cell)

    def step(self, cell: LiveCell) -> int:
        """Return the step that the cell is to show; 0 before its first."""
        if self.follows or not len(self.linked) or _is_all_there_is(cell):
            return cell.reached
        return min(self.linked.step(self.position, cell.track()), cell.reached)

    def shown_step(self, cell: LiveCell) -> int:
        """Return the step that the cell's newest frame is of."""
        made = self._prints.get(cell)
        return 0 if made is None else made.of.step

    def pixels(self, cell: LiveCell) -> Pixels | None:
        """Return what the cell is to show, as it is in the run."""
        negative = self._negative(cell)
        made = None if negative is None else develop(negative)
        return None if made is None else made.pixels

    def reached(self) -> int:
        """Return the last position at which some cell has something to show."""
        return max(
            (self.linked.reached(cell.track(), cell.reached) for cell in self._cells), default=0
        )

    # What changes it

    def set_cells(self, cells: list[LiveCell]) -> None:
        """Show other cells."""
        self._cells = cells
        self._prints = {cell: self._prints[cell] for cell in cells if cell in self._prints}
        self._stale = {}
        self.relink()

    @property
    def box(self) -> QSizeF:
        """The size of each cell's box, in pixels of the screen."""
        return QSizeF(self._size)

    def set_size(self, size: QSize) -> None:
        """Say how large, in pixels of the screen, the box is in which each cell is painted."""
        if size != self._size and not size.isEmpty():
            self._size = size
            self.touch_all()

    def set_link(self, link: Link) -> None:
        self.link = link
        self.relink()

    def relink(self) -> None:
        """Take note that the cells' steps are other ones, as far as that is known."""
        gone = (State.LEFT_OUT, State.FAILED)
        tracks = [cell.track() for cell in self._cells if cell.state not in gone]
        before, self.linked = self.linked, Linked(tracks, self.link)
        if not self.follows:
            alike = before.link == self.link
            known = self.linked if not alike else before
            self.position = self.linked.position_for(known, self.position)
        self.touch_all()
        self.relinked.emit()

    def catch_up(self) -> None:
        """Relink now what would be relinked soon: somebody is about to move the playhead."""
        gone = (State.LEFT_OUT, State.FAILED)
        if not all(self.knows(cell) for cell in self._cells if cell.state not in gone):
            self.relink()

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
        """Have a cell's frame developed again soon."""
        self._stale[cell] = None
        if not self._busy and not self._timer.isActive():
            self._timer.start()

    def touch_all(self) -> None:
        for cell in self._cells:
            self.touch(cell)

    def settle(self) -> None:
        """Develop all that is due now and here, whatever it takes."""
        self._timer.stop()
        for negative in self._due():
            made = develop(negative)
            if made is not None:
                self._take(made)

    def close(self) -> bool:
        """End the darkroom's thread; return whether it did end.

        The window, and this with it, may be gone by then: nothing of Qt's is touched.
        """
        return self.darkroom.close()

    # The darkroom

    @Slot()
    def _refresh(self) -> None:
        negatives = self._due()
        if negatives:
            self._busy = True
            self.darkroom.ask(negatives)

    def _due(self) -> list[Negative]:
        """Return what is to be developed; cells with nothing to see are done at once."""
        stale, self._stale = self._stale, {}
        negatives = []
        for cell in stale:
            negative = self._negative(cell)
            if negative is not None:
                negatives.append(negative)
            elif self._prints.pop(cell, None) is not None:
                self.ready.emit(cell)
        return negatives

    def _negative(self, cell: LiveCell) -> Negative | None:
        """Return what a cell is to show, as it is to be seen."""
        reel, step = cell.reel, self.step(cell)
        known = None if reel is None else reel.nearest(step)
        if reel is None:
            return None
        pixels, latents = self._source(reel, known)
        if pixels is None and latents is None:
            return None
        self._serial += 1
        natural = (cell.recipe.width, cell.recipe.height)
        return Negative(
            cell,
            reel,
            step,
            self._serial,
            natural,
            self.look.place(QSizeF(*natural), self.box),
            QRect(QPoint(), self._size),
            pixels,
            latents,
            reel.preview_map,
        )

    def _source(self, reel: Reel, known: int | None) -> tuple[Pixels | None, Array | None]:
        """Return the pixels of a step, or the latents that are still to be made visible."""
        if known is None:
            return reel.picture, None
        finished = reel.picture is not None and known == len(reel.t)
        at_hand = finished or (known, self.noisy) in reel.decoded or reel.preview_map is None
        latents = None if at_hand else reel.latents(known, noisy=self.noisy)
        if latents is not None:
            return None, latents
        # Reopened, and its steps are not kept or the model that can show them is not there.
        frame = reel.frame(known, noisy=self.noisy)
        return reel.picture if frame is None else frame, None

    @Slot(list)
    def _on_developed(self, prints: list[Print]) -> None:
        for made in prints:
            self._take(made)

    def _take(self, made: Print) -> None:
        """Show a print, unless a later one has come before it or the cell has begun anew."""
        cell = made.of.cell
        before = self._prints.get(cell)
        late = before is not None and before.of.serial > made.of.serial
        if not late and cell.reel is made.of.reel:
            self._prints[cell] = made
            self.ready.emit(cell)

    @Slot()
    def _on_idle(self) -> None:
        self._busy = False
        if self._stale:
            self._timer.start()


def _is_all_there_is(cell: LiveCell) -> bool:
    """Whether of a cell only the finished picture can be shown.

    Its steps were not kept, or the model by which they are shown is not there.
    """
    reel = cell.reel
    if reel is None or reel.picture is None:
        return False
    return reel.trajectory is None or reel.preview_map is None
