"""What the files that a picture lays over its model take beside it, told from their headers."""

from math import prod
from pathlib import Path

from engine.library.extras import LORA, VAE, find
from engine.library.headers import read_header
from engine.library.lycoris import PARTS
from engine.recipe import Recipe

_FULL = 4
_PRODUCTS = tuple(PARTS)


def added_bytes(recipe: Recipe, each: int) -> int:
    """Return the bytes of a recipe's LoRAs, `each` a number, and of its VAE, which is float32.

    So are the parts of LoHas and LoKrs, which are multiplied out at each call.

    Raises CheckpointError if one is not there or damaged.
    """
    loras = sum(_bytes(find(LORA, one.name, one.sha256), each) for one in recipe.adapters)
    vae = recipe.vae
    return loras + (0 if vae is None else _bytes(find(VAE, vae.name, vae.sha256), _FULL))


def _bytes(place: Path, each: int) -> int:
    """Return what a file's numbers take at `each` bytes; of a folder, its largest variant's."""
    files = [*place.glob("*.safetensors")] if place.is_dir() else [place]
    return max((_bytes_in(file, each) for file in files), default=0)


def _bytes_in(file: Path, each: int) -> int:
    return sum(
        prod(one.shape) * (_FULL if name.endswith(_PRODUCTS) else each)
        for name, one in read_header(file).tensors.items()
    )
