"""How late the window's event loop is while the engine works in its thread: measured, not judged.

    python3 launch.py test -m slow -s tests/bench/test_heartbeat.py

DESIGN wants p99 16 ms at most and never 100 ms while sampling, never 250 ms over importing and
loading; a busy machine is later.
"""

import subprocess
import sys
from time import perf_counter

import numpy as np
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_MEASURE = """
import sys
from time import perf_counter
import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from engine.draft import Draft
from engine.gallery.store import gallery_folder
from gui.bridge import Bridge
from gui.gallery_model import NewestPictures
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

BEAT = 0.004
app = QApplication([])
session = Session(Bridge(), NewestPictures(gallery_folder("Etascope")))
window = Window(session, Settings())
window.resize(1440, 900)
window.open()
late, due = [], perf_counter() + BEAT

def beat():
    global due
    now = perf_counter()
    late.append(max(0.0, now - due) * 1000)
    due = now + BEAT

timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
timer.timeout.connect(beat)
timer.start(int(BEAT * 1000))

def told(what):
    beats = np.array(late)
    p50, p99 = np.percentile(beats, [50, 99])
    figures = f"{len(beats):6} beats   {p50:6.1f} {p99:6.1f} {beats.max():6.1f} ms"
    print(f"{what:34} {figures}", flush=True)
    late.clear()

runs = [("one picture, 50 steps", Draft(prompt="a red boat", steps=50, seed=1)),
        ("four pictures at once, 50 steps", Draft(prompt="a red boat", steps=50, seed=1, count=4)),
        ("a thousand steps of DDPM", Draft(prompt="a boat", sampler="ddpm", steps=1000, seed=1))]
left = 0

def next_run():
    global left
    if not runs:
        session.close()
        app.quit()
        return
    left = runs[0][1].count
    submit(runs[0][1])

def submit(draft):
    window.create_view.controls.show_draft(draft)
    window.create_view.generate()

def loaded(_):
    told("importing torch and loading")
    next_run()

def saved(_):
    global left
    left -= 1
    if left == 0:
        told(runs.pop(0)[0])
        next_run()

session.loaded.connect(loaded)
session.saved.connect(saved)
QTimer.singleShot(200, lambda: session.begin("starter"))
app.exec()
"""


def test_the_event_loop_while_the_engine_works(home, root):
    started = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE], cwd=root, capture_output=True, text=True, check=False
    )
    print(f"\n{'late by':49} {'p50':>6} {'p99':>6} {'most':>6}\n{done.stdout}", end="")
    print(f"{perf_counter() - started:.0f} s in all")
    assert done.returncode == 0, done.stderr[-2000:]
    beats = np.array([int(line[34:].split()[0]) for line in done.stdout.splitlines()])
    assert len(beats) == 4
    assert beats.min() > 20
