"""Thumbnails in memory: what is wanted last is made first, and what is no longer wanted never."""

import threading

import pytest

from gui.gallery import thumbs as room
from gui.gallery.thumbs import Thumbs, Wish


@pytest.fixture
def thumbs(qapp, tmp_path):
    made = Thumbs(tmp_path / "thumbnails")
    yield made
    assert made.close()


def wish(path, name=""):
    return Wish(("", "", name or path.name, 256), path)


def test_a_thumbnail_is_there_once_it_is_ready(qtbot, thumbs, keep):
    one = wish(keep(size=(48, 24)))
    assert thumbs.image(one.key) is None
    with qtbot.waitSignal(thumbs.ready):
        thumbs.want([one])
    assert thumbs.image(one.key).size().toTuple() == (48, 24)


def test_what_is_no_longer_wanted_is_not_made(qtbot, thumbs, keep, monkeypatch):
    paths = [keep() for _ in range(40)]
    begun, may_go = [], threading.Event()

    def slowly(self, asked):
        begun.append(asked.path)
        may_go.wait(60)

    monkeypatch.setattr(Thumbs, "_make", slowly)
    thumbs.want([wish(path) for path in paths[:20]])
    qtbot.waitUntil(lambda: len(begun) == room._THREADS)
    thumbs.want([wish(path) for path in paths[30:]])
    may_go.set()
    qtbot.waitUntil(lambda: len(begun) == room._THREADS + 10)
    assert begun[: room._THREADS] == paths[: room._THREADS]
    assert set(begun[room._THREADS :]) == set(paths[30:])


def test_what_cannot_be_read_is_tried_again_only_when_asked(qtbot, thumbs, tmp_path):
    one = wish(tmp_path / "none.png")
    with qtbot.waitSignal(thumbs.ready):
        thumbs.want([one])
    assert thumbs.has_failed(one.key)
    with qtbot.assertNotEmitted(thumbs.ready, wait=100):
        thumbs.want([one])
    thumbs.try_again()
    assert not thumbs.has_failed(one.key)


def test_memory_is_bounded_and_the_longest_unseen_go_first(qtbot, thumbs, keep, monkeypatch):
    monkeypatch.setattr(room, "MOST_MEMORY", 10 * 24 * 24 * 4)
    wishes = [wish(keep()) for _ in range(15)]
    thumbs.want(wishes)
    qtbot.waitUntil(lambda: thumbs.image(wishes[-1].key) is not None)
    assert thumbs.image(wishes[0].key) is None
    assert len(thumbs._images) == 10
    assert thumbs._memory <= room.MOST_MEMORY


def test_an_end_waits_for_no_queue(thumbs, keep):
    thumbs.want([wish(keep()) for _ in range(200)])
    assert thumbs.close()
    assert thumbs._wishes == []
