"""F-19: the whole program without a try at the network, from its start to a saved picture."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import sys
tried = []
def hear(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"):
        tried.append((event, arguments))
sys.addaudithook(hear)
from PySide6.QtCore import QTimer
from engine.paths import current_paths
from gui import app

said = []
def shown(window):
    session = window._session
    window.library.open()
    window.library.keeper.listed.connect(lambda listing: said.append(len(listing.models)))
    session.loaded.connect(lambda _: begin(window))
    session.saved.connect(lambda reel: (said.append("saved"), window.close()))
    QTimer.singleShot(100_000, window.close)

def begin(window):
    said.append("loaded")
    window.library.leave()
    controls = window.create_view.controls
    controls.prompt.set_text("a boat on the sea")
    controls.sampling.steps.set_value(2)
    controls.button.click()

status = app.run(app.make_app(), current_paths(), None, shown)
assert not tried, tried
assert status == 0, status
assert said.count("loaded") == said.count("saved") == 1 and 1 in said, said
"""


@pytest.mark.slow
def test_the_window_starts_lists_and_makes_a_picture_without_a_try_at_the_network(root, home):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"PYTHONPATH": str(root), "HF_HUB_OFFLINE": "0"},
        capture_output=True, text=True, check=False, timeout=110,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(home.rglob("*.png"))) == 1
