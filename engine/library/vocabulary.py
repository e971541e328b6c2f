"""CLIP's vocabularies: read from a folder, or found on this machine for files that have none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError, WordsMissing
from engine.library.opening import open_plain
from engine.library.plan import Settings, unusable
from engine.library.registry import Registry
from engine.library.settings import read_settings, read_table
from engine.paths import current_paths

REPOSITORY = "openai/clip-vit-large-patch14"
COMMIT = "32bd64288804d66eefd0ccbe215aa642df71cc41"
"""Where the Hub has the vocabulary of all Stable Diffusion: that of its text encoder."""

PLAIN = ("vocab.json", "merges.txt")
"""The files that a vocabulary is in, where it is not in tokenizer.json."""

_LARGEST = 16 * 2**20
_MOST_WORDS = 2**20
_ENDS = ("<|startoftext|>", "<|endoftext|>")
_OF_COMFY = Path("comfy", "sd1_tokenizer")
"""Where ComfyUI has one, in its own folder."""
_SPECIAL = {
    "bos_token": _ENDS[0],
    "eos_token": _ENDS[1],
    "unk_token": _ENDS[1],
    "pad_token": _ENDS[1],
}


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary: words with their numbers, and the pairs that become one, in their order.

    `special` are the words for the beginning, the end, the unknown and the padding, by the names
    that transformers has for them.
    """

    numbers: dict[str, int]
    merges: list[tuple[str, str]]
    special: dict[str, str]


def read_vocabulary(folder: Path) -> Words:
    """Return the vocabulary in `folder`, in vocab.json and merges.txt or in tokenizer.json.

    Raises CheckpointError if it is missing or damaged.
    """
    apart = all((folder / name).is_file() for name in PLAIN)
    if apart or not (folder / "tokenizer.json").is_file():
        table: Settings = {
            "vocab": read_table(folder / "vocab.json", _LARGEST),
            "merges": _lines(folder / "merges.txt"),
        }
    else:
        table = read_table(folder / "tokenizer.json", _LARGEST).get("model")  # type: ignore[assignment]
    match table:
        case {"vocab": dict(numbers), "merges": list(merges)}:
            pairs = [_pair(one, folder) for one in merges]
            special = _special(folder)
            sane = all(type(n) is int and 0 <= n < _MOST_WORDS for n in numbers.values())
            if sane and all(word in numbers for word in special.values()):
                return Words(numbers, pairs, special)
    raise unusable(folder, "the vocabulary in it is damaged")


def _lines(path: Path) -> list[str]:
    try:
        with open_plain(path) as file:
            text = file.read(_LARGEST).decode()
    except FileNotFoundError as error:
        raise unusable(path, "it is missing") from error
    except (OSError, ValueError) as error:
        raise unusable(path, "it cannot be read") from error
    return [line for line in text.split("\n") if line.strip() and not line.startswith("#version")]


def _pair(one: Any, folder: Path) -> tuple[str, str]:
    match one.split() if isinstance(one, str) else one:
        case [str(first), str(second)]:
            return first, second
    raise unusable(folder, "the vocabulary in it is damaged")


def _special(folder: Path) -> dict[str, str]:
    """Return the special words: as the folder's settings say, else as usual.

    Of the two files the older kind counts where both are there, unless the newer one lists all
    added words, as transformers has it: SD 2.1's folder pads with "!" in the one alone.
    """
    newer = _settings(folder / "tokenizer_config.json")
    older = {} if "added_tokens_decoder" in newer else _settings(folder / "special_tokens_map.json")
    special = dict(_SPECIAL)
    for said in (newer, older):
        for key in special:
            match said.get(key):
                case str(word) | {"content": str(word)}:
                    special[key] = word
    return special


def _settings(path: Path) -> Settings:
    return read_settings(path) if path.is_file() else {}


def find_vocabulary(words: int, model: Path) -> Path:
    """Return a folder with a vocabulary of so many words for the file `model`.

    Looked for beside it, in our own folder of models, in the folders that were added, and among
    what was got from the Hub, by us or by others. Raises WordsMissing where there is none.
    """
    for folder in _candidates(model):
        if _fits(folder, words):
            return folder
    message = f"{model} has no vocabulary of its own, and none of {words} words is on this machine."
    get = f"Get one: etascope models get {REPOSITORY}."
    put = (
        "Or put vocab.json and merges.txt, from the tokenizer folder of any model of its family, "
        f"into {current_paths().models / 'tokenizer'}, or into a folder `tokenizer` beside it."
    )
    raise WordsMissing(message, f"{get} {put}")


def check_clip(folder: Path) -> None:
    """Raise CheckpointError unless the vocabulary in `folder` is one of CLIP's."""
    if not _is_clip(read_vocabulary(folder).numbers):
        raise unusable(folder, "its vocabulary is none of CLIP's", "Choose another model.")


def _candidates(model: Path) -> Iterator[Path]:
    yield from (model.parent / "tokenizer", model.parent, current_paths().models / "tokenizer")
    registry = Registry(current_paths())
    for entry in registry.entries():
        yield entry.path / "tokenizer"
        yield entry.path.parent / "tokenizer"
    for folder in registry.folders():
        yield from (folder / "tokenizer", folder / _OF_COMFY, folder.parent / _OF_COMFY)
    yield from sorted(current_paths().models.glob("hub/*"))
    yield from sorted(_hub().glob("models--*/snapshots/*/tokenizer"))


def _hub() -> Path:
    """Return the cache that huggingface_hub shares between programs."""
    own = os.environ.get("HF_HUB_CACHE")
    home = os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface"
    return Path(own) if own else Path(home) / "hub"


def _fits(folder: Path, words: int) -> bool:
    """Whether it has so many words of CLIP's, whose last two mark beginning and end."""
    if not ((folder / "vocab.json").is_file() or (folder / "tokenizer.json").is_file()):
        return False
    try:
        known = read_vocabulary(folder).numbers
    except CheckpointError:
        return False
    return len(known) == words and _is_clip(known)


def _is_clip(known: dict[str, int]) -> bool:
    return [known.get(word) for word in _ENDS] == [len(known) - 2, len(known) - 1]
