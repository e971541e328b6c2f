"""What is read, written and measured slowly meets a comparison that is another one meanwhile."""

import threading

import pytest

from engine.compare.figures import likeness
from engine.compare.judging import Trial
from engine.compare.keep import read_grid
from gui.compare import keeper as keeping
from gui.compare.cells import State


def states(view):
    return [cell.state for cell in view.comparison.cells]


@pytest.fixture
def slowly(monkeypatch):
    """Hold pictures back from being read, or compared, until it is set."""
    go_on = threading.Event()
    read, measure = keeping._read, likeness
    monkeypatch.setattr(keeping, "_read", lambda *told: [go_on.wait(), read(*told)][1])
    monkeypatch.setattr(keeping, "likeness", lambda *two: [go_on.wait(), measure(*two)][1])
    yield go_on
    go_on.set()


def test_a_column_added_while_pictures_are_read_leaves_each_in_its_cell(
    done, kept, engine, finish, slowly, qtbot
):
    before = len(engine.heard)
    with qtbot.waitSignal(done.reopening.opened):
        done.reopening.open(kept)
    done.setup.across.set_axis("sampler", "heun, ddim, plms")
    done.compare()
    slowly.set()
    finish(done)
    qtbot.waitUntil(lambda: states(done) == [State.DONE] * 6)
    assert [cell.recipe.sampler for cell in done.comparison.cells] == [
        *("heun", "heun", "ddim", "ddim", "plms", "plms")
    ]
    assert all(cell.reel.recipe == cell.recipe for cell in done.comparison.cells)
    made = [one.job.recipe.sampler for one in engine.heard[before:] if hasattr(one, "job")]
    assert made == ["heun", "heun"], "what is there is not made twice"


def test_a_picture_that_is_not_there_any_more_can_be_made_again_once_that_is_known(
    done, kept, slowly, finish, qtbot
):
    done.comparison.cells[2].path.unlink()
    with qtbot.waitSignal(done.reopening.opened):
        done.reopening.open(kept)
    assert done.comparison.missing(done.setup.plan()) == []
    slowly.set()
    qtbot.waitUntil(done.setup.button.isEnabled)
    qtbot.waitUntil(lambda: states(done).count(State.DONE) == 3)
    qtbot.waitUntil(lambda: "1 more picture" in done.setup.cost.text())
    done.compare()
    finish(done)
    assert states(done) == [State.DONE] * 4


def test_what_is_new_is_written_before_other_axes_take_its_place(done, kept, finish, qtbot):
    done.comparison.judge(Trial(5, ended=True))
    done.setup.down.set_axis("steps", "5, 6")
    done.compare()
    finish(done)
    assert done.comparison.path != kept
    qtbot.waitUntil(lambda: read_grid(kept).trial == Trial(5, ended=True))


def test_two_files_that_wait_are_both_written(done, kept, tmp_path, slowly, qtbot):
    keeper, two = done.comparison.keeper, [tmp_path / "a.png", tmp_path / "b.png"]
    with qtbot.waitSignal(done.reopening.opened):
        keeper.open(kept)
    for path in two:
        keeper.save(done.comparison.snapshot(path))
    slowly.set()
    qtbot.waitUntil(lambda: all(path.exists() and read_grid(path) for path in two))


def test_closing_waits_for_what_is_written_and_not_for_what_is_read(
    done, kept, tmp_path, slowly, qtbot
):
    keeper = done.comparison.keeper
    with qtbot.waitSignal(done.reopening.opened):
        keeper.open(kept)
    keeper.save(done.comparison.snapshot(tmp_path / "a.png"))
    read = []
    keeper.read.connect(read.append)
    assert not keeper.close()
    slowly.set()
    assert keeper._pool.waitForDone(60_000)
    assert read_grid(tmp_path / "a.png") is not None
    qtbot.waitUntil(lambda: len(read) == 1)


def test_without_its_reference_no_cell_is_like_anything(done, finish, qtbot):
    done.comparison.refer_to(done.comparison.cells[0])
    qtbot.waitUntil(lambda: all(cell.likeness for cell in done.comparison.cells[1:]))
    done.setup.across.set_axis("sampler", "plms")
    done.compare()
    finish(done)
    assert done.comparison.reference is None
    assert [cell.likeness for cell in done.comparison.cells] == [None] * 2


def test_what_was_compared_with_another_reference_is_not_taken(done, slowly, qtbot):
    first, second, *others = done.comparison.cells
    done.comparison.refer_to(first)
    done.comparison.refer_to(second)
    slowly.set()
    qtbot.waitUntil(lambda: all(cell.likeness for cell in others))
    assert second.likeness is None
    assert others[0].likeness == likeness(others[0].picture, second.picture)
    slowly.clear()
    done.comparison.refer_to(first)
    done.comparison.refer_to(None)
    slowly.set()
    assert done.comparison.keeper._pool.waitForDone(60_000)
    with qtbot.waitSignal(done.comparison.keeper.measured):
        done.comparison.keeper.measure(None, first.picture, second.picture)
    assert [cell.likeness for cell in done.comparison.cells] == [None] * 4


def test_of_a_comparison_some_cells_alone_are_a_comparison_of_their_own(done, kept, qtbot):
    done.setup.across.set_axis("sampler", "plms")
    done.compare()
    assert states(done) == [State.DONE] * 2
    path = done.comparison.path
    assert path not in {None, kept}
    qtbot.waitUntil(path.exists)
    assert [cell.recipe.sampler for cell in read_grid(path).cells] == ["plms"] * 2
    assert len(read_grid(kept).cells) == 4


def test_the_digest_of_a_picture_that_was_thrown_away_is_not_taken_for_the_next_one(
    view, engine, finish, monkeypatch, qtbot
):
    go_on, take = threading.Event(), keeping.digest
    monkeypatch.setattr(keeping, "digest", lambda pixels: [go_on.wait(), take(pixels)][1])
    view.setup.across.set_axis("", "")
    view.setup.down.set_axis("steps", "3")
    view.compare()
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.path is not None)
    engine.free = False
    view.comparison.roll(cell, 5)
    with qtbot.waitSignal(view.comparison.keeper.digested):
        go_on.set()
    assert (cell.state is State.DONE, cell.sha256) == (False, "")
    finish(view)
    assert cell.sha256 == take(cell.picture)
