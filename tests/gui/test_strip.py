"""The strip of newest pictures."""

import numpy as np
import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView

from gui import theme
from gui.gallery_model import BRANCHED_ROLE
from gui.pixels import to_image
from gui.strip import EMPTY, Strip

# The platform without a screen says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Pictures(QAbstractListModel):
    """Plain squares; every third is still loading."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.images = [self.picture(k) for k in range(count)]
        self.branched = False

    @staticmethod
    def picture(k: int):
        colour = (40 + 17 * k % 200, 90, 160)
        return None if k % 3 == 2 else to_image(np.full((64, 96, 3), colour, np.uint8))

    def rowCount(self, parent=QModelIndex()):  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.images)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DecorationRole:
            return self.images[index.row()]
        if role == BRANCHED_ROLE:
            return self.branched
        return f"Picture {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None

    def prepend(self):
        self.beginInsertRows(QModelIndex(), 0, 0)
        self.images.insert(0, self.picture(0))
        self.endInsertRows()


@pytest.fixture
def strip(qtbot, qapp):
    theme.apply(qapp, "dark")
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(200, 600)
    with qtbot.waitActive(strip):
        strip.show()
        strip.activateWindow()
    return strip


@pytest.fixture
def pictures(strip):
    model = Pictures(8)
    strip.set_model(model)
    QApplication.processEvents()
    return model


def view(strip: Strip) -> QListView:
    return strip.findChild(QListView, "strip-list")


def texts(strip: Strip) -> list[str]:
    return [label.text() for label in strip.findChildren(QLabel) if label.isVisible()]


def test_an_empty_gallery_says_how_pictures_come_here(strip):
    model = Pictures(0)
    strip.set_model(model)
    assert EMPTY in texts(strip)
    assert not view(strip).isVisible()
    model.prepend()
    assert EMPTY not in texts(strip)
    assert view(strip).isVisible()


def test_pictures_stand_in_two_columns(strip, pictures):
    rects = [view(strip).visualRect(pictures.index(k)) for k in range(4)]
    assert rects[0].top() == rects[1].top() < rects[2].top() == rects[3].top()
    assert rects[0].left() == rects[2].left() < rects[1].left() == rects[3].left()
    assert rects[1].right() <= view(strip).viewport().width()


def test_a_click_chooses_a_picture_once(strip, pictures, qtbot):
    heard = []
    strip.chosen.connect(lambda index: heard.append(index.row()))
    spot = view(strip).visualRect(pictures.index(3)).center()
    qtbot.mouseClick(view(strip).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard == [3]
    assert strip.current().row() == 3


def test_arrows_choose_the_neighbours(strip, pictures):
    heard = []
    strip.chosen.connect(lambda index: heard.append(index.row()))
    view(strip).setFocus()
    strip.set_current(pictures.index(0))
    QTest.keyClick(view(strip), Qt.Key.Key_Right)
    QTest.keyClick(view(strip), Qt.Key.Key_Down)
    QTest.keyClick(view(strip), Qt.Key.Key_Return)
    assert heard == [1, 3, 3]


def test_what_the_program_makes_current_is_ringed_but_not_chosen(strip, pictures, qtbot):
    before = strip.grab().toImage()
    with qtbot.assertNotEmitted(strip.chosen):
        strip.set_current(pictures.index(1))
    ringed = strip.grab().toImage()
    assert ringed != before
    rect = view(strip).visualRect(pictures.index(1))
    corner = view(strip).viewport().mapTo(strip, rect.topLeft())
    assert ringed.pixelColor(corner.x() + 20, corner.y()).name() == theme.tokens().accent
    strip.set_current(QModelIndex())
    assert strip.grab().toImage() == before


def test_the_ring_stays_on_its_picture_when_a_newer_one_comes(strip, pictures):
    strip.set_current(pictures.index(0))
    pictures.prepend()
    assert strip.current().row() == 1


def test_a_long_gallery_name_is_cut_but_its_count_is_not(strip):
    strip.set_heading("Samplers at twenty steps, all of them, side by side", 1234)
    head = texts(strip)[0]
    assert head.endswith("·  1234")
    assert "…" in head
    strip.set_heading("Postcards", 48)
    assert texts(strip)[0] == "Postcards  ·  48"


def test_a_branched_picture_has_a_sign_in_its_corner(strip, pictures):
    place = view(strip).visualRect(pictures.index(0))
    before = view(strip).viewport().grab(place).toImage()
    pictures.branched = True
    after = view(strip).viewport().grab(place).toImage()
    middle = (place.width() // 2 - 8, place.height() // 2 - 8)
    assert after.pixelColor(*middle) == before.pixelColor(*middle)
    assert after != before
