"""Thumbnails on the disk: a cache by the content of the pictures, within a budget.

Each is a JPEG with a checksum behind it. It is named by the digest of the picture's file, so it
survives a rename and a move, and a picture that is changed has another one. Nothing here is worth
a message: what cannot be kept is made anew, and what is damaged as well.
"""

import io
import os
import re
import secrets
import threading
import time
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from engine.errors import PictureError
from engine.gallery.decoding import FAULTS, decode
from engine.recipe import Pixels

BUDGET = 1 << 30
"""Bytes on the disk that all thumbnails may take."""

NOT_WORTH_IT = 48 << 10
"""Bytes of a picture file up to which decoding it is as quick as decoding its thumbnail."""

_QUALITY = 92
_KEPT = 0.8
"""How much of the budget is left in use when the oldest have been cleared away."""
_FIRST_LOOK = 4 << 20
"""Bytes written before it is first seen how much there is."""
_STALE = 24 * 3600.0
"""Seconds after which a thumbnail that is used is noted as used."""
_CHECKSUM = 4
_DIGEST = re.compile("[0-9a-f]{64}")


class Thumbnails:
    """The thumbnails under `folder`, which need not exist. Any number of threads may use it."""

    def __init__(self, folder: Path, budget: int = BUDGET) -> None:
        self.folder = folder
        self.budget = budget
        self._lock = threading.Lock()
        self._until_look = min(_FIRST_LOOK, budget // 8)

    def get(self, path: Path, sha256: str, edge: int) -> Pixels:
        """Return the picture at `path` with at most `edge` x `edge` pixels, H x W x 3.

        `sha256` is the digest of its file, "" if that is not known. Raises PictureError if there
        is neither a thumbnail nor a picture that can be read.
        """
        place = self._place(sha256, edge)
        if place is None or not _is_worth_it(path):
            return decode(path, edge)
        kept = _read(place, edge)
        if kept is None:
            kept = decode(path, edge)
            self._keep(place, kept)
        return kept

    def _place(self, sha256: str, edge: int) -> Path | None:
        if not _DIGEST.fullmatch(sha256):
            return None
        return self.folder / sha256[:2] / f"{sha256}-{edge}.jpg"

    def _keep(self, place: Path, pixels: Pixels) -> None:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        data = buffer.getvalue()
        part = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data + zlib.crc32(data).to_bytes(_CHECKSUM, "big"))
            part.replace(place)
        except OSError:  # a full disk, or one that is read-only
            with suppress(OSError):
                part.unlink()
            return
        self._count(len(data))

    def _count(self, written: int) -> None:
        with self._lock:
            self._until_look -= written
            if self._until_look > 0:
                return
            self._until_look = max(self.budget // 16, 1)
        self.clear()

    def clear(self) -> None:
        """Clear the longest unused away if there is more than the budget allows."""
        found, total = [], 0
        for about, path in _files(self.folder):
            found.append((about.st_mtime, about.st_size, path))
            total += about.st_size
        if total <= self.budget:
            return
        for _, size, path in sorted(found):
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - scandir gives names
            total -= size
            if total <= _KEPT * self.budget:
                return


def _is_worth_it(path: Path) -> bool:
    try:
        return path.stat().st_size > NOT_WORTH_IT
    except OSError:
        return True  # its disk may not be there, but its thumbnail may


def _read(place: Path, edge: int) -> Pixels | None:
    """Return a kept thumbnail; None if there is none, or none that is whole."""
    try:
        with place.open("rb") as file:
            data = file.read()
            used = os.fstat(file.fileno()).st_mtime
    except OSError:
        return None
    picture, checksum = data[:-_CHECKSUM], data[-_CHECKSUM:]
    if zlib.crc32(picture).to_bytes(_CHECKSUM, "big") != checksum:
        return None
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG",)) as image:
            if max(image.size) > edge:
                return None
            pixels = np.array(image.convert("RGB"))
    except (*FAULTS, PictureError):
        return None
    if time.time() - used > _STALE:
        with suppress(OSError):
            os.utime(place)
    pixels.setflags(write=False)
    return pixels


def _files(folder: Path) -> list[tuple[os.stat_result, str]]:
    """Return all files in the sub-folders of `folder`, with what the disk says of them."""
    found: list[tuple[os.stat_result, str]] = []
    with suppress(OSError), os.scandir(folder) as shelves:
        for shelf in shelves:
            with suppress(OSError), os.scandir(shelf.path) as files:
                found += [(one.stat(), one.path) for one in files if one.is_file()]
    return found
