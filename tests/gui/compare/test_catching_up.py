"""The playhead is moved while news of the cells is still on its way to it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def press(view, key):
    QTest.keyClick(view.scrubber.timeline, key)


def test_a_key_pressed_before_the_news_is_told_is_not_overridden(view, engine, finish, qtbot):
    engine.free = False
    view.compare()
    engine.tick(1)
    qtbot.waitUntil(view.scrubber.timeline.isEnabled)
    view._telling.setInterval(60_000)  # the news is on its way for as long as the test takes
    finish(view)
    assert view._telling.isActive()
    press(view, Qt.Key.Key_Home)
    assert (view.frames.follows, view.frames.position) == (False, 1)
    view._tell()
    assert (view.frames.follows, view.frames.position) == (False, 1)
    assert view.scrubber.timeline.position() == 1
    press(view, Qt.Key.Key_Right)
    assert [view.frames.step(cell) for cell in view.comparison.cells] == [2] * 4


def test_what_is_looked_at_stays_when_a_longer_run_begins(view, engine, finish, qtbot):
    view.setup.down.set_axis("steps", "4")
    view.compare()
    finish(view)
    view.scrubber.link.set_value("sigma")
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Right)
    cell = view.comparison.cells[0]
    assert view.frames.step(cell) == 2
    view.setup.down.set_axis("steps", "4, 16")
    view.comparison.lay_out(view.setup.plan())
    assert view.frames.step(cell) == 2
    assert view.frames.position > 2
