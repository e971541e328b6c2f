"""Pictures of random pixels, and PNGs put together by hand."""

import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

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
