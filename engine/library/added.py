"""What the files that a picture lays over its model take beside it, told from their headers."""

from math import prod
from pathlib import Path

from engine.library.extras import LORA, VAE, find
from engine.library.headers import read_header
from engine.recipe import Recipe

_FULL = 4


def added_bytes(recipe: Recipe, each: int) -> int:
    """Return the bytes of a recipe's LoRAs, `each` a number, and of its VAE, which is float32.

    Raises CheckpointError if one is not there or damaged.
    """
    loras = sum(_numbers(find(LORA, one.name, one.sha256)) for one in recipe.adapters)
    vae = recipe.vae
    return each * loras + (0 if vae is None else _FULL * _numbers(find(VAE, vae.name, vae.sha256)))


def _numbers(place: Path) -> int:
    """Return how many numbers a file holds; of a folder, the largest of its variants."""
    files = [*place.glob("*.safetensors")] if place.is_dir() else [place]
    tensors = (read_header(file).tensors.values() for file in files)
    return max((sum(prod(one.shape) for one in each) for each in tensors), default=0)
