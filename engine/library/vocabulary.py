"""CLIP's vocabularies: read from a folder, or found on this machine for files that have none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError
from engine.library.opening import open_plain
from engine.library.plan import Settings, unusable
from engine.library.registry import Registry
from engine.library.settings import read_settings, read_table
from engine.paths import current_paths

_LARGEST = 16 * 2**20
_MOST_WORDS = 2**20
_ENDS = ("<|startoftext|>", "<|endoftext|>")
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
    apart = all((folder / name).is_file() for name in ("vocab.json", "merges.txt"))
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
    """Return the special words: as the folder's settings say, else as usual."""
    special = dict(_SPECIAL)
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        if (folder / name).is_file():
            said = read_settings(folder / name)
            for key in special:
                match said.get(key):
                    case str(word) | {"content": str(word)}:
                        special[key] = word
    return special


def find_vocabulary(words: int, model: Path) -> Path:
    """Return a folder with a vocabulary of so many words for the file `model`.

    Looked for beside it, in our own folder of models, in the folders that were added, and among
    what other programs have fetched from the hub. Raises CheckpointError where there is none.
    """
    for folder in _candidates(model):
        if _fits(folder, words):
            return folder
    raise CheckpointError(
        f"{model} has no vocabulary of its own, and none of {words} words is on this machine.",
        "Put vocab.json and merges.txt, from the tokenizer folder of any model of its family, "
        f"into {current_paths().models / 'tokenizer'}, or into a folder `tokenizer` beside it.",
    )


def _candidates(model: Path) -> Iterator[Path]:
    yield from (model.parent / "tokenizer", model.parent, current_paths().models / "tokenizer")
    for entry in Registry(current_paths()).entries():
        yield entry.path / "tokenizer"
        yield entry.path.parent / "tokenizer"
    yield from sorted(_hub().glob("models--*/snapshots/*/tokenizer"))


def _hub() -> Path:
    """Return the cache that huggingface_hub shares between programs."""
    own = os.environ.get("HF_HUB_CACHE")
    home = os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface"
    return Path(own) if own else Path(home) / "hub"


def _fits(folder: Path, words: int) -> bool:
    """Whether it has so many words, the two that mark beginning and end last, as CLIP's has."""
    if not ((folder / "vocab.json").is_file() or (folder / "tokenizer.json").is_file()):
        return False
    try:
        known = read_vocabulary(folder).numbers
    except CheckpointError:
        return False
    last = (known.get(_ENDS[0]), known.get(_ENDS[1]))
    return len(known) == words and last == (words - 2, words - 1)
