"""Texts in the last bits of the alpha channel, written here bit by bit as the form is described."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.errors import PictureError
from engine.gallery.metadata import read_metadata
from engine.gallery.stealth import hidden_texts

INFOTEXT = "a red fox\nSteps: 12, Sampler: DDIM, CFG scale: 6.5, Seed: 99, Size: 64x128, RNG: CPU"
NOVEL = {
    "Description": "a red fox",
    "Software": "NovelAI",
    "Source": "NovelAI Diffusion V4.5 4BDE2A90",
    "Comment": json.dumps({"uc": "blur", "scale": 5.0, "steps": 28, "seed": 7, "sampler": "ddim"}),
}


def hide(data: bytes, path: Path, size: tuple[int, int] = (96, 80), form: str = "RGBA") -> Path:
    """Write bits down the columns, most significant first, into pixels otherwise opaque."""
    width, height = size
    pixels = np.full((height, width, 4), 255, np.uint8)
    for number, bit in enumerate(f"{byte >> k & 1}" for byte in data for k in range(7, -1, -1)):
        pixels[number % height, number // height, 3] = 254 | int(bit)
    Image.fromarray(pixels, "RGBA").convert(form).save(path, lossless=True)
    return path


def framed(text: bytes, *, packed: bool) -> bytes:
    data = gzip.compress(text, mtime=0) if packed else text
    signature = b"stealth_pngcomp" if packed else b"stealth_pnginfo"
    return signature + (8 * len(data)).to_bytes(4, "big") + data


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["a.png", "a.webp"])
@pytest.mark.parametrize("size", [(96, 80), (300, 7), (9, 400)])
def test_hidden_settings_are_found(tmp_path: Path, packed: bool, name: str, size: tuple[int, int]):
    path = hide(framed(INFOTEXT.encode(), packed=packed), tmp_path / name, size)
    reading = read_metadata(path)
    assert (reading.tool, reading.settings["seed"]) == ("A1111", 99)
    assert reading.raw == INFOTEXT


def test_novelais_hidden_copy_is_read_like_its_texts(tmp_path: Path):
    path = hide(framed(json.dumps(NOVEL).encode(), packed=True), tmp_path / "a.png")
    reading = read_metadata(path)
    assert reading.tool == "NovelAI"
    assert reading.settings["prompt"] == "a red fox"
    assert (reading.settings["seed"], reading.settings["sampler"]) == (7, "ddim")
    assert reading.settings["model"] == "NovelAI Diffusion V4.5 4BDE2A90"


def test_open_texts_go_before_hidden_ones(tmp_path: Path, png_with):
    hidden = hide(framed(INFOTEXT.encode(), packed=False), tmp_path / "a.png")
    whole = hidden.read_bytes()
    chunk = b"tEXtparameters\0" + INFOTEXT.replace("Seed: 99", "Seed: 5").encode()
    import zlib

    packed = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    at = whole.index(b"IDAT") - 4
    hidden.write_bytes(whole[:at] + packed + whole[at:])
    assert read_metadata(hidden).settings["seed"] == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"stealth_pngcomp",
        b"stealth_pnginfo\xff\xff\xff\xff",
        b"stealth_pnginfo" + (8 * 10**4).to_bytes(4, "big") + b"short",
        framed(b"x", packed=True)[:-6],
        b"stealth_pngcomp" + (64).to_bytes(4, "big") + b"no gzip!",
        framed(b"", packed=False),
        framed(bytes(20 * 2**20), packed=True)[:900],
    ],
)
def test_what_is_cut_off_or_too_large_is_no_text(tmp_path: Path, data: bytes):
    assert hidden_texts(hide(data, tmp_path / "a.png")) == {}


def test_a_bomb_stops_at_the_longest_text(tmp_path: Path):
    bomb = framed(bytes(100 * 2**20), packed=True)
    path = hide(bomb, tmp_path / "a.png", (1200, 1000))
    assert hidden_texts(path) == {}


@pytest.mark.parametrize("form", ["RGB", "L", "P"])
def test_without_transparency_nothing_is_looked_for(tmp_path: Path, form: str):
    path = hide(framed(INFOTEXT.encode(), packed=False), tmp_path / "a.png", form=form)
    with pytest.raises(PictureError, match="carries no settings"):
        read_metadata(path)


@given(st.binary(max_size=120), st.booleans())
def test_no_bits_are_too_strange(tmp_path: Path, data: bytes, packed: bool):
    text = framed(data, packed=packed)
    found = hidden_texts(hide(text, tmp_path / "a.png", (64, 64)))
    assert all(isinstance(one, str) for one in found.values())


def test_a_file_that_is_no_picture_hides_nothing(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    assert hidden_texts(tmp_path / "a.png") == {}
    assert hidden_texts(tmp_path / "missing.png") == {}
