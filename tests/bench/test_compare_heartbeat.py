"""How late the event loop is while a comparison runs live and is scrubbed: measured, not judged.

    python3 launch.py test -m slow -s tests/bench/test_compare_heartbeat.py

The second group of figures is the window's own computing between two beats, which a busy machine
does not blur as much.
"""

import subprocess
import sys

import numpy as np
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_MEASURE = """
import sys
from time import perf_counter, thread_time
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
sys.setswitchinterval(0.001)
app = QApplication([])
session = Session(Bridge(), NewestPictures(gallery_folder("Etascope")))
window = Window(session, Settings(draft=Draft(prompt="a red boat", seed=1)))
window.resize(1280, 800)
window.open()
window.open_view("compare")
view = window.compare_view
late, spent, due, before = [], [], perf_counter() + BEAT, thread_time()

def beat():
    global due, before
    now, own = perf_counter(), thread_time()
    late.append(max(0.0, now - due) * 1000)
    spent.append((own - before) * 1000)
    due, before = now + BEAT, own

timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
timer.timeout.connect(beat)

def told(what):
    figures = [f"{len(late):6} beats"]
    for beats in (np.array(late), np.array(spent)):
        p50, p99 = np.percentile(beats, [50, 99])
        figures.append(f"{p50:6.1f} {p99:6.1f} {beats.max():6.1f} ms")
    print(f"{what:34}", "   ".join(figures), flush=True)
    late.clear(), spent.clear()

grids = [("12 cells", "ddpm, ddim, plms", "5, 10, 20, 50"),
         ("64 cells", "ddpm, ddim, plms, euler, euler_a, lms, unipc, deis", "3-10")]

def next_grid():
    if not grids:
        session.close()
        app.quit()
        return
    _, samplers, steps = grids[0]
    view.setup.down.set_axis("sampler", samplers)
    view.setup.across.set_axis("steps", steps)
    view.compare()

def rested():
    told(grids.pop(0)[0] + " live")
    view.scrubber.link.set_value("sigma")
    scrub.start(30)
    QTimer.singleShot(5000, scrubbed)

def scrub_on():
    view.scrubber._moved(view.frames.position % max(view.frames.reached() - 1, 1) + 1)

def scrubbed():
    scrub.stop()
    told("  scrubbed by noise, 33 times a second")
    next_grid()

scrub = QTimer()
scrub.timeout.connect(scrub_on)
view.comparison.rested.connect(rested)
def loaded(_):
    global due, before
    due, before = perf_counter() + BEAT, thread_time()
    timer.start(int(BEAT * 1000))
    next_grid()

session.loaded.connect(loaded)
session.begin("starter")
app.exec()
"""


def test_the_event_loop_while_cells_denoise_together(home, root):
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE], cwd=root, capture_output=True, text=True, check=False
    )
    print(f"\n{'late by; own work':49} {'p50':>6} {'p99':>6} {'most':>6}\n{done.stdout}", end="")
    assert done.returncode == 0, done.stderr[-2000:]
    beats = np.array([int(line[34:].split(" beats")[0][-6:]) for line in done.stdout.splitlines()])
    assert len(beats) == 4
    assert beats.min() > 20
