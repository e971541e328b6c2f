"""All of the library that is slow, in a thread of its own: looking, hashing, checking."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from engine import library
from engine.errors import KnownError, Problem, problem_of
from engine.gallery.decoding import decode
from engine.gallery.index import NAME as INDEX_NAME
from engine.gallery.samples import newest_of
from engine.hub import begun
from engine.hub.begun import Begun
from engine.hub.names import Wanted
from engine.library.catalogue import Listed, catalogue
from engine.library.folders import Folders
from engine.library.identity import PREFIX, Identities
from engine.library.memory import Memory, memory_here
from engine.library.preflight import INDEX
from engine.paths import current_paths
from gui.pixels import to_image

SIDE = 160
"""Pixels of the longer side of a model's picture."""
LONGEST_GOODBYE = 1500


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is: models, a picture of each by its `model`, downloads that are not over.

    `used` is the id of the model at hand, and `place` where it is.
    """

    models: tuple[Listed, ...] = ()
    pictures: Mapping[str, QImage] = field(default_factory=dict)
    begun: tuple[Begun, ...] = ()
    memory: Memory = field(default_factory=lambda: Memory(0, 0))
    used: str = ""
    place: Path | None = None

    def is_used(self, one: Listed, used: str) -> bool:
        """Whether a model is the one at hand: those in added folders go by their paths."""
        return used == one.model or (used == self.used and one.path == self.place)


class Keeper(QObject):
    """Does one thing after the other. `listed` follows whatever may have changed the list.

    `added` carries the name of what was put on the list, `identified` what a model was asked for
    by and its id, `checked` the name of a model that is whole; what cannot be done is `troubled`.
    """

    listed = Signal(Listing)
    identified = Signal(str, str)
    added = Signal(str)
    checked = Signal(str)
    troubled = Signal(Problem)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A child: it goes with the window, in the window's thread, whoever collects the garbage.
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._pictures: dict[Path, tuple[int, QImage]] = {}
        self.used = ""
        """The id of the model at hand, to be found among the others."""

    def refresh(self) -> None:
        """Look at everything again."""
        self._start(self._list)

    def add(self, place: Path) -> None:
        """Put a model, or a folder of models, on the list."""

        def told() -> None:
            self._list()
            self.added.emit(place.name)

        self._start(partial(_add, place), then=told)

    def remove(self, listed: Listed) -> None:
        """Take a model off the list, or the folder that it is in; no file is touched."""
        self._start(partial(_remove, listed), then=self._list)

    def forget(self, wanted: Wanted) -> None:
        """Remove what has arrived of a download."""
        self._start(lambda: begun.forget(current_paths(), wanted), then=self._list)

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
        used = self.used
        models = catalogue()
        samples = _samples(models)
        self._pictures = {path: self._picture(path) for path in samples.values()}  # and no others
        found = {model: self._pictures[path][1] for model, path in samples.items()}
        pictures = {model: image for model, image in found.items() if not image.isNull()}
        unfinished = begun.all_begun(current_paths())
        place = Identities(current_paths()).place_of(used) if used.startswith(PREFIX) else None
        self.listed.emit(Listing(models, pictures, unfinished, memory_here(), used, place))

    def _picture(self, path: Path) -> tuple[int, QImage]:
        """Return when a picture was last changed, and it, small; an empty one of what is none.

        Each is read once.
        """
        try:
            changed = path.stat().st_mtime_ns
            before = self._pictures.get(path)
            if before is not None and before[0] == changed:
                return before
            return changed, to_image(decode(path, SIDE))
        except (KnownError, OSError):
            return 0, QImage()


def _samples(models: tuple[Listed, ...]) -> dict[str, Path]:
    """Return a picture for each model: the one beside its file, or the newest made with it."""
    paths = current_paths()
    known = Identities(paths)
    recipes_call = {
        one.model: known.known(one.path) if one.origin == "folder" else one.model for one in models
    }
    named = filter(None, recipes_call.values())
    made = newest_of(named, paths.data / INDEX_NAME, paths.galleries)
    samples = {one.model: one.preview or made.get(recipes_call[one.model] or "") for one in models}
    return {model: path for model, path in samples.items() if path is not None}


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
