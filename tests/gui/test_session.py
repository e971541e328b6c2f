import pytest

from engine.commands import CancelAll, Load, Submit
from engine.draft import Draft
from engine.errors import BadSetting, Problem
from engine.events import Failed, Noticed, Recovered, Unsaved
from tests.gui.scripted import job


@pytest.fixture
def told(session):
    sentences = []
    session.told.connect(sentences.append)
    return sentences


def submitted(engine):
    return [command.job for command in engine.heard if isinstance(command, Submit)]


def test_a_draft_becomes_jobs_for_the_gallery(qtbot, session, engine):
    session.begin("starter")
    with qtbot.waitSignals([session.saved, session.saved]):
        recipes = session.generate(Draft(prompt="a boat", count=2, seed=7))
    assert [job.recipe for job in submitted(engine)] == list(recipes)
    assert [recipe.seed for recipe in recipes] == [7, 8]
    assert {job.destination.folder for job in submitted(engine)} == {session.pictures.folder}
    assert engine.heard[0] == Load("starter")


def test_a_draft_that_cannot_be_sends_nothing(session, engine):
    with pytest.raises(BadSetting):
        session.generate(Draft(width=100))
    assert len(session.jobs) == 0


def test_jobs_wait_for_a_model_that_is_not_loaded_yet(qtbot, session):
    session.generate(Draft())
    assert session.jobs.waiting() == 0
    assert len(session.jobs) == 1
    with qtbot.waitSignal(session.saved):
        session.begin("starter")


def test_a_saved_picture_is_listed_and_its_reel_kept(qtbot, session, told):
    session.begin("starter")
    with qtbot.waitSignal(session.saved) as saved:
        session.generate(Draft())
    reel = saved.args[0]
    assert session.pictures.path(0) == reel.path
    assert session.shelf.by_path(reel.path) is reel
    assert told == ["Saved  ·  1.2 s  ·  20 model calls"]


def test_a_model_that_is_loaded_is_not_loaded_again(qtbot, session, engine):
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    session.load("starter")
    with qtbot.waitSignal(session.saved):
        session.generate(Draft())
    assert engine.heard.count(Load("starter")) == 1


def test_a_model_that_failed_may_be_tried_again(qtbot, session, engine):
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    with qtbot.waitSignal(session.not_loaded):
        session._bridge.failed.emit(Failed(None, Problem("damaged")))
    with qtbot.waitSignals([session.loading, session.loaded]):
        session.load("starter")


def test_cancelling_is_acknowledged_at_once_and_keeps_the_steps(qtbot, session, engine, told):
    engine.free = False
    session.begin("starter")
    with qtbot.waitSignal(session.begun):
        session.generate(Draft())
    with qtbot.waitSignal(session.grew):
        engine.tick()
    with qtbot.waitSignal(session.settled) as settled:
        session.cancel_all()
        assert told == ["Cancelling…"]
        assert session.jobs.progress() is None
    assert settled.args[0].reached == 1
    assert told[-1] == "Cancelled, nothing saved"
    assert CancelAll() in engine.heard
    assert session.pictures.rowCount() == 0


def test_with_nothing_to_cancel_nothing_happens(session, told):
    session.cancel_all()
    assert told == []


def test_a_failed_job_is_told_with_its_problem(qtbot, session, engine, told):
    engine.problem = Problem("The device ran out of memory.", "Make the picture smaller.")
    session.begin("starter")
    with qtbot.waitSignal(session.troubled) as troubled:
        session.generate(Draft())
    assert troubled.args[0] == engine.problem
    assert told == ["Failed, nothing saved"]
    assert len(session.jobs) == 0


def test_a_picture_that_could_not_be_saved_is_told(qtbot, session, told):
    with qtbot.waitSignal(session.troubled) as troubled:
        session._bridge.unsaved.emit(Unsaved("a", Problem("The disk is full.")))
    assert troubled.args[0].message == "The disk is full."
    assert told == ["Not saved"]


def test_nothing_is_kept_of_a_picture_that_could_not_be_saved(qtbot, session):
    session._teller._summary["a"] = "1 s"
    session._bridge.unsaved.emit(Unsaved("a", Problem("The disk is full.")))
    assert session._teller._summary == {}


def test_of_a_picture_that_is_not_saved_nobody_is_told_that_it_is_not_concerned(qtbot, session):
    heard = []
    session.troubled.connect(heard.append)
    full, steps = Problem("The disk is full."), Problem("The steps could not be kept.")
    session._bridge.unsaved.emit(Unsaved("a", full))
    session._bridge.noticed.emit(Noticed("a", steps))
    assert heard == [full]
    session._bridge.noticed.emit(Noticed("b", steps))
    assert heard == [full, steps]


def test_a_notice_is_passed_on(qtbot, session, told):
    with qtbot.waitSignal(session.troubled):
        session._bridge.noticed.emit(Noticed(None, Problem("The prompt is long.")))
    assert told == []


def test_what_was_cut_off_last_time_is_in_the_queue_again(qtbot, session, told, tmp_path):
    cut_off = job(tmp_path, prompt="a boat")
    session._bridge.recovered.emit(Recovered(cut_off))
    assert session.jobs.find(cut_off.id).title() == "a boat"
    assert told == ["Going on with what was cut off last time"]


def test_the_engine_is_started_once_however_often_it_is_begun(qtbot, session, engine):
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    session.begin("starter")
    with qtbot.waitSignal(session.saved):
        session.generate(Draft())
    assert engine.heard.count(Load("starter")) == 1
