"""Which files of a repository its model needs: safetensors, words and settings, nothing else."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import CheckpointError
from engine.hub.names import Wanted, is_weights
from engine.library.plan import printable
from engine.library.preflight import INDEX
from engine.library.vocabulary import PLAIN

_MODELS = {"unet": "diffusion_pytorch_model", "vae": "diffusion_pytorch_model",
           "text_encoder": "model", "text_encoder_2": "model"}  # fmt: skip
_NEEDED = ("unet", "vae", "text_encoder")
_VARIANTS = (".fp16", "")
"""Half precision first: half the bytes, and the weights of most are published so."""
_WORDS = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
_PICKLES = (".bin", ".ckpt", ".pt", ".pth", ".pkl")
_LARGEST_SETTINGS = 32 * 2**20
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Remote:
    """A file of a repository: its size in bytes, and its digest.

    `digest` is `sha256:` of the content of a large file, `git:` and the SHA-1 by which git knows a
    small one.
    """

    path: str
    size: int
    digest: str


def needed(files: Mapping[str, Remote], wanted: Wanted) -> tuple[Remote, ...]:
    """Return the files to get, small ones first.

    Raises CheckpointError where there is no model in it that can be used.
    """
    chosen = [files[name] for name in _names(files, wanted)]
    for one in chosen:
        if not one.path.endswith(".safetensors") and one.size > _LARGEST_SETTINGS:
            raise _unusable(wanted, f"its {one.path} is larger than any real one")
    return tuple(sorted(chosen, key=lambda one: one.size))


def _names(files: Mapping[str, Remote], wanted: Wanted) -> list[str]:
    if wanted.file:
        if wanted.file not in files:
            raise _unusable(wanted, f"there is no {wanted.file} in it", _offer(files))
        return [wanted.file]
    parts = {part: list(_weights(files, part)) for part in _MODELS}
    if INDEX in files and all(parts[part] for part in _NEEDED):
        names = [INDEX, *_settings(files)]
        return names + [name for part in parts.values() for name in part]
    if all(name in files for name in PLAIN):  # a text encoder by itself: what it reads with
        return [*PLAIN, *(name for name in _WORDS if name in files)]
    return [_only_file(files, wanted)]


def is_vocabulary(files: tuple[Remote, ...]) -> bool:
    """Whether what is to be got is no model but the vocabulary of one."""
    return {*PLAIN} <= {one.path for one in files}


def _settings(files: Mapping[str, Remote]) -> Iterator[str]:
    """Yield the small files that are there: settings, and vocabularies in one form or the other."""
    wishes = ["scheduler/scheduler_config.json", *(f"{part}/config.json" for part in _MODELS)]
    for place in ("tokenizer", "tokenizer_2"):
        plain = [f"{place}/vocab.json", f"{place}/merges.txt"]
        has_plain = all(name in files for name in plain)
        wishes += plain if has_plain else [f"{place}/tokenizer.json"]
        wishes += [f"{place}/{name}" for name in _WORDS]
    return (name for name in wishes if name in files)


def _weights(files: Mapping[str, Remote], part: str) -> Iterator[str]:
    """Yield the weights of one network: one file, or all that they were cut into."""
    for variant in _VARIANTS:
        stem = f"{part}/{_MODELS[part]}"
        if f"{stem}{variant}.safetensors" in files:
            yield f"{stem}{variant}.safetensors"
            return
        # The variant stands before the number, or behind it as in older versions of diffusers.
        number, named = r"-\d{5}-of-\d{5}", re.escape(variant)
        pattern = rf"{re.escape(stem)}(?:{named}{number}|{number}{named})\.safetensors"
        if cut := sorted(name for name in files if re.fullmatch(pattern, name)):
            yield from cut
            return


def _only_file(files: Mapping[str, Remote], wanted: Wanted) -> str:
    whole = _whole(files)
    if len(whole) == 1:
        return whole[0]
    if whole:
        raise _unusable(wanted, "it holds several models", _offer(files))
    if any(name.endswith(_PICKLES) for name in files):
        reason = "its weights are pickles, which may run code"
        raise _unusable(wanted, reason, "Look for one that is offered as .safetensors.")
    raise _unusable(wanted, "there is no model in it that Etascope knows")


def _whole(files: Mapping[str, Remote]) -> list[str]:
    """Return the files at the top that may be asked for: a name may hold what climbs elsewhere."""
    return sorted(filter(is_weights, files))


def _offer(files: Mapping[str, Remote]) -> str:
    whole = _whole(files)
    names = ", ".join(printable(name) for name in whole[:_MOST_NAMED])
    more = ", …" if len(whole) > _MOST_NAMED else ""
    return f"Ask for one of them as owner/name/FILE: {names}{more}." if whole else ""


def _unusable(wanted: Wanted, reason: str, advice: str = "") -> CheckpointError:
    message = f"{wanted.repository} cannot be used: {reason}."
    return CheckpointError(message, advice or "Choose another model.")
