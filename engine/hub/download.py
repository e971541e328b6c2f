"""A model from the Hub, from its name to its place on the list: all of it, or it is not listed."""

import shutil
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from huggingface_hub import hf_hub_url

from engine import library
from engine.errors import CheckpointError, StorageError
from engine.gallery.files import check_folder, make_folder
from engine.hub import listing, sentences, tokens
from engine.hub.begun import Record, places, remove, write_record
from engine.hub.choosing import Remote, is_vocabulary, needed
from engine.hub.curated import offers
from engine.hub.fetch import Source, digest_of, disk_full, fetch, part_of, size_of
from engine.hub.listing import Listing
from engine.hub.names import Wanted
from engine.hub.talk import Done, Get, Progress, Report, Resolved
from engine.library.registry import Entry, Registry
from engine.library.vocabulary import check_clip
from engine.paths import Paths

Tell = Callable[[Report], None]
_SPARE = 256 * 2**20
"""Bytes that are left free on the disk, for everybody else."""
_SEEN = 0.2
_LATELY = 6.0


def get(wish: Get, paths: Paths, tell: Tell) -> None:
    """Get a model and put it on the list. Raises KnownError; what has arrived is then kept."""
    asked = Wanted(wish.repository, wish.revision, wish.file)
    found, token = _resolved(asked, wish, tell)
    wanted = Wanted(wish.repository, found.commit, wish.file)
    files = needed(found.files, asked)
    home, folder = places(paths, wanted)
    make_folder(folder.parent)
    try:
        with FileLock(f"{folder}.lock", timeout=0):
            record = _record(wanted, found, files)
            _gather(_Work(wish, wanted, files, token, folder), home, record, tell)
            tell(_list(home, record, files, paths))
    except Timeout as error:
        message = f"{wanted.repository} is being got already."
        raise StorageError(message, "Wait until that is over.") from error
    except OSError as error:
        raise disk_full(error.filename or folder, error) from error


class _Work:
    """What is to be got, and where it is gathered."""

    def __init__(
        self, wish: Get, wanted: Wanted, files: tuple[Remote, ...], token: str, folder: Path
    ) -> None:
        self.files = files
        self.folder = folder
        self._wish = wish
        self._wanted = wanted
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def source(self, remote: Remote) -> Source:
        """Return where one file is asked for: by the commit, so that nothing changes meanwhile."""
        wanted = self._wanted
        url = hf_hub_url(wanted.repository, remote.path, revision=wanted.revision)
        return Source(url, wanted.repository, self._headers, self._wish.patience)

    def here(self, remote: Remote) -> int:
        """Return how many bytes of a file are here."""
        place = self.folder / remote.path
        return size_of(place) or size_of(part_of(place))


def _resolved(wanted: Wanted, wish: Get, tell: Tell) -> tuple[Listing, str]:
    """Return what the repository holds, and the token, if it is not given without one."""
    try:
        found = listing.resolve(wanted, "", wish.patience, tell)
    except sentences.TokenWanted:
        token = tokens.read()
        if not token:
            raise
        return listing.resolve(wanted, token, wish.patience, tell), token
    return found, tokens.read() if found.gated else ""


def _record(wanted: Wanted, found: Listing, files: tuple[Remote, ...]) -> Record:
    label = wanted.repository.partition("/")[2]
    if wanted.file:
        label = Path(wanted.file).stem
    else:
        label = next((one.label for one in offers() if one.repository == wanted.repository), label)
    total = sum(one.size for one in files)
    return Record(wanted.repository, wanted.revision, wanted.file, label, found.licence, total)


