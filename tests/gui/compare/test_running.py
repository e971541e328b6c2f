import csv
import io
import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.commands import Cancel, Submit
from engine.compare.keep import digest, read_grid
from engine.errors import Problem
from engine.events import Finished
from engine.gallery.store import gallery_folder, open_picture
from engine.recipe import Picture
from gui.bridge import Bridge
from gui.compare.cells import OPEN, State, live_cell
from gui.compare.cells_model import sentence
from gui.compare.comparison import Comparison
from gui.gallery_model import NewestPictures
from gui.session import Session
from tests.gui.scripted import ENVIRONMENT, picture_pixels, trajectory


def states(view):
    return [cell.state for cell in view.comparison.cells]


def submitted(engine):
    return [command.job for command in engine.heard if isinstance(command, Submit)]


def by_label(view, label):
    return next(cell for cell in view.comparison.cells if view.cells.label(cell) == label)


def kept_grid(view, qtbot):
    """Return the comparison as its file has it, once all is written."""
    path = view.comparison.path

    def written():
        grid = read_grid(path) if path.exists() else None
        wanted = [cell.kept() for cell in view.comparison.cells]
        assert grid is not None
        assert list(grid.cells) == wanted

    view.comparison.write()
    qtbot.waitUntil(written)
    return read_grid(path)


def test_all_cells_are_there_at_once_and_end_as_pictures(view, engine, finish):
    engine.free = False
    view.compare()
    assert states(view) == [State.WAITING] * 4
    finish(view)
    assert states(view) == [State.DONE] * 4
    for cell in view.comparison.cells:
        assert cell.path.parent == gallery_folder("Etascope")
        assert (open_picture(cell.path).pixels == cell.picture).all()
        assert open_picture(cell.path).reading.recipe == cell.recipe


def test_a_running_cell_shows_its_step_its_calls_and_its_time(view, engine, qtbot):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    assert (cell.state, cell.calls) == (State.RUNNING, 2)
    assert cell.elapsed() > 0
    qtbot.waitUntil(lambda: view.frames.shown_step(cell) == 2)
    assert view.frames.print_of(cell).pixels[0, 0, 0] == 42
    qtbot.waitUntil(lambda: view.panel.state.text() == "Step 2 of 3")
    qtbot.waitUntil(lambda: view.panel.figures["Model calls"].text() == "2")
    assert view.setup.cost.text() == "0 of 4 pictures done, the others on their way."


def test_a_cell_is_stopped_and_goes_on_from_where_it_was(view, engine, qtbot, finish):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    view.comparison.stop([cell])
    qtbot.waitUntil(lambda: cell.state is State.STOPPED)
    assert cell.reached == 2
    old = cell.job
    view.comparison.run([cell])
    finish(view)
    again = submitted(engine)[-1]
    assert (again.of, len(again.answers), again.recipe) == (old, 2, cell.recipe)
    assert states(view) == [State.DONE] * 4


def made_of(cell, answered, seconds):
    """What the engine says of a cell's picture, of whose answers it asked for only some."""
    way = trajectory(cell.recipe)
    picture = Picture(picture_pixels(cell.recipe), cell.recipe, datetime.now(UTC), ENVIRONMENT, "")
    return Finished("a", picture, way, seconds, answered)


def test_a_cell_that_went_on_cost_what_both_its_parts_did(done):
    cell = done.comparison.cells[3]
    cell.take(made_of(cell, 4, 2.0))
    assert (cell.calls, cell.seconds) == (4, 2.0)
    cell.before = 1.5
    cell.take(made_of(cell, 1, 0.5))
    assert (cell.calls, cell.seconds) == (4, 2.0)


def test_a_cell_that_was_cut_off_with_the_program_has_no_time_rather_than_half_of_it(done):
    cell = done.comparison.cells[3]
    cell.take(made_of(cell, 1, 0.5))
    assert (cell.calls, cell.seconds) == (4, 0.0)


def test_the_seconds_until_the_program_is_closed_are_there_tomorrow(
    view, window, engine, qtbot, restart
):
    engine.free = False
    view.compare()
    engine.tick(2)
    cell = view.comparison.cells[0]
    qtbot.waitUntil(lambda: cell.reached == 2)
    cell.since -= 5
    again, _ = restart(window)
    other = again.compare_view.comparison.cells[0]
    assert (other.state, other.picture) == (State.MISSING, None)
    assert 5 < other.before < 60
    other.take(made_of(other, 1, 0.5))
    assert other.seconds == other.before + 0.5


def test_a_waiting_cell_can_be_left_out_and_is_not_run_with_the_missing(view, engine, finish):
    engine.free = False
    view.compare()
    cell = view.comparison.cells[2]
    view.comparison.remove(cell)
    finish(view)
    view.comparison.run_missing()
    finish(view)
    assert cell.state is State.LEFT_OUT
    assert states(view).count(State.DONE) == 3
    assert any(isinstance(command, Cancel) for command in engine.heard)


