"""A window with the Compare view in front, and short comparisons to run in it."""

import pytest

# Takes so long to import that on a busy machine no window waits for it at its end.
from skimage.metrics import structural_similarity  # noqa: F401

from engine.compare.keep import read_grid
from engine.draft import Draft
from engine.gallery.store import gallery_folder
from gui.bridge import Bridge
from gui.compare.cells import State
from gui.gallery_model import NewestPictures
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.scripted import ScriptedEngine


def at_rest(cell):
    if cell.state is State.DONE:
        return bool(cell.path and cell.sha256)
    return cell.state not in {State.WAITING, State.RUNNING}


@pytest.fixture
def window(window):
    """The window; at its end it would wait for the disk no longer than a moment."""
    yield window
    window.compare_view.close_down()
    window.compare_view.comparison.keeper._pool.waitForDone(60_000)


@pytest.fixture
def view(window):
    """The Compare view in front, with two samplers over two step counts set up."""
    window.create_view.controls.show_draft(Draft(prompt="a boat", seed=7))
    window.open_view("compare")
    compare = window.compare_view
    compare.setup.across.set_axis("sampler", "ddim, plms")
    compare.setup.down.set_axis("steps", "3, 4")
    return compare


@pytest.fixture
def finish(qtbot, engine):
    """Let everything that is open come to its end."""

    def finish(view):
        engine.free = True
        engine.tick(500)
        cells = view.comparison.cells
        qtbot.waitUntil(lambda: all(map(at_rest, cells)))

    return finish


@pytest.fixture
def done(qtbot, view, finish):
    """The view with its comparison made, and the last news of its cells shown."""
    view.compare()
    finish(view)
    qtbot.waitUntil(lambda: not view._telling.isActive())
    return view


@pytest.fixture
def kept(done, qtbot):
    """The comparison's file, once all four pictures are in it and the keeper knows that."""
    done.comparison.write()
    path = done.comparison.path

    def is_whole():
        grid = read_grid(path) if path.exists() else None
        return grid is not None and all(cell.file and cell.sha256 for cell in grid.cells)

    qtbot.waitUntil(is_whole)
    assert done.comparison.keeper._pool.waitForDone(60_000)  # the file is there a moment earlier
    return path


@pytest.fixture
def restart(qtbot):
    """Close a window as a user does, and start the program again."""
    started = []

    def restart(window, *, looked=True):
        window.close()
        window.compare_view.comparison.keeper.close()
        engine = ScriptedEngine()
        session = Session(Bridge(engine), NewestPictures(gallery_folder("Etascope")))
        again = Window(session, Settings())
        qtbot.addWidget(again)
        started.append(session)
        again.open()
        if looked:
            again.open_view("compare")
        with qtbot.waitSignal(again.compare_view.reopening.opened):
            again.compare_view.begin()
        again.open_view("compare")
        return again, engine

    yield restart
    for session in started:
        session.close()
