"""Takes the README's pictures of the Compare view, and more to be looked at, by really running."""

import pytest

from engine.compare.starts import STARTS
from engine.draft import Draft
from gui.settings import Settings
from gui.window import Window

PATIENCE = 240_000
PROMPT = "a red sailing boat on the sea at sunset with clouds"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def window(qtbot, mode, session):
    made = Window(session, Settings(draft=Draft(prompt=PROMPT, seed=7)))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.open()
    with qtbot.waitSignal(session.loaded, timeout=PATIENCE):
        session.begin("starter")
    made.open_view("compare")
    return made


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_compare_view_at_its_start_in_the_middle_and_at_its_end(
    qtbot, root, tmp_path, window, mode
):
    def shoot(name, folder=tmp_path):
        picture = window.grab()
        assert picture.save(str(folder / f"compare-{name}{mode}.png"))
        assert picture.width() == window.width()

    view = window.compare_view
    qtbot.wait(500)
    shoot("start-")
    view.setup.set_start(STARTS[2])
    view.compare()
    qtbot.waitUntil(lambda: view.comparison.cells[-1].reached > 3, timeout=PATIENCE)
    shoot("middle-")
    qtbot.waitUntil(lambda: not view.comparison.open_count(), timeout=PATIENCE)
    view.grid.set_current(view.comparison.cells[-2])
    view.do("reference")
    view.grid.set_current(view.comparison.cells[4])
    qtbot.waitUntil(lambda: view.grid.current().likeness is not None, timeout=PATIENCE)
    qtbot.wait(2000)  # until every frame is computed
    shoot("", root / "docs")
    window.resize(1024, 680)
    qtbot.wait(1000)
    shoot("small-")
    print(f"More pictures are in {tmp_path}.")
