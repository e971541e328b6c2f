"""How much moves: by the settings, or by what a stand-in for the system's command prints."""

import sys

import pytest

from gui.motion import QUESTIONS, Mover, Question


def prints(words, little="false"):
    return Question((sys.executable, "-S", "-c", f"print({words!r})"), little)


NO_COMMAND = Question(("etascope-has-no-such-command", "get"), "false")
HANGS = Question((sys.executable, "-S", "-c", "import time; time.sleep(60)"), "false")


@pytest.fixture
def mover(qapp):
    made = []

    def make(*questions):
        made.append(Mover(None, questions))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("questions", "calm"),
    [
        ([prints("false")], True),
        ([prints("true")], False),
        ([prints("")], False),
        ([NO_COMMAND], False),
        ([NO_COMMAND, prints("0", "0")], True),
        ([prints("true"), prints("0", "0")], True),
        ([], False),
    ],
)
def test_the_system_is_asked_until_one_answer_is_yes(qtbot, mover, questions, calm):
    one = mover(*questions)
    heard = []
    one.changed.connect(heard.append)
    one.ask()
    qtbot.waitUntil(lambda: one._process is None)
    assert one.is_calm() == calm
    assert heard == ([True] if calm else [])


@pytest.mark.parametrize(("wish", "calm"), [("system", True), ("little", True), ("full", False)])
def test_what_is_set_counts_for_more_than_what_the_system_says(qtbot, mover, wish, calm):
    one = mover(prints("false"))
    with qtbot.waitSignal(one.changed):
        one.ask()
    one.set_wish(wish)
    assert one.is_calm() == calm


def test_a_command_that_never_answers_is_given_up(qtbot, mover, monkeypatch):
    monkeypatch.setattr("gui.motion.LONGEST", 100)
    one = mover(HANGS)
    one.ask()
    qtbot.waitUntil(lambda: one._process is None)
    assert not one.is_calm()


def test_closing_waits_for_no_answer(mover):
    one = mover(HANGS)
    one.ask()
    one.close()
    assert one._process is None


def test_the_window_calms_down_when_the_system_says_so(qtbot, window, session):
    adjusting = window.adjusting
    adjusting.mover._left = [prints("false")]
    with qtbot.waitSignal(adjusting.mover.changed):
        adjusting.mover.ask()
    assert window.create_view.stage._frame_time == 600
    assert window.gallery_view.doing.calm
    assert session._bridge._mailbox.pause == 1


def test_every_system_that_has_a_command_is_asked_by_it():
    assert set(QUESTIONS) == {"darwin", "linux"}
