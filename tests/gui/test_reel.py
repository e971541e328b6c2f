from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.commands import Destination
from engine.events import Previewed, Started
from engine.gallery.store import open_picture, save_picture
from engine.recipe import Picture, Recipe
from gui.reel import kept_reel, new_reel
from tests.gui.scripted import (
    ENVIRONMENT,
    cut,
    grey,
    picture_pixels,
    preview_map,
    sigmas,
    trajectory,
)


@pytest.fixture
def reel():
    recipe = Recipe(prompt="", steps=5)
    return new_reel(Started("a", (801.0, 601.0, 401.0, 201.0, 1.0), sigmas(recipe), 5), recipe)


def preview(step):
    return Previewed("a", step, x0=grey(step), x=grey(100 + step))


def test_while_it_runs_the_previews_are_the_frames(reel):
    reel.grow(preview(1))
    reel.grow(preview(3))
    assert reel.reached == 3
    assert reel.frame(3, noisy=False)[0, 0, 0] == 3
    assert reel.frame(3, noisy=True)[0, 0, 0] == 103
    assert reel.frame(2, noisy=False) is None
    assert reel.nearest(2) == 1


def test_a_run_that_goes_on_in_its_middle_shows_that_for_the_steps_before(reel):
    assert reel.nearest(1) is None
    reel.grow(preview(3))
    assert reel.nearest(1) == 3
    assert reel.nearest(5) == 3


def test_with_no_preview_there_is_nothing_to_see(reel):
    assert reel.nearest(0) is None
    reel.settle(cut(trajectory(reel.recipe), 0), preview_map())
    assert reel.frame(0, noisy=False) is None


def test_afterwards_every_step_is_computed_from_the_trajectory(reel):
    reel.grow(preview(1))
    reel.settle(trajectory(reel.recipe), preview_map())
    assert reel.reached == 5
    assert not reel.previews
    shades = [reel.frame(step, noisy=False)[0, 0, 0] for step in range(1, 6)]
    assert shades == [51, 102, 153, 204, 255]


def test_the_last_frame_is_the_picture_itself(reel):
    reel.picture = grey(7)
    reel.settle(trajectory(reel.recipe), preview_map())
    assert reel.frame(5, noisy=False) is reel.picture
    assert reel.frame(5, noisy=True) is reel.picture
    assert reel.frame(4, noisy=True) is not reel.picture


def test_a_cancelled_job_keeps_the_steps_it_took(reel):
    reel.settle(cut(trajectory(reel.recipe), 2), preview_map())
    assert reel.reached == 2
    assert reel.frame(2, noisy=True) is not None


def test_without_a_trajectory_the_previews_stay(reel):
    reel.grow(preview(2))
    reel.settle(None, preview_map())
    assert reel.frame(2, noisy=False) is not None


def test_the_sentence_names_step_timestep_and_noise(reel):
    assert reel.sentence(2) == f"Step 2 of 5  ·  t 601  ·  σ {reel.sigma[1]:.2f}"
    assert reel.sentence(0) == "Step 0 of 5"
    assert reel.sentence(1).endswith("σ 14.6")


def test_it_knows_its_own_weight(reel):
    assert reel.nbytes == 0
    reel.grow(preview(1))
    assert reel.nbytes == 2 * grey(0).nbytes
    path = trajectory(reel.recipe)
    reel.settle(path, preview_map())
    reel.picture = np.zeros((4, 4, 3), np.uint8)
    assert reel.nbytes == path.x.nbytes + path.x0.nbytes + path.answers.nbytes + 48


def test_a_kept_picture_tells_where_it_was_made_so_that_its_branch_asks_nothing_twice(tmp_path):
    recipe = Recipe(prompt="a boat", steps=3)
    made = datetime.now(UTC).astimezone()
    picture = Picture(picture_pixels(recipe), recipe, made, ENVIRONMENT, "0" * 64)
    stored = open_picture(save_picture(picture, Destination(folder=tmp_path)))
    way = replace(trajectory(recipe), sigma=np.float32(sigmas(recipe)))
    assert kept_reel(stored, way, preview_map()).made_on == ENVIRONMENT
