"""Favourites, ratings and tags: `marks.json` in each gallery, by the content of its pictures.

    {"version": 1, "pictures": {SHA-256: {"favourite": true, "rating": 4, "tags": ["sea"]}}}

The key is the SHA-256 of the picture's *file*. It survives a rename, a move and the loss of the
index; the same digest proves that no byte has changed, settings included; and two pictures that
happen to look the same, as the cells of a comparison may, still have marks of their own. A digest
of the pixels would survive another program's rewriting of the file, but would have to decode every
picture; what is rewritten in its place keeps its marks all the same (`scan`). Marks of pictures
that are gone are kept: a file that comes back from the trash has them again.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine.errors import StorageError
from engine.gallery.files import check_folder, write_file
from engine.gallery.findings import parsed
from engine.gallery.own import json_text

NAME = "marks.json"
HIGHEST_RATING = 5
LONGEST_TAG = 100
"""Characters of a tag."""

_VERSION = 1
_LOCK = ".etascope-marks.lock"
_PATIENCE = 10.0
"""Seconds to wait for another program that is writing marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user thinks of a picture. `rating` is 0 (none) to HIGHEST_RATING."""

    favourite: bool = False
    rating: int = 0
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != _NOTHING


_NOTHING = Mark()


class DamagedMarks(StorageError):
    """A `marks.json` that cannot be understood."""


def read_marks(folder: Path) -> dict[str, Mark]:
    """Return the marks of a gallery's pictures by digest; values out of range count as none.

    Raises DamagedMarks if the file makes no sense, StorageError if it may not be read. Nothing is
    changed by reading.
    """
    pictures = _read(folder)["pictures"]
    marks = {key: mark_from(entry) for key, entry in pictures.items()}
    return {key: mark for key, mark in marks.items() if mark}


def set_marks(folder: Path, marks: Mapping[str, Mark]) -> None:
    """Set the marks of some pictures, by digest, durably; all other marks stay, and unknown keys.

    A damaged file is first put aside as `marks.json.bad`. One process at a time writes. Raises
    StorageError, and then nothing has changed.
    """
    with _alone(folder):
        try:
            about = _read(folder)
        except DamagedMarks:
            _set_aside(folder / NAME)
            about = _empty()
        pictures = about["pictures"]
        for key, mark in marks.items():
            entry = _others(pictures.get(key)) | _told(mark)
            if entry:
                pictures[key] = entry
            else:
                pictures.pop(key, None)
        write_file(folder / NAME, json_text(about).encode(), force=True)


def mark_from(entry: object) -> Mark:
    """Return the mark that an entry of the file tells, whatever is in it."""
    if not isinstance(entry, dict):
        return _NOTHING
    rating, tags = entry.get("rating"), entry.get("tags")
    return Mark(
        favourite=entry.get("favourite") is True,
        rating=rating if type(rating) is int and 0 <= rating <= HIGHEST_RATING else 0,
        tags=_clean_tags(tags),
    )


def cleaned(mark: Mark) -> Mark:
    """Return the mark as the file can hold it: rating in range, each tag a line, none twice."""
    rating = min(max(mark.rating, 0), HIGHEST_RATING)
    return Mark(mark.favourite, rating, _clean_tags(mark.tags))


def _clean_tags(tags: object) -> tuple[str, ...]:
    """Return the texts among `tags` in one line each, none empty, none twice, in their order."""
    if not isinstance(tags, list | tuple):
        return ()
    lines = (" ".join(tag[: 10 * LONGEST_TAG].split()) for tag in tags if isinstance(tag, str))
    return tuple(dict.fromkeys(line[:LONGEST_TAG].strip() for line in lines if line.strip()))


def _told(mark: Mark) -> dict[str, Any]:
    told = {"favourite": mark.favourite, "rating": mark.rating, "tags": list(mark.tags)}
    return {key: value for key, value in told.items() if value}


def _others(entry: object) -> dict[str, Any]:
    """Return what a later version may have written beside the three."""
    if not isinstance(entry, dict):
        return {}
    return {k: value for k, value in entry.items() if k not in {"favourite", "rating", "tags"}}


def _empty() -> dict[str, Any]:
    return {"version": _VERSION, "pictures": {}}


def _read(folder: Path) -> dict[str, Any]:
    """Return the whole file, unknown keys and all; empty if there is none."""
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _empty()
    except OSError as error:  # not to be taken for an empty file, or it would be replaced by one
        raise StorageError(
            f"{path} cannot be read: {error.strerror}.", "See who may read it."
        ) from error
    about = parsed(data.decode("utf-8-sig", "replace"))
    if not isinstance(about, dict) or not isinstance(about.get("pictures", {}), dict):
        raise DamagedMarks(f"{path} is damaged.", "It is kept as marks.json.bad.")
    about.setdefault("pictures", {})
    return about


def _set_aside(path: Path) -> None:
    """Rename a damaged file to a name ending in .bad that is free."""
    names = [path.with_name(f"{NAME}.bad"), *(path.with_name(f"{NAME}.bad-{k}") for k in range(99))]
    target = next((name for name in names if not name.exists()), names[-1])
    try:
        path.replace(target)
    except OSError as error:
        raise StorageError(
            f"{path} is damaged and cannot be put aside: {error.strerror}.", "Rename it yourself."
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other process, and every other thread, from writing these marks."""
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir it never raises
        check_folder(folder)  # the lock would make it
    lock = FileLock(folder / _LOCK, timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StorageError(
            f"Another program is writing the marks of {folder}.", "Try again in a moment."
        ) from error
    except OSError as error:
        check_folder(folder)  # says what is wrong with it
        reason = error.strerror or errno.errorcode.get(error.errno or 0, "no reason given")
        raise StorageError(f"{folder} cannot be locked: {reason}.", "Try again.") from error
    try:
        yield
    finally:
        lock.release()
