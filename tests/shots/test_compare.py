"""Takes docs/compare/ and writes docs/compare.md: the Compare view from its start to its end.

One real comparison with the real engine, held where a picture of it is taken: each sheet has the
window in the dark on the left and in the light on the right. The README's two are its end.
"""

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QFont

from engine.compare.judging import Trial
from engine.compare.starts import STARTS
from engine.draft import Draft
from gui import theme
from gui.language import speak
from gui.settings import Settings
from gui.viewer import BESIDE, DIFFERENCE, WIPE
from gui.window import Window
from tests.shots import sheets

PATIENCE = 240_000
PROMPT = "a red sailing boat on the sea at sunset with clouds"
SIZE = (1280, 800)

MODES = ("dark", "light")
PAGES = {
    "start": "Before it runs: what varies is typed or picked, and what it will cost is said",
    "middle": "Twelve cells denoise together, held for the picture; each tells its step and calls",
    "end": "All done, compared with DDIM at 50 steps",
    "scrubbed": "Scrubbed back, the cells linked by their noise level",
    "noisy": "The same moment as the samplers have it, noisy",
    "viewer-two": "Two pictures large, side by side",
    "viewer-four": "Four pictures large; zoom and spot are one for all",
    "wipe": "One wiped over the other",
    "difference": "What differs, four times as strong",
    "loupe": "The loupe over the same spot of both",
    "plots": "Noise, signal, likeness by what it cost, and when the picture came to rest",
    "blind-test": "The blind test: two at a time, without names",
    "ranking": "What it came to, by sampler and by steps",
    "small-window": "A window of 1024 x 680",
}
PAGE = """# The Compare view

Taken by `python3 launch.py test -m slow tests/shots/test_compare.py` from the real window with
the real engine and the starter model: DDPM, DDIM and PLMS at four step counts, from the same
noise. The same moment twice: dark on the left, light on the right.
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


class Studio:
    """The window, and what has been taken of it by page."""

    def __init__(self, qtbot, qapp, window):
        self.qtbot, self.app, self.window = qtbot, qapp, window
        self.sheets = {}

    def shoot(self, page, wait=400):
        """Take the window as it is, in both themes."""
        shots = []
        for mode in MODES:
            theme.apply(self.app, mode)
            self.qtbot.wait(wait)
            shots.append(sheets.taken(self.window))
        self.sheets[page] = shots
        return shots

    def save(self, docs):
        sheets.save(docs, "compare", PAGE, PAGES, self.sheets)
        for mode, shot in zip(MODES, self.sheets["end"], strict=True):
            shot.save(docs / f"compare-{mode}.png", optimize=True)


@pytest.fixture
def studio(qtbot, qapp, session):
    font = QFont("Inter")
    font.setPixelSize(13)
    qapp.setFont(font)
    speak(qapp, "en")
    window = Window(session, Settings(draft=Draft(prompt=PROMPT, seed=7)))
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.open()
    with qtbot.waitSignal(session.loaded, timeout=PATIENCE):
        session.begin("starter")
    window.open_view("compare")
    return Studio(qtbot, qapp, window)


def choose(view, cells):
    """Choose finished cells, the first in hand, to be looked at together."""
    view.grid.set_current(cells[0])
    for cell in cells[1:]:
        index = view.cells.index_of(cell)
        view.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def cell_of(view, sampler, steps):
    return next(
        cell
        for cell in view.comparison.cells
        if (cell.recipe.sampler, cell.recipe.steps) == (sampler, steps)
    )


def run(studio, view, session):
    """From what is set up to the last picture, held in the middle."""
    qtbot = studio.qtbot
    view.setup.set_start(STARTS[2])
    studio.shoot("start")
    view.compare()
    last = cell_of(view, "plms", 50)
    qtbot.waitUntil(lambda: last.reached > 3, timeout=PATIENCE)
    session.pause()
    qtbot.wait(1000)
    studio.shoot("middle")
    session.resume()
    qtbot.waitUntil(lambda: not view.comparison.open_count(), timeout=PATIENCE)
    view.grid.set_current(cell_of(view, "ddim", 50))
    view.do("reference")
    view.grid.set_current(cell_of(view, "ddim", 10))
    qtbot.waitUntil(lambda: view.grid.current().likeness is not None, timeout=PATIENCE)
    qtbot.wait(2000)  # until every frame is computed
    studio.shoot("end", wait=1000)


def scrub(studio, view):
    view.scrubber.link.set_value("sigma")
    view.scrubber.timeline.moved.emit(14)
    studio.shoot("scrubbed", wait=1000)
    view.scrubber.turn_noisy()
    studio.shoot("noisy", wait=1000)
    view.scrubber.turn_noisy()
    view.scrubber.timeline.moved.emit(50)


def look(studio, view):
    two = [cell_of(view, "ddim", 20), cell_of(view, "ddpm", 20)]
    choose(view, two)
    view.do("open")
    studio.shoot("viewer-two")
    view.inspector.loupe.click()
    studio.shoot("loupe")
    view.inspector.loupe.click()
    for page in (WIPE, DIFFERENCE):
        view.inspector.set_mode(page)
        studio.shoot({WIPE: "wipe", DIFFERENCE: "difference"}[page])
    view.inspector.set_mode(BESIDE)
    view.escape()
    choose(view, [cell_of(view, "ddim", steps) for steps in (5, 10, 20, 50)])
    view.do("open")
    studio.shoot("viewer-four")
    view.escape()


def judge(studio, view):
    """A test that is under way, and one that was ended: few steps have always lost."""
    view.comparison.judge(Trial(7))
    view.do("judge")
    studio.shoot("blind-test")
    while (two := view.judge._two) is not None:
        calls = [view.judge._pictures()[one].recipe.steps for one in two]
        verdict = "equal" if calls[0] == calls[1] else ("left", "right")[calls[1] > calls[0]]
        view.judge._verdict(verdict)
    studio.shoot("ranking")
    view.escape()


def test_the_compare_view_from_its_start_to_its_end(studio, session, root, tmp_path):
    view = studio.window.compare_view
    run(studio, view, session)
    scrub(studio, view)
    look(studio, view)
    view.grid.set_current(cell_of(view, "ddim", 20))
    view.do("plots")
    studio.shoot("plots")
    view.escape()
    judge(studio, view)
    studio.window.resize(1024, 680)
    studio.shoot("small-window", wait=1000)
    with studio.qtbot.waitSignal(view.saving.filming.ended, timeout=PATIENCE):
        view.saving.save_film(tmp_path / "compare.webp", view.frames)
    assert (tmp_path / "compare.webp").stat().st_size > 10_000
    assert set(studio.sheets) == set(PAGES)
    studio.save(root / "docs")
