"""The real program, closed at random moments: it ends cleanly, quickly and without a word."""

import random
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

SOON = 5.0
"""Seconds from the wish to close to the end of the process, on a machine that is not busy."""
PATIENCE = 300
OFFSCREEN = "This plugin does not support"

STAGES = {
    "start": 300,
    "loading": 4000,
    "sampling": 1500,
    "saving": 60,
    "scrubbing": 800,
    "comparing": 1500,
}
"""What is going on, and within how many milliseconds after it has begun the window is closed."""

_DRIVE = """
import sys, time
from functools import partial
from PySide6.QtCore import QTimer
from engine.draft import Draft
from gui.__main__ import main
from gui.window import Window

stage, delay = sys.argv[1], int(sys.argv[2])
opened = Window.open
once = set()

def close(window):
    print(time.time(), flush=True)
    window.close()

def soon(window, *_):
    if not once:
        once.add(stage)
        QTimer.singleShot(delay, partial(close, window))

def generate(window, draft, *_):
    window.create_view.controls.show_draft(draft)
    window.create_view.generate()

def scrub(window, *_):
    stage, timer = window.create_view.stage, QTimer(window)
    place = iter(range(10**6))
    timer.timeout.connect(lambda: stage._moved(next(place) % stage.timeline.steps() + 1))
    timer.start(10)
    soon(window)

def compare(window, *_):
    window.open_view("compare")
    window.compare_view.setup.prompt.set_text("a red boat")
    window.compare_view.compare()

def drive(window):
    opened(window)
    session = window._session
    if stage == "start":
        soon(window)
    elif stage == "loading":
        session.loading.connect(partial(soon, window))
    elif stage == "comparing":
        session.loaded.connect(partial(compare, window))
        window._session.bridge.started.connect(partial(soon, window))
    else:
        steps, count = {"sampling": (1000, 3), "saving": (2, 6), "scrubbing": (30, 1)}[stage]
        draft = Draft(prompt="a red boat", steps=steps, count=count, sampler="ddpm")
        session.loaded.connect(partial(generate, window, draft))
        begin = {"sampling": session.begun, "saving": session.settled, "scrubbing": session.saved}
        begin[stage].connect(partial(scrub if stage == "scrubbing" else soon, window))

Window.open = drive
sys.exit(main([]))
"""


@dataclass(frozen=True)
class Ended:
    """How the program ended: its status, what it said, the seconds that it took to."""

    status: int
    said: list[str]
    seconds: float


def closed(root, stage, delay):
    """Start the program, have it do something, and close its window `delay` ms later."""
    command = [sys.executable, "-c", _DRIVE, stage, str(delay)]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    now = time.time()
    said = [line for line in done.stderr.splitlines() if not line.startswith(OFFSCREEN)]
    asked = float(done.stdout.split()[0]) if done.stdout else now
    return Ended(done.returncode, said, now - asked)


def has_ended_well(ended, home):
    assert ended.said == []
    assert ended.status == 0
    assert not (home / "logs" / "window.log").exists()
    report = home / "logs" / "crash.txt"
    assert not report.exists() or report.read_text() == ""


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("stage", "delay"), [("start", 0), ("saving", 5)])
def test_the_window_closes_cleanly_while_something_is_going_on(root, home, stage, delay):
    has_ended_well(closed(root, stage, delay), home)


@pytest.mark.slow
@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("seed", range(50))
def test_fifty_closes_at_random_moments_end_cleanly_within_five_seconds(root, home, seed):
    chance = random.Random(seed)
    stage = list(STAGES)[seed % len(STAGES)]
    ended = closed(root, stage, chance.randrange(STAGES[stage]))
    print(f"{stage:10} {ended.seconds:4.1f} s")
    has_ended_well(ended, home)
    assert ended.seconds < SOON
