"""LoRAs named in a prompt, as the AUTOMATIC1111 web UI has it: <lora:name> or <lora:name:0.7>.

A tag is no part of what the encoder reads, and stands for a space. The name is that of a file
without its ending; upper and lower case are the same. A weight is a number, 1 where none is told.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from engine.errors import BadSetting
from engine.recipe import MOST_WEIGHT

_TAG = re.compile(r"<lora:([^<>]*)>", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
_LONGEST = 40
_MEANT = "Write it as <lora:name:0.7>."


class Tag(NamedTuple):
    """A LoRA that a prompt names, and how many times it counts."""

    name: str
    weight: float


def lora_tags(field: str, prompt: str) -> tuple[Tag, ...]:
    """Return the LoRAs that a prompt names, in order; raises BadSetting, naming the field.

    A negative prompt can name none: a LoRA changes the whole picture.
    """
    found = tuple(_tag(field, content) for content in _TAG.findall(prompt))
    if found and field != "prompt":
        raise BadSetting(
            field,
            f"The LoRA {found[0].name!r} is named in the negative prompt, where it means nothing.",
            "Name it in the prompt; a weight below 0 turns it round.",
        )
    return found


def without_tags(prompt: str, kept: Callable[[str], bool] | None = None) -> str:
    """Return the words of a prompt: its tags taken out, and the white space round them made one.

    Those for whose name `kept` says so stay; tags that make no sense never do.
    """
    tags = [tag for tag in _TAG.finditer(prompt) if kept is None or not _stays(tag[1], kept)]
    if not tags:
        return prompt
    begins, ends = [0, *(tag.end() for tag in tags)], [*(tag.start() for tag in tags), None]
    parts = [prompt[begin:end] for begin, end in zip(begins, ends, strict=True)]
    words = [parts[0].rstrip(" \t")]
    words += [part.strip(" \t") for part in parts[1:-1]]
    words.append(parts[-1].lstrip(" \t"))
    return " ".join(word for word in words if word)


def _stays(content: str, kept: Callable[[str], bool]) -> bool:
    try:
        return kept(_tag("prompt", content).name)
    except BadSetting:
        return False


def blanked(prompt: str) -> str:
    """Return a prompt with spaces in the place of its tags, so that every offset stays."""
    return _TAG.sub(lambda tag: " " * len(tag[0]), prompt)


def tags_in(prompt: str) -> list[str]:
    """Return the tags of a prompt as they are written, whether or not they make sense."""
    return [match[0] for match in _TAG.finditer(prompt)]


def places(prompt: str) -> list[tuple[int, int]]:
    """Return where the tags of a prompt begin, and the offsets just behind them."""
    return [match.span() for match in _TAG.finditer(prompt)]


def tag(name: str, weight: float) -> str:
    """Return a LoRA as a prompt names it."""
    return f"<lora:{name}:{str(weight).removesuffix('.0')}>"


def check_weight(field: str, name: str, weight: float) -> float:
    """Return the weight of a LoRA; raises BadSetting if it is out of all bounds."""
    if -MOST_WEIGHT <= weight <= MOST_WEIGHT:
        return weight
    raise BadSetting(
        field,
        f"The weight of the LoRA {_short(name)!r} must be -{MOST_WEIGHT:g} to {MOST_WEIGHT:g}, "
        f"not {weight:g}.",
    )


def _tag(field: str, content: str) -> Tag:
    name, *told = (part.strip() for part in content.split(":"))
    if not name or len(told) > 1 or not all(map(_NUMBER.fullmatch, told)):
        raise BadSetting(field, f"<lora:{_short(content)}> is no LoRA with one weight.", _MEANT)
    return Tag(name, check_weight(field, name, float(told[0]) if told else 1.0))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