def _gather(work: _Work, home: Path, record: Record, tell: Tell) -> None:
    """Have all files in `home`, each verified, and the model looked through."""
    _borrow(work, home)
    write_record(work.folder, record)
    have = sum(work.here(one) for one in work.files)
    tell(Resolved(record.repository, record.commit, record.licence, record.total, have,
                  len(work.files)))  # fmt: skip
    _check_room(work.folder, record.total - have)
    meter = _Meter(record.total, tell)
    for remote in work.files:
        place = work.folder / remote.path
        if size_of(place) != remote.size or not place.is_file():
            fetch(remote, work.source(remote), place, meter.of_file, tell)
        meter.file_is_here(remote.size)
    try:
        _check(record, work.folder, work.files)
    except CheckpointError:
        remove(work.folder)  # it would be refused again
        raise
    _settle(work, home, record)


def _borrow(work: _Work, home: Path) -> None:
    """Take those files of a model that is here already which are what they were when they came.

    They stay there as well: who breaks off has lost nothing.
    """
    for remote in work.files:
        place, target = home / remote.path, work.folder / remote.path
        if not place.is_file() or target.exists():
            continue
        if size_of(place) == remote.size and digest_of(place, remote.digest) == remote.digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.hardlink_to(place)
            except OSError:  # not on every disk
                shutil.copyfile(place, part_of(target))  # gets its name once it is verified


def _settle(work: _Work, home: Path, record: Record) -> None:
    """Put what was gathered where it shall be; what else the user keeps there stays."""
    if not home.exists():
        work.folder.replace(home)
        return
    for remote in work.files:
        target = home / remote.path
        target.parent.mkdir(parents=True, exist_ok=True)
        (work.folder / remote.path).replace(target)
    write_record(home, record)
    remove(work.folder)


def _check_room(folder: Path, missing: int) -> None:
    check_folder(folder)
    free = shutil.disk_usage(folder).free
    if missing + _SPARE > free:
        raise StorageError(
            f"There is not enough room on the disk of {folder.parent.parent}: "
            f"{missing / 1e9:.1f} GB are missing, {free / 1e9:.1f} GB are free.",
            "Free some space, or set ETASCOPE_HOME to a larger disk.",
        )


def _check(record: Record, folder: Path, files: tuple[Remote, ...]) -> None:
    if is_vocabulary(files):
        check_clip(folder)
    else:
        _checkpoint("", record, folder, files).check()


def _list(home: Path, record: Record, files: tuple[Remote, ...], paths: Paths) -> Done:
    if is_vocabulary(files):
        return Done("", record.label, str(home))
    model = f"{record.repository}@{record.commit}"
    if len(files) == 1:
        model = files[0].digest  # one file is known by its own hash, wherever it is from
    checkpoint = _checkpoint(model, record, home, files)
    Registry(paths).add(Entry(model, record.label, checkpoint.place))
    return Done(model, record.label, str(checkpoint.place))


def _checkpoint(
    model: str, record: Record, folder: Path, files: tuple[Remote, ...]
) -> library.Checkpoint:
    if len(files) == 1:
        return library.SingleFile(model, record.label, folder, files[0].path)
    return library.Checkpoint(model, record.label, folder)


class _Meter:
    """How far all files together are, told a few times a second."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total = total
        self._tell = tell
        self._before = 0
        self._told = 0.0
        self._marks: deque[tuple[float, int]] = deque()

    def of_file(self, here: int) -> None:
        """So many bytes of the file that is being got are here."""
        now = time.monotonic()
        if now - self._told >= _SEEN:
            self._told = now
            self._say(now, self._before + here)

    def file_is_here(self, size: int) -> None:
        self._before += size
        self._say(time.monotonic(), self._before)

    def _say(self, now: float, done: int) -> None:
        if self._marks and done < self._marks[-1][1]:
            self._marks.clear()  # it began again
        self._marks.append((now, done))
        while now - self._marks[0][0] > _LATELY:
            self._marks.popleft()
        since, then = self._marks[0]
        speed = (done - then) / (now - since) if now > since else 0.0
        left = (self._total - done) / speed if speed > 0 else -1.0
        self._tell(Progress(done, self._total, speed, left))
