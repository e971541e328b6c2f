"""Pictures turned into another form, and what of their settings can be read back from it."""

import json
from pathlib import Path

import pytest
from PIL import Image

from engine.cli.main import main
from engine.errors import StorageError
from engine.export.copies import FORMS, Options, copy_of
from engine.export.naming import portable
from engine.gallery.marks import Mark
from engine.gallery.metadata import read_metadata
from engine.menu import menu
from engine.recipe import Recipe
from tests.engine.gallery.conftest import index, keep, make_picture, png_with
from tests.engine.gallery.foreign import SAMPLES, samples_of, written

__all__ = ["index", "keep", "make_picture", "png_with"]  # fixtures


@pytest.mark.parametrize("family", SAMPLES, ids=lambda path: path.stem)
def test_other_tools_settings_go_along_in_every_form_or_are_said_not_to(
    tmp_path: Path, png_with, family: Path
):
    sample = samples_of(family)[0]
    path = written(tmp_path, 0, sample["texts"], png_with)
    before = read_metadata(path)
    for form in FORMS:
        copy = copy_of(path, Mark(), Options(form=form))
        given = tmp_path / f"given{copy.suffix}"
        given.write_bytes(copy.data)
        after = read_metadata(given)
        assert (after.tool, after.settings) == (before.tool, before.settings), form
        assert copy.note == ""


def test_settings_that_no_other_form_can_hold_are_said_to_stay_behind(png_with):
    path = png_with((b"tEXt", b'Dream\0"a fox" -s 20 -S 5 -W 64 -H 64 -C 7 -A ddim'))
    assert read_metadata(path).settings["seed"] == 5
    copy = copy_of(path, Mark(rating=1), Options(form="webp", marks=True))
    assert copy.note == "Its settings have no place in a file of another form."
    assert copy_of(path, Mark(), Options(form="webp", settings=False)).note == ""


@pytest.mark.parametrize("sampler", menu())
def test_every_sampler_with_every_schedule_and_eta_survives_a_jpeg(keep, tmp_path, sampler: str):
    entry = menu()[sampler]
    etas = (None,) if entry.eta is None else (entry.eta.lowest, entry.eta.default, 0.7)
    for schedule, eta in [(one, eta) for one in entry.schedules for eta in etas]:
        wanted = Recipe(prompt="a fox", sampler=sampler, schedule=schedule, eta=eta, seed=3)
        path = keep(**{key: getattr(wanted, key) for key in ("sampler", "schedule", "eta")})
        given = tmp_path / "given.jpg"
        given.write_bytes(copy_of(path, Mark(), Options(form="jpeg")).data)
        told = read_metadata(given).settings
        assert told["sampler"] == sampler
        assert told.get("schedule", entry.schedules[0]) == schedule
        assert told.get("eta", entry.eta and entry.eta.default) == eta


def test_a_form_that_this_pillow_cannot_write_is_refused(keep, monkeypatch):
    monkeypatch.setattr("engine.export.copies.features.check_module", lambda _: False)
    with pytest.raises(StorageError, match="cannot write AVIF"):
        copy_of(keep(), Mark(), Options(form="avif"))


def test_inspect_tells_what_a_picture_was_given_away_with(keep, tmp_path: Path, capsys):
    mark = Mark(favourite=True, rating=4, tags=("sea", "\u202egnp"))
    given = tmp_path / "given.png"
    given.write_bytes(copy_of(keep(), mark, Options(marks=True)).data)
    assert main(["inspect", str(given)]) == 0
    assert "Marked: favourite, rated 4, tagged sea, tagged " in (said := capsys.readouterr().out)
    assert "\u202e" not in said
    assert main(["inspect", str(given), "--json"]) == 0
    marks = {"favourite": True, "rating": 4, "tags": list(mark.tags)}
    assert json.loads(capsys.readouterr().out)["marks"] == marks
    plain = tmp_path / "plain.png"
    plain.write_bytes(copy_of(keep(), mark, Options()).data)
    assert main(["inspect", str(plain), "--json"]) == 0
    assert "marks" not in json.loads(capsys.readouterr().out)


def test_names_that_look_alike_are_one_name():
    assert portable("e\u0301te\u0301.png", ".jpg") == portable("été.png", ".jpg")


def test_a_picture_that_is_turned_round_is_given_away_upright(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8, 16)).save(tmp_path / "a.jpg", exif=exif)
    copy = copy_of(tmp_path / "a.jpg", Mark(), Options(form="webp"))
    (tmp_path / "given.webp").write_bytes(copy.data)
    with Image.open(tmp_path / "given.webp") as picture:
        assert picture.size == (16, 8)
