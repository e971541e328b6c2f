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


@pytest.mark.parametrize("seconds", [1.5, pytest.param(10, marks=pytest.mark.slow)])
def test_while_another_program_holds_the_index_the_window_says_so_and_then_all_is_done(
    view, keep, window, qtbot, seconds
):
    keep(prompt="a boat"), keep(prompt="an owl")
    gallery = view(2)
    catalogue = gallery.catalogue
    sha256 = gallery.model.entry(0).facts.sha256
    gallery.grid.select([0], 0)
    qtbot.waitUntil(lambda: gallery.doing.selection.one() is not None)
    with held(catalogue.index.file) as let_go:
        heart, began = Heart(window), time.monotonic()
        gallery.doing.turn_favourite()
        catalogue.add(keep(prompt="a boat at night"))
        gallery.search.field.set_text("boat")
        qtbot.waitUntil(lambda: gallery.notice.sentence() != "", timeout=1000)
        assert gallery.notice.sentence().startswith("Another program holds the index")
        assert window.footer.words.text() == gallery.notice.sentence()
        qtbot.wait(round(1000 * (seconds - time.monotonic() + began)))
        assert not gallery.notice.isHidden()
        let_go()
        qtbot.waitUntil(gallery.notice.isHidden, timeout=2000)
    qtbot.waitUntil(lambda: prompts(gallery) == ["a boat at night", "a boat"])
    assert heart.longest < LONGEST_PAUSE
    assert read_marks(catalogue.index.galleries / "Etascope")[sha256].favourite
    gallery.search.field.set_text("is:favourite")
    qtbot.waitUntil(lambda: prompts(gallery) == ["an owl"])
    assert gallery.messages.isHidden()
