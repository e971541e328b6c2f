"""Any file may be met in a folder: it opens, or says in one sentence why not."""

import os
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.commands import Destination
from engine.errors import PictureError
from engine.gallery import decoding
from engine.gallery.decoding import decode
from engine.gallery.metadata import read_metadata
from engine.gallery.store import open_picture, save_picture


@pytest.fixture
def saved(make_picture, tmp_path: Path) -> Path:
    return save_picture(make_picture(edge=64), Destination(file=tmp_path / "whole.png"))


def opens_or_says_why(path: Path) -> bool:
    with suppress(PictureError):
        read_metadata(path)
    try:
        open_picture(path)
    except PictureError:
        return False
    return True


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "avif"])
def test_no_cut_file_is_trouble(saved: Path, suffix: str):
    with Image.open(saved) as image:
        image.save(saved.with_suffix("." + suffix), exif=image.getexif())
    data = saved.with_suffix("." + suffix).read_bytes()
    cut = saved.parent / "cut"
    for end in np.linspace(0, len(data) - 21, 130).astype(int):  # what follows is checksums
        cut.write_bytes(data[:end])
        assert not opens_or_says_why(cut)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "avif"])
def test_no_flipped_bit_is_trouble(saved: Path, suffix: str):
    chance = np.random.default_rng(5)
    with Image.open(saved) as image:
        image.save(saved.with_suffix("." + suffix))
    data = bytearray(saved.with_suffix("." + suffix).read_bytes())
    flipped = saved.parent / "flipped"
    for _ in range(200):
        at, bit = int(chance.integers(len(data))), 1 << int(chance.integers(8))
        data[at] ^= bit
        flipped.write_bytes(data)
        opens_or_says_why(flipped)
        data[at] ^= bit


@settings(max_examples=100)
@given(
    st.sampled_from(
        [
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"RIFF\x40\0\0\0WEBPVP8 ",
            b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B",
        ]
    ),
    st.binary(max_size=300),
)
def test_no_bytes_are_a_picture_by_accident(tmp_path: Path, start: bytes, data: bytes):
    path = tmp_path / "a.png"
    path.write_bytes(start + data)
    assert not opens_or_says_why(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, png_with):
    path = png_with()
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    assert not opens_or_says_why(path)
    data[16:24] = (9_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(PictureError, match="9000 x 9000"):
        decode(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "empty", "tiff"])
def test_what_is_no_picture_is_said(tmp_path: Path, kind: str):
    path = tmp_path / "a.png"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "empty":
        path.touch()
    else:
        Image.new("RGB", (4, 4)).save(path, "TIFF")
    assert not opens_or_says_why(path)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_opens(tmp_path: Path, mode: str):
    image = Image.new("RGBA", (5, 3), (255, 255, 255, 255))
    if mode == "I;16":
        image = Image.fromarray(np.full((3, 5), 65_535, np.uint16))
    elif mode == "PA":
        image = image.convert("P")
        image.info["transparency"] = 0
    else:
        image = image.convert(mode)
    image.save(tmp_path / "a.png")
    pixels = decode(tmp_path / "a.png")
    assert (pixels.shape, pixels.dtype) == ((3, 5, 3), np.uint8)
    assert np.unique(pixels).size == 1
    assert pixels[0, 0, 0] in {255, 128}


def test_where_avif_cannot_be_read_that_is_said(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(decoding, "READS_AVIF", False)
    monkeypatch.setattr(decoding, "FORMATS", ("PNG", "JPEG", "WEBP"))
    Image.new("RGB", (8, 8)).save(tmp_path / "a.avif")
    with pytest.raises(PictureError, match="this Pillow cannot read"):
        decode(tmp_path / "a.avif")


def test_cmyk_opens(tmp_path: Path):
    Image.new("CMYK", (8, 8)).save(tmp_path / "a.jpg")
    assert decode(tmp_path / "a.jpg").min() > 250


def test_what_is_transparent_becomes_grey(tmp_path: Path):
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(tmp_path / "a.png")
    assert np.unique(decode(tmp_path / "a.png")).tolist() == [128]


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "avif"])
def test_a_turned_picture_stands_upright(tmp_path: Path, suffix: str):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 10)).save(tmp_path / f"a.{suffix}", exif=exif)
    assert decode(tmp_path / f"a.{suffix}").shape == (20, 10, 3)


def test_an_animation_shows_its_first_picture(tmp_path: Path):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("white", "black")]
    for name in ("a.png", "a.webp"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], lossless=True)
        assert decode(tmp_path / name).min() == 255
