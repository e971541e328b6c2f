"""Frames of cells developed in a thread of their own: from latents or pixels to what is painted."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QThreadPool, Signal
from PySide6.QtGui import QImage

from engine.preview import PreviewMap
from engine.recipe import Pixels
from engine.trajectory import Array
from gui.compare.cells import LiveCell
from gui.pixels import to_image
from gui.reel import Reel
from gui.viewer.exhibit import Exhibit, projected

LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for what is being developed."""

_TOGETHER = 0.03
"""Seconds after which what is developed is handed over: cells are to move together."""


@dataclass(frozen=True, slots=True, eq=False)
class Negative:
    """What a cell is to show: `pixels`, or `latents` (C, h, w) that `look` makes visible.

    `serial` rises with time. `natural` is the finished picture's (width, height); it lies at
    `place`, of which `window` is seen, in the screen's pixels.
    """

    cell: LiveCell
    reel: Reel
    step: int
    serial: int
    natural: tuple[int, int]
    place: QRectF
    window: QRect
    pixels: Pixels | None = None
    latents: Array | None = None
    look: PreviewMap | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What came of a negative: the frame's pixels (uint8, h x w x 3), its part that is seen.

    `corner` is where in the cell's box the image goes, in the screen's pixels.
    """

    of: Negative
    pixels: Pixels
    image: QImage
    corner: QPoint


def develop(negative: Negative) -> Print | None:
    """Make a negative's print; None where there is nothing to see."""
    pixels = negative.pixels
    if pixels is None and negative.latents is not None and negative.look is not None:
        pixels = negative.look(negative.latents)
    if pixels is None:
        return None
    exhibit = Exhibit("", pixels, negative.natural)
    seen = projected(to_image(pixels), exhibit, negative.place, negative.window)
    return Print(negative, pixels, seen.image, seen.corner)


class Darkroom(QObject):
    """Develops one batch at a time. `developed` hands over prints, `idle` says that all are done.

    It has no parent: what its thread says last must not reach an object that is half gone.
    """

    developed = Signal(list)
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._closing = threading.Event()

    def ask(self, negatives: Sequence[Negative]) -> None:
        """Have negatives developed, in their order; ask again only once it is `idle`."""
        batch = tuple(negatives)
        self._pool.start(lambda: self._develop(batch))

    def close(self) -> bool:
        """End what is being done; return whether that has ended."""
        self._closing.set()
        return self._pool.waitForDone(LONGEST_GOODBYE)

    # In the thread.

    def _develop(self, batch: Sequence[Negative]) -> None:
        ready: list[Print] = []
        began = perf_counter()
        try:
            for negative in batch:
                made = develop(negative)
                if made is not None:
                    ready.append(made)
                if perf_counter() - began > _TOGETHER:
                    self._hand_over(ready)
                    ready, began = [], perf_counter()
                if self._closing.is_set():
                    return
        finally:
            self._hand_over(ready)
            if not self._closing.is_set():
                self.idle.emit()

    def _hand_over(self, prints: list[Print]) -> None:
        if prints and not self._closing.is_set():
            self.developed.emit(prints)
