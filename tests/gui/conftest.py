"""What the window's tests stand on: a scripted engine behind a real bridge and a real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine.gallery.store import gallery_folder
from gui.bridge import Bridge
from gui.gallery_model import NewestPictures
from gui.language import speak
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.scripted import ScriptedEngine

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's warnings fail tests, but not those about what the offscreen platform cannot do."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _english(qapp):
    """The window speaks English, whatever the machine does; a test may have it speak otherwise."""
    speak(qapp, "en")


@pytest.fixture(autouse=True)
def _nothing_left(qapp):
    """A closed window is deleted at once, and what it was dressed in is taken off.

    Qt would dress its widgets with every new style too, and a window that is made under a style
    takes twice as long.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def session(qapp, engine):
    made = Session(Bridge(engine), NewestPictures(gallery_folder("Etascope")))
    yield made
    assert made.close()


@pytest.fixture
def window(qtbot, session):
    """The window, its engine started and its model loaded."""
    made = Window(session, Settings())
    qtbot.addWidget(made)
    made.open()
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    return made