def test_rolling_again_changes_the_seed_of_one_cell_alone(done, finish):
    cell = done.comparison.cells[1]
    before = cell.path
    done.comparison.roll(cell, 99)
    finish(done)
    assert (cell.recipe.seed, cell.planned.seed) == (99, 7)
    assert cell.path != before
    assert before.exists()
    assert {one.recipe.seed for one in done.comparison.cells} == {7, 99}


def test_everything_is_stopped_at_once(view, engine, qtbot):
    engine.free = False
    view.compare()
    view.do("stop_all")
    qtbot.waitUntil(lambda: not view.comparison.open_count())
    assert set(states(view)) == {State.STOPPED}


def test_a_cell_that_fails_says_why_and_the_others_go_on(view, engine, finish):
    engine.problem = Problem("There is not enough memory.", "Make smaller pictures.")
    view.compare()
    finish(view)
    assert set(states(view)) == {State.FAILED}
    index = view.cells.index_of(view.comparison.cells[0])
    assert "not enough memory" in view.cells.data(index, 3)


def test_a_column_added_later_runs_only_what_is_missing(done, engine, finish, qtbot):
    path, first = done.comparison.path, submitted(engine)
    done.setup.across.set_axis("sampler", "ddim, plms, heun")
    qtbot.waitUntil(lambda: "2 more pictures" in done.setup.cost.text())
    done.compare()
    finish(done)
    new = submitted(engine)[len(first) :]
    assert [job.recipe.sampler for job in new] == ["heun", "heun"]
    assert states(done) == [State.DONE] * 6
    assert done.comparison.path == path
    assert len(kept_grid(done, qtbot).cells) == 6


def test_other_settings_begin_another_comparison(done, finish):
    path = done.comparison.path
    done.setup.prompt.set_text("a house")
    done.compare()
    finish(done)
    assert done.comparison.path != path
    assert {cell.recipe.prompt for cell in done.comparison.cells} == {"a house"}


def test_combinations_that_cannot_be_are_shown_and_not_run(view, engine, finish):
    view.setup.down.set_axis("eta", "0, 1")
    view.compare()
    finish(view)
    assert [job.recipe.sampler for job in submitted(engine)] == ["ddim", "ddim"]
    texts = [view.cells.data(view.cells.index(row, 1), 3) for row in range(2)]
    assert all("PLMS takes no eta" in text for text in texts)


def test_what_came_out_the_same_is_said(done, qtbot):
    """The scripted engine paints by the seed alone: all four pictures are one."""
    qtbot.waitUntil(lambda: len(done.comparison.same()) == 3)
    qtbot.waitUntil(lambda: "DDIM, 3 steps and DDIM, 4 steps came out" in done.panel.same.text())


def test_what_is_the_same_by_definition_is_told_but_not_warned_of(view, finish, qtbot):
    view.setup.across.set_axis("sampler", "euler, lms")
    view.setup.down.set_axis("steps", "1, 3")
    view.compare()
    finish(view)
    same = view.panel.same
    lines = ["Euler, 1 step and Euler, 3 steps came out the same.",
             "Euler, 1 step and LMS, 3 steps came out the same.",
             "Euler, 1 step and LMS, 1 step are the same by definition."]  # fmt: skip
    qtbot.waitUntil(lambda: same.text().splitlines() == lines)
    assert same.property("role") == "warning"
    view.setup.down.set_axis("steps", "1")
    view.compare()
    finish(view)
    expected = "Euler and LMS are the same by definition."
    qtbot.waitUntil(lambda: same.text() == expected)
    assert same.property("role") == "secondary"


def test_likeness_to_the_reference_is_that_of_the_files(done, qtbot, finish):
    other = done.comparison.cells[1]
    done.comparison.roll(other, 8)
    finish(done)
    done.grid.set_current(done.comparison.cells[0])
    done.do("reference")
    qtbot.waitUntil(lambda: other.likeness is not None)
    pixels = [open_picture(cell.path).pixels.astype(float) for cell in done.comparison.cells]
    error = np.square(pixels[1] - pixels[0]).mean()
    assert other.likeness.psnr == pytest.approx(10 * np.log10(255**2 / error))
    assert 0 < other.likeness.ssim < 1
    done.grid.set_current(other)
    assert done.panel.figures["PSNR"].text().endswith("dB")
    assert done.panel.against.text() == "PSNR and SSIM: against DDIM, 3 steps"


def test_the_figures_saved_are_those_of_the_cells(done, qtbot, tmp_path):
    target = tmp_path / "figures.csv"
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_figures(target, done.cells.label)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"), newline="")))
    assert [row["sampler"] for row in rows] == ["ddim", "ddim", "plms", "plms"]
    assert [row["steps"] for row in rows] == ["3", "4", "3", "4"]
    for row in rows:
        stored = open_picture(gallery_folder("Etascope") / row["file"])
        assert digest(stored.pixels) == row["pixels_sha256"]
        assert float(row["seconds"]) == 1.25


