"""Durable writes: a file is there under its name, complete and on the disk, or not at all."""

import errno
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.errors import StorageError

LEFTOVER_SECONDS = 600.0
"""A temporary file this old belongs to nobody any more: no save takes ten minutes."""

_PREFIX, _SUFFIX = ".etascope-", ".part"

# What file systems without hard links (FAT, exFAT, some network shares) answer.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_WORDS = {
    errno.ENOENT: ("There is no folder {folder}.", "No folder is created for it; make it first."),
    errno.ENOTDIR: ("{folder} is not a folder.", "Choose a folder that is there."),
    errno.EACCES: ("{folder} may not be written to.", "Choose a folder of your own."),
    errno.EPERM: ("{folder} may not be written to.", "Choose a folder of your own."),
    errno.EROFS: ("{folder} is on a disk that is read-only.", "Choose another disk."),
    errno.EISDIR: ("{path} is a folder, not a file.", "Give a file name inside it."),
    errno.ENOSPC: ("The disk of {folder} is full.", "Free some space, or save elsewhere."),
    errno.EDQUOT: ("The disk of {folder} is full.", "Free some space, or save elsewhere."),
    errno.EFBIG: ("{path} would be larger than is allowed there.", "Save it elsewhere."),
    errno.ENAMETOOLONG: ("The name {path} is too long.", "Choose a shorter one."),
}


class AlreadyThere(StorageError):
    """A file of that name exists, and nobody said that it may be replaced."""


def write_file(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write `data` to `path` so that it survives a crash or a kill at any moment; return `path`.

    An existing file is replaced, in one stroke, only with `force`; without it AlreadyThere is
    raised, also when another process was quicker by a hair. Raises StorageError, one sentence and
    one suggestion, if it cannot be done; then nothing has changed and nothing is left behind.
    """
    with writing(path, force=force) as file:
        file.write(data)
    return path


@contextmanager
def writing(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Yield a file to be filled piece by piece; at the end it is at `path` as by `write_file`.

    If anything is raised meanwhile, nothing has changed.
    """
    with _explained(path):
        temporary = _temporary_in(path.parent)
        try:
            with temporary.open("xb") as file:
                yield file
                _sync(file)
            _place(temporary, path, force=force)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)


@contextmanager
def tentatively(path: Path, data: bytes, *, force: bool = False) -> Iterator[None]:
    """Write `data` as `write_file` does, for as long as what is done meanwhile does not fail.

    If that raises, all is as it was before: what was replaced is there again.
    """
    with _explained(path):
        old = _second_name(path) if force else None
    try:
        write_file(path, data, force=force)
        try:
            yield
        except BaseException:
            if old is None:
                with suppress(OSError):
                    path.unlink()
            raise
    except BaseException:
        if old is not None:
            _put_back(old, path)
        raise
    if old is not None:
        with suppress(OSError):
            old.unlink()


