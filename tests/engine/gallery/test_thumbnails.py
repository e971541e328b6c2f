"""Thumbnails: kept by content, within a budget, and made anew whatever has become of them."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import PictureError
from engine.gallery import thumbnails
from engine.gallery.thumbnails import NOT_WORTH_IT, Thumbnails

EDGE = 64


def picture(path: Path, seed: int = 1, side: int = 256) -> str:
    """Write a picture of noise, too large to be not worth it; return its digest."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side * 2, 3), np.uint8)
    Image.fromarray(pixels).save(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def cache(tmp_path: Path) -> Thumbnails:
    return Thumbnails(tmp_path / "thumbnails")


def test_a_thumbnail_has_the_shape_of_its_picture_and_fits(cache, tmp_path: Path):
    digest = picture(tmp_path / "a.png")
    made = cache.get(tmp_path / "a.png", digest, EDGE)
    assert made.shape == (EDGE // 2, EDGE, 3)
    assert not made.flags.writeable


def test_a_kept_thumbnail_needs_no_picture_any_more(cache, tmp_path: Path):
    path = tmp_path / "a.png"
    digest = picture(path)
    first = cache.get(path, digest, EDGE)
    path.unlink()
    again = cache.get(path, digest, EDGE)
    assert again.shape == first.shape
    assert np.abs(again.astype(int) - first).mean() < 6  # a JPEG


def test_a_picture_that_is_changed_has_another_thumbnail(cache, tmp_path: Path):
    path = tmp_path / "a.png"
    before = cache.get(path, picture(path, 1), EDGE)
    after = cache.get(path, picture(path, 2), EDGE)
    assert not np.array_equal(before, after)
    assert len(kept(cache.folder)) == 2


def test_a_small_file_is_read_and_not_kept(cache, tmp_path: Path):
    path = tmp_path / "small.png"
    digest = picture(path, side=16)
    assert path.stat().st_size <= NOT_WORTH_IT
    assert cache.get(path, digest, EDGE).shape == (16, 32, 3)
    assert not kept(cache.folder)


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "swap", "garbage"])
def test_a_damaged_thumbnail_is_made_anew(cache, tmp_path: Path, harm):
    path = tmp_path / "a.png"
    digest = picture(path)
    good = cache.get(path, digest, EDGE)
    (place,) = kept(cache.folder)
    data = bytearray(place.read_bytes())
    if harm == "flip":
        data[len(data) // 2] ^= 1
    elif harm == "cut":
        del data[-40:]
    elif harm == "swap":
        data[0:2], data[2:4] = data[2:4], data[0:2]
    else:
        data = bytearray(b"" if harm == "empty" else os.urandom(500))
    place.write_bytes(data)
    assert np.array_equal(cache.get(path, digest, EDGE), good)
    assert len(place.read_bytes()) > 500 or harm == "empty"
    assert kept(cache.folder) == [place]


def test_the_longest_unused_are_cleared_away_within_the_budget(tmp_path: Path):
    cache = Thumbnails(tmp_path / "thumbnails", budget=20_000)
    digests = []
    for k in range(30):
        digests.append(picture(tmp_path / f"{k}.png", k))
        cache.get(tmp_path / f"{k}.png", digests[-1], EDGE)
        place = cache.folder / digests[-1][:2] / f"{digests[-1]}-{EDGE}.jpg"
        if place.exists():
            os.utime(place, (k + 10**9, k + 10**9))
    cache.clear()
    total = sum(path.stat().st_size for path in kept(cache.folder))
    assert 0 < total <= cache.budget
    left = {path.name[:64] for path in kept(cache.folder)}
    assert digests[-1] in left
    assert digests[0] not in left


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    cache = Thumbnails(tmp_path / "file" / "thumbnails")
    path = tmp_path / "a.png"
    assert cache.get(path, picture(path), EDGE).shape == (EDGE // 2, EDGE, 3)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_no_digest_names_no_file(cache, tmp_path: Path, digest):
    path = tmp_path / "a.png"
    picture(path)
    assert cache.get(path, digest, EDGE).shape == (EDGE // 2, EDGE, 3)
    assert not kept(tmp_path / "thumbnails")


def test_a_picture_that_cannot_be_read_is_a_known_error(cache, tmp_path: Path):
    with pytest.raises(PictureError):
        cache.get(tmp_path / "none.png", "0" * 64, EDGE)


def test_nothing_is_left_behind_of_a_write_that_fails(cache, tmp_path: Path, monkeypatch):
    path = tmp_path / "a.png"
    digest = picture(path)
    monkeypatch.setattr(thumbnails.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28)))
    cache.get(path, digest, EDGE)
    assert not kept(cache.folder)
