"""Two to nine pictures looked at together, by mouse and by keys."""

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QFontInfo, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QWidget,
)

from gui import theme
from gui.viewer import ALONE, BESIDE, BLINK, DIFFERENCE, MOST, WIPE, Exhibit, Viewer

COLOURS = [(200, 30, 30), (30, 180, 40), (40, 60, 220), (210, 200, 30), (150, 40, 170)]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def exhibits(count, side=256):
    made = []
    for number in range(count):
        pixels = np.full((side, side, 3), COLOURS[number % 5], np.uint8)
        pixels[: side // 4, : side // 4] = 250 - number
        made.append(Exhibit(f"picture {number + 1}", pixels))
    return made


@pytest.fixture
def viewer(qtbot, qapp):
    theme.apply(qapp, "dark")
    made = Viewer("Back")
    qtbot.addWidget(made)
    made.resize(700, 560)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def colour(viewer, point):
    found = viewer.panes.grab().toImage().pixelColor(point)
    return found.red(), found.green(), found.blue()


def middle(viewer, place):
    return viewer.panes.panes()[place].room.center()


def press(viewer, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(viewer.panes, key, modifier)


def drag(widget, start, end):
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


@pytest.mark.parametrize("count", range(2, MOST + 1))
def test_two_to_nine_pictures_stand_side_by_side(viewer, count):
    viewer.show_pictures(exhibits(count))
    assert viewer.mode.value() == BESIDE
    panes = viewer.panes.panes()
    assert len(panes) == count
    for place in range(count):
        assert viewer.panes.rect().contains(panes[place].whole)
        assert colour(viewer, middle(viewer, place)) == COLOURS[place % 5]
        assert not any(panes[place].whole.intersects(other.whole) for other in panes[:place])


def test_more_than_nine_are_nine(viewer):
    viewer.show_pictures(exhibits(12))
    assert len(viewer.pictures()) == MOST


def test_one_picture_is_shown_alone_and_the_rest_says_why_not(viewer):
    viewer.show_pictures(exhibits(1))
    assert viewer.mode.value() == ALONE
    for mode in (BESIDE, WIPE, BLINK, DIFFERENCE):
        button = viewer.mode.findChild(QPushButton, f"viewer-mode-{mode}")
        assert (button.isEnabled(), "two" in button.toolTip()) == (False, True)
    press(viewer, Qt.Key.Key_W)
    assert viewer.mode.value() == ALONE
    viewer.show_pictures(exhibits(2))
    assert viewer.mode.value() == BESIDE


def test_without_pictures_there_is_nothing_to_zoom_and_nothing_breaks(viewer):
    viewer.show_pictures([])
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_1, Qt.Key.Key_L, Qt.Key.Key_Right, Qt.Key.Key_Space):
        press(viewer, key)
    wheel(viewer, QPointF(100, 100), 1)
    assert not viewer.zoom.isEnabled()
    assert not viewer.grab().isNull()


def test_keys_choose_how_pictures_are_looked_at(viewer):
    viewer.show_pictures(exhibits(3))
    for key, mode in zip("OWBDA", (ALONE, WIPE, BLINK, DIFFERENCE, BESIDE), strict=True):
        press(viewer, Qt.Key(ord(key)))
        assert viewer.mode.value() == mode


def test_the_way_of_looking_stays_with_the_next_pictures(viewer):
    viewer.show_pictures(exhibits(3))
    viewer.mode.set_value(WIPE)
    viewer.show_pictures(exhibits(1))
    viewer.show_pictures(exhibits(4))
    assert viewer.mode.value() == WIPE


def test_arrows_and_clicks_take_a_picture_in_hand(viewer):
    turned = []
    viewer.turned.connect(turned.append)
    viewer.show_pictures(exhibits(3))
    press(viewer, Qt.Key.Key_Right)
    press(viewer, Qt.Key.Key_Left)
    press(viewer, Qt.Key.Key_Left)
    QTest.mouseClick(viewer.panes, Qt.MouseButton.LeftButton, pos=middle(viewer, 1))
    assert turned == [1, 0, 2, 1]
    viewer.mode.set_value(ALONE)
    assert colour(viewer, middle(viewer, 0)) == COLOURS[1]


# ------------------------------------------------------------------ wipe


def test_an_edge_between_two_pictures_is_dragged_and_moved_by_keys(viewer):
    viewer.show_pictures(exhibits(2))
    viewer.mode.set_value(WIPE)
    centre = middle(viewer, 0)
    left, right = centre - QPoint(60, -40), centre + QPoint(60, 40)
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[0], COLOURS[1])
    drag(viewer.panes, centre, centre + QPoint(100, 0))
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[0], COLOURS[0])
    assert viewer.edge.value() == round(100 * viewer.panes.edge)
    viewer.edge.set_value(0)
    assert (colour(viewer, left), colour(viewer, right)) == (COLOURS[1], COLOURS[1])
    press(viewer, Qt.Key.Key_Right)
    press(viewer, Qt.Key.Key_Right, SHIFT)
    assert viewer.panes.edge == pytest.approx(0.11)


