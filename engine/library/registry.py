"""The models that the user added: where they are. The models themselves stay where they lie."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from engine.gallery.files import write_file
from engine.paths import Paths

_VERSION = 1
_LARGEST = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """An added model: its id in recipes, what it is called, and its folder or file."""

    id: str
    label: str
    path: Path


class Registry:
    """The list of added models, `models.json` in the folder of the settings."""

    def __init__(self, paths: Paths) -> None:
        self._file = paths.config / "models.json"

    def entries(self) -> tuple[Entry, ...]:
        """Return what was added, in that order; a damaged list counts as empty."""
        try:
            return _read(self._file)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ()

    def add(self, entry: Entry) -> None:
        """Add an entry, in the place of an older one of the same id or path."""
        with self._locked():
            kept = [one for one in self._kept() if entry.id != one.id and entry.path != one.path]
            self._write([*kept, entry])

    def remove(self, model: str) -> bool:
        """Forget the entry of that id; whether there was one. No file of the model is touched."""
        with self._locked():
            before = self._kept()
            kept = [one for one in before if one.id != model]
            if len(kept) != len(before):
                self._write(kept)
            return len(kept) != len(before)

    def _locked(self) -> FileLock:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._file.with_suffix(".lock"))

    def _kept(self) -> tuple[Entry, ...]:
        """Return the entries before a change; a damaged list is set aside, not lost."""
        try:
            return _read(self._file)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            os.replace(self._file, self._file.with_suffix(".json.bad"))  # noqa: PTH105
            return ()

    def _write(self, entries: list[Entry]) -> None:
        models = [asdict(entry) | {"path": str(entry.path)} for entry in entries]
        text = json.dumps({"version": _VERSION, "models": models}, indent=1)
        write_file(self._file, text.encode(), force=True)


def _read(file: Path) -> tuple[Entry, ...]:
    with file.open("rb") as source:
        text = source.read(_LARGEST)
    values = json.loads(text)
    if values["version"] != _VERSION:
        raise ValueError("of another version")
    return tuple(_entry(one) for one in values["models"])


def _entry(one: dict[str, Any]) -> Entry:
    match one:
        case {"id": str(model), "label": str(label), "path": str(path)}:
            return Entry(model, label, Path(path))
    raise ValueError("not an entry")
