import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.compare.plots import SHEET, Sheet


@pytest.fixture
def plots(done, qtbot, finish):
    """The plots of two samplers over two step counts, the last cell being the reference."""
    for cell, seed in zip(done.comparison.cells, (8, 9, 11), strict=False):
        done.comparison.roll(cell, seed)
    finish(done)
    done.grid.set_current(done.comparison.cells[3])
    done.do("reference")
    others = done.comparison.cells[:3]
    qtbot.waitUntil(lambda: all(cell.likeness is not None for cell in others))
    done.grid.setFocus()
    QTest.keyClick(done.grid, Qt.Key.Key_P)
    assert done.stack.currentWidget() is done.plots
    return done.plots


def test_each_sampler_is_a_line_of_the_cells_that_take_as_many_steps(plots, done):
    assert plots.sheet.legend.labels == ["DDIM", "PLMS"]
    lines = [one.points for one in plots.sheet.sigma.series]
    assert [len(points) for points in lines] == [4, 4]
    cell = done.comparison.cells[1]
    assert lines[0] == tuple(enumerate(cell.reel.sigma, start=1))


def test_the_change_is_that_of_the_recorded_steps(plots):
    points = plots.sheet.change.series[0].points
    assert [x for x, _ in points] == [2, 3, 4]
    assert [y for _, y in points] == pytest.approx([0.25] * 3)


def test_likeness_is_drawn_by_what_it_cost_and_the_reference_is_no_point(plots, done):
    first, second, third, reference = done.comparison.cells
    assert [one.points for one in plots.sheet.likeness.series] == [
        ((3.0, first.likeness.psnr), (4.0, second.likeness.psnr)),
        ((3.0, third.likeness.psnr),),
    ]
    assert reference.likeness is None or math.isinf(reference.likeness.psnr)


def test_the_plots_are_saved_as_a_drawing(plots, done, qtbot, tmp_path):
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_plots(tmp_path / "plots.svg")
    root = ET.fromstring((tmp_path / "plots.svg").read_text(encoding="utf-8"))
    texts = " ".join(root.itertext())
    for words in ("DDIM", "PLMS", "Noise level", "model calls"):
        assert words in texts


def test_likeness_is_drawn_by_time_and_in_the_measure_chosen(plots, done):
    first, second, third, _ = done.comparison.cells
    for cell, seconds in ((first, 2.0), (second, 1.0), (third, 4.0)):
        cell.seconds = seconds
    plots.measure.set_value("ssim")
    assert [one.points for one in plots.sheet.timing.series] == [
        ((1.0, second.likeness.ssim), (2.0, first.likeness.ssim)),
        ((4.0, third.likeness.ssim),),
    ]
    plots.measure.set_value("rms")
    apart = third.picture.astype(float) - done.comparison.reference.picture
    told = plots.sheet.likeness.series[1].points
    assert told == ((3.0, pytest.approx(np.sqrt(np.mean(apart**2)))),)
    assert "255" in plots.sheet.likeness.accessibleName()


def test_alpha_bar_is_what_is_left_of_the_signal(plots, done):
    sigma = np.array(done.comparison.cells[1].reel.sigma)
    points = plots.sheet.alpha_bar.series[0].points
    assert [y for _, y in points] == pytest.approx(list(1 / (1 + sigma**2)))


def test_a_point_under_the_mouse_says_what_it_is(plots, window):
    plots.sheet.sigma.grab()
    place, words = plots.sheet.sigma._drawn[2]
    assert plots.sheet.sigma.told_at(place + QPointF(3, 3)) == words
    assert words.startswith("DDIM: ")
    assert plots.sheet.sigma.told_at(QPointF(-500, 0)) == plots.sheet.sigma.head


def test_the_plots_are_saved_as_a_picture(plots, done, qtbot, tmp_path):
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_plots(tmp_path / "plots.png")
    with Image.open(tmp_path / "plots.png") as picture:
        assert picture.size == (2 * SHEET.width(), 2 * SHEET.height())
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 20


@pytest.mark.parametrize(("width", "columns"), [(1100, 2), (420, 1)])
def test_plots_stand_beside_each_other_where_there_is_room(plots, width, columns):
    sheet = Sheet()
    sheet.resize(width, 900)
    sheet.grab()
    lefts = {plot.geometry().left() for plot in sheet.plots()}
    assert len(lefts) == columns


def test_escape_and_backspace_lead_back_to_the_grid(plots, done):
    QTest.keyClick(plots.back, Qt.Key.Key_Backspace)
    assert done.stack.currentWidget() is done.grid
    done.do("plots")
    QTest.keyClick(plots.back, Qt.Key.Key_Escape)
    assert done.stack.currentWidget() is done.grid


def test_before_anything_has_run_the_plots_say_so(view):
    view.plots.show_cells(None, [], None)
    assert view.plots.sheet.sigma.accessibleDescription() == "Nothing has run yet."
    assert not view.plots.grab().isNull()
