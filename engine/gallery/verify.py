"""Verify: every file readable, every digest right, the index in step, the marks whole.

Nothing is changed. Pictures are decoded to the last pixel, so it takes its time.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PictureError, StorageError
from engine.gallery import rows
from engine.gallery.decoding import decode
from engine.gallery.entries import Seen, examine, listed
from engine.gallery.galleries import folders, misnamed
from engine.gallery.index import Index
from engine.gallery.marks import read_marks
from engine.gallery.scan import Progress, names_known


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: with which file, what, and what to do about it."""

    path: Path
    message: str
    advice: str = ""


_RESTORE = "Take it from a backup, if you have one."
_SCAN = 'Run "etascope gallery rebuild".'


def verify(index: Index, progress: Progress | None = None) -> Iterator[Fault]:
    """Look at every file and every row; yield what is wrong, as it is found."""
    tell = progress or (lambda _done, _all: None)
    if not index.is_sound():
        yield Fault(index.file, "The index is damaged.", _SCAN)
    names = names_known(index)
    files: list[tuple[Path, Seen]] = []
    for folder in folders(index.galleries):
        try:
            files += [(folder / one.name, one) for one in listed(folder)]
        except OSError as error:
            yield Fault(folder, f"It cannot be listed: {error.strerror}.", "Is its disk there?")
        else:
            yield from _marks(folder)
    for folder in misnamed(index.galleries):
        yield Fault(folder, "It is no gallery: none can be called so.", "Rename it.")
    for done, (path, what) in enumerate(files):
        tell(done, len(files))
        yield from _picture(index, path, what)
    tell(len(files), len(files))
    for gallery, name in sorted(names - {(one.gallery, one.name) for _, one in files}):
        path = index.galleries / gallery / name
        yield Fault(path, "It is in the index, but there is no such file.", _SCAN)


def _marks(folder: Path) -> Iterator[Fault]:
    try:
        read_marks(folder)
    except StorageError as error:
        yield Fault(folder / "marks.json", error.message, error.advice)


def _picture(index: Index, path: Path, what: Seen) -> Iterator[Fault]:
    """Look at one file, whole, and at its row."""
    try:
        decode(path)
    except PictureError as error:
        if os.path.lexists(path):  # else it has been moved since
            yield Fault(path, error.message, _RESTORE)
    facts = examine(path, what)
    entry = index.do(lambda database: rows.named(database, what.gallery, what.name)).result()
    if entry is None:
        yield Fault(path, "It is not in the index.", _SCAN)
    elif not facts.sha256:
        return  # it could not be read, as was said
    elif entry.facts.seen == what and entry.facts.sha256 != facts.sha256:
        # The file system says that nobody wrote to it.
        yield Fault(path, "Its bytes have changed by themselves: the disk may fail.", _RESTORE)
    elif not index.do(lambda database: rows.tells(database, facts)).result():
        yield Fault(path, "The index tells something else than the file.", _SCAN)
    for cell in facts.cells:
        if not os.path.lexists(path.with_name(cell)):
            yield Fault(path, f"The picture {cell} of this grid is not beside it.", _RESTORE)
