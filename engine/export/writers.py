"""Pictures given away: what the target's name ends in says as what."""

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.errors import PictureError, StorageError
from engine.export.contact import contact_sheets
from engine.export.copies import Copy, Options, copy_of
from engine.export.moving import animated, way_to
from engine.export.naming import portable
from engine.export.page import write_page
from engine.gallery.entries import Entry
from engine.gallery.files import AlreadyThere, check_folder, check_writable, write_file, writing
from engine.gallery.galleries import free_name

Progress = Callable[[int, int], None]

_NO_STEPS = "Those of newly made pictures are, as long as the settings give them room."
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # that an archive can say


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and sentences on what could not be."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Job:
    """What is being exported, and what was said about it so far."""

    root: Path
    entries: Sequence[Entry]
    options: Options
    progress: Progress
    notes: list[str]

    def copies(self) -> Iterator[tuple[Entry, Copy]]:
        """Yield every picture that can be read, and tell of the others."""
        for done, entry in enumerate(self.entries):
            self.progress(done, len(self.entries))
            path = self.root / entry.gallery / entry.name
            try:
                copy = copy_of(path, entry.mark, self.options)
            except PictureError as error:
                self.notes.append(f"{error.message} It was left out.")
                continue
            if copy.note:
                self.notes.append(f"{path}: {copy.note}")
            yield entry, copy
        self.progress(len(self.entries), len(self.entries))

    def ways(self, suffix: str) -> Iterator[tuple[Entry, bytes]]:
        """Yield the moving picture of every picture whose path is kept, and tell of the others."""
        for done, entry in enumerate(self.entries):
            self.progress(done, len(self.entries))
            path = self.root / entry.gallery / entry.name
            try:
                yield entry, animated(way_to(path, self.options.show), suffix)
            except PictureError as error:
                self.notes.append(f"{error.message} It was left out.")
        self.progress(len(self.entries), len(self.entries))


def export(
    root: Path,
    entries: Sequence[Entry],
    target: Path,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the pictures of `entries`, whose galleries lie in `root`, to `target`.

    What they become is `options.kind`. If that does not say, NAME.zip is an archive, NAME.html one
    page with all in it, NAME.png a contact sheet (more than one if there are many), NAME.webp and
    NAME.gif are moving pictures of the steps; anything else is a folder that is there. Moving ones
    may go into a folder too. No file is ever replaced. `progress` may raise to stop. Raises
    StorageError; what a folder has got by then stays, of the others there is nothing.
    """
    if not entries:
        raise StorageError("There is no picture to export.", "Choose some, or another gallery.")
    job = _Job(root, entries, options or Options(), progress or (lambda _done, _all: None), [])
    kind = job.options.kind or _kind_of(target)
    if kind in _FILES and _is_folder(target):
        target = free_name(target, f"{entries[0].gallery}{_FILES[kind]}")
    files = _WRITERS[kind](job, target)
    return Exported(tuple(files), tuple(job.notes))


def _to_folder(job: _Job, folder: Path) -> list[Path]:
    check_folder(folder)
    return [_write_free(folder, _name(entry, copy), copy.data) for entry, copy in job.copies()]


def _to_archive(job: _Job, target: Path) -> list[Path]:
    _check_new(target)
    taken: set[str] = set()
    # Pictures are compressed already.
    with writing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for entry, copy in job.copies():
            name = _other(_name(entry, copy), taken)
            made = min(max(entry.made.timetuple()[:6], _EARLIEST), _LATEST)
            about = zipfile.ZipInfo(name, made)
            about.external_attr = 0o644 << 16
            archive.writestr(about, copy.data)
    return [target]


def _to_page(job: _Job, target: Path) -> list[Path]:
    _check_new(target)
    with writing(target) as file:
        write_page(file, job.root, job.copies(), settings=job.options.settings)
    return [target]


def _to_sheets(job: _Job, target: Path) -> list[Path]:
    _check_new(target)
    files: list[Path] = []
    pictures = [(job.root / one.gallery / one.name, one) for one in job.entries]
    for data in contact_sheets(pictures, job.notes, job.progress, settings=job.options.settings):
        path = free_name(target.parent, target.name) if files else target
        files.append(write_file(path, data))
    return files


def _to_moving(job: _Job, target: Path) -> list[Path]:
    """Write an animation of the steps for each picture whose path is kept."""
    suffix = f".{job.options.kind or _kind_of(target)}"
    into_folder = _is_folder(target) or not target.suffix
    folder = target if into_folder else target.parent
    if into_folder:
        check_folder(folder)
    else:
        _check_new(folder / f"{target.stem}{suffix}")
    files = []
    for entry, data in job.ways(suffix):
        name = portable(entry.name, suffix) if into_folder else f"{target.stem}{suffix}"
        files.append(_write_free(folder, name, data))
    if not files:
        raise StorageError("Of none of these pictures the steps are kept.", _NO_STEPS)
    return files


_WRITERS = {
    "folder": _to_folder,
    "zip": _to_archive,
    "page": _to_page,
    "sheet": _to_sheets,
    "webp": _to_moving,
    "gif": _to_moving,
}
_FILES = {"zip": ".zip", "page": ".html", "sheet": ".png"}
"""What is one file; in a folder it is called as the gallery is."""
_ENDINGS = {
    ".zip": "zip",
    ".html": "page",
    ".htm": "page",
    ".png": "sheet",
    ".webp": "webp",
    ".gif": "gif",
}


def _kind_of(target: Path) -> str:
    return "folder" if _is_folder(target) else _ENDINGS.get(target.suffix.lower(), "folder")


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir it never raises


def _write_free(folder: Path, name: str, data: bytes) -> Path:
    """Write a file into a folder, under its name or, if that is taken, the name with a number."""
    while True:
        try:
            return write_file(free_name(folder, name), data)
        except AlreadyThere:  # somebody was quicker
            continue


def _check_new(target: Path) -> None:
    try:
        check_writable(target)
    except AlreadyThere as error:
        raise AlreadyThere(error.message, "Choose another name.") from error


def _name(entry: Entry, copy: Copy) -> str:
    return portable(entry.name, copy.suffix)


def _other(name: str, taken: set[str]) -> str:
    """Return the name, with a number if it is taken; capitals make no difference."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    number = 2
    while name.casefold() in taken:
        name = f"{stem}-{number}{suffix}"
        number += 1
    taken.add(name.casefold())
    return name
