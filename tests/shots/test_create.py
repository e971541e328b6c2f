"""Takes the README's pictures of the window, from the real window with the real engine."""

import pytest

from engine.draft import Draft
from gui.settings import Settings
from gui.window import Window

PATIENCE = 240_000
PROMPTS = [
    "a white house in a meadow in spring",
    "a lighthouse on an island at night, neon",
    "three purple hot air balloons over a meadow at sunrise",
    "pixel art of a palm tree in the desert at sunset",
    "two pine trees in the snow, watercolour",
    "a yellow duck on the sea by day",
    "秋天草地上的一座风车，水彩",
    "a house in the snow at night, full moon",
    "a snowman on the left in falling snow",
    "a red sailing boat on the sea at sunset",
]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def window(qtbot, mode, session):
    made = Window(session, Settings())
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.open()
    with qtbot.waitSignal(session.loaded, timeout=PATIENCE):
        session.begin("starter")
    return made


def make(qtbot, session, window, prompt, seed):
    window.create_view.controls.show_draft(Draft(prompt=prompt, seed=seed, steps=20))
    with qtbot.waitSignal(session.saved, timeout=PATIENCE):
        window.create_view.generate()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_create_view(qtbot, root, session, window, mode):
    for seed, prompt in enumerate(PROMPTS):
        make(qtbot, session, window, prompt, seed)
    qtbot.wait(2000)  # until the strip has its thumbnails and the film its frames
    picture = window.grab()
    assert picture.save(str(root / "docs" / f"create-{mode}.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
