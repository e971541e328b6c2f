from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.commands import Destination
from engine.draft import Draft
from engine.errors import Problem
from engine.gallery.store import newest, open_picture, save_picture
from engine.recipe import Picture
from gui.reproducing import ReproduceDialog


@pytest.fixture
def made(qtbot, window, session) -> Path:
    """A picture that the window's engine has made."""
    with qtbot.waitSignal(session.saved):
        session.generate(Draft(prompt="a boat", seed=3, steps=4))
    return newest(session.pictures.folder)[0]


def reproduce(qtbot, window, session, path: Path) -> ReproduceDialog:
    dialog = ReproduceDialog(session, path, window)
    with qtbot.waitSignal(dialog.ended):
        dialog.open()
    return dialog


def test_the_same_again_is_identical_and_nothing_new_is_kept(qtbot, window, session, made):
    dialog = reproduce(qtbot, window, session, made)
    assert dialog.words.text().startswith("Identical")
    qtbot.waitUntil(lambda: len(session.jobs) == 0)
    assert newest(session.pictures.folder) == [made]
    assert session.pictures.rowCount() == 1
    dialog.reject()


def test_what_differs_is_told(qtbot, window, session, made, tmp_path):
    stored = open_picture(made)
    pixels = np.array(stored.pixels)
    pixels[0, 0] ^= 64
    reading = stored.reading
    there = type(reading.environment)("cuda", "float32", "scripted")
    other = Picture(pixels, reading.recipe, stored.made, there, reading.noise_sha256)
    path = save_picture(other, Destination(file=tmp_path / "a.png"))
    dialog = reproduce(qtbot, window, session, path)
    assert dialog.words.text() == "Different."
    assert "64 of 255" in dialog.lines.toPlainText()
    assert "device was cuda" in dialog.lines.toPlainText()
    dialog.reject()


def test_what_does_not_tell_all_cannot_be_made_again(qtbot, window, session, tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    dialog = reproduce(qtbot, window, session, tmp_path / "a.png")
    assert "does not tell all" in dialog.words.text()
    assert len(session.jobs) == 0
    dialog.reject()


def test_a_job_that_fails_is_said_in_the_dialog(qtbot, window, session, engine, made):
    engine.problem = Problem("The device ran out of memory.", "Make the picture smaller.")
    dialog = reproduce(qtbot, window, session, made)
    assert dialog.words.text().startswith("The device ran out of memory.")
    dialog.reject()


@pytest.mark.parametrize("how", ["button", "close"])
def test_cancelling_takes_the_job_back(qtbot, window, session, engine, made, how):
    engine.free = False
    dialog = ReproduceDialog(session, made, window)
    dialog.open()
    qtbot.waitUntil(lambda: len(session.jobs) == 1)
    ended = []
    dialog.ended.connect(lambda: ended.append(True))
    (dialog.leave.click if how == "button" else dialog.reject)()
    qtbot.waitUntil(lambda: len(session.jobs) == 0)
    engine.free = True
    if how == "button":
        qtbot.waitUntil(lambda: ended == [True])
        assert dialog.words.text() == "Cancelled."
        dialog.reject()
