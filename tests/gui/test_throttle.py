import pytest
from PySide6.QtCore import QObject

from gui.throttle import Throttle


@pytest.fixture
def done(qapp):
    return []


@pytest.fixture
def throttle(qapp, done):
    parent = QObject()
    made = Throttle(lambda: done.append(len(done)), 20, parent)
    made.held = parent
    return made


def test_the_first_is_done_at_once_and_many_more_are_done_as_one(qtbot, throttle, done):
    for _ in range(1000):
        throttle.ask()
    assert len(done) == 1
    qtbot.waitUntil(lambda: len(done) == 2)
    qtbot.wait(60)
    assert len(done) == 2


def test_what_must_be_seen_now_is_done_now(qtbot, throttle, done):
    throttle.ask()
    throttle.ask()
    throttle.do()
    assert len(done) == 2
    qtbot.wait(60)
    assert len(done) == 2, "what was asked for has been done"
