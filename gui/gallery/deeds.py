"""What is done with pictures: moved, thrown away, had back, marked, copied, shown on the disk."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QProcess, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from engine.errors import KnownError, Problem
from engine.gallery import galleries
from engine.gallery.decoding import decode
from engine.gallery.entries import Entry
from engine.gallery.marks import Mark
from engine.gallery.metadata import read_metadata
from engine.gallery.reading import Reading
from gui.gallery.answers import Answers
from gui.gallery.catalogue import Catalogue
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.said import settings_text
from gui.pixels import to_image
from gui.trash import PATIENCE, Thrown, Trash
from gui.words import tr

Moved = list[tuple[Path, Path]]
Undo = tuple[str, Callable[[], None]]
"""What can be undone ("throw" or "move"), and how."""


class Deeds(QObject):
    """`said` is a sentence on what was done, "" when it can no longer be undone.

    `moved` and `thrown` carry the paths of pictures that are no longer where they were.
    """

    said = Signal(str)
    told = Signal(str)
    troubled = Signal(Problem)
    moved = Signal(list)
    thrown = Signal(list)
    returned = Signal(list)

    def __init__(self, catalogue: Catalogue, model: PicturesModel, parent: QObject) -> None:
        super().__init__(parent)
        self._catalogue, self._model = catalogue, model
        self.trash = Trash(self)
        self.trash.emptied.connect(self._on_emptied)
        self.trash.given.connect(self.forget)
        self.trash.stuck.connect(self._on_stuck)
        self._ids: dict[Path, int] = {}
        self._gone: list[Path] = []
        self._returned: set[int] = set()
        self._undo: list[Undo] = []
        self._answers = Answers(self)
        self._answers.failed.connect(self._on_failed)
        self._forgetting = _timer(self, 150, self._forget)
        self._fading = _timer(self, PATIENCE, self._forget_moves)

    # Throwing away

    def throw(self, entries: Sequence[Entry]) -> None:
        """Take pictures off the grid; after a while the system's trash gets their files."""
        paths = [self._catalogue.path(one) for one in entries]
        for entry, path in zip(entries, paths, strict=True):
            self._ids[path] = entry.id
            self.trash.throw(Thrown(path, 0))
        ids = [one.id for one in entries]
        self._model.hide_ids(ids)
        self._undo.append(("throw", partial(self._have_back, paths)))
        self.thrown.emit(paths)
        count = len(entries)
        one, more = tr("Picture thrown away"), tr("{count} pictures thrown away", count=count)
        self.said.emit(one if count == 1 else more)

    def _have_back(self, paths: Sequence[Path]) -> None:
        for _ in paths:
            self.trash.undo()
        self._model.unhide(self._ids.pop(path) for path in paths)
        self.returned.emit(list(paths))

    def hide(self, path: Path, entry: Entry) -> None:
        """Take off the grid what was thrown away elsewhere."""
        self._ids[path] = entry.id
        self._model.hide_ids([entry.id])

    def unhide(self, path: Path) -> None:
        """Bring back what was hidden."""
        if path in self._ids:
            self._model.unhide([self._ids.pop(path)])

    @Slot()
    def _on_emptied(self) -> None:
        self._undo = [one for one in self._undo if one[0] != "throw"]
        self.said.emit("")

    @Slot(Path)
    def forget(self, path: Path) -> None:
        """Have a picture taken out of the index: the system's trash has it."""
        self._gone.append(path)
        if not self._forgetting.isActive():
            self._forgetting.start()

    @Slot(Path, Problem)
    def _on_stuck(self, path: Path, problem: Problem) -> None:
        self.unhide(path)
        self.returned.emit([path])
        self.troubled.emit(problem)

    @Slot()
    def _forget(self) -> None:
        gone, self._gone = self._gone, []
        self._returned |= {self._ids.pop(path) for path in gone if path in self._ids}
        self._catalogue.forget(gone)

    def take_returned(self) -> set[int]:
        """Return the ids that the index no longer has, and that need not be hidden any more."""
        gone, self._returned = self._returned, set()
        return gone

    # Moving

    def move(self, entries: Sequence[Entry], gallery: str) -> None:
        """Move pictures into another gallery, marks and all."""
        paths = [self._catalogue.path(one) for one in entries if one.gallery != gallery]
        if not paths:
            self.told.emit(tr("They are in {gallery} already.", gallery=gallery))
            return
        self._catalogue.do(lambda: _moved(paths, gallery), partial(self._on_moved, gallery=gallery))

    def _on_moved(self, done: tuple[Moved, KnownError | None], gallery: str) -> None:
        moved, error = done
        self._catalogue.follow(moved)
        if error is not None:
            self.troubled.emit(Problem(error.message, error.advice))
        if not moved:
            return
        self.moved.emit([old for old, _ in moved])
        self._undo.append(("move", partial(self._move_back, moved)))
        self._fading.start()
        count = len(moved)
        self.said.emit(
            tr("1 picture moved to {gallery}", gallery=gallery)
            if count == 1
            else tr("{count} pictures moved to {gallery}", count=count, gallery=gallery)
        )

    def _move_back(self, moved: Moved) -> None:
        homes: dict[str, list[Path]] = {}
        for old, new in moved:
            homes.setdefault(old.parent.name, []).append(new)
        for gallery, paths in homes.items():
            self._catalogue.do(partial(_moved, paths, gallery), self._on_moved_back)

    def _on_moved_back(self, done: tuple[Moved, KnownError | None]) -> None:
        moved, error = done
        self._catalogue.follow(moved)
        self.moved.emit([old for old, _ in moved])
        if error is not None:
            self.troubled.emit(Problem(error.message, error.advice))

    @Slot()
    def _forget_moves(self) -> None:
        self._undo = [one for one in self._undo if one[0] != "move"]
        if not self._undo:
            self.said.emit("")

    @Slot()
    def undo(self) -> None:
        """Take back what was done last, as long as it can be."""
        if self._undo:
            _, back = self._undo.pop()
            back()
            self.said.emit("")

    # Marks

    def mark(self, entries: Sequence[Entry], change: Callable[[Mark], Mark]) -> None:
        """Change what is thought of pictures; it is in their gallery's file a moment later."""
        index = self._catalogue.index
        if index is None:
            return
        changed: dict[str, dict[str, Mark]] = {}
        for entry in entries:
            if entry.facts.sha256:
                mark = change(entry.mark)
                changed.setdefault(entry.gallery, {})[entry.facts.sha256] = mark
                self._model.set_mark(entry.id, mark)
        for gallery, marks in changed.items():
            future = index.mark(gallery, marks)
            self._answers.ask(future, lambda _: None, self._on_unmarked)

    def favour(self, entries: Sequence[Entry], on: bool) -> None:
        self.mark(entries, lambda mark: replace(mark, favourite=on))

    def rate(self, entries: Sequence[Entry], stars: int) -> None:
        self.mark(entries, lambda mark: replace(mark, rating=stars))

    def tag(self, entries: Sequence[Entry], on: tuple[str, ...], off: tuple[str, ...]) -> None:
        def change(mark: Mark) -> Mark:
            kept = [tag for tag in mark.tags if tag not in off]
            return replace(mark, tags=tuple(dict.fromkeys([*kept, *on])))

        self.mark(entries, change)

    def _on_unmarked(self, problem: Problem) -> None:
        self._model.forget_entries()  # as they are, not as was wished
        self.troubled.emit(problem)

    # Copying and showing

    def copy_picture(self, entries: Sequence[Entry]) -> None:
        """Put pictures on the clipboard: the files, and the pixels if it is only one."""
        paths = [self._catalogue.path(one) for one in entries]
        if len(paths) != 1:
            self._put_files(paths, None)
        elif paths:
            self._catalogue.do(lambda: to_image(decode(paths[0])), partial(self._put_files, paths))

    def _put_files(self, paths: Sequence[Path], image: QImage | None) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        if image is not None:
            data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        count = len(paths)
        self.told.emit(
            tr("Picture copied") if count == 1 else tr("{count} pictures copied", count=count)
        )

    def copy_settings(self, entry: Entry) -> None:
        """Put a picture's settings on the clipboard as text."""
        path = self._catalogue.path(entry)
        self._catalogue.do(lambda: _reading(path), partial(self._put_settings, entry))

    def _put_settings(self, entry: Entry, reading: Reading | None) -> None:
        QGuiApplication.clipboard().setText(settings_text(entry, reading))
        self.told.emit(tr("Settings copied"))

    def show_on_disk(self, entry: Entry) -> None:
        """Open the folder of a picture's file, with the file selected where that can be done."""
        path = self._catalogue.path(entry)
        if sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", str(path)])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    @Slot(Problem)
    def _on_failed(self, problem: Problem) -> None:
        self.troubled.emit(problem)


def _timer(parent: QObject, pause: int, deed: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(deed)
    return timer


# In other threads.


def _moved(paths: Sequence[Path], gallery: str) -> tuple[Moved, KnownError | None]:
    """Move pictures one by one, so that it is known which have been if one cannot be."""
    done: Moved = []
    for path in paths:
        if any(path == old for old, _ in done):
            continue  # it went along with its grid
        try:
            done += galleries.move([path], gallery)
        except KnownError as error:
            return done, error
    return done, None


def _reading(path: Path) -> Reading | None:
    try:
        return read_metadata(path)
    except KnownError:
        return None
