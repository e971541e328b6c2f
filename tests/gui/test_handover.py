"""F-07: a second window of the same home hands over to the first, and ends."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QDir

from engine.gallery.entries import SUFFIXES
from engine.paths import current_paths
from gui import __main__, app, handover
from gui.dropping import DropSheet
from gui.handover import Handover, socket_name

FIRST = """
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.handover import Handover
program = QCoreApplication([])
door = Handover(Path(sys.argv[1]))
assert door.is_first()
if sys.argv[2] == "listens":
    door.listen()
print("ready", flush=True)
program.exec()
"""


@pytest.fixture
def door(qapp, home: Path):
    """The door of the first window, which listens."""
    made = Handover(current_paths().data)
    assert made.is_first()
    made.listen()
    yield made
    made.close()


@pytest.fixture
def first(home: Path, root: Path):
    """Start another process that is first; returns it once it is ready."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", FIRST, str(current_paths().data), how]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def second(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program itself, with a command line."""
    command = [sys.executable, "-m", "gui", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=root)


def address() -> str:
    """The socket's file."""
    name = socket_name(current_paths().data)
    return name if name.startswith("/") else str(Path(QDir.tempPath(), name))


def test_a_second_window_hands_over_and_the_first_comes_to_the_front(
    qtbot, window, door, home: Path, root: Path, tmp_path: Path
):
    Image.new("RGB", (8, 8)).save(tmp_path / "红 a.png")
    app.open_door(door, None, window)
    window.showMinimized()
    with qtbot.waitSignal(window.create_view.dropped) as dropped:
        other = second(root, str(tmp_path / "红 a.png"))
    assert other.communicate(timeout=60) == ("", "")
    assert other.returncode == 0
    assert dropped.args[0].path == tmp_path / "红 a.png"
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: window.findChild(DropSheet) is not None)
    window.findChild(DropSheet).reject()


def test_without_a_picture_it_only_comes_to_the_front(qtbot, door, root: Path):
    with qtbot.waitSignal(door.asked) as asked:
        other = second(root)
    assert asked.args == [""]
    assert (*other.communicate(timeout=60), other.returncode) == ("", "", 0)


def test_windows_of_other_homes_are_left_alone(door, tmp_path: Path):
    other = Handover(tmp_path / "other")
    assert other.is_first()
    assert socket_name(tmp_path / "other") != socket_name(current_paths().data)
    other.close()


def test_a_first_window_that_was_killed_is_followed_by_another(first, qtbot, root: Path):
    killed = first("listens")
    mine = Handover(current_paths().data)
    assert not mine.is_first()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert Path(address()).exists()  # its socket is stale
    assert mine.is_first()
    mine.listen()
    with qtbot.waitSignal(mine.asked):
        other = second(root)
    other.communicate(timeout=60)
    assert other.returncode == 0
    mine.close()


def test_one_that_does_not_answer_is_said(first, monkeypatch, capsys):
    first("is deaf")
    monkeypatch.setattr(handover, "LONGEST_CHANGE", 0.2)
    assert Handover(current_paths().data).enter(None) == 1
    told = capsys.readouterr().err
    assert told.startswith("etascope: another window is open")
    assert len(told.splitlines()) == 1


def test_one_that_is_closing_is_waited_for(qtbot, window, door):
    app.open_door(door, None, window)
    window.close()
    assert not door._server.isListening()
    mine, entered = Handover(current_paths().data), []
    waiting = threading.Thread(target=lambda: entered.append(mine.enter(None)))
    waiting.start()
    time.sleep(0.1)
    assert entered == []  # it still holds the lock
    door.close()
    waiting.join(60)
    assert entered == [None]
    mine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="has pipes instead")
def test_only_this_user_may_connect(door):
    about = Path(address()).stat()
    assert about.st_uid == os.getuid()
    assert not stat.S_IMODE(about.st_mode) & 0o077


@pytest.mark.skipif(sys.platform == "win32", reason="has pipes instead")
@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"\xff\xfe\n",
        b"[" * 60_000 + b"\n",
        b"x" * 1_000_000,
        b'{"open": 3}\n',
        b'["open"]\n',
    ],
)
def test_whatever_else_is_sent_is_passed_over(qtbot, door, line: bytes):
    heard: list[str] = []
    door.asked.connect(heard.append)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.setblocking(False)
        stranger.connect(address())
        with suppress(BlockingIOError):
            stranger.send(line)
        qtbot.wait(30)
    with socket.socket(socket.AF_UNIX) as friend:
        friend.connect(address())
        friend.sendall(json.dumps({"open": "/a.png"}).encode() + b"\n")
        qtbot.waitUntil(lambda: heard == ["/a.png"])


def test_where_there_can_be_no_lock_every_window_is_on_its_own(tmp_path: Path):
    (tmp_path / "file").touch()
    door = Handover(tmp_path / "file")
    assert door.is_first()
    door.listen()
    door.close()


def test_a_picture_alone_on_the_command_line_opens_the_window(monkeypatch, tmp_path: Path):
    heard = []
    picture = tmp_path / "a.PNG"
    picture.touch()
    monkeypatch.setattr(app, "main", lambda _, path: heard.append(path) or 3)
    assert __main__.main([str(picture)]) == 3
    monkeypatch.setattr(__main__, "has_display", lambda: False)
    monkeypatch.setattr("engine.cli.main", lambda arguments: heard.append(arguments) or 4)
    assert __main__.main([str(picture)]) == 4
    assert __main__.main([str(tmp_path / "none.png")]) == 4
    assert heard == [picture, ["inspect", str(picture)], [str(tmp_path / "none.png")]]
    assert set(__main__.PICTURES) == set(SUFFIXES)