def test_of_several_pictures_any_two_are_wiped(viewer):
    viewer.show_pictures(exhibits(4))
    viewer.mode.set_value(WIPE)
    assert viewer.shown.isVisible()
    viewer.against.setCurrentIndex(3)
    viewer.against.activated.emit(3)
    press(viewer, Qt.Key.Key_Down)
    centre = middle(viewer, 0)
    assert colour(viewer, centre - QPoint(60, -40)) == COLOURS[1]
    assert colour(viewer, centre + QPoint(60, 40)) == COLOURS[3]
    assert (viewer.shown.currentIndex(), viewer.against.currentIndex()) == (1, 3)


def test_a_picture_is_never_wiped_against_itself(viewer):
    viewer.show_pictures(exhibits(3), current=1, against=1)
    viewer.mode.set_value(WIPE)
    assert viewer.panes.current == 2
    press(viewer, Qt.Key.Key_Down)
    press(viewer, Qt.Key.Key_Down)
    assert viewer.panes.current == 2  # 0, and then past 1


# ------------------------------------------------------------------ blink


def test_pictures_blink_by_themselves_and_stop_on_space(viewer, qtbot):
    viewer.show_pictures(exhibits(2))
    viewer._blinking.setInterval(10)
    viewer.mode.set_value(BLINK)
    with qtbot.waitSignals([viewer.turned] * 3):
        pass
    press(viewer, Qt.Key.Key_Space)
    assert not viewer.is_blinking()
    press(viewer, Qt.Key.Key_Space)
    assert viewer.is_blinking()
    here = viewer.panes.current
    press(viewer, Qt.Key.Key_B)
    assert (viewer.is_blinking(), viewer.panes.current) == (False, 1 - here)


def test_where_little_motion_is_wished_pictures_blink_by_key_only(viewer):
    viewer.show_pictures(exhibits(3))
    viewer.set_calm(True)
    viewer.mode.set_value(BLINK)
    assert not viewer.is_blinking()
    press(viewer, Qt.Key.Key_Space)
    press(viewer, Qt.Key.Key_B)
    assert (viewer.is_blinking(), viewer.panes.current) == (False, 2)


def test_what_is_not_seen_does_not_blink(viewer):
    viewer.show_pictures(exhibits(2))
    viewer.mode.set_value(BLINK)
    viewer.hide()
    assert not viewer.is_blinking()
    viewer.show()
    assert viewer.is_blinking()


# ------------------------------------------------------------ difference


