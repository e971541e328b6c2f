"""What other tools lay over a model, told as it is here: LoRAs, a VAE, a clip skip."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from engine.errors import BadSetting
from engine.gallery.findings import Findings, parsed
from engine.wording.tags import lora_tags, tag

NO_VAE = (None, "", "None", "Automatic", "Unknown", "Default (model)", "Baked VAE")
"""What tools say of the model's own VAE."""

_MOST = 100
_ENDING = re.compile(r"\.(safetensors|pt|ckpt|bin)$")

Lora = tuple[object, object]
"""A LoRA's name and weight, of whatever type they are."""


def take_vae(findings: Findings, value: object) -> None:
    """Take a VAE by its name, where it is not the model's own."""
    if not isinstance(value, list | dict) and value in NO_VAE:
        return
    findings.take("vae", value)


def take_skip(findings: Findings, value: object) -> None:
    """Take a clip skip: 2, or -2 as ComfyUI counts, or true, which is 2.

    1 is said of SDXL too, which has another usual layer.
    """
    with suppress(ValueError):
        skip = {"true": 2.0, "false": 1.0}.get(str(value).lower()) or abs(float(str(value)))
        value = None if skip < 2 else int(skip) if skip.is_integer() else skip
    findings.take("clip_skip", value)


def take_loras(findings: Findings, loras: Iterable[Lora]) -> bool:
    """Name LoRAs in the prompt, as <lora:name:0.7>; return whether all of them could be.

    Those that it names already count as it says.
    """
    prompt = str(findings.settings.get("prompt", ""))
    all_of_them = True
    for name, weight in loras:
        named = _tag(name, weight)
        if named is None:
            all_of_them = False
        elif not _is_named(named, prompt):
            prompt = f"{prompt} {named}".strip()
    if prompt:
        findings.take("prompt", prompt)
    return all_of_them


def loras_in(values: Mapping[str, object]) -> tuple[tuple[Lora, ...], set[str]]:
    """Return the LoRAs in a tool's values, and the keys under which it tells of them."""
    names = "loras" if "loras" in values else "use_lora_model"
    weights = {"loras": "loraweights", "use_lora_model": "lora_alpha"}[names]
    told = _list(values.get(names))
    if told:
        beside = _list(values.get(weights))
        found = [_one(one, beside[k] if k < len(beside) else 1.0) for k, one in enumerate(told)]
        return tuple(found[:_MOST]), {names, weights, *_combined(values)}
    combined = _combined(values)
    return tuple(_parted(values[key]) for key in combined)[:_MOST], {names, weights, *combined}


def _combined(values: Mapping[str, object]) -> list[str]:
    return [key for key in values if key.startswith("lora_combined")]


def _list(value: object) -> list[object]:
    if isinstance(value, str) and value.startswith("["):
        told = parsed(value) or parsed(value.replace("'", '"'))  # Python's own form of a list
        value = told if isinstance(told, list) else [None]
    if isinstance(value, list):
        return value
    return [] if value in (None, "", "None") else [value]


def _one(told: object, weight: object) -> Lora:
    """Return a LoRA told as its name, as [name, weight, ...] or as a table with both."""
    match told:
        case [name, own, *_]:
            return name, own
        case {"model": dict(model), "weight": own} | {"lora": dict(model), "weight": own}:
            return model.get("name", model.get("model_name")), own
    return told, weight


def _parted(told: object) -> Lora:
    """Return a LoRA told as "name : weight"."""
    name, _, weight = str(told).rpartition(" : ")
    return name, weight


def _tag(name: object, weight: object) -> str | None:
    """Return the tag of a LoRA, without its folders and its ending; None if it can have none."""
    if not isinstance(name, str) or isinstance(weight, bool):
        return None
    own = _ENDING.sub("", re.split(r"[\\/]", name)[-1]).strip()
    try:
        named = tag(own, float(str(weight)))
        read = [one.name for one in lora_tags("prompt", named)]
    except (ValueError, BadSetting):
        return None
    return named if read == [own] and named.endswith(">") and ">" not in own else None


def _is_named(named: str, prompt: str) -> bool:
    return any(name == word for name in _names(named) for word in _names(prompt))


def _names(prompt: str) -> Iterator[str]:
    for name in re.findall(r"<lora:([^<>:]*)", prompt, re.IGNORECASE):
        yield name.strip().casefold()
