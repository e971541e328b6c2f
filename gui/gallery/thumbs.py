"""Thumbnails in memory, made in other threads: what is seen first, what is no longer seen never."""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from engine.errors import KnownError
from engine.gallery.entries import Entry
from engine.gallery.thumbnails import Thumbnails
from engine.paths import current_paths
from gui.pixels import to_image

EDGES = (256, 512)
"""Longer sides of thumbnails, in the screen's pixels."""

MOST_MEMORY = 96 << 20
"""Bytes of thumbnails that are kept in memory."""

LONGEST_READ = 1000
"""Milliseconds that `close` waits for pictures being read."""

_MOST_FAILURES = 5000
_THREADS = max(1, min(4, (os.cpu_count() or 2) // 2))  # leaves the other cores to the sampler

Key = tuple[str, str, str, int]
"""Digest, gallery and name of a picture, and the longer side of the thumbnail."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A thumbnail that is wanted."""

    key: Key
    path: Path


class Thumbs(QObject):
    """Holds the thumbnails that were looked at last. `ready` tells that more have come."""

    ready = Signal()
    _made = Signal(object, object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Thumbnails(folder or current_paths().cache / "thumbnails")
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._memory = 0
        self._failed: OrderedDict[Key, None] = OrderedDict()
        self._lock = threading.Lock()
        self._wishes: list[Wish] = []
        self._making: set[Key] = set()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(_THREADS)
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def image(self, key: Key) -> QImage | None:
        """Return a thumbnail if it is in memory."""
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
        return found

    def lacks(self, key: Key) -> bool:
        """Whether a thumbnail is neither there nor known to be impossible."""
        return key not in self._images and key not in self._failed

    def has_failed(self, key: Key) -> bool:
        """Whether a picture could not be read."""
        return key in self._failed

    def want(self, wishes: Sequence[Wish]) -> None:
        """Have these made, the first first; whatever was wanted before no longer is."""
        missing = [wish for wish in wishes if self.lacks(wish.key)]
        with self._lock:
            self._wishes = list(reversed(missing))
            idle = _THREADS - len(self._making)
        for _ in range(min(idle, len(missing))):
            self._pool.start(self._work)

    def try_again(self) -> None:
        """Forget which pictures could not be read: their disk may be there again."""
        self._failed.clear()
        self.ready.emit()

    def close(self) -> bool:
        """Drop what has not been made, wait a little for what is; return whether that is done."""
        with self._lock:
            self._wishes.clear()
        self._pool.clear()
        return self._pool.waitForDone(LONGEST_READ)

    @Slot(object, object)
    def _take(self, key: Key, image: QImage | None) -> None:
        if image is None:
            self._failed[key] = None
            while len(self._failed) > _MOST_FAILURES:
                self._failed.popitem(last=False)
        elif key not in self._images:
            self._images[key] = image
            self._memory += image.sizeInBytes()
            while self._memory > MOST_MEMORY:
                _, old = self._images.popitem(last=False)
                self._memory -= old.sizeInBytes()
        self.ready.emit()

    # In the threads.

    def _work(self) -> None:
        while (wish := self._next()) is not None:
            image = self._make(wish)
            with self._lock:
                self._making.discard(wish.key)
            with suppress(RuntimeError):  # the window is gone
                self._made.emit(wish.key, image)

    def _next(self) -> Wish | None:
        with self._lock:
            while self._wishes:
                wish = self._wishes.pop()
                if wish.key not in self._making:
                    self._making.add(wish.key)
                    return wish
        return None

    def _make(self, wish: Wish) -> QImage | None:
        sha256, _, _, edge = wish.key
        try:
            return to_image(self._kept.get(wish.path, sha256, edge))
        except (KnownError, OSError):
            return None


def key_of(entry: Entry, pixels: float) -> Key:
    """Return the key of a picture's thumbnail where it is painted `pixels` wide on the screen."""
    edge = next((one for one in EDGES if one >= pixels), EDGES[-1])
    return entry.facts.sha256, entry.gallery, entry.name, edge
