"""The slideshow: one picture after the other, by itself or by keys; calm where that is wanted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.gallery import slideshow
from gui.gallery.slideshow import Slideshow


@pytest.fixture
def begin(view, keep, qtbot, monkeypatch):
    monkeypatch.setattr(slideshow, "PAUSE", 60)
    for _ in range(3):
        keep()

    def show(*, calm=False, rows=(0,)):
        gallery = view(3)
        gallery.doing.calm = calm
        gallery.grid.select(list(rows), rows[0])
        QTest.keyClick(gallery.grid, Qt.Key.Key_F5)
        tops = [top for top in QApplication.topLevelWidgets() if isinstance(top, Slideshow)]
        (one,) = [top for top in tops if top.isVisible()]
        return gallery, one

    return show


def test_it_goes_on_by_itself_and_after_the_last_comes_the_first(begin, qtbot):
    gallery, show = begin()
    places = []
    show.reader.opened.connect(lambda _: places.append(show.place()))
    qtbot.waitUntil(lambda: len(places) >= 4)
    assert places[:4] == [0, 1, 2, 0]
    QTest.keyClick(show, Qt.Key.Key_Space)
    held = show.place()
    qtbot.wait(200)
    assert show.place() == held
    last = show._ids[held]
    QTest.keyClick(show, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gallery.model.ids_at(gallery.grid.rows()) == [last])


def test_only_what_is_selected_is_shown_if_it_is_several(begin, qtbot):
    gallery, show = begin(rows=(0, 2))
    show.pause()
    assert show._ids == gallery.model.ids_at([0, 2])
    QTest.keyClick(show, Qt.Key.Key_End)
    assert show.place() == 1
    QTest.keyClick(show, Qt.Key.Key_Right)
    assert show.place() == 0
    QTest.keyClick(show, Qt.Key.Key_Left)
    assert show.place() == 1
    show.close()
    assert gallery.grid.rows() == [0, 2]


@pytest.mark.parametrize("calm", [True, False])
def test_nothing_fades_where_little_motion_is_wanted(begin, qtbot, calm):
    _, show = begin(calm=calm)
    qtbot.waitUntil(lambda: show._before is not None)
    running = slideshow.QVariantAnimation.State.Running
    assert (show._fade.state() == running) != calm
    show.close()
