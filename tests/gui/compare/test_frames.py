import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, QSizeF

from engine.compare.linking import LINKS
from engine.events import Previewed
from engine.recipe import Recipe
from gui.compare.cells import LiveCell, State
from gui.compare.darkroom import develop
from gui.compare.frames import Frames
from gui.reel import Reel
from tests.gui.scripted import grey, preview_map, sigmas, trajectory


def cell_of(steps, reached=0, sampler="ddim"):
    recipe = Recipe(prompt="a", steps=steps, sampler=sampler)
    cell = LiveCell(recipe, recipe, ((0,),))
    reel = Reel("job", recipe, tuple(map(float, range(steps))), sigmas(recipe))
    for step in range(1, reached + 1):
        reel.grow(Previewed("job", step, grey(step), grey(100 + step)))
    cell.show(reel)
    cell.state = State.RUNNING
    return cell


def done(steps, pixels=None):
    cell = cell_of(steps, steps)
    cell.reel.picture = np.full((16, 16, 3), 9, np.uint8) if pixels is None else pixels
    cell.reel.settle(trajectory(cell.recipe), preview_map())
    cell.state = State.DONE
    return cell


def array_of(image):
    wide = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return wide[:, : image.width(), 2::-1]


@pytest.fixture
def frames(qapp):
    made = Frames()
    yield made
    assert made.close()


def test_while_following_every_cell_shows_its_newest_step(frames):
    cells = [cell_of(10, 3), cell_of(50, 4), cell_of(20, 0)]
    frames.set_cells(cells)
    frames.settle()
    assert [frames.step(cell) for cell in cells] == [3, 4, 0]
    assert (frames.pixels(cells[1]) == grey(4)).all()
    assert frames.print_of(cells[2]) is None


def test_one_playhead_moves_all_cells(frames):
    cells = [done(10), done(50)]
    frames.set_cells(cells)
    frames.look_at(25)
    assert [frames.step(cell) for cell in cells] == [10, 25]
    frames.set_link("sigma")
    assert [frames.step(cell) for cell in cells] == [5, 25]
    frames.set_link("calls")
    assert [frames.step(cell) for cell in cells] == [5, 25]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.sampled_from(LINKS))
def test_whatever_links_them_playing_never_goes_back(qapp, counts, link):
    frames = Frames()
    frames.darkroom.close()
    cells = [done(count) for count in counts]
    frames.set_cells(cells)
    frames.set_link(link)
    before = [1] * len(cells)
    for position in range(1, len(frames.linked) + 1):
        frames.look_at(position)
        shown = [frames.step(cell) for cell in cells]
        assert all(a <= b for a, b in zip(before, shown, strict=True))
        before = shown
    assert before == counts


@given(st.lists(st.integers(2, 40), min_size=2, max_size=5), st.data())
def test_linked_by_noise_all_cells_show_the_same_noise_within_one_step(qapp, counts, data):
    frames = Frames()
    frames.darkroom.close()
    cells = [done(count) for count in counts]
    frames.set_cells(cells)
    frames.set_link("sigma")
    position = data.draw(st.integers(1, len(frames.linked)))
    frames.look_at(position)
    wanted = frames.linked.sigma[position - 1]
    for cell in cells:
        step, sigma = frames.step(cell), cell.reel.sigma
        assert sigma[step - 1] >= wanted * (1 - 1e-9)
        assert step == len(sigma) or sigma[step] <= wanted * (1 + 1e-9)


def test_the_noisy_frames_are_the_other_ones(frames):
    cell = cell_of(10, 3)
    frames.set_cells([cell])
    frames.set_noisy(True)
    assert (frames.pixels(cell) == grey(103)).all()


def test_a_cell_shows_nothing_that_it_has_not_reached(frames):
    cells = [cell_of(10, 2), cell_of(10, 8)]
    frames.set_cells(cells)
    frames.look_at(6)
    assert [frames.step(cell) for cell in cells] == [2, 6]
    assert frames.reached() == 8


