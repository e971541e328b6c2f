"""Branching from cells with the real engine: model calls counted, before and after a restart."""

import pytest

from engine.compare.linking import calls_after
from engine.draft import Draft
from engine.gallery.store import gallery_folder
from engine.menu import entry
from engine.tally import tally
from gui.bridge import Bridge
from gui.compare.cells import State
from gui.gallery_model import NewestPictures
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

PATIENCE = 120_000
STEPS, LEAVE = 6, 4

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def opened(qtbot):
    """Opens windows on the starter model, one after the other; each engine ends with its window."""
    sessions = []

    def run():
        session = Session(Bridge(), NewestPictures(gallery_folder("Etascope")))
        window = Window(session, Settings(draft=Draft(prompt="a boat", seed=7)))
        qtbot.addWidget(window)
        window.open()
        with qtbot.waitSignal(session.loaded, timeout=PATIENCE):
            session.begin("starter")
        window.compare_view.begin()
        window.open_view("compare")
        sessions.append(session)
        return window, session

    yield run
    for session in sessions:
        session.close()


def branched(window, session, cell, qtbot, step=LEAVE):
    """Go on from a step of a cell with other words; return what the engine says of the picture."""
    view, create = window.compare_view, window.create_view
    view.grid.set_current(cell)
    view.frames.look_at(step)
    view.do("branch")
    qtbot.waitUntil(lambda: (way := cell.reel.trajectory) is None or len(way.answers) > 0)
    create.controls.prompt.set_text("a house in the snow")
    with qtbot.waitSignal(session.bridge.finished, timeout=PATIENCE) as made:
        create.branch()
    window.open_view("compare")
    return made.args[0]


def test_a_branch_of_any_cell_asks_only_for_what_comes_after_it(qtbot, opened):
    """DESIGN section 4: answers are recorded, and a branch begins by replaying them."""
    window, session = opened()
    view = window.compare_view
    view.setup.across.set_axis("sampler", "ddim, plms, heun")
    view.setup.down.set_axis("steps", str(STEPS))
    view.compare()
    cells = view.comparison.cells
    qtbot.waitUntil(lambda: all(cell.state is State.DONE for cell in cells), timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(cell.path and cell.sha256 for cell in cells), timeout=PATIENCE)
    for cell in cells:
        check_calls(cell.recipe.sampler, lambda cell=cell: branched(window, session, cell, qtbot))
    view.comparison.write()
    window.close()
    assert session.close()

    window, session = opened()
    view = window.compare_view
    qtbot.waitUntil(lambda: len(view.comparison.cells) == len(cells), timeout=PATIENCE)
    reopened = view.comparison.cells
    qtbot.waitUntil(lambda: all(cell.reel is not None for cell in reopened), timeout=PATIENCE)
    for cell in reopened:
        check_calls(cell.recipe.sampler, lambda cell=cell: branched(window, session, cell, qtbot))


def check_calls(sampler, branch):
    """Count the calls where the network answers, and compare them with what the branch says."""
    before = tally()
    made = branch()
    left = entry(sampler).model_calls(STEPS) - calls_after(sampler, LEAVE, STEPS)
    assert made.nfe == tally().since(before).calls == left
    assert made.picture.recipe.branch.step == LEAVE
