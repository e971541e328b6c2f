"""Two to nine pictures looked at together, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontInfo
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
from gui.viewer import ALONE, BESIDE, BLINK, DIFFERENCE, MOST, WIPE, Viewer
from tests.gui.viewer.hands import COLOURS, colour, exhibits, middle, press, wheel


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