def test_a_finished_short_run_does_not_pull_the_playhead_to_the_end(frames):
    frames.set_cells([done(5), cell_of(50, 7)])
    assert frames.reached() == 7


def test_every_frame_comes_at_the_size_at_which_it_is_painted(frames):
    frames.set_size(QSize(64, 48))
    cells = [done(5), cell_of(5, 2)]
    frames.set_cells(cells)
    frames.settle()
    assert [frames.print_of(cell).image.size() for cell in cells] == [QSize(48, 48)] * 2
    assert [frames.print_of(cell).corner for cell in cells] == [QPoint(8, 0)] * 2


def test_at_100_percent_a_box_holds_the_pictures_own_pixels(frames):
    chance = np.random.default_rng(1)
    side = Recipe(prompt="a").width
    pixels = chance.integers(0, 256, (side, side, 3), np.uint8)
    cell = done(5, pixels)
    frames.set_size(QSize(60, 40))
    frames.set_cells([cell])
    frames.look.zoom_to(1.0, QSizeF(side, side), frames.box, None)
    frames.touch_all()
    frames.settle()
    made = frames.print_of(cell)
    assert (made.image.size(), made.corner) == (QSize(60, 40), QPoint(0, 0))
    top, left = side // 2 - 20, side // 2 - 30
    assert (array_of(made.image) == pixels[top : top + 40, left : left + 60]).all()


def test_frames_are_developed_in_another_thread_and_the_newest_one_wins(frames, qtbot):
    cells = [done(40), cell_of(40, 30)]
    frames.set_cells(cells)
    main, threads = threading.get_ident(), set()
    for cell in cells:
        look = cell.reel.preview_map
        if look is not None:
            cell.reel.preview_map = lambda x, look=look: (
                threads.add(threading.get_ident()) or look(x)
            )
    for position in range(1, 21):
        frames.look_at(position)
        qtbot.wait(2)
    qtbot.waitUntil(lambda: [frames.shown_step(cell) for cell in cells] == [20, 20])
    assert threads
    assert main not in threads


def test_a_print_that_comes_late_does_not_replace_a_newer_one(frames):
    cell = done(10)
    frames.set_cells([cell])
    frames.look_at(3)
    late = develop(frames._negative(cell))
    frames.look_at(7)
    frames.settle()
    frames._on_developed([late])
    assert frames.shown_step(cell) == 7


def test_a_print_of_a_run_that_was_thrown_away_is_not_shown(frames):
    cell = done(10)
    frames.set_cells([cell])
    late = develop(frames._negative(cell))
    cell.clear(State.WAITING)
    frames._on_developed([late])
    assert frames.print_of(cell) is None


def test_changes_faster_than_the_eye_are_shown_once(frames, qtbot):
    cell = cell_of(10, 1)
    frames.set_cells([cell])
    frames.settle()
    seen = []
    frames.ready.connect(seen.append)
    for step in range(2, 9):
        cell.reel.grow(Previewed("job", step, grey(step), grey(step)))
        frames.touch(cell)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(40)
    assert seen == [cell]
    assert (frames.print_of(cell).pixels == 8).all()


def test_a_cell_whose_steps_were_not_kept_shows_its_picture_and_says_no_other_step(frames):
    cell = cell_of(10, 10)
    cell.reel.picture, cell.state = np.full((16, 16, 3), 9, np.uint8), State.DONE
    cell.reel.previews.clear()
    frames.set_cells([cell, done(10)])
    frames.look_at(3)
    frames.settle()
    assert [frames.shown_step(one) for one in frames._cells] == [10, 3]
    assert (frames.pixels(cell) == 9).all()


def test_words_under_a_cell_are_about_the_frame_that_is_painted(frames):
    cell = done(10)
    frames.set_cells([cell])
    frames.settle()
    frames.look_at(3)
    assert frames.shown_step(cell) == 10
    frames.settle()
    assert frames.shown_step(cell) == 3
