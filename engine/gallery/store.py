"""Pictures in galleries: saving one for good, listing the newest, opening any."""

import os
import re
import secrets
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from engine.commands import Destination
from engine.errors import BadSetting, PictureError, StorageError
from engine.gallery import own
from engine.gallery.decoding import decode
from engine.gallery.entries import SUFFIXES
from engine.gallery.files import (
    AlreadyThere,
    check_folder,
    check_writable,
    make_folder,
    sweep,
    write_file,
)
from engine.gallery.infotext import infotext
from engine.gallery.metadata import read_metadata
from engine.gallery.png import encode_png
from engine.gallery.reading import Reading
from engine.paths import current_paths
from engine.recipe import Picture, Pixels

LONGEST_NAME = 100
"""Characters of a gallery's name."""

_STAMP = "%Y-%m-%d-%H%M%S"
_OURS = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{8}\.png")

# Devices under Windows, with any suffix; a gallery may be carried there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = set('<>:"/\\|?*')
_UNPRINTED = {"Cc", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A picture as it was opened.

    `pixels` are read-only, H x W x 3; `made` is local time; `reading` is what its text told, None
    if there was none that could be read.
    """

    path: Path
    pixels: Pixels
    made: datetime
    reading: Reading | None


def gallery_folder(name: str) -> Path:
    """Return the folder of a gallery, which need not exist yet.

    Raises BadSetting unless the name could be a folder's on any system and stays in its place.
    """
    fault = _fault(name)
    if fault:
        raise BadSetting("gallery", f"A gallery cannot be called {name!r}: {fault}.", "Rename it.")
    return current_paths().galleries / name


def save_picture(picture: Picture, destination: Destination) -> Path:
    """Save a picture with its recipe in it; return its path once it is safely on the disk.

    In a folder a new name is found, of the local time and a short id. The folder of a gallery is
    created if need be, no other. Raises StorageError, and then nothing has changed.
    """
    texts = {"parameters": infotext(picture.recipe), own.KEY: own.own_text(picture)}
    data = encode_png(picture.pixels, texts)
    if destination.file is not None:
        return write_file(destination.file, data, force=destination.force)
    folder = _folder(destination)
    if _is_gallery(folder):
        _check_disk()
        make_folder(folder)
        _sweep_once(folder)
    while True:
        try:
            return write_file(folder / _new_name(picture.made), data)
        except AlreadyThere:  # another id will do
            continue


def check_destination(destination: Destination) -> None:
    """Raise StorageError now if saving there would fail later: before anything is computed."""
    if destination.trajectory is not None:
        check_writable(destination.trajectory, force=destination.force)
    if destination.file is not None:
        check_writable(destination.file, force=destination.force)
        return
    folder = _folder(destination)
    if _is_gallery(folder):
        _check_disk()
        # Unlike Path.exists this never raises, whatever may not be looked into.
        while not os.path.exists(folder) and folder != folder.parent:  # noqa: PTH110
            folder = folder.parent
    check_folder(folder)


def newest(folder: Path, limit: int | None = None) -> list[Path]:
    """Return the pictures in a folder, newest first, at most `limit`; none if it is not there.

    Ours are ordered by the time in their names, others by when they were last changed.
    """
    try:
        files = [path for path in folder.iterdir() if _is_picture(path)]
    except OSError:
        return []
    return sorted(files, key=_age, reverse=True)[:limit]


def open_picture(path: Path) -> Stored:
    """Open a PNG, JPEG, WebP or AVIF of any tool.

    Raises PictureError, one sentence and one suggestion, if there is no picture to be had.
    """
    pixels = decode(path)
    try:
        reading = read_metadata(path)
    except PictureError:
        reading = None
    return Stored(path, pixels, _made(path), reading)


def thumbnail(path: Path, edge: int) -> Pixels:
    """Return a picture scaled down to at most `edge` x `edge` pixels; raises as `open_picture`."""
    return decode(path, edge)


@cache
def _sweep_once(folder: Path) -> None:
    """Clear away what killed saves have left, once in a program's life."""
    sweep(folder)


def _folder(destination: Destination) -> Path:
    if destination.folder is None:
        raise ValueError("a destination needs a folder or a file")
    return destination.folder


def _is_gallery(folder: Path) -> bool:
    return folder.parent == current_paths().galleries and not _fault(folder.name)


def _check_disk() -> None:
    """Raise StorageError if the user keeps the galleries on a disk that is not there now.

    A folder made in its place would hide below that disk as soon as it is there again.
    """
    chosen = current_paths().chosen
    if chosen is not None and not os.path.isdir(chosen.parent):  # noqa: PTH112 - never raises
        raise StorageError(
            f"The folder of the galleries, {chosen}, is not there.",
            "Is its disk? Or choose another folder in the settings.",
        )


def _new_name(made: datetime) -> str:
    """Return the local time and eight hexadecimal digits.

    Two are for the second's 256 parts, so that names sort by time within it, and six by chance,
    so that equal clocks give different names.
    """
    local = made.astimezone()
    part = local.microsecond * 256 // 1_000_000
    return f"{local:{_STAMP}}-{part:02x}{secrets.token_hex(3)}.png"


def _is_picture(path: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
        return False
    # Where there are no hard links, a kill can leave a name of ours with nothing in it.
    return not _OURS.fullmatch(path.name) or path.stat().st_size > 0


def _age(path: Path) -> tuple[str, str]:
    """Return what pictures are sorted by: a time as in our names, then the name."""
    if _OURS.fullmatch(path.name):
        return path.name[:17], path.name
    try:
        seconds = path.stat().st_mtime
    except OSError:  # gone since
        seconds = 0.0
    return time.strftime(_STAMP, time.localtime(seconds)), path.name


def _made(path: Path) -> datetime:
    if _OURS.fullmatch(path.name):
        try:
            return datetime.strptime(path.name[:17], _STAMP).astimezone()
        except ValueError:
            pass
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return datetime.fromtimestamp(0, UTC).astimezone()


def _fault(name: str) -> str:
    """Return what is wrong with a gallery's name, empty if nothing is."""
    if not name or name != name.strip() or name[0] == "." or name[-1] == ".":
        return "it may not be empty, nor begin or end with a blank or a dot"
    if len(name) > LONGEST_NAME or len(name.encode("utf-8", "replace")) > 255:
        return f"it may have {LONGEST_NAME} characters at most"
    if _FORBIDDEN & set(name) or any(unicodedata.category(c) in _UNPRINTED for c in name):
        return 'it may not have any of < > : " / \\ | ? * or unprintable characters in it'
    if _RESERVED.fullmatch(name):
        return "Windows keeps this name for itself"
    return ""
