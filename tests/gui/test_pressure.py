"""The bridge and the queue under pressure: floods of news, a thousand jobs, a window that is gone.

Counted, not timed: how much waits, how often Qt is told, on which thread what is made.
"""

import ast
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from engine.commands import Shutdown, Submit
from engine.draft import Draft
from engine.errors import Problem
from engine.events import Finished, Previewed, Reordered, Started, Stepped
from gui import theme
from gui.bridge import Bridge
from gui.queue_model import Queue
from gui.settings import Settings
from gui.settings_dialog import SettingsDialog
from gui.shortcuts import ShortcutsDialog
from gui.window import Window
from tests.gui.scripted import ScriptedEngine, finish, grey, job, trajectory

JOBS, STEPS = 8, 2000
MANY = 1000
BY_THREAD = ("QThreadPool", "QRunnable", "QThread", "threading")


class Flood:
    """An engine that says all at once what many jobs come to; `said` is set when it has."""

    def __init__(self, jobs):
        self.jobs = jobs
        self.said = threading.Event()

    def __call__(self, inbox):
        self.inbox = inbox
        return self

    def run(self):
        for one in self.jobs:
            yield Started(one.id, (1.0,) * STEPS, (1.0,) * STEPS, STEPS)
        for step in range(1, STEPS + 1):
            for one in self.jobs:
                yield Stepped(one.id, step, STEPS, step)
                yield Previewed(one.id, step, grey(step), grey(step))
        for one in self.jobs:
            yield from list(finish(one, trajectory(one.recipe)))[:1]
        self.said.set()
        while not isinstance(self.inbox.get(), Shutdown):
            pass


@pytest.fixture
def flood(tmp_path):
    return Flood([job(tmp_path, seed=seed) for seed in range(JOBS)])


@pytest.fixture
def bridge(qapp, flood):
    """A bridge on the engine that floods, not yet started; `heard` is what it tells."""
    made = Bridge(flood)
    made.heard = []
    for signal in (made.started, made.stepped, made.previewed, made.finished):
        signal.connect(made.heard.append)
    yield made
    assert made.close()


def start(bridge, flood):
    """Have all of the flood said while the window's thread is busy with other things."""
    bridge.start()
    assert flood.said.wait(60)


def test_a_flood_leaves_one_preview_and_one_step_of_each_job_waiting(bridge, flood):
    start(bridge, flood)
    assert len(bridge._mailbox._newest) == 2 * JOBS
    QApplication.processEvents()
    told = Counter(type(event) for event in bridge.heard)
    assert told == dict.fromkeys((Started, Stepped, Previewed, Finished), JOBS)
    newest = {event.step for event in bridge.heard if isinstance(event, Stepped | Previewed)}
    assert newest == {STEPS}
    assert not bridge._mailbox._newest


def test_nothing_of_a_job_comes_before_its_start_or_after_its_end(bridge, flood):
    start(bridge, flood)
    QApplication.processEvents()
    for one in flood.jobs:
        own = [type(event) for event in bridge.heard if event.job == one.id]
        assert own == [Started, Stepped, Previewed, Finished]


def test_dialogs_that_are_gone_hear_nothing_of_what_goes_on(qtbot, window, session, engine, qapp):
    engine.free = False
    window.create_view.controls.show_draft(Draft(prompt="a boat", steps=50, count=4))
    with qtbot.waitSignal(session.begun):
        window.create_view.generate()
    window._show_settings()
    window._show_shortcuts()
    dialogs = [window.findChild(kind) for kind in (SettingsDialog, ShortcutsDialog)]
    engine.free = True
    for dialog in dialogs:
        dialog.reject()
        qapp.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert not any(map(isValid, dialogs))
    theme.apply(qapp, "light")
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: not len(session.jobs))
    qtbot.wait(20)


def test_pixmaps_are_made_on_the_windows_thread_only(qtbot, qapp, monkeypatch, session, engine):
    """Qt says nothing of it where the platform allows it; not every platform does."""
    threads = set()

    class Watched(QPixmap):
        def __init__(self, *arguments):
            threads.add(QThread.currentThread())
            super().__init__(*arguments)

        @staticmethod
        def fromImage(*arguments):  # noqa: N802 - Qt's name
            threads.add(QThread.currentThread())
            return QPixmap.fromImage(*arguments)

    window = Window(session, Settings())
    for name, module in list(sys.modules.items()):
        if name.startswith("gui") and getattr(module, "QPixmap", None) is QPixmap:
            monkeypatch.setattr(module, "QPixmap", Watched)
    qtbot.addWidget(window)
    window.open()
    session.begin("starter")
    session.pictures.begin()
    for seed in range(3):
        window.create_view.controls.show_draft(Draft(prompt="a boat", steps=5, seed=seed))
        with qtbot.waitSignal(session.saved):
            window.create_view.generate()
    window.grab()
    qtbot.waitUntil(lambda: all(row.image is not None for row in session.pictures._rows))
    window.grab()
    assert threads == {qapp.thread()}


