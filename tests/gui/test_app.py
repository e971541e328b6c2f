import ctypes
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool

from engine.commands import Load, Pause
from engine.draft import Draft
from engine.events import Recovered
from engine.gallery.store import gallery_folder
from engine.paths import current_paths
from gui import __main__, app
from gui.bridge import Bridge
from gui.bugs import Bugs
from gui.gallery_model import NewestPictures
from gui.log import log_to
from gui.session import Session
from gui.settings import Settings, read_settings
from gui.window import Window
from tests.gui.scripted import ScriptedEngine, job


def test_importing_the_window_does_not_import_torch(root):
    code = "import sys, gui.app; print({'torch', 'diffusers', 'transformers'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_settings_are_kept_at_every_generate_and_at_the_end(qtbot, window, session, home):
    app.connect(window, session, current_paths())
    window.create_view.controls.prompt.set_text("first")
    with qtbot.waitSignal(session.saved):
        window.create_view.generate()
    file = home / "config" / "settings.toml"
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: read_settings(home / "config").draft.prompt == "first")
    window.create_view.controls.prompt.set_text("second")
    window.close()
    assert tomllib.loads(file.read_text())["draft"]["prompt"] == "second"


def test_the_chosen_model_outlives_a_window_that_is_closed_at_once(qtbot, session, home):
    window = Window(session, Settings(draft=Draft(model="sha256:" + "ab" * 32)))
    qtbot.addWidget(window)
    app.connect(window, session, current_paths(), "sha256:" + "ab" * 32)
    window.close()
    assert read_settings(home / "config").draft.model == "sha256:" + "ab" * 32


class CutOff(ScriptedEngine):
    """An engine that finds jobs of the last time."""

    def __init__(self, *jobs):
        super().__init__()
        self.found = jobs

    def run(self):
        for one in self.found:
            self._waiting.jobs.append(one)
            yield Recovered(one)
        yield from super().run()


@pytest.mark.parametrize("count", [0, 2])
def test_after_a_crash_what_was_cut_off_waits_until_it_is_told_to_go_on(qtbot, qapp, count):
    folder = gallery_folder("Etascope")
    cut_off = [job(folder, seed=seed) for seed in range(count)]
    engine = CutOff(*cut_off)
    session = Session(Bridge(engine), NewestPictures(folder))
    app.hold_back(session)
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    assert len(session.jobs) == len(cut_off)
    assert session.jobs.all_paused == bool(cut_off)
    assert Load("starter") in engine.heard
    if cut_off:
        with qtbot.waitSignals([session.bridge.saved] * 2):
            session.resume()
    session.pause()  # and later this means what it says
    qtbot.waitUntil(lambda: engine.heard.count(Pause(None)) == 2)
    qtbot.wait(20)
    assert session.jobs.all_paused
    assert session.close()


def test_what_is_typed_is_kept_without_being_generated(qtbot, window, session, home, monkeypatch):
    monkeypatch.setattr(app, "PAUSE", 20)
    app.connect(window, session, current_paths())
    window.create_view.controls.prompt.set_text("half a thou")
    qtbot.waitUntil(lambda: read_settings(home / "config").draft.prompt == "half a thou")


def test_another_folder_for_the_galleries_holds_as_soon_as_it_is_written(
    qtbot, window, session, tmp_path, monkeypatch
):
    monkeypatch.setattr(app, "PAUSE", 20)
    app.connect(window, session, current_paths())
    with qtbot.waitSignal(session.pictures.modelReset):
        window.adjusting.adjust(replace(window.settings(), galleries=str(tmp_path / "mine")))
    assert session.pictures.folder == tmp_path / "mine" / "Etascope"
    with qtbot.waitSignal(session.saved) as saved:
        window.create_view.generate()
    assert saved.args[0].path.parent == session.pictures.folder


