"""Downloads that were begun: where their files are, how far they have come, and forgetting them."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import BadSetting, StorageError
from engine.gallery.files import make_folder, write_file
from engine.hub.names import Wanted, is_commit
from engine.hub.names import wanted as read_name
from engine.paths import Paths

RECORD = "download.json"
_FOLDER, _BEGUN = "hub", ".begun"
_LARGEST = 2**16
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Record:
    """What is written down beside a model's files: where it is from, under what licence."""

    repository: str
    commit: str
    file: str
    label: str
    licence: str
    total: int

    @property
    def wanted(self) -> Wanted:
        """What to ask for to have it go on."""
        return Wanted(self.repository, self.commit, self.file)


@dataclass(frozen=True, slots=True)
class Begun:
    """A download that is not over: its record, its folder, and the bytes that are there."""

    record: Record
    folder: Path
    done: int


def places(paths: Paths, wanted: Wanted) -> tuple[Path, Path]:
    """Return the folder that a model will have, and the one that it is gathered in."""
    name = f"{wanted.repository.replace('/', '--')}@{wanted.revision[:_SHORT]}"
    if wanted.file:
        name += f"@{Path(wanted.file).stem}"
    home = paths.models / _FOLDER
    return home / name, home / _BEGUN / name


def all_begun(paths: Paths) -> tuple[Begun, ...]:
    """Return the downloads that were begun and are not over."""
    home = paths.models / _FOLDER / _BEGUN
    return tuple(_all_begun(home)) if home.is_dir() else ()


def forget(paths: Paths, wanted: Wanted) -> None:
    """Remove what was begun of a download. Raises StorageError."""
    home = paths.models / _FOLDER / _BEGUN
    for begun in all_begun(paths):
        same = (begun.record.repository, begun.record.file) == (wanted.repository, wanted.file)
        if same and begun.folder.parent == home:
            drop(begun.folder)


def drop(folder: Path) -> None:
    """Remove what has arrived of a download. Raises StorageError, also while it is under way."""
    try:
        with FileLock(f"{folder}.lock", timeout=0):
            remove(folder)
    except Timeout as error:
        message = f"{folder.name} is being got just now."
        raise StorageError(message, "End that first.") from error
    except OSError as error:
        raise _stays(folder, error) from error


def remove(folder: Path) -> None:
    """Remove a folder of ours with all that is in it. Raises StorageError."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _stays(folder, error) from error


def _stays(folder: Path, error: OSError) -> StorageError:
    message = f"{folder} could not be removed: {error.strerror}."
    return StorageError(message, "Remove it by hand.")


def write_record(folder: Path, record: Record) -> None:
    """Write down what the folder's files are. Raises StorageError."""
    make_folder(folder)
    write_file(folder / RECORD, json.dumps(asdict(record), indent=1).encode(), force=True)


def read_record(folder: Path) -> Record | None:
    """Return what was written down in a folder; None where nothing that makes sense was."""
    try:
        with (folder / RECORD).open("rb") as file:
            table = json.loads(file.read(_LARGEST))
        record = Record(**table)
        kinds = (str, str, str, str, str, int)
        fits = all(type(value) is kind for value, kind in zip(table.values(), kinds, strict=True))
        named = read_name(str(record.wanted), record.commit) == record.wanted
    except (OSError, ValueError, TypeError, RecursionError, BadSetting):
        return None
    return record if fits and named and is_commit(record.commit) and record.total > 0 else None


def _all_begun(home: Path) -> Iterator[Begun]:
    for folder in sorted(home.iterdir()):
        record = read_record(folder)
        if record is not None:
            yield Begun(record, folder, _bytes(folder))


def _bytes(folder: Path) -> int:
    """Return the bytes that are there; what arrives or goes at this moment does no harm."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in {*names} - {RECORD}:
            with suppress(FileNotFoundError):  # it has just got its whole name, or was removed
                total += Path(parent, name).stat().st_size
    return total