def test_what_differs_is_shown_of_all_others(viewer):
    viewer.show_pictures(exhibits(3), against=1)
    viewer.mode.set_value(DIFFERENCE)
    assert viewer.panes.shown() == [0, 2]
    for place, number in enumerate((0, 2)):
        apart = [min(255, 4 * abs(a - b)) for a, b in zip(COLOURS[number], COLOURS[1], strict=True)]
        assert colour(viewer, middle(viewer, place)) == tuple(apart)
    viewer.gain.set_value(1)
    apart = [abs(a - b) for a, b in zip(COLOURS[0], COLOURS[1], strict=True)]
    assert colour(viewer, middle(viewer, 0)) == tuple(apart)


# --------------------------------------------------- zoom, pan and the loupe


def wheel(viewer, at, notches):
    event = QWheelEvent(
        at,
        viewer.panes.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.panes, event)


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


# -------------------------------------------------------------- the whole


def test_every_control_has_a_name_and_says_what_it_does(viewer):
    viewer.show_pictures(exhibits(3))
    parts = [
        part
        for part in viewer.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
        and part.window() is viewer
    ]
    assert len(parts) > 8
    for part in parts:
        assert part.objectName(), part
        assert part.accessibleName(), part.objectName()
        assert part.toolTip(), part.objectName()
    assert "picture 2" in viewer.panes.accessibleDescription()


@pytest.mark.parametrize("times", [1, 2], ids=["usual type", "type of twice the size"])
@pytest.mark.parametrize("width", [480, 700, 1100])
def test_no_words_are_cut_however_narrow_the_viewer_is(qtbot, qapp, times, width):
    before = QFont(qapp.font())
    larger = QFont(before)
    larger.setPixelSize(QFontInfo(before).pixelSize() * times)
    qapp.setFont(larger)
    theme.apply(qapp, "light")
    try:
        viewer = Viewer("Back to the gallery")
        qtbot.addWidget(viewer)
        viewer.resize(width, 700)
        viewer.show_pictures(exhibits(4))
        viewer.show()
        for mode in (ALONE, BESIDE, WIPE, DIFFERENCE):
            viewer.set_mode(mode)
            for _ in range(4):  # a row that folds wants more height, which is given it in turn
                QApplication.processEvents()
            for part in viewer.findChildren(QWidget):
                least = part.minimumSizeHint()
                if part.isVisible() and isinstance(part, QAbstractButton | QLabel | QComboBox):
                    assert part.width() >= least.width(), (mode, part.objectName())
                    assert part.height() >= least.height(), (mode, part.objectName())
    finally:
        qapp.setFont(before)
        theme.apply(qapp, "dark")


def test_backspace_and_the_button_lead_back(viewer, qtbot):
    viewer.show_pictures(exhibits(2))
    with qtbot.waitSignal(viewer.left):
        press(viewer, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(viewer.left):
        viewer.back.click()


def test_painting_again_draws_no_picture_again(viewer, monkeypatch):
    viewer.show_pictures(exhibits(4))
    viewer.grab()
    drawn = []
    import gui.viewer.exhibit as room

    real = room.projected
    monkeypatch.setattr(room, "projected", lambda *given: drawn.append(1) or real(*given))
    viewer.panes.repaint()
    viewer.loupe.click()
    viewer.panes.repaint()
    assert drawn == []
    press(viewer, Qt.Key.Key_Plus)
    viewer.panes.repaint()
    assert len(drawn) == 4


def test_many_large_pictures_are_drawn_a_few_at_a_time_and_all_in_the_end(viewer, monkeypatch):
    monkeypatch.setattr("gui.viewer.scene._DRAWN_FOR", 0.0)
    viewer.show_pictures(exhibits(4))
    first = viewer.panes.grab().toImage()
    centres = [middle(viewer, place) for place in range(4)]
    seen = [first.pixelColor(centre).getRgb()[:3] == COLOURS[k] for k, centre in enumerate(centres)]
    assert 1 <= sum(seen) < 4
    for _ in range(4):
        QApplication.processEvents()
        viewer.panes.repaint()
    assert [colour(viewer, centre) for centre in centres] == COLOURS[:4]


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
