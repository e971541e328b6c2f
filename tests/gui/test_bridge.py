import threading
from queue import SimpleQueue

import pytest
from PySide6.QtCore import QThread

from engine.commands import Load, Shutdown, Submit
from engine.errors import Problem
from engine.events import Cancelled, Failed, Finished, Noticed, Previewed, Started, Stepped, Unsaved
from gui import bridge as bridge_module
from gui.bridge import Bridge, Mailbox
from tests.gui.scripted import ScriptedEngine, grey, job

SIGNALS = (
    "loaded",
    "started",
    "stepped",
    "previewed",
    "finished",
    "saved",
    "unsaved",
    "failed",
    "cancelled",
    "noticed",
)


class Listener:
    """Writes down every event and the thread it came on."""

    def __init__(self, bridge):
        self.events = []
        self.threads = set()
        for name in SIGNALS:
            getattr(bridge, name).connect(self.hear)

    def hear(self, event):
        self.events.append(event)
        self.threads.add(QThread.currentThread())

    def of(self, *kinds):
        return [event for event in self.events if isinstance(event, kinds)]


class Says:
    """An engine that says these events and then ends, or raises the last."""

    def __init__(self, *events):
        self.events = events

    def __call__(self, inbox):
        self.inbox = inbox
        return self

    def run(self):
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            yield event


def opened(make_engine):
    bridge = Bridge(make_engine)
    return bridge, Listener(bridge)


def test_every_event_arrives_on_the_windows_thread(qtbot, tmp_path, qapp):
    bridge, listener = opened(ScriptedEngine())
    bridge.load("starter")
    bridge.start()
    with qtbot.waitSignal(bridge.saved):
        bridge.submit(job(tmp_path))
    assert listener.threads == {qapp.thread()}
    assert len(listener.of(Started, Finished)) == 2
    steps = [event.step for event in listener.of(Stepped)]
    assert steps == sorted(set(steps))
    assert steps[-1] == 4
    assert bridge.close()


def test_the_engine_is_made_in_its_own_thread(qtbot):
    threads = []

    def make(inbox):
        threads.append(threading.current_thread().name)
        return Says()

    bridge = Bridge(make)
    bridge.start()
    assert bridge.close()
    assert threads == ["engine"]


def test_a_job_ends_exactly_once(qtbot, tmp_path):
    bridge, listener = opened(ScriptedEngine(free=False))
    bridge.start()
    with qtbot.waitSignal(bridge.started):
        bridge.submit(job(tmp_path))
    with qtbot.waitSignal(bridge.cancelled):
        bridge.cancel_all()
    qtbot.wait(50)
    assert len(listener.of(Finished, Failed, Cancelled)) == 1
    assert bridge.close()


def test_other_events_find_their_signals(qtbot):
    problem = Problem("the disk is full")
    bridge, listener = opened(Says(Unsaved("a", problem), Noticed("a", problem)))
    bridge.start()
    qtbot.waitUntil(lambda: len(listener.events) == 2)
    assert bridge.close()


def test_the_mailbox_keeps_only_the_newest_of_each_job():
    mailbox = Mailbox()
    first, second, other = (
        Previewed(name, step, grey(0), grey(0)) for name, step in (("a", 1), ("a", 2), ("b", 1))
    )
    assert mailbox.put(first)
    assert not mailbox.put(second)
    assert not mailbox.put(other)
    assert mailbox.empty() == [second, other]
    assert mailbox.put(first)


def test_a_busy_window_sees_the_last_preview_only(qtbot):
    previews = [Previewed("a", step, grey(step), grey(step)) for step in range(1, 101)]
    bridge, listener = opened(Says(*previews))
    bridge.start()
    bridge._thread.join(60)
    qtbot.waitUntil(lambda: bool(listener.events))
    qtbot.wait(20)
    assert [event.step for event in listener.events] == [100]
    assert bridge.close()


def test_closing_ends_the_thread_and_shuts_the_engine_down(qtbot):
    engine = ScriptedEngine()
    bridge = Bridge(engine)
    bridge.start()
    assert bridge.close()
    assert engine.heard == [Shutdown()]