def test_what_works_in_other_threads_knows_no_pixmaps_or_icons(root):
    for file in sorted((root / "gui").rglob("*.py")):
        names = imported(file)
        if names & set(BY_THREAD):
            assert not names & {"QPixmap", "QPixmapCache", "QIcon", "QBitmap"}, file


def imported(file: Path) -> set[str]:
    """Return the names that a module imports."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {
        alias.name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


# A thousand jobs


@pytest.fixture
def queue(qapp):
    """A thousand jobs, the first of which runs; `told` counts what Qt is told of them."""
    made, told = Queue(), Counter()
    made.told = told
    for signal in (made.dataChanged, made.rowsInserted, made.rowsRemoved, made.rowsMoved):
        signal.connect(lambda *_, name=str(signal): told.update([name]))
    made.jobs = [job(Path(), seed=seed) for seed in range(MANY)]
    made.submitted(made.jobs)
    made.started(Started(made.jobs[0].id, (1.0,) * 4, (1.0,) * 4, 4), 0.0)
    return made


def test_whatever_happens_to_one_of_a_thousand_jobs_is_told_in_few_words(queue):
    first, second, *_, last = (one.id for one in queue.jobs)
    order = (last, *(one.id for one in queue.jobs[1:-1]))
    deeds = {
        "step": lambda: queue.stepped(Stepped(first, 1, 4, 1), 1.0),
        "pause": lambda: queue.pause(None),
        "resume": lambda: queue.resume(None, 1.0),
        "move": lambda: queue.move_by(last, -998),
        "the engine's word on it": lambda: queue.reorder(order),
        "cancel": lambda: queue.forget({second}),
        "end": lambda: queue.ended(first),
        "all": queue.clear,
    }
    for name, deed in deeds.items():
        queue.told.clear()
        deed()
        assert queue.told.total() <= 1, name
    assert not len(queue)


def test_the_count_of_open_jobs_is_right_whatever_happens(queue):
    names = [one.id for one in queue.jobs]
    queue.failed(names[5], Problem("No memory."))
    queue.failed(names[5], Problem("Still none."))
    queue.failed(names[6], Problem("No memory."))
    assert (len(queue), queue.rowCount()) == (MANY - 2, MANY)
    queue.forget({names[5], names[7]})
    assert (len(queue), queue.rowCount()) == (MANY - 3, MANY - 2)
    queue.clear()
    assert (len(queue), queue.failures()) == (0, [names[6]])


def test_a_thousand_pictures_are_asked_for_made_and_cancelled(qtbot, window, session, engine):
    engine.free = False
    told, shown = Counter(), Counter()
    session.progressed.connect(lambda: told.update(["progressed"]))
    session.jobs.rowsInserted.connect(lambda *_: told.update(["inserted"]))
    do = window._progress._deed
    window._progress._deed = lambda: (shown.update(["shown"]), do())
    window.create_view.controls.show_draft(Draft(prompt="a boat", steps=2, count=MANY))
    window.create_view.generate()
    assert told == {"progressed": 1, "inserted": 1}
    qtbot.waitUntil(lambda: session.jobs.progress() is not None)
    window.footer.queue.click()
    with qtbot.waitSignal(session.saved):
        engine.tick(2)
    assert len(session.jobs) in {MANY - 1, MANY - 2}
    shown.clear()
    session.cancel_all()
    assert len(session.jobs) == 0
    qtbot.waitUntil(lambda: session._teller._cancelled >= MANY - 2)
    assert shown["shown"] < 200
    sent = [command for command in engine.heard if isinstance(command, Submit)]
    assert len(sent) == MANY


def test_the_engines_order_of_a_thousand_jobs_is_taken_over(queue):
    names = [one.id for one in queue.jobs[1:]]
    queue.reorder(Reordered(tuple(reversed(names))).jobs)
    assert [queue.row(number).job.id for number in range(1, MANY)] == names[::-1]


def test_a_step_of_a_job_that_nobody_knows_moves_nothing(queue):
    queue.told.clear()
    queue.stepped(Stepped("gone", 1, 4, 1), 1.0)
    assert not queue.told


def test_sixteen_pictures_at_once_keep_one_preview_each(qtbot, tmp_path):
    engine = ScriptedEngine()
    bridge = Bridge(engine)
    most = []
    bridge.previewed.connect(lambda _: most.append(len(bridge._mailbox._newest)))
    bridge.start()
    jobs = [job(tmp_path, steps=30, seed=seed) for seed in range(16)]
    for one in jobs:
        bridge.submit(one)
    ended = []
    bridge.saved.connect(ended.append)
    qtbot.waitUntil(lambda: len(ended) == len(jobs))
    assert max(most) <= 2 * len(jobs)
    assert bridge.close()
