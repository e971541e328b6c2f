"""Pictures of random pixels, and PNGs put together by hand."""

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.commands import Destination
from engine.compare.axes import Axis
from engine.compare.keep import Grid, KeptCell, digest, grid_path, save_grid
from engine.gallery.index import Index
from engine.gallery.store import gallery_folder, open_picture, save_picture
from engine.recipe import Environment, Picture, Recipe

MakePicture = Callable[..., Picture]
Chunk = tuple[bytes, bytes]
AddChunks = Callable[..., Path]


@pytest.fixture
def make_picture() -> MakePicture:
    """Make a picture of noise; keywords are the recipe's."""

    def make(edge: int = 24, made: datetime | None = None, **settings: object) -> Picture:
        pixels = np.random.default_rng(1).integers(0, 256, (edge, edge, 3), np.uint8)
        recipe = Recipe(**{"prompt": "a lighthouse", "seed": 2**64 - 1} | settings)
        where = Environment("cpu", "float32", "torch", (("torch", "2.13.0"),))
        return Picture(pixels, recipe, made or datetime.now().astimezone(), where, "5e" * 32)

    return make


@pytest.fixture
def png_with(tmp_path: Path, make_picture: MakePicture) -> AddChunks:
    """Write a small PNG with the given (kind, data) chunks before its pixels; return its path."""

    def write(*chunks: Chunk, after: bool = False) -> Path:
        from engine.gallery.png import encode_png

        plain = encode_png(make_picture().pixels, {})
        at = plain.index(b"IEND" if after else b"IDAT") - 4
        path = tmp_path / "other.png"
        path.write_bytes(plain[:at] + b"".join(map(_packed, chunks)) + plain[at:])
        return path

    return write


def _packed(chunk: Chunk) -> bytes:
    kind, data = chunk
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return len(data).to_bytes(4, "big") + kind + data + checksum.to_bytes(4, "big")


@pytest.fixture
def keep(make_picture: MakePicture) -> Callable[..., Path]:
    """Save a picture in a gallery, each newer than the last; keywords are the recipe's.

    Returns its path.
    """
    numbers = iter(range(10**6))
    first = datetime.now().astimezone() - timedelta(days=1)

    def save(gallery: str = "Etascope", **settings: object) -> Path:
        number = next(numbers)  # a second apart, so that their order is sure
        about = {"seed": number, "edge": 8, "made": first + timedelta(seconds=number)} | settings
        picture = make_picture(**about)
        return save_picture(picture, Destination(folder=gallery_folder(gallery)))

    return save


@pytest.fixture
def index(home: Path) -> Iterator[Index]:
    """Return the index of the test's own galleries."""
    one = Index()
    yield one
    one.close()


@pytest.fixture
def keep_grid(keep: Callable[..., Path]) -> Callable[[], tuple[Path, list[Path]]]:
    """Save two pictures and the grid of them; returns its path and theirs."""

    def save() -> tuple[Path, list[Path]]:
        cells = [keep(prompt="</script> & 'boat'", steps=steps) for steps in (2, 4)]
        opened = [open_picture(one) for one in cells]
        recipes = [one.reading.recipe for one in opened if one.reading]
        kept = tuple(
            KeptCell(recipe, ((k,),), path.name, digest(one.pixels))
            for k, (recipe, path, one) in enumerate(zip(recipes, cells, opened, strict=True))
            if recipe
        )
        grid = Grid((Axis("steps", (2, 4)),), kept)
        return save_grid(grid_path(cells[0].parent), opened[0].pixels, grid), cells

    return save
