"""Cancelled pictures that are kept as far as they had come."""

from datetime import datetime

import numpy as np
import pytest

from engine.commands import Cancel, CancelAll, Destination
from engine.draft import Draft
from engine.events import Kept
from engine.gallery.store import save_picture
from engine.recipe import Environment, Picture, Recipe, Unfinished
from gui.settings import Settings, read_settings, write_settings
from gui.settings_dialog import SettingsDialog


@pytest.fixture
def partial(session):
    """A picture that was cancelled, in the gallery where new pictures go."""
    reached = Unfinished(12, 30)
    picture = Picture(
        np.zeros((8, 8, 3), np.uint8),
        Recipe(prompt="a boat", width=8, height=8, steps=30),
        datetime.now().astimezone(),
        Environment("cpu", "float32", "torch"),
        "5e" * 32,
        reached,
    )
    path = save_picture(picture, Destination(folder=session.pictures.folder))
    return Kept("some job", path, reached)


@pytest.mark.parametrize("keeps", [True, False])
def test_the_engine_is_asked_to_keep_what_is_cancelled_if_the_settings_say_so(
    window, session, engine, qtbot, keeps
):
    window._show_settings()
    dialog = window.findChild(SettingsDialog)
    dialog.keep.setChecked(not keeps)
    dialog.keep.setChecked(keeps)
    assert window.settings().keep_cancelled == keeps
    engine.free = False
    session.generate(Draft(prompt="a boat", count=3))
    qtbot.waitUntil(lambda: len(session.jobs) == 3)
    job = session.jobs.row(0).job.id
    session.cancel(job)
    session.cancel_all()
    engine.free = True
    engine.tick(9)
    wanted = [Cancel(job, keeps), CancelAll(keeps)]
    qtbot.waitUntil(lambda: [one for one in engine.heard if one in wanted] == wanted)


def test_what_was_kept_is_in_the_strip_and_the_footer_says_how_far_it_had_come(
    window, session, partial, qtbot
):
    session.pictures.begin()
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 1)
    session.pictures.take_out(0)
    session.bridge.kept.emit(partial)
    assert session.pictures.path(0) == partial.path
    assert window.footer.words.text() == "Kept as it was at step 12 of 30"


@pytest.mark.parametrize(
    ("keeps", "told"),
    [(True, "Cancelled 3 pictures"), (False, "Cancelled 3 pictures, nothing saved")],
)
def test_nobody_is_told_that_nothing_is_saved_of_what_is_about_to_be(
    window, session, engine, qtbot, keeps, told
):
    session.bridge.keeps_cancelled = keeps
    engine.free = False
    with qtbot.waitSignal(session.begun):
        session.generate(Draft(prompt="a boat", count=3))
    with qtbot.waitSignal(session.grew):
        engine.tick()
    with qtbot.waitSignals([session.bridge.cancelled] * 3):
        session.cancel_all()
    assert window.footer.words.text() == told


def test_the_setting_is_remembered(tmp_path):
    tmp_path.joinpath("config").mkdir()
    write_settings(Settings(keep_cancelled=True), tmp_path / "config")
    assert read_settings(tmp_path / "config").keep_cancelled
    assert not Settings().keep_cancelled