def test_closing_a_bridge_that_never_started_is_fine(qapp):
    assert Bridge(ScriptedEngine()).close()


def test_closing_gives_up_on_a_stuck_engine(qtbot, monkeypatch):
    monkeypatch.setattr(bridge_module, "LONGEST_GOODBYE", 0.05)
    stuck = threading.Event()

    class Stuck:
        def run(self):
            stuck.wait()
            yield Noticed(None, Problem("too late"))

    bridge = Bridge(lambda _: Stuck())
    bridge.start()
    assert not bridge.close()
    stuck.set()
    bridge._thread.join()


def test_a_crash_fails_what_was_open_and_the_engine_starts_anew(qtbot, tmp_path):
    engine = ScriptedEngine()
    engine.crash_at = 2
    bridge, listener = opened(engine)
    bridge.load("starter")
    bridge.start()
    lost = [job(tmp_path), job(tmp_path)]
    with qtbot.waitSignals([bridge.failed, bridge.failed]):
        for one in lost:
            bridge.submit(one)
    failures = listener.of(Failed)
    assert [event.job for event in failures] == [one.id for one in lost]
    assert all("the script says so" in event.problem.details for event in failures)
    engine.crash_at = None
    with qtbot.waitSignal(bridge.saved):
        bridge.submit(job(tmp_path))
    assert engine.heard.count(Load("starter")) == 2
    told = [command.job.id for command in engine.heard if isinstance(command, Submit)]
    assert all(told.count(one.id) <= 1 for one in lost)
    assert bridge.close()


def test_a_crash_with_nothing_open_is_told_too(qtbot):
    bridge, listener = opened(Says(RuntimeError("on its own")))
    with qtbot.waitSignals([bridge.failed, bridge.failed]):
        bridge.start()
    assert [event.job for event in listener.of(Failed)] == [None, None]
    assert bridge.close()


def test_after_the_second_crash_jobs_fail_at_once_instead_of_waiting_for_ever(qtbot, tmp_path):
    bridge, listener = opened(Says(RuntimeError("again")))
    with qtbot.waitSignals([bridge.failed, bridge.failed]):
        bridge.start()
    late = job(tmp_path)
    with qtbot.waitSignal(bridge.failed):
        bridge.submit(late)
    assert listener.of(Failed)[-1].job == late.id
    assert bridge.close()


def test_after_the_second_crash_a_model_is_not_waited_for_either(qtbot):
    bridge, listener = opened(Says(RuntimeError("again")))
    with qtbot.waitSignals([bridge.failed, bridge.failed]):
        bridge.start()
    with qtbot.waitSignal(bridge.failed):
        bridge.load("starter")
    assert listener.of(Failed)[-1].job is None
    assert "start it again" in listener.of(Failed)[-1].problem.advice
    assert bridge.close()


def test_commands_given_before_the_start_are_waiting_for_the_engine(qtbot, tmp_path):
    engine = ScriptedEngine()
    bridge = Bridge(engine)
    bridge.load("starter")
    bridge.submit(job(tmp_path))
    with qtbot.waitSignal(bridge.saved):
        bridge.start()
    assert isinstance(engine.heard[0], Load)
    assert bridge.close()


@pytest.mark.parametrize("round_", range(20))
def test_opening_and_closing_while_events_come(qtbot, tmp_path, round_):
    bridge = Bridge(ScriptedEngine())
    bridge.start()
    for _ in range(3):
        bridge.submit(job(tmp_path, steps=20))
    qtbot.wait(round_ % 5)
    assert bridge.close()


def test_the_real_engine_is_found(qapp):
    assert bridge_module.real_engine(SimpleQueue()).run


def test_previews_too_close_together_are_dropped_for_each_job_by_itself():
    mailbox = Mailbox()
    mailbox.pause = 60
    assert mailbox.put(Previewed("a", 1, grey(1), grey(1)))
    assert not mailbox.put(Previewed("a", 2, grey(2), grey(2)))
    mailbox.put(Previewed("b", 1, grey(3), grey(3)))
    assert {(one.job, one.step) for one in mailbox.empty()} == {("a", 1), ("b", 1)}
    mailbox.forget("a")
    assert mailbox.put(Previewed("a", 3, grey(4), grey(4)))
