"""What a draft lays over its checkpoint, made definite: names to the hashes of files."""

from dataclasses import dataclass, replace
from typing import Protocol

from engine.errors import BadSetting
from engine.recipe import Adapter, Part, Recipe
from engine.wording.embeddings import names_in
from engine.wording.tags import check_weight, lora_tags, without_tags


class Extras(Protocol):
    """What there is to be laid over a checkpoint.

    Each takes what a draft names, perhaps without a hash, and returns it with the name and the
    hash of its file. Raises BadSetting where there is none, or several.
    """

    def lora(self, named: Adapter) -> Adapter:
        """Return a LoRA that is there."""
        ...

    def vae(self, named: Part) -> Part:
        """Return a VAE that is there."""
        ...

    def embeddings(self, prompts: str) -> tuple[Part, ...]:
        """Return the embeddings whose names these words hold."""
        ...


class Nothing:
    """There is nothing: whoever names something is told so."""

    def lora(self, named: Adapter) -> Adapter:
        raise BadSetting("adapters", f"There is no LoRA {named.name!r}.")

    def vae(self, named: Part) -> Part:
        raise BadSetting("vae", f"There is no VAE {named.name!r}.")

    def embeddings(self, prompts: str) -> tuple[Part, ...]:  # noqa: ARG002
        return ()


class Anything(Nothing):
    """Everything is taken for being there: to see whether the rest of a draft will do."""

    def lora(self, named: Adapter) -> Adapter:
        return named

    def vae(self, named: Part) -> Part:
        return named


class AsBefore(Anything):
    """Everything is as it was for a recipe that is there."""

    def __init__(self, recipe: Recipe) -> None:
        self._embeddings = recipe.embeddings

    def embeddings(self, prompts: str) -> tuple[Part, ...]:
        named = names_in(prompts, [one.name for one in self._embeddings])
        return tuple(one for one in self._embeddings if one.name in named)


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Said:
    """What two prompts say: their words, and the files that they name."""

    prompt: str
    negative_prompt: str
    adapters: tuple[Adapter, ...] = ()
    embeddings: tuple[Part, ...] = ()


def understood(
    prompt: str, negative_prompt: str, chosen: tuple[Adapter, ...], extras: Extras
) -> Said:
    """Return what the prompts say, the LoRAs `chosen` beside them before those they name.

    Raises BadSetting for what is not there, and for a LoRA that is named twice.
    """
    tags = lora_tags("prompt", prompt)
    lora_tags("negative_prompt", negative_prompt)
    words = without_tags(prompt)
    chosen = tuple(
        replace(one, weight=check_weight("adapters", one.name, one.weight)) for one in chosen
    )
    named = (*chosen, *(Adapter(tag.name, "", tag.weight) for tag in tags))
    found = tuple(extras.lora(one) for one in named)
    _check_once(found)
    return Said(words, negative_prompt, found, extras.embeddings(f"{words}\n{negative_prompt}"))


def _check_once(found: tuple[Adapter, ...]) -> None:
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.sha256, "" if one.sha256 else one.name.casefold())
        if key in seen:
            raise BadSetting(
                "adapters",
                f"The LoRA {one.name!r} is named twice.",
                "Name it once, with the weight that is wanted.",
            )
        seen.add(key)
