"""The Compare view driven from outside, by the keyboard alone: the real window and the real engine.

Set up, run, scrubbed while it runs, grown by a column, closed in the middle, opened again and
brought to its end; then every figure that was shown is computed again from the files.
"""

import csv
import time

import numpy as np
import pytest
from PIL import Image, ImageGrab
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from engine.compare.keep import digest, read_grid
from engine.gallery.store import open_picture
from engine.menu import entry
from engine.trajectory import kept_file, read_trajectory
from tests.gui.compare.test_by_keyboard import BACK_TO_ACROSS, TO_FIGURES, TO_TIMELINE
from tests.test_end_to_end import PROMPT, on_a_screen, screen, start, wait_for

__all__ = ["screen", "start"]  # fixtures

TO_ACROSS, TO_DOWN = 4, 3
"""Presses of Tab from the prompt to the values across, and from there to those down."""

ACROSS, MORE, DOWN = "10, 20, 40, 80", "10, 20, 40, 80, 120", "ddpm, ddim, plms"
SAMPLERS, STEPS = DOWN.split(", "), [int(steps) for steps in MORE.split(", ")]
CELLS = len(SAMPLERS) * len(STEPS)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), on_a_screen]


class Hands:
    """A keyboard before the program, and eyes on its screen."""

    def __init__(self, program):
        self.program = program

    def press(self, *keys):
        self.program.screen.xdotool("key", "--delay", "40", *keys)

    def tab(self, times, key="Tab"):
        self.press(*[key] * times)

    def type(self, text):
        """Put a text in the place of what is in a field."""
        self.press("ctrl+a")
        self.program.screen.xdotool("type", "--delay", "20", text)

    def to_the_grid(self):
        self.press("ctrl+1", "ctrl+2")

    def look(self):
        return np.asarray(ImageGrab.grab(xdisplay=self.program.screen.name).convert("RGB"))

    def cells(self):
        """The pictures made so far, without the grid."""
        return [path for path in self.program.pictures() if "-grid" not in path.stem]

    def grid(self):
        """The one file of the comparison."""
        (path,) = (path for path in self.program.pictures() if "-grid" in path.stem)
        return path


def figures(hands, path):
    """Save the table by the keyboard, from the grid, and read it."""
    hands.to_the_grid()
    hands.tab(TO_FIGURES)
    hands.press("space")
    wait_for("the dialog", lambda: "Save" in hands.program.screen.title())
    hands.type(str(path))
    hands.press("Return")
    wait_for(f"the table {path.name}", lambda: path.exists() and path.stat().st_size)
    wait_for("the window", lambda: hands.program.screen.title() == "Etascope")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def pixels_of(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.fixture
def table(start, home, tmp_path):
    """The figures of a comparison that was made by hand, and the hands at its end."""
    hands = Hands(start())
    hands.press("ctrl+2")
    hands.type(PROMPT)
    hands.tab(TO_ACROSS)
    hands.type(ACROSS)
    hands.tab(TO_DOWN)
    hands.type(DOWN)
    hands.press("ctrl+Return")
    hands.program.wait_for_title(running=True)
    wait_for("a first picture", hands.cells)

    # Scrubbed while it runs, which goes on; a column more, its last cell stopped before its turn.
    hands.tab(TO_TIMELINE)
    hands.press("Home", "Right", "Right", "space")
    hands.to_the_grid()
    hands.tab(BACK_TO_ACROSS, "shift+Tab")
    hands.type(MORE)
    hands.press("ctrl+Return", "ctrl+End", "s")
    made = len(hands.cells())
    wait_for("more pictures", lambda: len(hands.cells()) > made + 1)

    # Closed in the middle: after the next start what was cut off goes on, what was stopped waits.
    hands.program.quit()
    assert len(hands.cells()) < CELLS - 1, "it was too quick to be closed in its middle"
    hands = Hands(start())
    hands.press("ctrl+2")
    wait_for("the cut-off cells", lambda: len(hands.cells()) == CELLS - 1)
    hands.program.wait_for_title(running=False)
    hands.press("ctrl+Return")
    wait_for("the missing cell", lambda: len(hands.cells()) == CELLS)
    hands.program.wait_for_title(running=False)

    hands.to_the_grid()
    hands.press("ctrl+Home", "f")
    rows = []
    while sum(bool(row["psnr_db"]) for row in rows) < CELLS - 1:  # they are computed one by one
        rows = figures(hands, tmp_path / f"figures-{len(list(tmp_path.glob('*.csv')))}.csv")
    yield rows, hands
    hands.program.quit()


def test_a_comparison_by_keyboard_alone_closed_in_the_middle_has_figures_that_hold(table, home):
    rows, hands = table
    folder = hands.program.gallery
    kept = {cell.file: cell for cell in read_grid(hands.grid()).cells}
    made = {(row["sampler"], int(row["steps"])) for row in rows}
    assert made == {(sampler, steps) for sampler in SAMPLERS for steps in STEPS}
    assert len(rows) == len(kept) == len(hands.cells()) == CELLS, "no cell was made twice"
    reference = next(folder / row["file"] for row in rows if not row["psnr_db"])
    assert open_picture(reference).reading.recipe.sampler == SAMPLERS[0]
    timed = 0
    for row in rows:
        path, cell = folder / row["file"], kept[row["file"]]
        pixels, recipe = pixels_of(path), open_picture(path).reading.recipe
        assert (recipe, recipe.prompt) == (cell.recipe, PROMPT)
        assert digest(pixels) == row["pixels_sha256"] == cell.sha256
        way = read_trajectory(kept_file(home / "data" / "trajectories", path))
        calls = entry(recipe.sampler).model_calls(recipe.steps)
        assert len(way.answers) == calls == int(row["model_calls"]) == cell.calls
        assert float(row["seconds"] or 0) == pytest.approx(cell.seconds)
        timed += cell.seconds > 0
        if path == reference:
            continue
        psnr = peak_signal_noise_ratio(pixels_of(reference), pixels, data_range=255)
        ssim = structural_similarity(pixels_of(reference), pixels, channel_axis=2, data_range=255)
        assert float(row["psnr_db"]) == pytest.approx(psnr, rel=1e-8)
        assert float(row["ssim"]) == pytest.approx(ssim, rel=1e-8)
    assert timed >= CELLS - 3, "only of what was finished unseen at the end it is not known"

    # All of it can be scrubbed again: other steps are other pictures on the screen.
    hands.to_the_grid()
    hands.tab(TO_TIMELINE)
    looks = []
    for key in ("Home", "End", "Home"):
        hands.press(key)
        time.sleep(2)  # until every cell's frame is drawn
        looks.append(hands.look())
    assert (looks[0] != looks[1]).mean() > 0.05
    assert (looks[0] != looks[2]).mean() < 0.005
