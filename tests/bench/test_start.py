"""How long the window takes from the process's start to the screen: measured, not judged.

    python3 launch.py test -m slow -s tests/bench/test_start.py

DESIGN wants it within a second, with torch not imported yet. Each language is started several
times in turn, in a home that is there already; the settings say nothing, the system's language
decides.
"""

import os
import subprocess
import sys
from statistics import median
from time import monotonic

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROUNDS = 7
LOCALES = {"en": "en_US.UTF-8", "zh_CN": "zh_CN.UTF-8"}

_MEASURE = """
import os, sys, time
from PySide6.QtCore import QLocale
from gui import __main__, app

begun, connect = float(sys.argv[1]), app.connect

def told():
    wall, cpu = time.monotonic() - begun, time.process_time()
    print(wall, cpu, "torch" in sys.modules, QLocale().name(), flush=True)
    os._exit(0)

def listen_and_connect(window, *others):
    window.painted.connect(told)
    return connect(window, *others)

app.connect = listen_and_connect
__main__.main([])
"""


def start(root, locale):
    """Return wall clock and processor seconds from the start of a process to its window."""
    told = {"LC_ALL": locale, "LANGUAGE": ""}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(monotonic())],
        cwd=root, env=os.environ | told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    wall, cpu, torch, language = done.stdout.split()
    return float(wall), float(cpu), torch, language


def test_from_the_start_of_the_process_to_the_window(home, root):
    for locale in LOCALES.values():
        start(root, locale)  # what is read from the disk is in memory from now on
    times = {language: [] for language in LOCALES}
    for _ in range(ROUNDS):
        for language, locale in LOCALES.items():
            wall, cpu, torch, spoken = start(root, locale)
            assert (torch, spoken[:2]) == ("False", language[:2])
            times[language].append((wall, cpu))
    print(f"\n{'window on the screen':24} {'median':>8} {'lowest':>8} {'CPU':>8}")
    for language, rows in times.items():
        walls, cpus = zip(*rows, strict=True)
        figures = [median(walls), min(walls), median(cpus)]
        print(f"{language:24} " + " ".join(f"{one:7.2f}s" for one in figures))
        assert 0 < min(walls) < 60
