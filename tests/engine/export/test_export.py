"""Exports: whole, complete, escaped; without settings there is nothing left but pixels."""

import html
import re
import zipfile
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.errors import StorageError
from engine.export.contact import ON_A_SHEET
from engine.export.copies import FORMS, Options, marks_in
from engine.export.page import escaped
from engine.export.writers import Exported, export
from engine.gallery.decoding import decode
from engine.gallery.marks import Mark
from engine.gallery.metadata import read_metadata
from engine.gallery.query import Query
from engine.gallery.scan import scan
from engine.gallery.texts import read_texts
from engine.paths import current_paths
from engine.trajectory import Trajectory, kept_file
from tests.engine.gallery.conftest import index, keep, keep_grid, make_picture

__all__ = ["index", "keep", "keep_grid", "make_picture"]  # fixtures

NASTY = "</script><img src=x onerror=alert(1)> \"red\" 'boat' & 红色 <!-- ]]> \u202e\0"
CLEAN = Options(settings=False)


class Page(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its texts."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def pictures(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "img"]


@pytest.fixture
def share(index, tmp_path: Path):
    """Export everything that is in the galleries to a name in an empty folder."""

    def run(name: str, options: Options | None = None) -> tuple[Path, Exported]:
        scan(index)
        target = tmp_path / "given" / name
        (tmp_path / "given").mkdir(exist_ok=True)
        entries = index.search(Query()).result()
        return target, export(current_paths().galleries, entries, target, options)

    return run


def test_a_folder_gets_the_files_as_they_are(share, keep, tmp_path: Path):
    path, other = keep("A"), keep("B")
    same = other.with_name(path.name)
    other.rename(same)
    target, exported = share("")
    assert {one.read_bytes() for one in exported.files} == {path.read_bytes(), same.read_bytes()}
    assert {one.name for one in target.iterdir()} == {path.name, f"{path.stem}-2.png"}


def test_without_settings_only_pixels_are_left(share, keep):
    path = keep(prompt="a secret")
    folder = path.parent
    with Image.open(path) as picture:
        exif = Image.Exif()
        exif[0x0131] = "secret"
        picture.save(folder / "b.jpg", exif=exif, comment=b"secret", quality=95)
        picture.save(folder / "c.webp", exif=exif, xmp=b"secret")
        picture.convert("RGBA").save(folder / "d.png", exif=exif)
    data = path.read_bytes()
    (folder / "e.png").write_bytes(data + b"secret")
    _, exported = share("", CLEAN)
    for one in exported.files:
        assert one.suffix == ".png"
        assert read_texts(one) == {}
        assert b"secret" not in one.read_bytes()
        (source,) = [old for old in folder.iterdir() if old.stem == one.stem]
        assert np.array_equal(decode(one), decode(source))
    assert len(exported.files) == 5


def test_an_archive_holds_the_files(share, keep):
    path = keep("A", seed=1)
    twin = keep("B", seed=2)
    twin.rename(twin.with_name(path.name.upper().replace(".PNG", ".png")))
    target, _ = share("pictures.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert len({name.casefold() for name in archive.namelist()}) == 2
        assert path.read_bytes() in [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("name", ["a.zip", "a.html", "a.png"])
def test_no_file_is_replaced_and_a_failure_leaves_none(share, keep, name: str, monkeypatch):
    keep()
    target, _ = share(name)
    before = target.read_bytes()
    with pytest.raises(StorageError, match="already exists"):
        share(name)
    assert target.read_bytes() == before
    monkeypatch.setattr("engine.gallery.files._sync", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        share(f"other-{name}")
    assert [one.name for one in target.parent.iterdir()] == [name]


def test_what_cannot_be_read_is_told_and_left_out(share, keep):
    (keep().parent / "bad.png").write_bytes(b"bad")
    for name in ("a.zip", "a.html", "a.png"):
        _, exported = share(name, CLEAN)
        assert "bad.png" in exported.notes[0]


def test_nothing_cannot_be_exported(share):
    with pytest.raises(StorageError, match="no picture"):
        share("a.zip")


def test_a_folder_that_is_not_there_is_not_made(share, keep):
    keep()
    with pytest.raises(StorageError, match="no folder"):
        share("nowhere/deep")


def test_marks_travel_in_the_files(share, keep, index):
    path = keep()
    with Image.open(path) as picture:
        picture.save(path.with_name("b.jpg"))
        picture.save(path.with_name("c.webp"))
    scan(index)
    mark = Mark(favourite=True, rating=4, tags=("sea", "<&>"))
    digests = {one.facts.sha256: mark for one in index.search(Query()).result()}
    index.mark("Etascope", digests).result()
    target, exported = share("", Options(marks=True))
    png, jpg = target / path.name, target / "b.jpg"
    assert marks_in(png) == mark
    assert read_metadata(png).recipe == read_metadata(path).recipe
    for one in (png, jpg):
        with Image.open(one) as picture:
            found = picture.info["xmp"].decode()
        assert 'xmp:Rating="4"' in found
        assert "<rdf:li>sea</rdf:li><rdf:li>&lt;&amp;&gt;</rdf:li>" in found
        assert np.array_equal(decode(one), decode(path.with_name(one.name)))
    assert ["c.webp" in note for note in exported.notes] == [True]
    bare, _ = share("bare.zip", Options(settings=False, marks=True))
    with zipfile.ZipFile(bare) as archive:
        data = archive.read(path.name)
    assert b'xmp:Rating="4"' in data
    assert b"parameters" not in data


@pytest.mark.parametrize("form", FORMS)
def test_every_form_carries_settings_and_marks(share, keep, index, form: str):
    path = keep(prompt="红色 boat, 🦊", negative_prompt="blurry", edge=16)
    scan(index)
    (entry,) = index.search(Query()).result()
    index.mark("Etascope", {entry.facts.sha256: Mark(rating=3, tags=("海",))}).result()
    _, exported = share("", Options(marks=True, form=form))
    (one,) = exported.files
    with Image.open(one) as picture:
        assert picture.format == form.upper()
        assert 'xmp:Rating="3"' in picture.info["xmp"].decode()
        if form == "avif":  # which is given away, never opened here
            exif = picture.getexif().get_ifd(0x8769)[0x9286]
            assert exif[8:].decode("utf-16-be").startswith("红色 boat, 🦊")
            return
    settings = read_metadata(one).settings
    assert settings["prompt"] == "红色 boat, 🦊"
    assert settings["seed"] == read_metadata(path).settings["seed"]
    clean, _ = share("clean.zip", Options(settings=False, form=form))
    with zipfile.ZipFile(clean) as archive:
        (name,) = archive.namelist()
        assert name == one.name
        assert b"boat" not in archive.read(name).replace(b"\0", b"")


def test_settings_too_long_for_a_jpeg_are_said(share, keep):
    keep(prompt="x" * 70_000)
    _, exported = share("", Options(form="jpeg"))
    assert "too long for a JPEG" in exported.notes[0]
    with Image.open(exported.files[0]) as picture:
        assert "exif" not in picture.info


def test_a_page_shows_pictures_and_settings_and_nothing_can_escape(share, keep):
    path = keep(prompt=NASTY, negative_prompt=NASTY, sampler="plms", eta=None)
    target, _ = share("a.html")
    page = Page(target.read_bytes())
    (picture,) = page.pictures()
    assert picture["src"].startswith("data:image/png;base64,")
    assert picture["alt"] == NASTY.replace("\0", "\ufffd")
    assert NASTY.replace("\0", "\ufffd") in page.texts
    assert "PLMS" in page.texts
    assert [tag for tag, _ in page.tags if tag == "script"] == ["script"]
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    fetching = {"link", "iframe", "object", "embed", "base", "form", "a"}
    assert not fetching & {tag for tag, _ in page.tags}
    assert path.name not in target.read_text("utf-8")


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_stays_text_in_a_page(text: str):
    page = Page(f'<p title="{escaped(text)}">{escaped(text)}</p>'.encode())
    assert [tag for tag, _ in page.tags] == ["p"]
    shown = "".join(page.texts).replace("\r", "\n")
    assert shown == html.unescape(escaped(text)).replace("\r", "\n")


def test_a_page_without_settings_tells_none(share, keep, keep_grid):
    keep(prompt="a secret", negative_prompt="a secret")
    keep_grid()
    target, _ = share("a.html", CLEAN)
    text = target.read_text("utf-8")
    for told in ("secret", "boat", "DDIM", "steps 2", "seed"):
        assert told not in text.replace("step ${k + 1}", "")
    page = Page(target.read_bytes())
    data = [re.sub(r"^data:image/\w+;base64,", "", one["src"] or "") for one in page.pictures()]
    assert all(b"iTXt" not in b64decode(one) for one in data)


def trajectory_of(picture: Path, recipe) -> Trajectory:
    """A made-up path of 3 steps whose last latents are the picture's colours, averaged 4 x 4."""
    pixels = decode(picture)
    h, w = pixels.shape[0] // 4, pixels.shape[1] // 4
    last = pixels.reshape(h, 4, w, 4, 3).mean(axis=(1, 3)).transpose(2, 0, 1) / 255 - 0.5
    x = np.stack([last * k / 3 for k in range(4)]).astype(np.float32)
    return Trajectory(recipe, x, x[1:].copy(), np.arange(3, dtype=np.float32), x[1:].copy())


def test_the_steps_of_a_grid_can_be_scrubbed_in_a_page(share, keep_grid, home: Path):
    grid, cells = keep_grid()
    folder = home / "data" / "trajectories"
    folder.mkdir(parents=True)
    kept = trajectory_of(cells[0], read_metadata(cells[0]).recipe)
    kept_file(folder, cells[0]).write_bytes(kept.to_bytes())
    target, _ = share("a.html")
    page = Page(target.read_bytes())
    frames = [one["data-frames"].split() for one in page.pictures() if "data-frames" in one]
    assert [len(one) for one in frames] == [3, 0]
    assert len(set(frames[0])) == 3
    assert ("input", {"type": "range", "min": "0", "max": "1000", "value": "1000"}.items()) in [
        (tag, {k: v for k, v in attributes.items() if k != "aria-label"}.items())
        for tag, attributes in page.tags
    ]
    assert "The steps of 1 of its pictures are not kept any more." in page.texts
    assert grid.exists()


def test_a_contact_sheet_has_room_for_all(share, keep):
    paths = [keep(seed=k, edge=4, prompt="红色 boat") for k in range(7)]
    target, exported = share("sheet.png")
    assert exported.files == (target,)
    sheet = decode(target)
    assert sheet.shape[1] == 2 * 40 + 6 * 280 - 24
    background = sheet[0, 0]
    assert (sheet != background).any(axis=2).sum() > 7 * 250 * 250  # small ones are enlarged
    assert len(paths) == 7


def test_many_pictures_get_more_than_one_sheet(share, keep, monkeypatch):
    monkeypatch.setattr("engine.export.contact.ON_A_SHEET", 3)
    for seed in range(7):
        keep(seed=seed, edge=2)
    target, exported = share("sheet.png", CLEAN)
    names = [one.name for one in exported.files]
    assert names == ["sheet.png", "sheet-2.png", "sheet-3.png"]
    assert target.parent == exported.files[2].parent
    assert ON_A_SHEET == 48
