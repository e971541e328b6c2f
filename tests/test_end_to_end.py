"""The whole program: the real window and the real engine, driven as a user drives them."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.draft import Draft
from engine.gallery.store import gallery_folder, open_picture
from gui.bridge import Bridge
from gui.gallery_model import NewestPictures
from gui.session import Session
from gui.settings import Settings, write_settings
from gui.window import Window

ROOT = Path(__file__).parent.parent
PATIENCE = 90
"""Seconds for whatever includes importing torch, on a machine that does other things as well."""

PROMPT = "a red sailing boat on the sea"
MORE_THAN_RUN_TOGETHER = 40
"""Pictures at once: what is asked for after them has to wait until they have ended."""

TABS_TO_STEPS = 4
"""From the prompt: the negative prompt, the sampler, the schedule, the field of the steps."""

TOOLS = ("Xvfb", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]

pytestmark = pytest.mark.timeout(300)
on_a_screen = pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")


def wait_for(what: str, condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited too long for {what}"
        time.sleep(0.05)


class Screen:
    """A display of its own, without a window manager, and a keyboard."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        shape = ["-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *shape],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.name = f":{answer.readline().strip()}"

    def close(self) -> None:
        self.server.terminate()
        self.server.wait(60)

    def xdotool(self, *words: str) -> str:
        environment = os.environ | {"DISPLAY": self.name}
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def title(self) -> str:
        """The title of the window that has the keyboard, "" if none has."""
        return self.xdotool("getwindowfocus", "getwindowname")


class Program:
    """`python -m gui` on a screen."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.screen = screen
        self.gallery = home / "galleries" / "Etascope"
        environment = os.environ | {"DISPLAY": screen.name, "ETASCOPE_HOME": str(home)}
        environment.pop("QT_QPA_PLATFORM", None)
        environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen([sys.executable, "-m", "gui"], cwd=ROOT, env=environment)

    def wait_for_title(self, *, running: bool) -> None:
        def right() -> bool:
            assert self.process.poll() is None, "the program has ended"
            title = self.screen.title()
            return title.endswith("Etascope") and ("%" in title) == running

        wait_for(f"the title, running: {running}", right)

    def pictures(self) -> list[Path]:
        return sorted(self.gallery.glob("*.png"))

    def quit(self) -> float:
        """Press Ctrl+Q; return the seconds until the process has gone."""
        started = time.monotonic()
        self.screen.xdotool("key", "ctrl+q")
        assert self.process.wait(30) == 0
        return time.monotonic() - started


@pytest.fixture(scope="module")
def screen():
    made = Screen()
    yield made
    made.close()


@pytest.fixture
def start(screen, home):
    programs = []

    def run() -> Program:
        programs.append(Program(screen, home))
        programs[-1].wait_for_title(running=False)
        return programs[-1]

    yield run
    for program in programs:
        program.process.kill()
        program.process.wait()


def long_run(home: Path, count: int = 1) -> None:
    """Have the next window start with a thousand steps of DDPM."""
    draft = Draft(sampler="ddpm", steps=1000, count=count)
    write_settings(Settings(draft=draft), home / "config")


@on_a_screen
def test_a_prompt_typed_becomes_a_picture_on_the_disk_and_is_there_after_a_restart(start):
    program = start()
    program.screen.xdotool("type", PROMPT)
    program.screen.xdotool("key", "ctrl+Return")
    wait_for("a picture", program.pictures)
    stored = open_picture(program.pictures()[0])
    assert stored.reading.recipe.prompt == PROMPT
    assert program.quit() < 5
    again = start()
    again.screen.xdotool("key", "F1")
    wait_for("the shortcuts", lambda: again.screen.title().startswith("Keyboard"))
    again.screen.xdotool("key", "Escape")
    wait_for("the keyboard", lambda: again.screen.title() == "Etascope")
    again.screen.xdotool("key", "ctrl+Return")
    wait_for("another picture", lambda: len(again.pictures()) == 2)
    assert {open_picture(path).reading.recipe.prompt for path in again.pictures()} == {PROMPT}
    again.quit()


@on_a_screen
def test_escape_ends_a_long_run_at_once_and_saves_nothing_of_it(start, home):
    long_run(home, MORE_THAN_RUN_TOGETHER)
    program = start()
    program.screen.xdotool("key", "ctrl+Return")
    program.wait_for_title(running=True)
    program.screen.xdotool("key", "Escape")
    program.wait_for_title(running=False)
    assert program.pictures() == []
    # The window says so at once; only the engine's next pictures show that it has stopped as well.
    program.screen.xdotool("key", "ctrl+1", *["Tab"] * TABS_TO_STEPS, "ctrl+a", "1", "ctrl+Return")
    wait_for("a picture of one step", program.pictures)
    program.quit()
    steps = {open_picture(path).reading.recipe.steps for path in program.pictures()}
    assert steps == {1}


@on_a_screen
def test_quitting_in_the_middle_of_a_long_run_takes_less_than_five_seconds(start, home):
    long_run(home)
    program = start()
    program.screen.xdotool("key", "ctrl+Return")
    program.wait_for_title(running=True)
    assert program.quit() < 5
    assert program.pictures() == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_window_and_the_engine_together(qtbot, home):
    session = Session(Bridge(), NewestPictures(gallery_folder("Etascope")))
    window = Window(session, Settings())
    qtbot.addWidget(window)
    window.open()
    previewed = []
    session.grew.connect(lambda _, step: previewed.append(step))
    with qtbot.waitSignal(session.loaded, timeout=1000 * PATIENCE):
        session.begin("starter")
    prompt = window.create_view.controls.prompt
    QTest.keyClicks(prompt, PROMPT)
    with qtbot.waitSignal(session.saved, timeout=1000 * PATIENCE) as saved:
        QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reel = saved.args[0]
    assert reel.path.parent == home / "galleries" / "Etascope"
    assert open_picture(reel.path).reading.recipe == reel.recipe
    assert reel.recipe.prompt == PROMPT
    assert previewed
    window.create_view.stage.timeline.moved.emit(3)
    assert window.create_view.stage.caption.sentence().startswith("Step 3 of 20")
    assert session.close()
