"""The grid: chosen by keys and mouse like any list, whatever its length."""

from array import array

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.gallery.index import Group
from gui import theme
from gui.gallery.found import in_groups, in_order
from gui.gallery.grid import PictureGrid
from gui.gallery.pictures_model import DRAGGED, PicturesModel
from gui.gallery.thumbs import Thumbs

MANY = 100_000
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(qtbot, qapp, catalogue, tmp_path):
    theme.apply(qapp, "dark")
    thumbs = Thumbs(tmp_path / "thumbnails")
    made = PictureGrid(PicturesModel(catalogue), thumbs)
    qtbot.addWidget(made)
    made.resize(760, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made
    assert thumbs.close()


def fill(grid, count):
    grid.pictures.show_found(in_order(array("q", range(count))))
    QApplication.processEvents()


def press(grid, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(grid, key, modifier)


def click(grid, row, modifier=Qt.KeyboardModifier.NoModifier):
    spot = grid.visualRect(grid.pictures.index(row)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


def test_arrows_go_through_lines_and_columns(grid):
    fill(grid, 50)
    columns = grid.places.columns
    grid.go_to(0)
    press(grid, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert grid.rows() == [columns + 1]
    press(grid, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert grid.rows() == [0]
    press(grid, Qt.Key.Key_Left)
    assert grid.rows() == [0]
    press(grid, Qt.Key.Key_End)
    assert grid.rows() == [49]
    press(grid, Qt.Key.Key_Home)
    assert grid.rows() == [0]


def test_shift_takes_all_between_whatever_the_direction(grid):
    fill(grid, 50)
    columns = grid.places.columns
    grid.go_to(1)
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_Down, modifier=SHIFT)
    assert grid.rows() == list(range(1, 2 * columns + 2))
    click(grid, columns + 2)
    click(grid, 1, SHIFT)
    assert grid.rows() == list(range(1, columns + 3))


def test_ctrl_adds_and_takes_away_and_takes_all(grid):
    fill(grid, 30)
    click(grid, 1)
    click(grid, 4, CTRL)
    click(grid, 6, CTRL)
    click(grid, 4, CTRL)
    assert grid.rows() == [1, 6]
    press(grid, Qt.Key.Key_A, modifier=CTRL)
    assert grid.count_selected() == 30


def test_a_rubber_band_takes_what_it_touches(grid):
    fill(grid, 7)
    columns = grid.places.columns
    port = grid.viewport()
    begin = QPoint(port.width() - 3, port.height() - 3)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    assert grid.band() is None
    for row in (columns, 1):
        QTest.mouseMove(port, grid.visualRect(grid.pictures.index(row)).center())
    end = grid.visualRect(grid.pictures.index(1)).center()
    assert grid.band() == QRect(end, begin)
    painted = port.grab().toImage()
    corner = painted.pixelColor(begin)
    assert corner == theme.color("accent")
    inside, outside = (painted.pixelColor(begin - QPoint(9, 9) * k) for k in (1, -0.2))
    assert inside != outside == theme.color("canvas")
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert grid.band() is None
    assert grid.rows() == [row for row in range(7) if row % columns >= 1]


def test_letters_look_at_nothing(grid):
    fill(grid, MANY)
    asked = []
    grid.pictures.data = lambda *about: asked.append(about)
    grid.keyboardSearch("b")
    assert asked == []


def test_a_hundred_thousand_are_shown_by_looking_at_a_screenful(grid, monkeypatch):
    looked = []
    entry = PicturesModel.entry
    monkeypatch.setattr(
        PicturesModel, "entry", lambda self, r: (looked.append(r), entry(self, r))[1]
    )
    fill(grid, MANY)
    grid.grab()
    assert 0 < len(looked) < 1000
    looked.clear()
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert MANY - 1 in looked
    assert len(looked) < 2000


def test_what_is_on_the_screen_stays_there_when_a_newer_one_comes(grid):
    ids = array("q", range(1000, 0, -1))
    grid.pictures.show_found(in_order(ids))
    QApplication.processEvents()
    grid.go_to(500)
    at = grid.pictures.id_at(500)
    before = grid.visualRect(grid.pictures.index(500)).top()
    columns = grid.places.columns
    newer = array("q", range(2000, 2000 - columns, -1))
    grid.pictures.show_found(in_order(newer + ids))
    assert grid.pictures.id_at(500 + columns) == at
    assert grid.rows() == [500 + columns]
    assert grid.visualRect(grid.pictures.index(500 + columns)).top() == before


def test_cells_grow_by_keys_and_wheel_around_the_current_one(grid):
    fill(grid, 1000)
    grid.go_to(700)
    edge = grid.places.edge
    grid.enlarge(1)
    assert grid.places.edge > edge
    rect = grid.visualRect(grid.pictures.index(700))
    assert grid.viewport().rect().contains(rect.center())
    middle = QPointF(grid.viewport().rect().center())
    phase = Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, CTRL, phase, False
    )
    QApplication.sendEvent(grid.viewport(), wheel)
    assert grid.places.edge == edge


def test_groups_have_a_head_with_their_prompt_and_number(grid):
    plain = Group("a red boat", tuple(range(5)))
    grid.pictures.show_found(in_groups([plain, Group("an owl", (7, 8))]))
    QApplication.processEvents()
    heads = list(grid.places.heads(0, 2000))
    assert [number for number, _ in heads] == [0, 1]
    assert [grid.places.count_of(number) for number, _ in heads] == [5, 2]
    grid.go_to(0)
    press(grid, *[Qt.Key.Key_Down] * 3)
    assert grid.currentIndex().row() >= 5
    grid.verticalScrollBar().setValue(0)
    bright = theme.color("text").name()
    image, head = grid.grab().toImage(), heads[0][1]
    row = [
        image.pixelColor(x, y).name()
        for x in range(20, 120)
        for y in range(head.top(), head.bottom())
    ]
    assert bright in row


def test_enter_and_a_double_click_open(grid, qtbot):
    fill(grid, 9)
    grid.go_to(3)
    with qtbot.waitSignal(grid.opened) as heard:
        press(grid, Qt.Key.Key_Return)
    assert heard.args[0].row() == 3
    spot = grid.visualRect(grid.pictures.index(5)).center()
    click(grid, 5)
    with qtbot.waitSignal(grid.opened) as heard:
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args[0].row() == 5


def test_own_pictures_dropped_on_the_grid_go_nowhere_and_no_further(grid):
    data = QMimeData()
    data.setData(DRAGGED, b"1,2")
    data.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    middle = QPointF(grid.viewport().rect().center())
    kinds = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    drop = QDropEvent(
        middle,
        kinds,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    grid.dropEvent(drop)
    assert drop.isAccepted()
    assert drop.dropAction() == Qt.DropAction.IgnoreAction
