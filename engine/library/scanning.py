"""A folder looked through for models: headers and small settings alone, and those only once.

Nobody waits for a whole disk: after so many folders, or so long, the rest is left.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from engine.errors import KnownError
from engine.library.folder import plan_folder
from engine.library.headers import read_header
from engine.library.layouts import CHECKPOINTS, EMBEDDINGS, LORAS, VAES, Layout
from engine.library.plan import Network
from engine.library.preflight import INDEX
from engine.library.single_file import told_in

_MOST_FOLDERS = 20_000
_MOST = 400_000
"""Files of any kind."""
_LONGEST = 30.0
"""Seconds on the way from folder to folder."""
_DEEPEST = 8
_ENDING = ".safetensors"
_PICKLED = (".pt", ".bin")
_LORA = ("lora_down", "lora_up", "lora_A.", "lora_B.", "lora.down", "lora.up",
         "hada_w1", "lokr_w1")  # fmt: skip
_VAE = ("encoder.", "decoder.", "first_stage_model.", "quant_conv.", "post_quant_conv.", "loss.")
_EMBEDDING = {"emb_params", "clip_l", "clip_g", "string_to_param"}
_SKIPPED = {"venv", "node_modules", "__pycache__", "site-packages", "blobs", "outputs", "output"}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a scan has found: where, of which kind, and as of which size and time.

    `kind` is one of those of `layouts`, "" for what is nothing to us; what could not be read has
    no size and no time, and is opened again next time. `numbers` are the numbers of a
    checkpoint's weights, `stored` the bytes that it takes.
    """

    path: Path
    kind: str
    size: int
    time: int
    family: str = ""
    numbers: int = 0
    stored: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, in how many folders; not `whole` where others were left."""

    found: tuple[Found, ...]
    folders: int
    whole: bool


def scan(layout: Layout, known: Mapping[Path, Found]) -> Looked:
    """Look through a layout's folders; what is `known` and unchanged is not opened again."""
    found: dict[Path, Found] = {}
    walk = _Walk()
    for place, kind in layout.places:
        for path in _files(place, walk):
            if path not in found:
                with walk.standing_still():
                    found[path] = _looked_at(path, kind, known)
    return Looked(tuple(found.values()), walk.folders, walk.whole)


class _Walk:
    """How far a look has come."""

    def __init__(self) -> None:
        self.folders, self.files, self.whole = 0, 0, True
        self._until = monotonic() + _LONGEST

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Take no time: what is found may be opened in peace."""
        began = monotonic()
        yield
        self._until += monotonic() - began

    def goes_on(self, files: int) -> bool:
        """Whether one folder more, with so many files, may be looked into."""
        self.files += files
        enough = self.folders >= _MOST_FOLDERS or self.files > _MOST
        self.whole = self.whole and not enough and monotonic() < self._until
        self.folders += self.whole
        return self.whole


def _files(place: Path, walk: _Walk) -> Iterator[Path]:
    """Yield the folders in diffusers' layout, and single files that may be something."""
    base = len(place.parts)
    for here, folders, files in os.walk(place):
        if not walk.goes_on(len(files)):
            return
        folder = Path(here)
        if INDEX in files:
            folders.clear()
            yield folder
            continue
        deep = len(folder.parts) - base >= _DEEPEST
        folders[:] = [] if deep else sorted(filter(_is_looked_into, folders))
        for name in sorted(files):
            if name.lower().endswith((_ENDING, *_PICKLED)) and not name.startswith("."):
                yield folder / name


def _is_looked_into(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _SKIPPED


def _looked_at(path: Path, kind: str, known: Mapping[Path, Found]) -> Found:
    try:
        state = (path / INDEX if path.is_dir() else path).stat()
    except OSError:
        return Found(path, "", 0, 0)
    before = known.get(path)
    if before is not None and (before.size, before.time) == (state.st_size, state.st_mtime_ns):
        return before
    return _opened(path, kind, state.st_size, state.st_mtime_ns)


def _opened(path: Path, kind: str, size: int, time: int) -> Found:
    if path.suffix.lower() in _PICKLED:
        return Found(path, EMBEDDINGS if kind == EMBEDDINGS else "", size, time)
    try:
        if path.is_dir():
            plan = plan_folder(path)
            stored = sum(file.stat().st_size for file in path.rglob(f"*{_ENDING}"))
            count = _numbers(plan.networks)
            return Found(path, CHECKPOINTS, size, time, plan.family, count, stored)
        told = sort_of(read_header(path).tensors)
        if told != CHECKPOINTS:
            return Found(path, told, size, time)
        # Whether there is a vocabulary for it is told when it is used: it may come later.
        family, networks = told_in(path)
        return Found(path, CHECKPOINTS, size, time, family, _numbers(networks), size)
    except (KnownError, OSError):
        return Found(path, "", 0, 0)


def _numbers(networks: Mapping[str, Network]) -> int:
    """Return how many numbers all weights of a model are."""
    return sum(network.count for network in networks.values())


def sort_of(names: Iterable[str]) -> str:
    """Return which kind of file has tensors of these names, "" for none of ours."""
    names = list(names)
    if any(name.startswith("model.diffusion_model.") for name in names):
        return CHECKPOINTS
    if any(part in name for name in names for part in _LORA):
        return LORAS
    if names and _EMBEDDING.issuperset(names):
        return EMBEDDINGS
    if names and all(name.startswith(_VAE) for name in names):
        return VAES
    return ""
