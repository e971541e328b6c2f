"""All of the library that is slow, in a thread of its own: looking, hashing, checking."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from engine import library
from engine.errors import Problem, problem_of
from engine.hub import partials
from engine.hub.names import Wanted
from engine.hub.partials import Partial
from engine.library.catalogue import Listed, catalogue
from engine.library.folders import Folders
from engine.library.memory import Memory, memory_here
from engine.library.preflight import INDEX
from engine.paths import current_paths
from gui.pixels import to_image

SIDE = 160
"""Pixels of the longer side of a model's picture."""
LONGEST_GOODBYE = 1500
_LARGEST = 32 * 2**20
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is: models, their pictures by their files, downloads that are not over."""

    models: tuple[Listed, ...] = ()
    pictures: Mapping[Path, QImage] = field(default_factory=dict)
    partials: tuple[Partial, ...] = ()
    memory: Memory = field(default_factory=lambda: Memory(0, 0))


class Keeper(QObject):
    """Does one thing after the other. `listed` follows whatever may have changed the list.

    `identified` carries what a model was asked for by and its id, `checked` the name of a model
    that is whole; what cannot be done is `troubled`.
    """

    listed = Signal(Listing)
    identified = Signal(str, str)
    checked = Signal(str)
    troubled = Signal(Problem)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A child: it goes with the window, in the window's thread, whoever collects the garbage.
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._pictures: dict[Path, QImage] = {}

    def refresh(self) -> None:
        """Look at everything again."""
        self._start(self._list)

    def add(self, place: Path) -> None:
        """Put a model, or a folder of models, on the list."""
        self._start(partial(_add, place), then=self._list)

    def remove(self, listed: Listed) -> None:
        """Take a model off the list, or the folder that it is in; no file is touched."""
        self._start(partial(_remove, listed), then=self._list)

    def forget(self, wanted: Wanted) -> None:
        """Remove what has arrived of a download."""
        self._start(lambda: partials.forget(current_paths(), wanted), then=self._list)

    def check(self, listed: Listed) -> None:
        """Look a model through; `checked` follows."""

        def check() -> None:
            library.at(listed.path)
            self.checked.emit(listed.label)

        self._start(check)

    def identify(self, model: str) -> None:
        """Find out the id of a model that is asked for by its path; `identified` follows."""
        self._start(lambda: self.identified.emit(model, library.find(model).id))

    def close(self) -> bool:
        """Begin nothing more, and wait a little; return whether all is done."""
        with suppress(RuntimeError):  # it has gone with the window, and waited then
            self._worker.clear()
            return self._worker.waitForDone(LONGEST_GOODBYE)
        return True

    def _start(self, deed: Callable[[], object], then: Callable[[], object] | None = None) -> None:
        self._worker.start(partial(self._do, deed, then))

    def _do(self, deed: Callable[[], object], then: Callable[[], object] | None) -> None:
        """In the worker's thread."""
        with suppress(RuntimeError):  # the window is gone
            try:
                deed()
                if then is not None:
                    then()
            except Exception as error:  # noqa: BLE001 - top of the thread
                self.troubled.emit(problem_of(error))

    def _list(self) -> None:
        models = catalogue()
        for one in models:
            if one.preview is not None and one.preview not in self._pictures:
                self._pictures[one.preview] = _picture(one.preview)
        begun = partials.partials(current_paths())
        self.listed.emit(Listing(models, dict(self._pictures), begun, memory_here()))


def _add(place: Path) -> None:
    if place.is_dir() and not (place / INDEX).exists():
        Folders(current_paths()).add(place)
    else:
        library.add(place)


def _remove(listed: Listed) -> None:
    if listed.origin != "folder":
        library.remove(listed.model)
        return
    folders = Folders(current_paths())
    for scan in folders.last():
        if any(found.path == listed.path for found in scan.found):
            folders.remove(scan.root)


def _picture(path: Path) -> QImage:
    """Return the picture beside a model, small; an empty one if it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return QImage()
        with Image.open(path, formats=_FORMATS) as opened:
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))
            picture = opened.convert("RGB")
            picture.thumbnail((SIDE, SIDE))
            return to_image(np.asarray(picture))
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return QImage()