def test_the_grid_is_saved_as_a_picture_that_opens_as_the_grid(done, qtbot, tmp_path):
    target = tmp_path / "mine.png"
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_sheet(target)
    assert open_picture(target).pixels.shape[1] > 300
    assert len(read_grid(target).cells) == 4


def test_a_grid_that_cannot_be_written_is_told(done, qtbot, tmp_path):
    (tmp_path / "file").write_text("")
    with qtbot.waitSignal(done.comparison.troubled):
        done.saving.save_sheet(tmp_path / "file" / "grid.png")
    assert done.messages.sentence()


def test_something_else_than_a_grid_is_refused_in_a_sentence(done, qtbot):
    picture = done.comparison.cells[0].path
    with qtbot.waitSignal(done.comparison.troubled):
        done.reopening.open(picture)
    assert "is no comparison" in done.messages.sentence()
    assert states(done) == [State.DONE] * 4


def test_a_comparison_is_there_again_after_a_restart(done, window, qtbot, restart):
    before = kept_grid(done, qtbot)
    again, _ = restart(window)
    view = again.compare_view
    qtbot.waitUntil(lambda: states(view) == [State.DONE] * 4)
    assert [cell.kept() for cell in view.comparison.cells] == list(before.cells)
    assert view.setup.plan().cells == done.comparison.plan.cells
    assert view.comparison.missing(view.setup.plan()) == []


def test_what_was_missing_when_it_was_closed_can_be_run_tomorrow(
    view, window, engine, qtbot, restart
):
    engine.free = False
    view.compare()
    engine.tick(3)
    qtbot.waitUntil(lambda: states(view)[0] is State.DONE)
    first = view.comparison.cells[0]
    qtbot.waitUntil(lambda: bool(first.sha256 and first.path))
    again, second = restart(window)
    compare = again.compare_view
    qtbot.waitUntil(lambda: states(compare)[0] is State.DONE)
    assert states(compare)[1:] == [State.MISSING] * 3
    with qtbot.waitSignal(again._session.loaded):
        again._session.begin("starter")
    compare.compare()
    qtbot.waitUntil(lambda: states(compare) == [State.DONE] * 4)
    assert len(submitted(second)) == 3
    assert not [state for state in states(compare) if state in OPEN]


def test_a_picture_that_was_changed_since_is_not_taken_for_the_cell(done, window, qtbot, restart):
    kept_grid(done, qtbot)
    first, second = (done.comparison.cells[k].path for k in (0, 1))
    first.unlink()
    other = open_picture(second).pixels.copy()
    other[0] = 0
    from PIL import Image

    Image.fromarray(other).save(second)
    again, _ = restart(window)
    view = again.compare_view
    qtbot.waitUntil(lambda: states(view).count(State.DONE) == 2)
    assert states(view)[:2] == [State.MISSING] * 2
    said = [sentence(cell) for cell in view.comparison.cells[:2]]
    assert said == ["picture gone or changed, 3 steps", "picture gone or changed, 4 steps"]
    assert len(view.comparison.missing(view.setup.plan())) == 2


def test_a_file_written_while_its_pictures_are_still_being_read_loses_none(done, qtbot):
    grid = kept_grid(done, qtbot)
    cells = [live_cell(kept) for kept in grid.cells]
    done.comparison.take(done.comparison.plan, cells)
    assert states(done) == [State.MISSING] * 4
    assert [cell.kept() for cell in cells] == list(grid.cells)


def test_a_disk_that_hangs_does_not_keep_the_program_from_ending(qapp, engine, monkeypatch):
    go_on = threading.Event()
    session = Session(Bridge(engine), NewestPictures(gallery_folder("Etascope")))
    comparison = Comparison(session)
    monkeypatch.setattr("gui.compare.keeper.read_grid", lambda _: [None, go_on.wait()][0])
    session.bridge.start()
    comparison.keeper.open(gallery_folder("Etascope") / "slow-grid.png")
    try:
        assert not session.close()
    finally:
        go_on.set()
    assert comparison.keeper.close()


def test_what_was_paused_is_not_taken_for_slow(view, engine, finish, qtbot, session):
    engine.free = False
    view.setup.across.set_axis("", "")
    view.setup.down.set_axis("steps", "20")
    view.compare()
    assert len(view.comparison.cells) == 1
    engine.tick(3)
    qtbot.waitUntil(lambda: view.comparison.cells[0].reached == 3)
    with qtbot.waitSignal(session.bridge.paused):
        session.pause()
    with qtbot.waitSignal(session.bridge.resumed):
        session.resume()
    finish(view)
    assert view.comparison.pace.a_call(view.comparison.cells[0].recipe) is None
