"""One zoom and one loupe for all pictures of the viewer, exact to the pixel."""

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui.viewer import Exhibit
from tests.gui.viewer.hands import COLOURS, colour, drag, exhibits, middle, press, wheel


def test_at_100_percent_every_pane_shows_its_pictures_own_pixels(viewer):
    chance = np.random.default_rng(3)
    noise = [chance.integers(0, 256, (600, 700, 3), np.uint8) for _ in range(4)]
    viewer.show_pictures([Exhibit(str(k), pixels) for k, pixels in enumerate(noise)])
    press(viewer, Qt.Key.Key_1)
    viewer.panes.pan(QPointF(37, -12))
    image = viewer.panes.grab().toImage()
    for pane, pixels in zip(viewer.panes.panes(), noise, strict=True):
        place = viewer.panes.look.place(Exhibit("", pixels).size, pane.size)
        for dx, dy in ((20, 30), (55, 80), (90, 41)):
            x, y = pane.room.left() + dx, pane.room.top() + dy
            seen = image.pixelColor(x, y)
            mine = pixels[dy - round(place.top()), dx - round(place.left())]
            assert (seen.red(), seen.green(), seen.blue()) == tuple(mine.tolist())
    assert viewer.zoom.text() == "100 %"


def test_wheel_drag_and_double_click_are_about_all_pictures(viewer):
    viewer.show_pictures(exhibits(2))
    at = QPointF(middle(viewer, 1))
    before = viewer.panes.look.spot_at(*spot_arguments(viewer, 1, at))
    wheel(viewer, at, 8)
    after = viewer.panes.look.spot_at(*spot_arguments(viewer, 1, at))
    assert after.x() == pytest.approx(before.x(), abs=0.01)
    assert not viewer.panes.look.fitted
    spot = QPointF(viewer.panes.look.spot)
    drag(viewer.panes, middle(viewer, 0), middle(viewer, 0) + QPoint(30, 10))
    assert viewer.panes.look.spot.x() < spot.x()
    QTest.mouseDClick(viewer.panes, Qt.MouseButton.LeftButton, pos=middle(viewer, 0))
    assert viewer.panes.look.fitted
    assert viewer.zoom.text() == "Fit"


def spot_arguments(viewer, number, at):
    pane = viewer.panes.panes()[number]
    return pane.inside(at), viewer.pictures()[number].size, pane.size


def test_another_frame_of_a_picture_leaves_the_zoom_as_it_is(viewer):
    viewer.show_pictures(exhibits(2))
    press(viewer, Qt.Key.Key_Plus)
    before = viewer.panes.zoom_percent()
    small = np.full((8, 8, 3), 77, np.uint8)
    viewer.set_picture(0, Exhibit("picture 1", small, (256, 256)))
    assert viewer.panes.zoom_percent() == before
    assert colour(viewer, middle(viewer, 0)) == (77, 77, 77)


def test_the_loupe_shows_the_same_spot_of_all_pictures(viewer):
    made = exhibits(2)
    for number, one in enumerate(made):
        one.pixels[128, 128] = (255, 255 - 100 * number, 0)
    viewer.show_pictures(made)
    before = colour(viewer, middle(viewer, 0) + QPoint(8, 8))
    viewer.loupe.click()
    pane = viewer.panes.panes()[0]
    place = viewer.panes.look.place(made[0].size, pane.size)
    at = QPointF(place.left() + place.width() * 128.5 / 256, place.center().y())
    viewer.panes._set_spot(viewer.panes.look.spot_at(at, made[0].size, pane.size))
    grown = 0
    for number in range(2):
        image = viewer.panes.grab().toImage()
        room = viewer.panes.panes()[number].room
        wanted = (255, 255 - 100 * number, 0)
        grown += sum(
            image.pixelColor(x, y).getRgb()[:3] == wanted
            for x in range(room.left(), room.right())
            for y in range(room.center().y() - 12, room.center().y() + 12)
        )
    assert grown > 2 * 9  # one pixel each, and each magnified
    assert before == COLOURS[0]
    spot = QPointF(viewer.panes.spot)
    press(viewer, Qt.Key.Key_Right)
    assert (viewer.panes.spot.x() - spot.x()) * 256 == pytest.approx(1)
    press(viewer, Qt.Key.Key_L)
    assert viewer.panes.spot is None


def test_the_loupe_follows_the_pointer(viewer):
    viewer.show_pictures(exhibits(4))
    viewer.loupe.click()
    QTest.mouseMove(viewer.panes, middle(viewer, 2) + QPoint(10, 20))
    there = viewer.panes.spot
    QTest.mouseMove(viewer.panes, middle(viewer, 1) + QPoint(10, 20))
    assert viewer.panes.spot == there


_ON_A_SHARP_SCREEN = """
import numpy as np
from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QApplication
from gui import theme
from gui.viewer import Exhibit, Viewer
app = QApplication([])
theme.apply(app, "dark")
viewer = Viewer("Back")
viewer.resize(500, 420)
viewer.show()
pixels = np.random.default_rng(1).integers(0, 256, (900, 900, 3), np.uint8)
viewer.show_pictures([Exhibit("a", pixels), Exhibit("b", pixels)])
viewer.panes.actual_size()
image = viewer.panes.grab().toImage()
ratio = viewer.devicePixelRatioF()
wide = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, :, 2::-1]
for pane in viewer.panes.panes():
    place = viewer.panes.look.place(QSizeF(900, 900), pane.size)
    corner, window = pane.corner(), pane.window()
    top, left = -round(place.top()), -round(place.left())
    seen = wide[corner.y() : corner.y() + window.height(), corner.x() : corner.x() + window.width()]
    mine = pixels[top : top + window.height(), left : left + window.width()]
    inner = np.s_[8:-8, 8:-8]  # a ring is painted round the one in hand
    assert (seen[inner] == mine[inner]).all(), ratio
print(ratio)
"""


@pytest.mark.parametrize("ratio", ["1.5", "2"])
def test_on_sharp_screens_100_percent_is_a_pixel_of_the_screen(root, ratio, monkeypatch):
    monkeypatch.setenv("QT_SCALE_FACTOR", ratio)
    done = subprocess.run(
        [sys.executable, "-c", _ON_A_SHARP_SCREEN],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert float(done.stdout) == float(ratio)
