"""A model in a file that has no vocabulary: one question, and then it is used."""

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from engine.commands import Load
from engine.errors import Problem
from engine.events import Failed
from engine.hub.talk import Done
from engine.library.vocabulary import COMMIT, REPOSITORY
from gui.library.downloads import State
from tests import plain
from tests.gui.library.conftest import write
from tests.hub_server import Repository

MISSING = Problem("/a.safetensors has no vocabulary.", "One can be got.", wants_words=True)


@pytest.fixture
def words(hub):
    """The repository that has the vocabulary, at the commit that is asked for."""
    files = {
        name.removeprefix("tokenizer/"): data
        for name, data in plain.checkpoint().items()
        if name.startswith("tokenizer/")
    }
    hub.repositories[REPOSITORY] = Repository(files, commit=COMMIT)
    return hub


def offer(window):
    return window.findChild(QPushButton, "offer-0")


def test_one_question_and_the_model_is_loaded_after_all(qtbot, words, window, session, engine):
    session._bridge.failed.emit(Failed(None, MISSING))
    assert window.messages.sentence() == MISSING.message
    assert offer(window).text() == "Get it…"
    assert words.asked == []
    offer(window).click()
    question = window.findChild(QDialog, "network_dialog")
    assert question.isVisible()
    before = engine.heard.count(Load("starter"))
    with qtbot.waitSignal(session.loaded):
        question.accept()
    assert engine.heard.count(Load("starter")) == before + 1
    bar = window.library.bar
    assert bar.words.text() == "CLIP's vocabulary: verified, and found from now on"
    assert bar.use.isHidden()


def test_who_says_no_stays_offline(qtbot, words, window, session):
    session._bridge.failed.emit(Failed(None, MISSING))
    offer(window).click()
    window.findChild(QDialog, "network_dialog").reject()
    assert (words.asked, window.library.online) == ([], False)
    assert window.library.downloads.state == State()


def test_a_file_that_could_not_be_added_for_want_of_words_is_added_after_all(
    qtbot, window, page, tmp_path
):
    hall, place = window.library, write(tmp_path / "forest", plain.checkpoint(variant=""))
    gone = place.rename(tmp_path / "elsewhere")
    with qtbot.waitSignal(hall.keeper.troubled):
        page.add_wanted.emit(place)
    hall.keeper.troubled.emit(MISSING)
    gone.rename(place)
    hall.downloads._hear(Done("", "CLIP's vocabulary", ""))
    qtbot.waitUntil(lambda: page.cards.rowCount() == 2)
    assert page.cards.card(1).title == "forest"
    assert hall._wordless is None


def test_other_bad_news_offers_nothing(window, session):
    session._bridge.failed.emit(Failed(None, Problem("It is damaged.")))
    assert window.messages.sentence() == "It is damaged."
    assert offer(window) is None
