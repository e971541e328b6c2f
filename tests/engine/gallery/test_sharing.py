"""A picture that is shared has its pixels and nothing else of the file that it came from."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.commands import Destination
from engine.errors import PictureError, StorageError
from engine.gallery.decoding import decode
from engine.gallery.png import chunks
from engine.gallery.sharing import share
from engine.gallery.stealth import hidden_texts
from engine.gallery.store import save_picture
from engine.gallery.texts import read_texts

SECRETS = (b"lighthouse", b"etascope", b"parameters", b"seed", b"Exif", b"xmp", b"ICC", b"Adobe")


@pytest.fixture
def talkative(tmp_path: Path) -> Path:
    """A picture with everything beside its pixels that a file can have."""
    exif = Image.Exif()
    exif[0x010E] = "a lighthouse"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0a lighthouse"
    exif[0x0112] = 1
    pixels = np.random.default_rng(3).integers(0, 256, (20, 30, 4), np.uint8)
    about = {"exif": exif, "xmp": b"<x>lighthouse</x>", "icc_profile": b"a lighthouse " * 20}
    path = tmp_path / "talkative.webp"
    Image.fromarray(pixels, "RGBA").save(path, lossless=True, exact=True, **about)
    return path


@pytest.mark.parametrize("name", ["b.png", "b.webp", "B.WEBP"])
def test_pixels_stay_and_settings_go(make_picture, tmp_path: Path, name: str):
    path = save_picture(make_picture(), Destination(file=tmp_path / "a.png"))
    shared = share(path, tmp_path / name)
    np.testing.assert_array_equal(decode(shared), decode(path))
    assert read_texts(shared) == {}
    assert not [secret for secret in SECRETS if secret in shared.read_bytes()]


@pytest.mark.parametrize("name", ["b.png", "b.jpg", "b.jpeg", "b.webp"])
def test_nothing_beside_the_pixels_is_carried_over(talkative: Path, tmp_path: Path, name: str):
    assert b"lighthouse" in talkative.read_bytes()
    shared = share(talkative, tmp_path / name)
    data = shared.read_bytes()
    assert not [secret for secret in SECRETS if secret in data]
    assert (read_texts(shared), hidden_texts(shared)) == ({}, {})
    with Image.open(shared) as image:
        assert image.mode == "RGB"  # nothing is left of what transparency covered
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()


def test_a_png_has_no_chunk_but_what_it_needs(talkative: Path, tmp_path: Path):
    with share(talkative, tmp_path / "b.png").open("rb") as file:
        assert {chunk.kind for chunk in chunks(file)} == {b"IHDR", b"IDAT", b"IEND"}


def test_a_jpeg_is_as_near_as_jpegs_are(make_picture, tmp_path: Path):
    flat = make_picture()
    smooth = np.broadcast_to(np.linspace(0, 255, 24, dtype=np.uint8)[:, None, None], (24, 24, 3))
    picture = type(flat)(smooth.copy(), flat.recipe, flat.made, flat.environment, "5e" * 32)
    path = save_picture(picture, Destination(file=tmp_path / "a.png"))
    difference = decode(share(path, tmp_path / "b.jpg")).astype(int) - smooth
    assert np.abs(difference).max() <= 8


def test_what_is_there_is_refused_and_stays(make_picture, tmp_path: Path):
    path = save_picture(make_picture(), Destination(file=tmp_path / "a.png"))
    before = path.read_bytes()
    for target, words in ((path, "already exists"), (tmp_path / "b.gif", "not written as")):
        with pytest.raises(StorageError, match=words):
            share(path, target)
    (tmp_path / "c.png").write_bytes(b"no picture")
    with pytest.raises(PictureError):
        share(tmp_path / "c.png", tmp_path / "d.png")
    assert path.read_bytes() == before
    assert not (tmp_path / "d.png").exists()
    share(path, path, force=True)
    assert read_texts(path) == {}
