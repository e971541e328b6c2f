"""The bytes of one file: asked for from where they ended, and believed only by their digest.

huggingface_hub begins again after a kill, and the Hub's files are gigabytes; so this is our own:
what has arrived is in NAME.part, and the rest is asked for by Range (RFC 9110, section 14).
"""

import errno
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2
from huggingface_hub import get_session

from engine.errors import StorageError
from engine.hub import sentences
from engine.hub.choosing import Remote
from engine.hub.listing import host, refusal
from engine.hub.talk import Checking, Patience, Progress, Waiting
from engine.hub.trying import Again, insist

_BLOCK = 2**20
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file is asked for, with what headers, and how patiently."""

    url: str
    repository: str
    headers: dict[str, str]
    patience: Patience


Tell = Callable[[Waiting | Checking | Progress], None]


def fetch(remote: Remote, source: Source, place: Path, arrived: Callable[[int], None], tell: Tell
          ) -> None:  # fmt: skip
    """Have the file at `place`, whole and verified; `arrived` is told how many bytes are here.

    Raises NetworkError, CheckpointError for bytes that are not what was promised, StorageError.
    """
    part = part_of(place)
    for _ in range(2):
        _bring(remote, source, part, arrived, tell)
        tell(Checking(remote.path))
        if digest_of(part, remote.digest) == remote.digest:
            part.replace(place)
            return
        part.unlink()
        arrived(0)
    raise sentences.damaged(remote.path)


def part_of(place: Path) -> Path:
    """Return where the first part of a file is kept."""
    return place.with_name(f"{place.name}.part")


def size_of(path: Path) -> int:
    """Return a file's size, 0 if it is not there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def digest_of(path: Path, kind: str) -> str:
    """Return a file's digest in the form of `kind`: sha256, or git's of a blob."""
    if kind.startswith("sha256:"):
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    data = path.read_bytes()
    head = b"blob %d\0" % len(data)
    return f"git:{hashlib.sha1(head + data, usedforsecurity=False).hexdigest()}"


def _bring(
    remote: Remote, source: Source, part: Path, arrived: Callable[[int], None], tell: Tell
) -> None:
    """Fill the part up to the file's size."""
    if size_of(part) > remote.size:
        part.unlink()
    part.parent.mkdir(parents=True, exist_ok=True)
    part.touch()  # nothing is asked for of an empty one

    def attempt() -> None:
        while (have := size_of(part)) < remote.size:
            try:
                _take(remote, source, part, arrived)
            except Again as again:
                again.gained = size_of(part) - have
                raise

    insist(attempt, source.patience, tell)


def _take(remote: Remote, source: Source, part: Path, arrived: Callable[[int], None]) -> None:
    """Ask once for what is missing, and write down what comes. Raises Again where it breaks off."""
    have = size_of(part)
    headers = source.headers | {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    timeout = httpx2.Timeout(source.patience.stall, connect=source.patience.connect)
    try:
        with get_session().stream(
            "GET", source.url, headers=headers, timeout=timeout, follow_redirects=True
        ) as response:
            start = _start(response, remote, source, part)
            with _opened(part, start) as file:
                _pour(response, file, _Flow(remote, source.patience, start, arrived))
    except httpx2.TimeoutException as error:
        raise Again(sentences.stalled(source.patience.stall)) from error
    except (httpx2.ConnectError, httpx2.ProxyError) as error:
        raise Again(sentences.out_of_reach(host())) from error
    except httpx2.HTTPError as error:
        raise Again(sentences.cut_off(remote.path)) from error


def _start(response: httpx2.Response, remote: Remote, source: Source, part: Path) -> int:
    """Return where in the file the answer begins: at what was asked for, or at 0 again."""
    if response.status_code == 416:
        part.unlink(missing_ok=True)  # what is here is not the beginning of what is there
        raise Again(sentences.wrong_length(remote.path))
    if response.status_code >= 400:
        raise refusal(response, source.repository)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise sentences.web_page(response.url.host)
    start = 0
    if response.status_code == 206:
        told = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if told is None or int(told[3]) != remote.size or int(told[1]) > size_of(part):
            part.unlink(missing_ok=True)
            raise Again(sentences.wrong_length(remote.path))
        start = int(told[1])
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) != remote.size - start:
        raise Again(sentences.wrong_length(remote.path))
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise Again(sentences.wrong_length(remote.path))
    return start


def _opened(part: Path, start: int) -> BinaryIO:
    """Open the part so that bytes follow its first `start`; not buffered: a kill loses nothing."""
    part.touch()
    file = part.open("r+b", buffering=0)
    file.truncate(start)
    file.seek(start)
    return file


class _Flow:
    """Bytes on their way: counted, and their trickling noticed."""

    def __init__(
        self, remote: Remote, patience: Patience, start: int, arrived: Callable[[int], None]
    ) -> None:
        self.remote = remote
        self.have = start
        self._patience = patience
        self._arrived = arrived
        self._since, self._then = time.monotonic(), start

    def add(self, count: int) -> None:
        """Count `count` bytes more. Raises Again if they come too slowly to wait for."""
        self.have += count
        self._arrived(self.have)
        now = time.monotonic()
        if now - self._since >= self._patience.stall:
            if self.have - self._then < self._patience.trickle:
                raise Again(sentences.stalled(self._patience.stall))
            self._since, self._then = now, self.have


def _pour(response: httpx2.Response, file: BinaryIO, flow: _Flow) -> None:
    for block in response.iter_raw():
        room = flow.remote.size - flow.have
        _write(block[:room], file)
        flow.add(min(len(block), room))
        if len(block) > room:
            break  # more than the file is long: its digest will tell
    if flow.have < flow.remote.size:
        raise Again(sentences.cut_off(flow.remote.path))


def _write(block: bytes, file: BinaryIO) -> None:
    """Write all of it: a file that is not buffered may take a part, as on a disk that gets full."""
    rest = memoryview(block)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        raise disk_full(file.name, error) from error


def disk_full(name: object, error: OSError) -> StorageError:
    """Return what to say where a file cannot be written."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    reason = "the disk is full" if full else str(error.strerror)
    advice = "Free some space." if full else "See whether you may write there."
    return StorageError(f"{name} could not be written: {reason}.", f"{advice} {sentences.KEPT}")
