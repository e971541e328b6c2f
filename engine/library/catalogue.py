"""The library's page: every model that is known, and what a person wants to know of it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from engine import library
from engine.errors import KnownError, WordsMissing
from engine.library.checkpoint import Checkpoint
from engine.library.folders import Folders, checkpoints_in
from engine.library.headers import read_header
from engine.library.memory import Memory, fit, memory_here, verdict
from engine.library.opening import open_plain
from engine.library.plan import printable
from engine.library.scanning import Found
from engine.library.usual import usual_of
from engine.paths import current_paths

_PICTURES = (".preview.png", ".png", ".preview.jpg", ".jpg", ".jpeg", ".webp")
_RECORD = "download.json"
_LARGEST = 2**16
_LONGEST = 80
_OURS = "Apache-2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A model on the list.

    `model` is what to ask for it: its id, or for one in a folder that was added as it is, its
    path, whose id is found out when it is first used. `origin` is "starter", "added", "hub" or
    "folder"; `source` the program or folder that it is from. `stored` are bytes on the disk;
    `fit` is "fits", "slow" or "does not fit"; `advice` says how to use it, where that is told. One
    whose drive is gone is `away`; one that cannot be used has a `problem`, in words, and may be
    helped if `wants_words`: a vocabulary.
    """

    model: str
    label: str
    path: Path
    origin: str
    source: str = ""
    family: str = ""
    stored: int = 0
    fit: str = ""
    licence: str = ""
    advice: str = ""
    preview: Path | None = None
    away: bool = False
    problem: str = ""
    wants_words: bool = False

    @property
    def usable(self) -> bool:
        """Whether it can be chosen."""
        return not self.away and (self.wants_words or not self.problem)


def catalogue() -> tuple[Listed, ...]:
    """Return all models: the starter, those that were added, those in added folders.

    Reads headers and looks through folders: not for the thread of a window.
    """
    memory = memory_here()
    listed = [told_of(checkpoint, memory) for checkpoint in library.checkpoints()]
    paths = {one.path for one in listed}
    for scan, found in checkpoints_in(Folders(current_paths()).scans()):
        if found.path not in paths:
            source = scan.program or scan.root.name
            listed.append(_found(found, source, memory, away=scan.away))
    return tuple(listed)


def told_of(checkpoint: Checkpoint, memory: Memory) -> Listed:
    """Return what is told of one model, whatever is wrong with it."""
    place = checkpoint.place
    record = _record(place)
    origin = "starter" if checkpoint.id == library.STARTER else "hub" if record else "added"
    told = Listed(
        model=checkpoint.id,
        label=checkpoint.label,
        path=place,
        origin=origin,
        source=record.get("repository", ""),
        preview=preview_of(place),
        away=not place.exists(),
    )
    try:
        return told if told.away else _looked_into(told, checkpoint, record, memory)
    except (KnownError, OSError) as error:
        return replace(told, problem=str(error), wants_words=isinstance(error, WordsMissing))


def _looked_into(
    told: Listed, checkpoint: Checkpoint, record: dict[str, str], memory: Memory
) -> Listed:
    plan = checkpoint.plan()
    return replace(
        told,
        family=plan.family,
        stored=stored_in(told.path),
        fit=verdict(plan, memory),
        licence=record.get("licence") or _licence(told.path, told.origin),
        advice=checkpoint.sizes().usual.advice,
    )


def _found(found: Found, source: str, memory: Memory, *, away: bool) -> Listed:
    path = found.path
    label = printable(path.stem if _is_file(path) else path.name)
    return Listed(
        model=str(path),
        label=label,
        path=path,
        origin="folder",
        source=source,
        family=found.family,
        stored=found.stored,
        fit=fit(found.family, found.numbers, memory),
        advice=usual_of({}, {}, label).advice,
        preview=None if away else preview_of(path),
        away=away or not path.exists(),
    )


def stored_in(place: Path) -> int:
    """Return the bytes that a model takes on the disk."""
    files = place.rglob("*.safetensors") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files)


def preview_of(place: Path) -> Path | None:
    """Return the picture that lies beside a model, as other programs name it; None for none."""
    stem = place.with_suffix("") if _is_file(place) else place / "preview"
    candidates = (stem.with_name(stem.name + ending) for ending in _PICTURES)
    try:
        return next((path for path in candidates if path.is_file()), None)
    except OSError:
        return None


def _record(place: Path) -> dict[str, str]:
    """Return what was written down when a model came from the Hub."""
    folder = place.parent if _is_file(place) else place
    try:
        with open_plain(folder / _RECORD) as file:
            table = json.loads(file.read(_LARGEST))
        return {name: printable(str(table[name])) for name in ("repository", "licence")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _licence(place: Path, origin: str) -> str:
    """Return the licence that a single file names in its notes; the starter is our own."""
    if place.is_dir():
        return _OURS if origin == "starter" else ""
    return printable(read_header(place).notes.get("modelspec.license", "")[:_LONGEST])


def _is_file(place: Path) -> bool:
    """Whether a path is that of a single file; it may be away, and nobody to ask."""
    return place.suffix.lower() == ".safetensors"
