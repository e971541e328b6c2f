"""B-05 and B-09: pictures that are none, and names that lead elsewhere, in a gallery."""

import os
import random
import resource
import shutil
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.errors import KnownError, PictureError
from engine.export.naming import portable
from engine.export.writers import export
from engine.gallery.decoding import decode
from engine.gallery.galleries import create, galleries, move
from engine.gallery.galleries import rename as rename_gallery
from engine.gallery.index import Index
from engine.gallery.query import Query, parse
from engine.gallery.scan import scan
from engine.gallery.store import thumbnail
from engine.gallery.verify import verify

PARTS = (
    *("..", ".", "...", "/", "\\", "//", "~", "$HOME", "%TEMP%", "C:", "\\\\server\\share"),
    *("CON", "nul", "com1.png", "aux.", " ", "a ", "a.", ":", "*", "?", "<x>", "|", '"'),
    *("红色", "é", "e\u0301", "🦊", "\u202egnp", "\u200b", "\0", "\n", "\x7f", "x" * 300, "a", "A"),
)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A whole JPEG whose head claims another size."""
    import io

    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG")
    data = bytearray(buffer.getvalue())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of that size, with as many rows as fit into a few bytes: none."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(1000))
    chunks = [head, body, b"IEND"]
    packed = [
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


BAD = {
    "eps.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "psd.png": b"8BPS\0\1" + bytes(6) + b"\0\3" + struct.pack(">II", 9, 9) + b"\0\x08\0\3",
    "fits.png": b"SIMPLE  =                    T" + b" " * 2850,
    "pdf.png": b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\n",
    "svg.png": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "html.webp": b"<!doctype html><title>404</title>",
    "empty-head.png": b"\x89PNG\r\n\x1a\n",
    "bomb-100.png": png_claiming(10_000, 10_000),
    "bomb-182.png": png_claiming(14_000, 13_000),
    "bomb-3600.png": png_claiming(60_000, 60_000),
    "bomb-3600.jpg": jpeg_claiming(60_000, 60_000),
    "negative.png": png_claiming(2**31 + 5, 1),
    "nothing.png": png_claiming(0, 0),
    "cut.avif": b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B",
}


@pytest.fixture
def gallery(keep) -> Path:
    """The folder of a gallery with one good picture."""
    return keep(prompt="good").parent


def test_a_gallery_full_of_what_is_no_picture_is_listed_and_told(index: Index, gallery: Path):
    for name, data in BAD.items():
        (gallery / name).write_bytes(data)
    for kind in ("TIFF", "BMP", "GIF", "ICO", "PPM", "TGA"):
        Image.new("RGB", (16, 16)).save(gallery / f"{kind.lower()}.png", kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = scan(index)
    wrong = {fault.path.name for fault in verify(index)}
    for path in gallery.iterdir():
        if path.name in wrong:
            with pytest.raises(PictureError):
                thumbnail(path, 64)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000  # kilobytes
    assert found.total == len(BAD) + 7
    assert wrong == {*BAD, *(f"{kind}.png" for kind in ("tiff", "bmp", "gif", "ico", "ppm", "tga"))}
    assert index.count(parse("good")).result() == 1
    assert index.count(parse("is:broken")).result() > 0


@pytest.mark.parametrize("size", [(1, 10**6), (10**6, 1)])
def test_a_picture_a_million_times_as_long_as_wide_has_a_thumbnail(tmp_path: Path, size):
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    assert decode(tmp_path / "a.png").shape[:2] == size[::-1]
    assert sorted(thumbnail(tmp_path / "a.png", 64).shape[:2]) == [1, 64]


@pytest.mark.parametrize("profile", [b"", b"garbage", bytes(200_000)])
@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "avif"])
def test_no_colour_profile_is_trouble(tmp_path: Path, suffix: str, profile: bytes):
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", (16, 16), "white").save(path, icc_profile=profile)
    assert decode(path).min() > 250


def strange_names(count: int) -> list[str]:
    chance = random.Random(9)
    return ["".join(chance.choices(PARTS, k=chance.randint(1, 4))) for _ in range(count)]


def everything_outside(home: Path) -> set[Path]:
    """What lies beside the home, and in it beside the galleries."""
    return {*home.parent.iterdir(), *(one for one in home.iterdir() if one.name != "galleries")}


def test_no_name_of_a_gallery_reaches_beyond_the_galleries(home: Path, keep):
    """B-09: a thousand names, made and given to a gallery that is there."""
    keep("Here")
    here = home / "galleries" / "Here"
    before, made = everything_outside(home), 0
    for name in strange_names(1000):
        with suppress(KnownError):
            create(name)
            made += 1
        with suppress(KnownError):
            rename_gallery("Here", name).rename(here)
            made += 1
    assert made > 20
    assert everything_outside(home) == before
    names = [one.name for one in galleries()]
    assert len({name.casefold() for name in names}) == len(names)


def test_capitals_alone_make_no_second_gallery(home: Path, keep):
    keep("Boats"), keep("Owls")
    for deed in (lambda: create("BOATS"), lambda: rename_gallery("Owls", "boats")):
        with pytest.raises(KnownError, match="'Boats'"):
            deed()
    assert rename_gallery("Boats", "BOATS").name == "BOATS"


def test_no_name_of_a_picture_reaches_beyond_where_it_is_given_to(
    index: Index, gallery: Path, tmp_path: Path
):
    """B-09: files of a thousand names are listed, moved and exported; nothing lands elsewhere."""
    (picture,) = gallery.glob("*.png")
    for number, name in enumerate(strange_names(1000)):
        try:
            os.link(picture, gallery / f"{name}{number}.png")
        except (OSError, ValueError):  # this system has no such name
            continue
    scan(index)
    entries = index.search(Query()).result()
    assert len(entries) > 100
    (tmp_path / "given").mkdir()
    before = set(tmp_path.iterdir())
    export(index.galleries, entries, tmp_path / "given")
    assert set(tmp_path.iterdir()) == before
    assert len(list((tmp_path / "given").iterdir())) == len(entries)
    export(index.galleries, entries, tmp_path / "given.zip")
    with zipfile.ZipFile(tmp_path / "given.zip") as archive:
        for name in archive.namelist():
            assert PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
        archive.extractall(tmp_path / "unpacked")
    assert len(list((tmp_path / "unpacked").iterdir())) == len(entries)
    create("There")
    moved = move([index.galleries / one.gallery / one.name for one in entries[:50]], "There")
    assert {new.parent.name for _, new in moved} == {"There"}


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_name_becomes_one_that_every_system_holds(name: str):
    made = portable(f"{name}.png", ".webp")
    assert made.endswith(".webp")
    assert len(made.encode()) <= 210
    assert PureWindowsPath(made).parts == PurePosixPath(made).parts == (made,)
    assert not PureWindowsPath(made).is_reserved()
    assert not made.startswith((" ", "."))
    assert made == portable(made, ".webp")


def test_a_sync_programs_copies_are_pictures_and_its_copies_of_marks_are_none(
    index: Index, gallery: Path
):
    (picture,) = gallery.glob("*.png")
    shutil.copy(picture, gallery / f"{picture.stem} (conflicted copy 2026-01-01).png")
    (gallery / "marks (conflicted copy 2026-01-01).json").write_text("{", encoding="utf-8")
    found = scan(index)
    assert (found.total, found.problems) == (2, ())
    assert list(verify(index)) == []
