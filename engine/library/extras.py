"""LoRAs, embeddings and VAEs: files in folders of their own, called by their names.

A name is the file's without its ending; upper and lower case are the same. Folders within the
folders are looked through too; a VAE may also be a folder in diffusers' layout.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from engine.draft import Draft
from engine.errors import BadSetting, CheckpointError
from engine.library.folders import files_of
from engine.library.identity import PREFIX, Identities
from engine.library.peft import settings_beside
from engine.library.plan import printable
from engine.paths import absolute, current_paths
from engine.recipe import Adapter, Part
from engine.wording.embeddings import names_in
from engine.wording.tags import tags_in, without_tags

_LONGEST = 60
_MOST_SEEN = 10_000
"""Files and folders: a link may lead to a whole disk."""
_NAMELESS = ("adapter_model.safetensors", "pytorch_lora_weights.safetensors")
_SHELVES = ("lora", "loras", "lycoris")
"""Folders of many LoRAs, none of which is called so."""
_UNSPEAKABLE = re.compile(r"[\x00-\x1f<>:,\"\\/|{}]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the recipe's field, what it is called, its folder, its names' endings."""

    field: str
    word: str
    folder: str
    suffixes: tuple[str, ...] = (".safetensors",)

    @property
    def place(self) -> Path:
        """Where the files of this kind lie."""
        return current_paths().models / self.folder


LORA = Kind("adapters", "LoRA", "loras")
EMBEDDING = Kind("embeddings", "embedding", "embeddings", (".safetensors", ".pt", ".bin"))
VAE = Kind("vae", "VAE", "vae")


def name_of(path: Path) -> str:
    """Return what a file is called: without what a prompt or a picture's text could not hold.

    One that bears the name that a library gives to all of its files is called as its folder is.
    """
    stem = path.name if path.is_dir() else path.stem
    home = absolute(path).parent.name
    if path.name in _NAMELESS and home.casefold() not in _SHELVES:
        stem = home
    return _UNSPEAKABLE.sub("_", printable(normalize("NFC", stem))).strip() or "_"


def listed(kind: Kind) -> tuple[Path, ...]:
    """Return the files of a kind that are there, by their names."""
    everywhere = {*_files(kind), *files_of(kind.folder, current_paths())}
    found = sorted(everywhere, key=lambda path: (name_of(path).casefold(), str(path)))
    return tuple(found)


def has(kind: Kind, name: str) -> bool:
    """Whether there is a file of that name."""
    return bool(_called(kind, name, listed(kind)))


