"""What one picture file tells: read once, kept in the index."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from engine.errors import PictureError
from engine.gallery.decoding import FORMATS, opened
from engine.gallery.findings import parsed
from engine.gallery.marks import Mark
from engine.gallery.metadata import read_metadata
from engine.gallery.own import GRID, PARTIAL
from engine.gallery.png import is_png
from engine.gallery.reading import Reading

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif")

_OURS = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)-([0-9a-f]{8})(-grid)?\.png")
_CELL = re.compile(r"[^./\\:\0][^/\\:\0]{0,250}")
_MOST_CELLS = 10_000
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a folder lists it: enough to tell that it is the same as last time."""

    gallery: str
    name: str
    size: int
    mtime_ns: int
    inode: int

    @property
    def same(self) -> tuple[int, int, int]:
        """What a renamed or moved file keeps."""
        return self.size, self.mtime_ns, self.inode


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file tells.

    `kind` is "picture", "partial" (one that was cancelled), "grid" or "broken" (nothing can be
    read).

    `settings` are those of a recipe's keys that it told; `width` and `height` are those of the
    pixels, None if broken. `cells` are the names of a grid's pictures, beside it.
    """

    seen: Seen
    sha256: str
    kind: str = "picture"
    tool: str = ""
    width: int | None = None
    height: int | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    device: str = ""
    dtype: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture in the index. `id` is when it was made, in microseconds since 1970, or just after.

    `comparison` is the id of the grid that it belongs to (a grid's own is its id), None if of none.
    """

    id: int
    facts: Facts
    mark: Mark = field(default_factory=Mark)
    comparison: int | None = None

    @property
    def gallery(self) -> str:
        return self.facts.seen.gallery

    @property
    def name(self) -> str:
        return self.facts.seen.name

    @property
    def made(self) -> datetime:
        """When it was made, in local time."""
        try:
            return datetime.fromtimestamp(self.id / 1e6, UTC).astimezone()
        except (ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(0, UTC).astimezone()


def listed(folder: Path) -> Iterator[Seen]:
    """Yield the pictures of a gallery's folder; raises OSError if it cannot be listed.

    Hidden and empty files are left out: a kill can leave an empty one where there are no links.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_picture(entry.name):
                continue
            try:
                about = entry.stat()
            except OSError:  # gone since, or a link to nowhere
                continue
            if stat.S_ISREG(about.st_mode) and about.st_size:
                yield _seen(folder.name, entry.name, about)


def seen(path: Path) -> Seen | None:
    """Return a picture as `listed` would; None if it is not there or would not be listed."""
    try:
        about = path.stat()
    except OSError:
        return None
    if not _is_picture(path.name):
        return None
    there = stat.S_ISREG(about.st_mode) and about.st_size
    return _seen(path.parent.name, path.name, about) if there else None


def examine(path: Path, what: Seen) -> Facts:
    """Read a picture file: its digest, size and settings, not its pixels.

    Never raises for what is in the file; what cannot be read is "broken", and its digest may be
    empty.
    """
    digest = ""
    try:
        digest = content_hash(path)
        width, height = _size(path)
    except PictureError:
        return Facts(what, digest, "broken")
    try:
        reading = read_metadata(path)
    except PictureError:
        return Facts(what, digest, width=width, height=height)
    cells = _cells(reading)
    single = "picture" if reading.unfinished is None else PARTIAL
    where = reading.environment
    return Facts(
        seen=what,
        sha256=digest,
        kind=single if cells is None else GRID,
        tool=reading.tool,
        width=width,
        height=height,
        settings=reading.settings,
        device=where.device if where else "",
        dtype=where.dtype if where else "",
        cells=cells or (),
    )


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a picture's file; raises PictureError if it cannot be read."""
    with opened(path) as file:
        digest = hashlib.sha256()
        while piece := file.read(_PIECE):
            digest.update(piece)
        return digest.hexdigest()


def made_at(what: Seen) -> int:
    """Return when a picture was made, in microseconds since 1970: as its name says, if ours."""
    found = _OURS.fullmatch(what.name)
    if found:
        *moment, part = found.groups()[:7]
        try:
            second = datetime(*map(int, moment)).astimezone().timestamp()  # type: ignore[arg-type]
        except (ValueError, OverflowError, OSError):
            pass
        else:
            # The first two digits are the second's 256 parts, the others by chance.
            return int(second) * 10**6 + int(part, 16) * 10**6 // 2**32
    return min(max(what.mtime_ns // 1000, -(2**60)), 2**60)


def _is_picture(name: str) -> bool:
    if name.startswith(".") or not name.lower().endswith(SUFFIXES):
        return False
    return name.isprintable() or not re.search("[\0\ud800-\udfff]", name)  # no text has those


def _seen(gallery: str, name: str, about: os.stat_result) -> Seen:
    # SQLite's numbers have 63 bits; Windows' inodes may have more, and times of the far future.
    inode = about.st_ino & (2**63 - 1)
    mtime_ns = min(max(about.st_mtime_ns, -(2**62)), 2**62)
    return Seen(gallery, name, about.st_size, mtime_ns, inode)


def _size(path: Path) -> tuple[int, int]:
    """Return width and height as the file's head has them."""
    with opened(path) as file:
        if is_png(file):  # without Pillow, which reads the texts as well, and stumbles on long ones
            head = file.read(24)
            if head[12:16] != b"IHDR":
                raise ValueError("a PNG begins with its head")
            return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
        with Image.open(file, formats=FORMATS) as image:
            return image.size


def _cells(reading: Reading) -> tuple[str, ...] | None:
    """Return the names of a comparison's pictures; None if it is none."""
    about = parsed(reading.raw) if f'"{GRID}"' in reading.raw else None
    if not isinstance(about, dict) or about.get("kind") != GRID:
        return None
    cells = about.get("cells")
    cells = cells[:_MOST_CELLS] if isinstance(cells, list) else []
    names = [cell.get("file") for cell in cells if isinstance(cell, dict)]
    return tuple(name for name in names if isinstance(name, str) and _CELL.fullmatch(name))
