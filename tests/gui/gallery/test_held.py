"""Another program holds the index (F-06): the window says so, goes on, and loses nothing."""

import time

import pytest
from PySide6.QtCore import QTimer

from engine.gallery.marks import read_marks
from tests.engine.gallery.test_held import held
from tests.gui.gallery.conftest import prompts

LONGEST_PAUSE = 0.25
"""Seconds for which the window may not answer."""


class Heart:
    """Beats every 10 ms; `longest` is the longest pause so far, in seconds."""

    def __init__(self, parent):
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self):
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.fixture
def shown(view, keep, qtbot):
    """The Gallery with two pictures, the newer of them selected."""
    keep(prompt="a boat"), keep(prompt="an owl")
    gallery = view(2)
    gallery.grid.select([0], 0)
    qtbot.waitUntil(lambda: gallery.doing.selection.one() is not None)
    return gallery


def test_while_another_program_holds_the_index_the_window_says_so_and_then_all_is_done(
    shown, keep, window, qtbot
):
    catalogue = shown.catalogue
    sha256 = shown.model.entry(0).facts.sha256
    with held(catalogue.index.file) as let_go:
        shown.doing.turn_favourite()
        catalogue.add(keep(prompt="a boat at night"))
        shown.search.field.set_text("boat")
        qtbot.waitUntil(lambda: shown.notice.sentence() != "")
        assert shown.notice.sentence().startswith("Another program holds the index")
        assert window.footer.words.text() == shown.notice.sentence()
        assert not shown.notice.isHidden()
        let_go()
        qtbot.waitUntil(shown.notice.isHidden)
    qtbot.waitUntil(lambda: prompts(shown) == ["a boat at night", "a boat"])
    assert read_marks(catalogue.index.galleries / "Etascope")[sha256].favourite
    shown.search.field.set_text("is:favourite")
    qtbot.waitUntil(lambda: prompts(shown) == ["an owl"])
    assert shown.messages.isHidden()


@pytest.mark.slow
def test_the_notice_comes_within_a_second_and_ten_seconds_of_it_never_stop_the_window(
    shown, window, qtbot
):
    with held(shown.catalogue.index.file) as let_go:
        heart = Heart(window)
        shown.doing.turn_favourite()
        qtbot.waitUntil(lambda: shown.notice.sentence() != "", timeout=1000)
        qtbot.wait(10_000)
        assert not shown.notice.isHidden()
        let_go()
        qtbot.waitUntil(shown.notice.isHidden, timeout=2000)
    assert heart.longest < LONGEST_PAUSE
