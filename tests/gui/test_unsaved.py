"""F-02 in the window: what could not be saved is kept, and saved here or elsewhere."""

import os
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from engine.commands import Destination, Job
from engine.errors import KnownError, Problem, problem_of
from engine.events import Finished, Saved, Unsaved
from engine.gallery.store import newest, open_picture, save_picture
from engine.recipe import Picture, Recipe
from tests.gui import scripted


@pytest.fixture
def disk(monkeypatch):
    """A disk that is full while `disk.full` is set; the engine tells of it as the real one does."""

    class Disk:
        full = True

    sync = os.fsync

    def fsync(handle: int) -> None:
        if Disk.full:
            raise OSError(28, "No space left on device")
        sync(handle)

    def finish(job, path):
        now = datetime.now(UTC).astimezone()
        pixels = scripted.picture_pixels(job.recipe)
        picture = Picture(pixels, job.recipe, now, scripted.ENVIRONMENT, "0" * 64)
        yield Finished(job.id, picture, path, 1.0, len(path))
        try:
            saved = save_picture(picture, job.destination)
        except KnownError as error:
            yield Unsaved(job.id, problem_of(error), job.destination)
        else:
            yield Saved(job.id, saved)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(scripted, "finish", finish)
    return Disk


@pytest.fixture
def refused(qtbot, window, session, disk):
    """The window, with a picture that could not be saved."""
    with qtbot.waitSignal(window.unsaved.failed):
        window.create_view.generate()
    return window


def offer(window, number: int) -> QPushButton:
    return window.messages.findChild(QPushButton, f"offer-{number}")


def test_a_picture_that_could_not_be_saved_is_kept_and_that_is_said(refused):
    assert len(refused.unsaved) == 1
    assert "is full" in refused.messages.sentence()
    assert offer(refused, 0).isVisible()
    assert offer(refused, 1).isVisible()
    assert newest(refused._session.pictures.folder) == []


def test_once_there_is_room_it_is_saved_where_it_was_to_go(qtbot, refused, session, disk):
    with qtbot.waitSignal(refused.unsaved.failed):  # there is still none
        offer(refused, 0).click()
    assert len(refused.unsaved) == 1
    disk.full = False
    with qtbot.waitSignals([refused.unsaved.saved, session.saved]):
        offer(refused, 0).click()
    (path,) = newest(session.pictures.folder)
    assert open_picture(path).reading.recipe
    assert session.pictures.path(0) == path
    assert len(refused.unsaved) == 0
    assert refused.messages.sentence() == ""


def test_it_can_be_saved_elsewhere(qtbot, refused, session, disk, tmp_path):
    (tmp_path / "other").mkdir()
    offer(refused, 1).click()
    dialog = refused.findChild(QFileDialog, "save-elsewhere")
    disk.full = False
    with qtbot.waitSignal(refused.unsaved.saved):
        dialog.fileSelected.emit(str(tmp_path / "other"))
    dialog.reject()
    (path,) = newest(tmp_path / "other")
    assert open_picture(path).reading.recipe
    assert session.pictures.rowCount() == 0  # it is none of that gallery


def test_what_is_saved_from_the_closing_question_is_no_news_in_any_view(
    qtbot, refused, session, disk, tmp_path
):
    refused.open_view("compare")
    with qtbot.waitSignal(refused.unsaved.failed):
        refused.unsaved.try_again()
    bars = refused.messages, refused.compare_view.messages
    assert all("is full" in bar.sentence() for bar in bars)
    disk.full = False
    with qtbot.waitSignal(refused.unsaved.saved):
        refused.unsaved.save_to(tmp_path)
    assert [bar.sentence() for bar in bars] == ["", ""]


def test_it_is_still_offered_when_a_comparison_begins(qtbot, refused, engine):
    refused.open_view("compare")
    with qtbot.waitSignal(refused.unsaved.failed):
        refused.unsaved.try_again()
    compare = refused.compare_view
    engine.free = False
    compare.setup.across.set_axis("steps", "3, 4")
    compare.compare()
    assert compare.comparison.cells
    assert "is full" in compare.messages.sentence()


def test_a_missing_vocabulary_is_no_news_once_another_model_has_loaded(qtbot, refused, session):
    session.troubled.emit(Problem("It has none.", wants_words=True))
    assert refused.messages.sentence() == "It has none."
    with qtbot.waitSignal(session.loaded):
        session.load("another")
    assert "is full" in refused.messages.sentence()


def test_the_window_does_not_close_over_it_unasked(qtbot, refused, disk):
    closed = []
    refused.closing.connect(lambda: closed.append(True))
    refused.close()
    assert closed == []
    assert refused.isVisible()
    box = refused.findChild(QMessageBox, "not-saved")
    lose = next(one for one in box.buttons() if "lose" in one.text())
    with qtbot.waitSignal(refused.closing):
        lose.click()


def test_the_next_picture_is_saved_as_ever(qtbot, refused, session, disk):
    disk.full = False
    with qtbot.waitSignal(session.saved):
        refused.create_view.generate()
    assert len(newest(session.pictures.folder)) == 1
    assert len(refused.unsaved) == 1


def test_what_was_to_go_to_a_file_of_its_own_is_nobodys_loss(qtbot, window, tmp_path):
    job = Job(Recipe(prompt="a"), Destination(file=tmp_path / "a.png"))
    window.unsaved._on_unsaved(Unsaved(job.id, problem_of(KnownError("No.")), job.destination))
    assert len(window.unsaved) == 0
