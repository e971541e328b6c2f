"""A comparison as a moving picture: every frame shows every run where the link has it."""

import io
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.compare import fonts
from engine.compare.axes import Cell, axis, plan
from engine.compare.film import LIMITS, MOST_FRAMES, Run, film, positions
from engine.compare.layout import lay_out
from engine.compare.linking import LINKS, Linked, track
from engine.draft import Draft, SizeRule
from engine.preview import PreviewMap


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch):
    """The same sheet on every machine."""
    monkeypatch.setattr(fonts, "_system_fonts", lambda: ())


def shade_of(step):
    return 10 * step


def run_of(cell: Cell, steps):
    """A run whose every step is one shade of grey, told by a map that looks at one channel."""
    weights = np.zeros((37, 3), np.float32)
    weights[4 * 4] = 1  # the middle neighbour's first channel
    shades = [shade_of(step) / 255 for step in range(1, steps + 1)]
    latents = np.broadcast_to(
        np.array(shades, np.float32)[:, None, None, None], (steps, 4, 8, 8)
    ).copy()
    side = cell.recipe.width
    picture = np.full((side, side, 3), 255, np.uint8)
    return Run(cell, track("ddim", steps), picture, latents, PreviewMap(weights, 1))


def chosen(**lists):
    axes = [axis(field, text) for field, text in lists.items()]
    return plan(Draft(prompt="a boat", seed=7), axes, lambda _: SizeRule())


def frames_of(data):
    image = Image.open(io.BytesIO(data))
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        yield np.asarray(image.convert("RGB"))


@pytest.mark.parametrize("link", LINKS)
def test_every_frame_shows_the_step_of_each_run_that_the_link_has_there(link):
    one = chosen(steps="4,8")
    runs = [run_of(cell, cell.recipe.steps) for cell in one.cells]
    shown = list(frames_of(film(one, runs, link)))
    linked, layout = Linked([run.track for run in runs], link), lay_out(one, LIMITS)
    assert len(shown) == len(linked) == 8
    for position, frame in enumerate(shown, start=1):
        for run in runs:
            step = linked.step(position, run.track)
            expected = 255 if step == len(run.track) else shade_of(step)
            x, y = layout.corner(run.cell.at[0])
            width, height = layout.picture
            inside = frame[y + 8 : y + height - 8, x + 8 : x + width - 8]
            assert abs(inside.astype(int) - expected).max() <= 6


def test_a_film_tells_of_its_frames_and_ends_when_it_is_told_to():
    one = chosen(steps="3,6")
    runs = [run_of(cell, cell.recipe.steps) for cell in one.cells]
    told = []
    film(one, runs, "step", lambda done, of: told.append((done, of)))
    assert told == [(k, 6) for k in range(6)]

    class Enough(Exception):
        pass

    def stop(done, of):
        if done == 2:
            raise Enough

    with pytest.raises(Enough):
        film(one, runs, "step", stop)


def test_a_run_whose_steps_are_not_kept_shows_its_picture_throughout():
    one = chosen(steps="2,4")
    first, second = one.cells
    runs = [Run(first, track("ddim", 2), np.full((16, 16, 3), 90, np.uint8)), run_of(second, 4)]
    layout = lay_out(one, LIMITS)
    x, y = layout.corner(first.at[0])
    for frame in frames_of(film(one, runs, "calls")):
        assert abs(int(frame[y + 20, x + 20, 0]) - 90) <= 6


def test_a_film_of_a_single_step_is_a_single_picture():
    one = chosen(guidance="2,5")
    runs = [run_of(cell, 1) for cell in one.cells]
    assert len(list(frames_of(film(one, runs, "step")))) == 1


@given(st.lists(st.integers(1, 400), min_size=1, max_size=4))
def test_of_many_steps_evenly_some_are_shown_always_with_the_first_and_the_last(counts):
    linked = Linked([track("ddim", count) for count in counts], "step")
    shown = positions(linked)
    assert len(shown) <= MOST_FRAMES + 1
    assert (shown[0], shown[-1]) == (1, len(linked))
    gaps = {b - a for a, b in pairwise(shown)}
    assert len(gaps - {min(gaps, default=1)}) <= 1


def test_a_large_comparison_becomes_a_film_that_can_still_be_played():
    large = chosen(guidance="1-8", seed="1-8")
    width, height = lay_out(large, LIMITS).size
    assert max(width, height) <= LIMITS.longest
    assert width * height <= LIMITS.pixels