def test_a_folder_that_cannot_be_written_does_not_keep_the_window_open(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("")
    app.keep(Settings(), replace(current_paths(), home=blocked))
    assert "were not kept" in caplog.text


def test_ctrl_c_closes_the_window(qtbot, window):
    before = signal.getsignal(signal.SIGINT)
    timer = app.end_on_ctrl_c(window)
    try:
        with qtbot.waitSignal(window.closing):
            os.kill(os.getpid(), signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
        timer.stop()


def test_the_log_is_not_there_until_something_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    log_to(tmp_path / "logs")
    assert not (tmp_path / "logs").exists()
    logging.getLogger("gui.test").warning("the disk is full")
    assert "the disk is full" in (tmp_path / "logs" / "window.log").read_text()
    for handler in logging.getLogger().handlers:
        handler.close()


def test_a_log_that_cannot_be_written_is_not_told_by_tracebacks(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    blocked = tmp_path / "file"
    blocked.write_text("")
    log_to(blocked / "logs")
    for number in range(2):
        logging.getLogger("gui.test").warning("the disk is full, %s", number)
    assert capsys.readouterr().err == "the disk is full, 0\nthe disk is full, 1\n"


@pytest.fixture
def bugs(qapp, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    made = Bugs()
    made.listen()
    return made


def test_an_exception_that_nobody_caught_is_reported_and_logged_once(qtbot, bugs, caplog):
    error = ValueError("odd")
    with qtbot.waitSignal(bugs.found) as found:
        sys.excepthook(ValueError, error, None)
    assert "odd" in found.args[0].details
    assert len(caplog.records) == 1


def test_one_in_a_thread_reaches_the_windows_thread(qtbot, bugs, qapp):
    def fail():
        raise ValueError("in a thread")

    with qtbot.waitSignal(bugs.found) as found:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "in a thread" in found.args[0].details


def test_one_in_a_destructor_is_reported_too(qtbot, bugs):
    class Bad:
        def __del__(self):
            raise ValueError("in a destructor")

    with qtbot.waitSignal(bugs.found) as found:
        del_me = Bad()
        del del_me
    assert "in a destructor" in found.args[0].details


def test_a_stuck_engine_does_not_keep_the_process(monkeypatch, session):
    left = []
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(type(session), "close", lambda _: False)
    assert app.end(session, QThreadPool(), 3) == 3
    assert left == [3]
    monkeypatch.undo()


def test_an_engine_that_ended_lets_python_end_in_peace(monkeypatch, session):
    monkeypatch.setattr(os, "_exit", lambda _: pytest.fail("left hard"))
    assert app.end(session, QThreadPool(), 0) == 0


def test_a_disk_that_hangs_does_not_keep_the_window_or_the_process(
    qtbot, window, session, monkeypatch
):
    hangs, left = threading.Event(), []
    monkeypatch.setattr(app, "LONGEST_WRITE", 50)
    monkeypatch.setattr(app, "keep", lambda *_: hangs.wait())
    monkeypatch.setattr(os, "_exit", left.append)
    writer = app.connect(window, session, current_paths())
    window.close()
    assert not window.isVisible()
    app.end(session, writer, 0)
    assert left == [0]
    hangs.set()
    writer.waitForDone()


@pytest.fixture
def compositor():
    """A folder with the socket `listening`; a short path, as sockets need."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{folder}/listening")
        listening.listen()
        yield Path(folder)


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_display_that_is_there_answers_at_once():
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        name = f":{answer.readline().strip()}"
    assert __main__.x11_answers(name)
    server.terminate()
    server.wait(60)
    assert not __main__.x11_answers(name)


def test_where_nothing_can_ask_the_display_it_is_believed_to_be_there(monkeypatch):
    def missing(_):
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert __main__.x11_answers(":98765")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":98765"}, False),
        ({"DISPLAY": "localhost:98765.0"}, False),
        ({"DISPLAY": "nonsense"}, False),
        ({"DISPLAY": "elsewhere:10"}, True),
        ({"DISPLAY": ":98765", "QT_QPA_PLATFORM": "offscreen"}, True),
        ({"DISPLAY": ":98765", "WAYLAND_DISPLAY": "listening"}, True),
        ({"WAYLAND_DISPLAY": "listening"}, True),
        ({"WAYLAND_DISPLAY": "wayland-gone"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, False),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, True),
    ],
)
def test_linux_without_a_display_that_answers_is_noticed(
    monkeypatch, compositor, variables, expected
):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    real = __main__.x11_answers
    monkeypatch.setattr(__main__, "x11_answers", lambda name: name == ":0" or real(name))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(compositor))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert __main__.has_display() == expected
    monkeypatch.setattr(sys, "platform", "darwin")
    assert __main__.has_display()


def test_with_a_sub_command_the_terminal_takes_over(monkeypatch):
    heard = []
    monkeypatch.setattr("engine.cli.main", lambda arguments: heard.append(arguments) or 5)
    assert __main__.main(["generate", "a boat"]) == 5
    assert heard == [["generate", "a boat"]]


def test_without_a_display_a_picture_is_made_in_the_terminal(monkeypatch):
    monkeypatch.setattr(__main__, "has_display", lambda: False)
    monkeypatch.setattr("engine.cli.without_display", lambda: 0)
    assert __main__.main([]) == 0


def test_without_arguments_the_window_opens(monkeypatch):
    monkeypatch.setattr(app, "main", lambda *_: 7)
    assert __main__.main([]) == 7
