"""Moving pictures: every step that is kept, then the picture itself; exact where a model is."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import PictureError, StorageError
from engine.export.copies import KINDS, Options
from engine.export.moving import animated, way_to
from engine.gallery.decoding import decode
from engine.gallery.metadata import read_metadata
from engine.recipe import Recipe
from engine.trajectory import kept_file
from tests.engine.export.test_export import share, trajectory_of
from tests.engine.gallery.conftest import index, keep, keep_grid, make_picture

__all__ = ["index", "keep", "keep_grid", "make_picture", "share"]  # fixtures


@pytest.fixture
def kept(keep, home: Path):
    """Save a picture whose path of 3 steps is kept."""

    def save(**settings: object) -> Path:
        picture = keep(edge=16, **settings)
        folder = home / "data" / "trajectories"
        folder.mkdir(parents=True, exist_ok=True)
        path = trajectory_of(picture, read_metadata(picture).recipe)
        kept_file(folder, picture).write_bytes(path.to_bytes())
        return picture

    return save


def test_the_way_to_a_picture_ends_with_the_picture(kept):
    picture = kept()
    frames = way_to(picture)
    assert [one.shape for one in frames] == [(16, 16, 3)] * 4
    assert np.array_equal(frames[-1], decode(picture))
    assert len({one.tobytes() for one in frames}) == 4


def test_steps_are_exact_where_their_model_is_at_hand(kept):
    picture = kept()
    asked = []

    def show(recipe: Recipe, latents: np.ndarray) -> np.ndarray:
        asked.append((recipe.model, latents.shape))
        return np.full((16, 16, 3), len(asked), np.uint8)

    frames = way_to(picture, show)
    assert asked == [("starter", (3, 4, 4))] * 3
    assert [int(one[0, 0, 0]) for one in frames[:3]] == [1, 2, 3]


def test_where_it_is_not_they_are_shown_roughly(kept):
    picture = kept()
    for show in (lambda *_: None, lambda *_: np.zeros((2, 2, 3), np.uint8)):
        frames = way_to(picture, show)
        assert all(np.array_equal(*both) for both in zip(frames, way_to(picture), strict=True))


def test_a_picture_whose_path_is_gone_has_no_way(keep):
    with pytest.raises(PictureError, match="not kept any more"):
        way_to(keep())


@pytest.mark.parametrize("suffix", [".webp", ".gif"])
def test_a_gallery_becomes_moving_pictures(share, kept, keep, suffix: str):
    pictures = [kept(seed=1), kept(seed=2)]
    other = keep(seed=3)
    target, exported = share("", Options(kind=suffix[1:]))
    assert {one.name for one in target.iterdir()} == {one.stem + suffix for one in pictures}
    assert [other.name in note for note in exported.notes] == [True]
    with Image.open(exported.files[0]) as moving:
        assert (moving.n_frames, moving.size, moving.info["loop"]) == (4, (16, 16), 0)


def test_a_file_of_that_name_says_it_all(share, kept):
    kept()
    target, exported = share("way.gif")
    assert exported.files == (target,)
    assert target.read_bytes().startswith(b"GIF89a")
    with pytest.raises(StorageError, match="already exists"):
        share("way.gif")


def test_many_get_numbers(share, kept):
    for seed in range(3):
        kept(seed=seed)
    _, exported = share("way.webp")
    assert [one.name for one in exported.files] == ["way.webp", "way-2.webp", "way-3.webp"]


def test_where_no_steps_are_kept_nothing_is_written(share, keep):
    keep()
    with pytest.raises(StorageError, match="Of none of these pictures the steps are kept"):
        share("way.webp")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_go_into_a_folder(share, kept, kind: str):
    picture = kept()
    target, exported = share("", Options(kind=kind))
    (file,) = exported.files
    assert file.parent == target
    name = {"zip": "Etascope.zip", "page": "Etascope.html", "sheet": "Etascope.png"}
    stem = picture.stem + {"folder": ".png"}.get(kind, f".{kind}")
    assert file.name == name.get(kind, stem)
    if kind == "zip":
        with zipfile.ZipFile(file) as archive:
            assert archive.namelist() == [picture.name]


def test_one_step_alone_is_an_animation_too():
    data = animated([np.zeros((4, 4, 3), np.uint8)], ".gif")
    with Image.open(io.BytesIO(data)) as moving:
        assert moving.n_frames == 1
