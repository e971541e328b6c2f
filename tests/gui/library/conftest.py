"""A library page of its own, with a small Hub, or none, on this machine."""

import pytest
from PySide6.QtCore import Qt

from engine.hub.talk import Patience
from engine.library.folders import Folders
from engine.paths import current_paths
from tests import plain
from tests.hub_server import Hub, Repository

NAME = "someone/postcards"
BRIEF = Patience(connect=2.0, stall=2.0, trickle=64, tries=2, pause=0.01, longest=1.0)


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def comfy(tmp_path):
    """ComfyUI's folder with one model, which is on the list."""
    root = tmp_path / "ComfyUI"
    write(root / "models/checkpoints/forest", plain.checkpoint(variant=""))
    Folders(current_paths()).add(root)
    return root


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A Hub that processes begun from here ask."""
    with Hub({NAME: Repository(plain.checkpoint(400_000))}) as made:
        monkeypatch.setenv("HF_ENDPOINT", made.url)
        monkeypatch.setenv("ETASCOPE_ASKS", "1")
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyring_backend.FileKeyring")
        monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield made


@pytest.fixture
def page(qtbot, window):
    """The page, opened by its key, with all that is listed."""
    listed = []  # no waitSignal: it is said again and again, from a thread, also after the test
    window.library.keeper.listed.connect(lambda *_: listed.append(True))
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(listed))
    assert window.views.currentWidget() is window.library.view
    return window.library.view
