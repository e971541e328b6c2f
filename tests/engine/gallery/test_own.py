"""Our own chunk: a recipe comes back exactly or is called doubtful; what a draft takes from it."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.commands import Destination
from engine.draft import Draft, SizeRule
from engine.gallery.metadata import draft_from, interpret, read_metadata
from engine.gallery.own import own_text, read_own
from engine.gallery.reading import Reading
from engine.gallery.store import save_picture
from engine.recipe import Environment, Picture, Recipe


def test_a_changed_byte_is_found_out(make_picture, tmp_path: Path):
    path = save_picture(make_picture(), Destination(file=tmp_path / "a.png"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"seed": 1844', b'"seed": 1845'))
    assert read_metadata(path).recipe is None


recipes = st.builds(
    Recipe,
    prompt=st.text(),
    negative_prompt=st.text(),
    model=st.text(),
    sampler=st.text(),
    schedule=st.text(),
    steps=st.integers(1, 1000),
    eta=st.none() | st.floats(0, 1),
    guidance=st.floats(1, 30),
    seed=st.integers(0, 2**64 - 1),
    width=st.integers(1, 16384),
    height=st.integers(1, 16384),
)


@given(recipes)
def test_every_recipe_comes_back_exactly(make_picture, recipe: Recipe):
    whole = make_picture(edge=1)
    picture = Picture(whole.pixels, recipe, whole.made, whole.environment, whole.noise_sha256)
    reading = read_own(own_text(picture))
    assert reading is not None
    assert reading.recipe == recipe
    assert reading.environment == picture.environment
    assert reading.notes == ()
    assert isinstance(draft_from(reading), Draft)


@pytest.mark.parametrize(
    "change",
    [
        {"steps": 10**9},
        {"seed": 10**30},
        {"eta": float("nan")},
        {"guidance": "high"},
        {"adapters": ["ink"]},
        {"width": None},
        {"prompt": 5},
    ],
)
def test_a_doubtful_recipe_is_none_but_tells_what_it_can(make_picture, change: dict[str, object]):
    about = json.loads(own_text(make_picture()))
    about["recipe"] |= change
    reading = interpret({"etascope": json.dumps(about)})
    assert reading.recipe is None
    assert reading.notes
    assert reading.settings["negative_prompt"] == ""
    draft_from(reading).resolve(SizeRule(largest=16384, smallest=8))


def test_a_draft_has_only_what_this_version_can_honour():
    settings = {"prompt": "x", "model": "../../etc/passwd", "sampler": "quantum"}
    reading = Reading("A1111", settings | {"eta": 0.5, "schedule": "karras", "steps": 7}, "")
    assert draft_from(reading) == Draft(prompt="x", steps=7)
    plms = Reading("A1111", {"sampler": "plms", "eta": 0.5, "schedule": "karras"}, "")
    assert draft_from(plms) == Draft(sampler="plms")


@pytest.mark.parametrize(
    ("model", "kept"),
    [
        ("starter", True),
        ("owner/name@0123abc", True),
        ("sha256:" + "0" * 64, True),
        ("owner/name", False),
        ("../name@0123abc", False),
        ("/etc/passwd", False),
        ("https://example.org/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_a_picture_names_no_file_to_open(model: str, kept: bool):
    assert draft_from(Reading("x", {"model": model}, "")).model == (model if kept else "starter")


def test_an_environment_of_the_wrong_shape_is_none(make_picture):
    about = json.loads(own_text(make_picture()))
    for wrong in (5, [], None, {"versions": 5}):
        about["environment"] = wrong
        assert interpret({"etascope": json.dumps(about)}).environment is None
    about["environment"] = {"device": 5, "versions": {"torch": 5}}
    reading = interpret({"etascope": json.dumps(about)})
    assert reading.environment == Environment("", "", "")


def test_pillow_reads_the_pictures_texts_too(make_picture, tmp_path: Path):
    path = save_picture(make_picture(prompt="Füchse"), Destination(file=tmp_path / "a.png"))
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        assert image.text["parameters"].startswith("Füchse\nSteps: 20")
        assert json.loads(image.text["etascope"])["recipe"]["prompt"] == "Füchse"
