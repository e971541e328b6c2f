"""Takes the README's pictures of the Compare view, and more to be looked at, by really running."""

import pytest
from PySide6.QtCore import QItemSelectionModel

from engine.compare.starts import STARTS
from engine.draft import Draft
from gui.settings import Settings
from gui.viewer import BESIDE, DIFFERENCE, WIPE
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


def choose(view, count):
    """Choose as many finished cells, the first in hand, to be looked at together."""
    view.grid.set_current(view.comparison.cells[0])
    for cell in view.comparison.cells[1:count]:
        index = view.cells.index_of(cell)
        view.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


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
    view.grid.actual_size()
    view.grid.zoom_step(1)
    qtbot.wait(1000)
    shoot("zoomed-")
    view.grid.fit_pictures()
    choose(view, 4)
    view.do("open")
    qtbot.wait(500)
    shoot("viewer-")
    view.inspector.loupe.click()
    shoot("loupe-")
    view.inspector.loupe.click()
    for mode_of_looking in (WIPE, DIFFERENCE):
        view.inspector.set_mode(mode_of_looking)
        shoot(f"{mode_of_looking}-")
    view.inspector.set_mode(BESIDE)
    view.do("plots")
    qtbot.wait(200)
    shoot("plots-")
    window.resize(1024, 680)
    qtbot.wait(500)
    shoot("small-plots-")
    view.escape()
    qtbot.wait(1000)
    shoot("small-")
    with qtbot.waitSignal(view.saving.filming.ended, timeout=PATIENCE):
        view.saving.save_film(tmp_path / "compare.webp", view.frames)
    print(f"More pictures are in {tmp_path}.")
