"""What every picture for the docs is taken of: a window that really makes pictures."""

import pytest
from PySide6.QtGui import QFont

from engine.gallery.store import gallery_folder
from gui import theme
from gui.bridge import Bridge
from gui.gallery_model import NewestPictures
from gui.language import speak
from gui.session import Session


@pytest.fixture
def session():
    made = Session(Bridge(), NewestPictures(gallery_folder("Postcards")))
    yield made
    made.close()


@pytest.fixture(params=["dark", "light"])
def mode(request, qapp):
    """The look and the language, put on before there is a window, as the program does."""
    qapp.setFont(QFont("Inter"))  # where it is installed, so that the pictures do not vary
    speak(qapp, "en")
    theme.apply(qapp, request.param)
    return request.param
