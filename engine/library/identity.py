"""What a model is called in recipes: the sha256 of its bytes, so that it is known anywhere.

A file's id is that of its content; a folder's is that of the list of the files that are loaded
from it, and so is that of a LoRA whose strength is told in a file beside it. Reading gigabytes
takes seconds, so what was found is remembered for as long as a file keeps its size and time.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import CheckpointError, KnownError
from engine.gallery.files import write_file
from engine.library.opening import open_plain
from engine.library.peft import settings_beside
from engine.library.plan import unusable
from engine.library.preflight import INDEX
from engine.paths import Paths

PREFIX = "sha256:"
_BLOCK = 2**22
_LARGEST = 16 * 2**20
_VERSION = 1
_LOADED = (".safetensors", ".json", ".txt")


@dataclass(frozen=True, slots=True)
class Known:
    """A file's hash, and its size and time when it was read."""

    size: int
    time: int
    sha256: str


class Identities:
    """The ids of files and folders; remembered in the cache, which may be deleted at any time."""

    def __init__(self, paths: Paths) -> None:
        self._file = paths.cache / "hashes.json"
        self._known: dict[str, Known] | None = None
        self._changed = False

    def of(self, place: Path) -> str:
        """Return the id of the model in a file or folder. Raises CheckpointError."""
        place = place.absolute()
        try:
            found = self._of_folder(place) if place.is_dir() else self._of_files(place)
        except OSError as error:
            raise unusable(
                place, "it cannot be read", "See whether it is there, and yours."
            ) from error
        self._save()
        return PREFIX + found

    def known(self, file: Path) -> str | None:
        """Return the id of a file that was read before and has not changed since; else None.

        A folder's is never known: its files may have changed.
        """
        if file.is_dir() or not all(map(self._is_known, _parts(file.absolute()))):
            return None
        return self.of(file)

    def _is_known(self, file: Path) -> bool:
        known = self._all().get(str(file))
        try:
            state = file.stat()
        except OSError:
            return False
        return known is not None and (known.size, known.time) == (state.st_size, state.st_mtime_ns)

    def place_of(self, model: str) -> Path | None:
        """Return where the file or folder of an id was last seen, if it still is what it was."""
        for path, known in tuple(self._all().items()):  # looking may remember more
            place = Path(path)
            told = PREFIX + known.sha256 == model or settings_beside(place) is not None
            if told and self._is_there(place, model):
                return place
        return None

    def _is_there(self, place: Path, model: str) -> bool:
        try:
            return self.of(place) == model
        except CheckpointError:
            return False

    def _of_files(self, path: Path) -> str:
        parts = _parts(path)
        if len(parts) == 1:
            return self._of_file(path)
        return _of_list(f"{self._of_file(part)} {part.name}\n" for part in parts)

    def _of_file(self, path: Path) -> str:
        if not self._is_known(path):
            state = path.stat()
            self._remember(path, Known(state.st_size, state.st_mtime_ns, _digest(path)))
        return self._all()[str(path)].sha256

    def _of_folder(self, folder: Path) -> str:
        lines = [
            f"{self._of_file(path)} {path.relative_to(folder).as_posix()}\n"
            for path in sorted(_loaded(folder))
        ]
        found = _of_list(lines)
        self._remember(folder, Known(len(lines), 0, found))
        return found

    def _remember(self, place: Path, known: Known) -> None:
        table = self._all()
        self._changed = self._changed or table.get(str(place)) != known
        table[str(place)] = known

    def _all(self) -> dict[str, Known]:
        if self._known is None:
            self._known = dict(_read(self._file))
        return self._known

    def _save(self) -> None:
        """Write what was found; losing it costs seconds, so nobody is told if that fails."""
        if not self._changed:
            return
        self._changed = False
        table = {path: asdict(known) for path, known in self._all().items()}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps({"version": _VERSION, "files": table}).encode()
            write_file(self._file, data, force=True)
        except (OSError, KnownError):
            return


def _parts(path: Path) -> list[Path]:
    """Return the files that a file is made of what it is by: itself, and PEFT's settings of it."""
    return [path, *filter(None, [settings_beside(path)])]


def _of_list(lines: Iterable[str]) -> str:
    """Return the hash of a list of files; names are bytes to some systems, not always letters."""
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _digest(path: Path) -> str:
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _loaded(folder: Path) -> list[Path]:
    """Return the files of a model's folder that may be loaded: its index, and those one below.

    A folder without an index is that of one network, whose files lie in it.
    """
    inner = folder.glob("*/*" if (folder / INDEX).is_file() else "*")
    wanted = (folder / INDEX, *(path for path in inner if path.suffix in _LOADED))
    return [path for path in wanted if path.is_file()]


def _read(file: Path) -> Mapping[str, Known]:
    try:
        if os.path.getsize(file) > _LARGEST:  # noqa: PTH202
            return {}
        values = json.loads(file.read_bytes())
        files = values["files"] if values["version"] == _VERSION else {}
        return {
            str(path): Known(int(one["size"]), int(one["time"]), str(one["sha256"]))
            for path, one in files.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
