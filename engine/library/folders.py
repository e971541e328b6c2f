"""Folders of models that the user added as they are: looked through in place, never moved."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError, KnownError
from engine.gallery.files import write_file
from engine.library.layouts import CHECKPOINTS, layout_of
from engine.library.plan import shown
from engine.library.registry import Registry
from engine.library.scanning import Found, Looked, scan
from engine.paths import Paths, absolute

_VERSION = 2
_LARGEST = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds: whose it is, and whether it is `away`, like a drive that is unplugged.

    What was in a folder that is away is still told, from the last time that it was there.
    """

    root: Path
    program: str
    away: bool
    found: tuple[Found, ...]

    def of(self, kind: str) -> tuple[Found, ...]:
        """Return what is of one kind, as `layouts` calls it."""
        return tuple(one for one in self.found if one.kind == kind)


class Folders:
    """The folders on the list. What scans have found is in the cache, which may be deleted."""

    def __init__(self, paths: Paths) -> None:
        self._registry = Registry(paths)
        self._file = paths.cache / "folders.json"

    def add(self, root: Path) -> Scan:
        """Put a folder on the list, and return what is in it.

        Raises CheckpointError where there is none, nothing in it that can be used, or more than
        can be looked through.
        """
        root = absolute(root)
        if not os.path.isdir(root):  # noqa: PTH112  (unlike Path.is_dir this never raises)
            raise CheckpointError(f"There is no folder {shown(root)}.", "Check its name.")
        layout = layout_of(root)
        looked = scan(layout, self._known())
        if not looked.whole:
            raise _too_large(root, looked)
        scan_of = Scan(root, layout.program, away=False, found=looked.found)
        if not any(one.kind for one in scan_of.found):
            raise CheckpointError(
                f"No model was found in {shown(root)}.",
                "Choose a folder with .safetensors files, or one in diffusers' layout.",
            )
        self._registry.add_folder(root)
        self._remember([*(one for one in self.last() if one.root != root), scan_of])
        return scan_of

    def remove(self, root: Path) -> bool:
        """Take a folder off the list, and say whether it was on it; nothing in it is touched."""
        return self._registry.remove_folder(absolute(root))

    def scans(self) -> tuple[Scan, ...]:
        """Look through all folders on the list again; only what has changed is opened."""
        known = self._known()
        scans = tuple(self._scan(root, known) for root in self._registry.folders())
        if scans != self.last():
            self._remember(scans)
        return scans

    def last(self) -> tuple[Scan, ...]:
        """Return what the last scans have found, without a look at the folders."""
        kept = {scan_of.root: scan_of for scan_of in self._kept()}
        roots = self._registry.folders()
        return tuple(kept.get(root, Scan(root, "", away=False, found=())) for root in roots)

    def _scan(self, root: Path, known: dict[Path, Found]) -> Scan:
        if not root.is_dir():
            before = next((one for one in self._kept() if one.root == root), None)
            found = before.found if before else ()
            return Scan(root, before.program if before else "", away=True, found=found)
        layout = layout_of(root)
        looked = scan(layout, known)
        seen = {one.path: one for one in looked.found}
        if not looked.whole:  # it has grown: what was found before, and is there, is not lost
            last = next((one.found for one in self._kept() if one.root == root), ())
            seen = {one.path: one for one in last if _is_there(one)} | seen
        return Scan(root, layout.program, away=False, found=tuple(seen.values()))

    def _known(self) -> dict[Path, Found]:
        return {one.path: one for scan_of in self._kept() for one in scan_of.found}

    def _remember(self, scans: list[Scan] | tuple[Scan, ...]) -> None:
        """Write what was found; losing it costs a little time, so nobody is told if that fails."""
        table = {"version": _VERSION, "scans": [_table(one) for one in scans]}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._file, json.dumps(table).encode("utf-8", "replace"), force=True)
        except (OSError, KnownError):
            return

    def _kept(self) -> tuple[Scan, ...]:
        try:
            state = self._file.stat()
        except OSError:
            return ()
        return _read(self._file, state.st_size, state.st_mtime_ns)


def _is_there(one: Found) -> bool:
    return os.path.exists(one.path)  # noqa: PTH110  (unlike Path.exists this never raises)


def _too_large(root: Path, looked: Looked) -> CheckpointError:
    """Return what to say of a folder that was not looked through to its end."""
    place = next((shown(one.path.parent) for one in looked.found if one.kind), "")
    there = f"Add the folder that the models are in, such as {place}."
    return CheckpointError(
        f"{shown(root)} is too large to be looked through: of the folders in it "
        f"{looked.folders} were looked into, and the others were not.",
        there if place else "Add the folder that the models are in.",
    )


@lru_cache(maxsize=2)
def _read(file: Path, _size: int, _time: int) -> tuple[Scan, ...]:
    """Return what a file of that size and time holds; what is damaged counts as nothing."""
    try:
        with file.open("rb") as source:
            table = json.loads(source.read(_LARGEST))
        return tuple(_scans(table)) if table["version"] == _VERSION else ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def files_of(kind: str, paths: Paths) -> tuple[Path, ...]:
    """Return the files of a kind in all folders on the list, as last seen; those away left out."""
    scans = Folders(paths).last()
    return tuple(one.path for scan_of in scans for one in scan_of.of(kind) if one.path.exists())


def checkpoints_in(scans: tuple[Scan, ...]) -> Iterator[tuple[Scan, Found]]:
    """Yield the models that folders hold, each once."""
    seen: set[Path] = set()
    for scan_of in scans:
        for one in scan_of.of(CHECKPOINTS):
            if one.path not in seen:
                seen.add(one.path)
                yield scan_of, one


def _table(scan_of: Scan) -> dict[str, Any]:
    found = [asdict(one) | {"path": str(one.path)} for one in scan_of.found]
    return {"root": str(scan_of.root), "program": scan_of.program, "away": scan_of.away,
            "found": found}  # fmt: skip


def _scans(table: dict[str, Any]) -> Iterator[Scan]:
    for one in table["scans"]:
        found = tuple(_found(entry) for entry in one["found"])
        yield Scan(Path(one["root"]), str(one["program"]), away=bool(one["away"]), found=found)


def _found(entry: dict[str, Any]) -> Found:
    texts = (entry["kind"], entry["family"])
    counts = (entry["size"], entry["time"], entry["numbers"], entry["stored"])
    if not all(isinstance(text, str) for text in texts) or not all(type(n) is int for n in counts):
        raise ValueError("not what was found")
    return Found(**entry | {"path": Path(entry["path"])})
