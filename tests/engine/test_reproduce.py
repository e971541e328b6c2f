"""A picture made again is the same picture; where it is not, the step and the reason are told."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from engine.commands import Destination
from engine.errors import PictureError
from engine.gallery.metadata import read_metadata
from engine.gallery.store import open_picture, save_picture
from engine.recipe import Environment, Picture
from engine.remade import DIFFERENT, IDENTICAL, ROUNDING, compare
from engine.reproduce import reproduce
from engine.trajectory import kept_file, read_trajectory

QUICK = ("--steps", "3", "--seed", "7", "--dtype", "float32", "--device", "cpu")


@pytest.fixture
def made(cli, home: Path) -> Path:
    """A picture in the gallery, and its path where paths are kept."""
    status, out, _ = cli("generate", "a boat", *QUICK)
    assert status == 0
    picture = Path(out.strip())
    assert kept_file(home / "data" / "trajectories", picture).exists()
    return picture


def saved_as(picture: Path, target: Path, **changes: object) -> Path:
    """Save a picture anew with other pixels or another environment."""
    stored = open_picture(picture)
    reading = stored.reading
    about = {
        "pixels": np.array(stored.pixels),
        "recipe": reading.recipe,
        "made": stored.made,
        "environment": reading.environment,
        "noise_sha256": reading.noise_sha256,
    }
    return save_picture(Picture(**(about | changes)), Destination(file=target, force=True))


def test_on_the_same_machine_it_is_identical(made: Path):
    told = []
    found = reproduce(made, lambda step, steps: told.append((step, steps)))
    assert (found.verdict, found.largest, found.share) == (IDENTICAL, 0, 0.0)
    assert (found.step, found.differs) == (None, ())
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert open_picture(made).reading  # the file itself is untouched


def test_what_differs_is_told(made: Path, tmp_path: Path):
    there = Environment("cuda", "float32", "openvino", (("torch", "1.0"), ("other", "2")))
    pixels = np.array(open_picture(made).pixels)
    pixels[0, 0] ^= 64
    other = saved_as(
        made, tmp_path / "a.png", environment=there, pixels=pixels, noise_sha256="00" * 32
    )
    found = reproduce(other)
    assert found.verdict == DIFFERENT
    assert found.largest == 64
    assert found.share == 1 / (64 * 64)
    words = " ".join(found.differs)
    for told in ("other noise", "device was cuda", "backend was openvino", "torch was 1.0"):
        assert told in words


def test_the_step_at_which_it_parted_is_told(made: Path, home: Path):
    kept = kept_file(home / "data" / "trajectories", made)
    path = read_trajectory(kept)
    for step in (2, 0):
        x = path.x.copy()
        x[step:] += 1
        kept.write_bytes(dataclasses.replace(path, x=x).to_bytes())
        assert reproduce(made).step == step


def test_rounding_is_one_of_255():
    then = np.full((4, 4, 3), 100, np.uint8)
    for off, verdict in ((0, IDENTICAL), (1, ROUNDING), (2, DIFFERENT), (155, DIFFERENT)):
        now = then.copy()
        now[1, 2, 0] += off
        assert compare(then, now).verdict == verdict
        assert compare(now, then).largest == off


def test_a_file_that_says_anything_chooses_no_device(made: Path, tmp_path: Path):
    strange = Environment("../x", "load", "torch")
    assert reproduce(saved_as(made, tmp_path / "a.png", environment=strange)).largest <= 255


def test_what_does_not_tell_all_cannot_be_made_again(made: Path, tmp_path: Path):
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tmp_path / "bare.png")
    small = saved_as(made, tmp_path / "a.png", pixels=np.zeros((8, 8, 3), np.uint8))
    for path, said in ((tmp_path / "bare.png", "does not tell"), (small, "not as large")):
        with pytest.raises(PictureError, match=said):
            reproduce(path)


def test_the_command_reports_and_ends_with_one_if_it_differs(cli, made: Path, tmp_path: Path):
    assert cli("reproduce", str(made))[:2] == (0, "Identical.\n")
    pixels = 255 - np.array(open_picture(made).pixels)
    other = saved_as(made, tmp_path / "a.png", pixels=pixels)
    status, out, _ = cli("reproduce", str(other), "--json")
    assert status == 1
    told = json.loads(out)
    assert told["verdict"] == DIFFERENT
    assert told["file"] == str(other)
    status, out, err = cli("reproduce", "nowhere.png")
    assert (status, out) == (1, "")
    assert "There is no file" in err
    assert read_metadata(made).recipe
