"""Throwing pictures away, and having them back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.draft import Draft
from gui import trash as trash_module
from gui.trash import Thrown, Trash

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def given(monkeypatch):
    """What the system's trash has been given; the tests have none of their own."""
    paths = []
    monkeypatch.setattr(trash_module, "send2trash", paths.append)
    return paths


@pytest.fixture
def view(qtbot, window, session, given):
    """Three pictures, the newest on show."""
    view = window.create_view
    with qtbot.waitSignals([session.saved] * 3):
        session.generate(Draft(prompt="a boat", count=3, seed=0))
    view.strip.chosen.emit(session.pictures.index(0))
    return view


def paths(session):
    return [session.pictures.path(row) for row in range(session.pictures.rowCount())]


@pytest.mark.parametrize("focus", ["canvas", "strip"])
def test_del_takes_the_picture_off_the_strip_and_shows_its_neighbour(view, session, given, focus):
    first, second, third = paths(session)
    place = view.stage.canvas if focus == "canvas" else view.strip._view
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_Delete)
    assert paths(session) == [second, third]
    assert view.stage.reel.path == second
    assert view.strip._head.text() == "Etascope  ·  2"
    assert view.toast.sentence() == "Picture thrown away"
    assert first.exists()
    assert given == []


def test_ctrl_z_has_it_back_where_it_was(view, session, given):
    before = paths(session)
    view.stage.canvas.setFocus()
    for _ in range(2):
        QTest.keyClick(view.stage.canvas, Qt.Key.Key_Delete)
    assert view.toast.sentence() == "2 pictures thrown away"
    for _ in range(2):
        QTest.keyClick(view.stage.canvas, Qt.Key.Key_Z, CONTROL)
    assert paths(session) == before
    assert view.stage.reel.path == before[0]
    assert view.toast.sentence() == ""
    QTest.keyClick(view.stage.canvas, Qt.Key.Key_Z, CONTROL)
    assert paths(session) == before


def test_the_button_has_it_back_as_well(view, session):
    before = paths(session)
    view.throw_away()
    view.toast.button.click()
    assert paths(session) == before


def test_when_nobody_wants_it_back_the_system_gets_it(qtbot, view, session, given, monkeypatch):
    monkeypatch.setattr(trash_module, "PATIENCE", 20)
    first = paths(session)[0]
    with qtbot.waitSignal(view.trash.emptied):
        view.throw_away()
    qtbot.waitUntil(lambda: given == [first])
    assert view.toast.sentence() == ""
    view.have_back()
    assert first not in paths(session)


def test_closing_the_window_gives_the_rest_to_the_system(window, view, session, given):
    first = paths(session)[0]
    view.throw_away()
    window.close()
    assert given == [first]


def test_the_last_picture_leaves_an_empty_canvas(view, session):
    for _ in range(3):
        view.throw_away()
    assert session.pictures.rowCount() == 0
    assert view.stage.reel is None
    assert view.stage.canvas.accessibleDescription() == "No picture yet."
    view.throw_away()
    view.recall("all")
    assert len(view.trash.held()) == 3
    view.have_back()
    assert view.stage.reel is not None


def test_a_picture_that_is_still_being_made_is_not_thrown_away(qtbot, view, session, engine):
    engine.free = False
    with qtbot.waitSignal(session.begun):
        view.generate()
    view.throw_away()
    assert session.pictures.rowCount() == 3


def test_a_picture_that_the_trash_does_not_take_comes_back_and_it_is_said(
    qtbot, view, window, session, monkeypatch
):
    def refuse(_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(trash_module, "send2trash", refuse)
    first = paths(session)[0]
    view.throw_away()
    with qtbot.waitSignal(view.trash.stuck):
        view.trash.empty()
    assert first in paths(session)
    assert "could not be put into the trash: Permission denied" in window.messages.sentence()


def test_a_picture_that_is_gone_already_is_nothing_to_speak_of(qtbot, qapp, tmp_path):
    trash = Trash()
    with qtbot.assertNotEmitted(trash.stuck, wait=50):
        trash.throw(Thrown(tmp_path / "gone.png", 0))
        assert trash.close()


def test_the_systems_trash_really_gets_a_file(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"x")
    trash = Trash()
    stuck = []
    trash.stuck.connect(lambda path, problem: stuck.append(problem))
    trash.throw(Thrown(picture, 0))
    assert trash.close()
    qtbot.wait(10)
    assert picture.exists() == bool(stuck)
