"""Takes the pictures of the library's page: models of another program, and a download at work."""

import pytest

from engine.hub.names import Wanted
from engine.library.folders import Folders
from engine.paths import current_paths
from gui.library.downloads import State
from gui.library.view import GET
from gui.settings import Settings
from gui.window import Window
from tests import plain
from tests.gui.library.conftest import write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_library(qtbot, root, session, mode, tmp_path):
    for name in ("forest-dreams-v3", "ink-and-paper"):
        folder = tmp_path / "ComfyUI/models/checkpoints" / name
        write(folder, plain.checkpoint(2_000_000, variant=""))
    Folders(current_paths()).add(tmp_path / "ComfyUI")
    window = Window(session, Settings(welcome=False))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.open()
    with qtbot.waitSignal(window.library.keeper.listed):
        window.library.open()
    qtbot.wait(500)
    window.library.view.open_tab(GET)
    state = State(
        phase="coming", label="Stable Diffusion 1.5", wanted=Wanted("a/b"),
        done=1_240_000_000, total=2_130_000_000, speed=2.4e7, left=37.0,
    )  # fmt: skip
    window.library.downloads._set(state)
    qtbot.wait(300)
    picture = window.grab()
    assert picture.save(str(root / "docs" / f"library-{mode}.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