def at_hand(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """Return another tool's draft without the files that are not here, and a sentence on each.

    What is named with a hash is ours, and stays: where it is missing, the picture is refused.
    """
    notes = []
    if draft.vae is not None and not draft.vae.sha256 and not has(VAE, draft.vae.name):
        notes.append(f"Its VAE {_short(draft.vae.name)} is not here; the model's own is used.")
        draft = replace(draft, vae=None)
    prompt = without_tags(draft.prompt, lambda name: has(LORA, name))
    negative = without_tags(draft.negative_prompt)
    for before, after in ((draft.prompt, prompt), (draft.negative_prompt, negative)):
        missing = dict.fromkeys(tag for tag in tags_in(before) if tag not in tags_in(after))
        notes += [f"It names {_short(tag)}, which is not here and was left out." for tag in missing]
    return replace(draft, prompt=prompt, negative_prompt=negative), tuple(notes)


def _short(name: str) -> str:
    return repr(name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…")


def find(kind: Kind, name: str, sha256: str) -> Path:
    """Return the file of that content, wherever it is. Raises CheckpointError if it is gone."""
    identities = Identities(current_paths())
    called = _called(kind, name, listed(kind))
    for path in called:
        if identities.of(path) == PREFIX + sha256:
            return path
    elsewhere = identities.place_of(PREFIX + sha256)
    if elsewhere is not None:
        return elsewhere
    if called:
        raise CheckpointError(
            f"The {kind.word} {name!r} in {kind.place} is another file than the one that is meant.",
            _meant(called[0], sha256),
        )
    raise CheckpointError(
        f"The {kind.word} {name!r} is not on this machine.",
        f"Put it into {kind.place}; its sha256 begins with {sha256[:12]}.",
    )


def _meant(path: Path, sha256: str) -> str:
    """Return which file is meant, by its hash, or by that of it and its settings together."""
    if settings_beside(path) is None:
        return f"Put the one whose sha256 begins with {sha256[:12]} there."
    return "Put the one that is meant there, with its own adapter_config.json beside it."


def at(place: Path) -> Part:
    """Return the file at `place`, which need not lie in its folder. Raises CheckpointError."""
    if not os.path.exists(place):  # noqa: PTH110  (unlike Path.exists this never raises)
        raise CheckpointError(f"There is no file or folder {place}.", "Check its name.")
    identity = Identities(current_paths()).of(absolute(place))
    return Part(name_of(place), identity.removeprefix(PREFIX))


class InFolders:
    """What lies in the folders of this machine: an engine.extras.Extras that reads files.

    Asked for a file for the first time, it reads all of it for its hash; `hashed` may do that
    elsewhere, and raise BadSetting meanwhile. What is named with a hash is then believed.
    """

    def __init__(self, hashed: Callable[[Kind, Path], Part] | None = None) -> None:
        self._hashed = hashed

    def lora(self, named: Adapter) -> Adapter:
        found = self._found(LORA, Part(named.name, named.sha256))
        return Adapter(found.name, found.sha256, named.weight)

    def vae(self, named: Part) -> Part:
        return self._found(VAE, named)

    def embeddings(self, prompts: str) -> tuple[Part, ...]:
        files = listed(EMBEDDING)
        said = names_in(prompts, map(name_of, files))
        return tuple(self._part(EMBEDDING, one_called(EMBEDDING, name, files)) for name in said)

    def _found(self, kind: Kind, named: Part) -> Part:
        if named.sha256:
            if self._hashed is None:
                find(kind, named.name, named.sha256)
            return named
        return self._part(kind, one_called(kind, named.name, listed(kind)))

    def _part(self, kind: Kind, path: Path) -> Part:
        return at(path) if self._hashed is None else self._hashed(kind, path)


def one_called(kind: Kind, name: str, files: Iterable[Path]) -> Path:
    """Return the file of that name among `files`. Raises BadSetting for none, or for several."""
    called = {os.path.realpath(path): path for path in _called(kind, name, files)}
    if len(called) == 1:
        return next(iter(called.values()))
    if called:
        raise BadSetting(
            kind.field,
            f"There are {len(called)} {kind.word}s called {name!r} in {kind.place}.",
            "Rename all but one.",
        )
    raise BadSetting(
        kind.field,
        f"There is no {kind.word} {name!r}.",
        f"{kind.word}s are looked for in {kind.place}.",
    )


def _called(kind: Kind, name: str, files: Iterable[Path]) -> list[Path]:
    """Return the files of that name; an ending that it has is no part of it."""
    stem = name
    for suffix in kind.suffixes:
        stem = stem[: -len(suffix)] if stem.lower().endswith(suffix) else stem
    wanted = {normalize("NFC", one).casefold() for one in (name, stem)}
    return [path for path in files if name_of(path).casefold() in wanted]


def known(path: Path) -> Part | None:
    """Return a file whose hash is remembered; None if it must be read for it."""
    identity = Identities(current_paths()).known(path)
    return None if identity is None else Part(name_of(path), identity.removeprefix(PREFIX))


def _files(kind: Kind) -> Iterator[Path]:
    seen, known = 0, set()
    for here, folders, files in os.walk(kind.place, followlinks=True):
        if (real := os.path.realpath(here)) in known:  # a link back to where it lies
            folders.clear()
            continue
        known.add(real)
        seen += 1 + len(files)
        if seen > _MOST_SEEN:
            return
        if kind is VAE and "config.json" in files:
            folders.clear()
            yield Path(here)
            continue
        for name in files:
            if name.lower().endswith(kind.suffixes) and not name.startswith("."):
                yield Path(here) / name