def move_file(path: Path, new: Path) -> None:
    """Give a file another name or folder, never the place of another file: AlreadyThere is raised.

    Between two disks it is copied, and safe there before it goes here. Raises StorageError.
    """
    with _explained(new):
        try:
            if sys.platform == "win32":
                path.rename(new)
            else:
                new.hardlink_to(path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            with path.open("rb") as source, writing(new) as target:
                shutil.copyfileobj(source, target)
            shutil.copystat(path, new)  # foreign pictures have no other date
        _sync_folder(new.parent)
        if sys.platform != "win32" or os.path.lexists(path):
            remove_file(path)


def remove_file(path: Path) -> None:
    """Take a file out of its folder, for good and durably; raises StorageError."""
    with _explained(path):
        path.unlink()
        _sync_folder(path.parent)


def check_writable(path: Path, *, force: bool = False) -> None:
    """Raise the StorageError that `write_file` would, before anything has been computed for it."""
    with _explained(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if os.path.lexists(path) and not force:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        _name_fits(path)
        check_folder(path.parent)


def check_folder(folder: Path) -> None:
    """Raise StorageError unless files can be made in `folder`.

    A file is really made, and removed again: permission bits say nothing to an administrator,
    and little on a network share.
    """
    probe = _temporary_in(folder)
    with _explained(folder / probe.name):
        try:
            probe.touch(exist_ok=False)
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Create a folder and those above it where they are missing, durably; raises StorageError."""
    if os.path.lexists(folder) and not os.path.isdir(folder):  # noqa: PTH112 - never raises
        message, advice = _WORDS[errno.ENOTDIR]
        raise StorageError(message.format(folder=folder), advice)
    with _explained(folder):
        new = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
        folder.mkdir(parents=True, exist_ok=True)
        for one in new:  # else what is saved in it could be lost with it
            _sync_folder(one.parent)


def sweep(folder: Path, older_than: float = LEFTOVER_SECONDS) -> int:
    """Remove what saves that were killed left in `folder`; return how many files that was.

    Only temporary files of ours last touched more than `older_than` seconds ago are removed;
    a younger one may still be somebody's.
    """
    oldest = time.time() - older_than
    removed = 0
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if leftover.stat().st_mtime < oldest:
                leftover.unlink()
                removed += 1
    return removed


def _temporary_in(folder: Path) -> Path:
    # Not made from the file's own name: that may already be as long as names can be.
    return folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


def _second_name(path: Path) -> Path | None:
    """Keep a file, under another name, whatever takes its own; None if there is none.

    Where there are no hard links it loses its own name at once; on Windows too, which refuses that
    to a file that somebody has open, and so before anything has changed.
    """
    if not os.path.lexists(path) or os.path.isdir(path):  # noqa: PTH112 - never raises
        return None
    second = _temporary_in(path.parent)
    try:
        if sys.platform == "win32":
            path.rename(second)
        else:
            second.hardlink_to(path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        path.rename(second)
    return second


def _put_back(second: Path, path: Path) -> None:
    """Give a file that has a second name its own again, whatever has that now."""
    with suppress(OSError):
        if not (os.path.lexists(path) and os.path.samestat(second.lstat(), path.lstat())):
            second.replace(path)
        second.unlink(missing_ok=True)


def _place(temporary: Path, path: Path, *, force: bool) -> None:
    """Give the finished file its name; without `force` raise FileExistsError if that is taken."""
    if force:
        temporary.replace(path)
    elif sys.platform == "win32":
        temporary.rename(path)  # which never replaces there
    else:
        try:
            path.hardlink_to(temporary)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _place_without_links(temporary, path)


def _place_without_links(temporary: Path, path: Path) -> None:
    """Take the name by creating it, which only one process can, and put the file in its place."""
    path.touch(exist_ok=False)
    try:
        temporary.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _sync(file: BinaryIO) -> None:
    """Bring a file's bytes to the disk."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on every system

        with suppress(OSError):  # network shares do not know it
            # Apple's fsync stops at the drive's cache.
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system has a way to."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:  # may be written but not read; the file itself is on the disk
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # file systems that cannot
            raise
    finally:
        os.close(handle)


def _name_fits(path: Path) -> None:
    """Let the system refuse a name that it would not take: too long, or not a name at all."""
    with suppress(FileNotFoundError):
        path.lstat()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the system's refusals about `path` into StorageErrors."""
    try:
        yield
    except OSError as error:
        raise _explain(error, path) from error
    except ValueError as error:  # a NUL or half a character in it
        raise StorageError(
            f"{str(path)!r} is not a name that a file can have.", "Choose another name."
        ) from error


def _explain(error: OSError, path: Path) -> StorageError:
    refuses_folders = error.errno not in _FULL
    if refuses_folders and os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it never raises
        error = IsADirectoryError(errno.EISDIR, "")
    if isinstance(error, FileExistsError):
        return AlreadyThere(f"{path} already exists.", "Choose another name, or use --force.")
    unknown = (f"{{path}} could not be written: {error.strerror}.", "Try another place.")
    message, advice = _WORDS.get(error.errno or 0, unknown)
    return StorageError(message.format(path=path, folder=path.parent), advice)
