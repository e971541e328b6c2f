"""The models and folders that the user added: where they are. All of them stay where they lie."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from engine.gallery.files import check_folder, make_folder, write_file
from engine.paths import Paths

_VERSION = 1
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_LARGEST = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """An added model: its id in recipes, what it is called, and its folder or file."""

    id: str
    label: str
    path: Path


class Registry:
    """The list of added models and folders, `models.json` in the folder of the settings.

    What else is written there is left as it is. What changes the list raises StorageError where
    it cannot be written.
    """

    def __init__(self, paths: Paths) -> None:
        self._file = paths.config / "models.json"

    def entries(self) -> tuple[Entry, ...]:
        """Return what was added, in that order; a damaged list counts as empty."""
        try:
            return _entries(_read(self._file))
        except _DAMAGED:
            return ()

    def names(self) -> dict[str, str]:
        """Return what every model is called that is on the list, or once was, by its id."""
        try:
            table = _read(self._file)
            return _former(table) | {one.id: one.label for one in _entries(table)}
        except _DAMAGED:
            return {}

    def folders(self) -> tuple[Path, ...]:
        """Return the folders that were added, in that order."""
        try:
            return _folders(_read(self._file))
        except _DAMAGED:
            return ()

    def add(self, entry: Entry) -> None:
        """Add an entry, in the place of an older one of the same id or path."""
        with self._locked():
            table = self._kept()
            kept = [one for one in _entries(table) if entry.id != one.id and entry.path != one.path]
            self._write(table | {"models": _models([*kept, entry])})

    def remove(self, model: str) -> bool:
        """Forget the entry of that id; whether there was one. No file of the model is touched.

        What it was called stays known: its pictures are still there.
        """
        with self._locked():
            table = self._kept()
            kept = [one for one in _entries(table) if one.id != model]
            if len(kept) == len(_entries(table)):
                return False
            gone = {one.id: one.label for one in _entries(table) if one.id == model}
            self._write(table | {"models": _models(kept), "former": _former(table) | gone})
            return True

    def add_folder(self, folder: Path) -> None:
        """Add a folder, once."""
        with self._locked():
            table = self._kept()
            folders = dict.fromkeys([*_folders(table), folder])
            self._write(table | {"folders": [str(one) for one in folders]})

    def remove_folder(self, folder: Path) -> bool:
        """Forget a folder; whether it was there. Nothing in it is touched."""
        with self._locked():
            table = self._kept()
            kept = [str(one) for one in _folders(table) if one != folder]
            if len(kept) == len(_folders(table)):
                return False
            self._write(table | {"folders": kept})
            return True

    def _locked(self) -> FileLock:
        make_folder(self._file.parent)
        check_folder(self._file.parent)
        return FileLock(self._file.with_suffix(".lock"))

    def _kept(self) -> dict[str, Any]:
        """Return all that is there before a change; a damaged list is set aside, not lost."""
        try:
            table = _read(self._file)
            _entries(table), _folders(table)
            return table
        except FileNotFoundError:
            return {"models": []}
        except _DAMAGED:
            os.replace(self._file, self._file.with_suffix(".json.bad"))  # noqa: PTH105
            return {"models": []}

    def _write(self, table: dict[str, Any]) -> None:
        text = json.dumps({"version": _VERSION} | table, indent=1)
        write_file(self._file, text.encode(), force=True)


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as source:
        table = json.loads(source.read(_LARGEST))
    if not isinstance(table, dict) or table["version"] != _VERSION:
        raise ValueError("of another version")
    return table


def _models(entries: list[Entry]) -> list[dict[str, str]]:
    return [asdict(entry) | {"path": str(entry.path)} for entry in entries]


def _entries(table: dict[str, Any]) -> tuple[Entry, ...]:
    return tuple(_entry(one) for one in table["models"])


def _former(table: dict[str, Any]) -> dict[str, str]:
    """Return the names of those that were taken off the list; nothing needs them to be sound."""
    former = table.get("former")
    pairs = former.items() if isinstance(former, dict) else ()
    return {model: name for model, name in pairs if isinstance(name, str)}


def _folders(table: dict[str, Any]) -> tuple[Path, ...]:
    folders = table.get("folders", [])
    if not isinstance(folders, list) or not all(isinstance(one, str) for one in folders):
        raise ValueError("not folders")
    return tuple(Path(one) for one in folders)


def _entry(one: dict[str, Any]) -> Entry:
    match one:
        case {"id": str(model), "label": str(label), "path": str(path)}:
            return Entry(model, label, Path(path))
    raise ValueError("not an entry")
