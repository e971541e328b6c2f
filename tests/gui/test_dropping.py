"""A picture dropped on the window."""

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.draft import Draft, SizeRule
from gui.dropping import NOTHING, DropSheet, picture_in

COPY, LEFT, PLAIN = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)
TEXT = "a cat\nNegative prompt: rain\nSteps: 12, Sampler: Euler, CFG scale: 7, Seed: 5"


@pytest.fixture
def picture(tmp_path):
    """A picture of another tool."""
    path = tmp_path / "from elsewhere.png"
    info = PngInfo()
    info.add_text("parameters", TEXT)
    Image.new("RGB", (64, 64), "red").save(path, pnginfo=info)
    return path


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window, *paths):
    """Drag files over the window and let them go; return whether it wanted them."""
    data = mime(*paths)
    enter = QDragEnterEvent(QPoint(600, 300), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), COPY, data, LEFT, PLAIN))
    return enter.isAccepted()


def sheet_of(qtbot, window, path):
    with qtbot.waitSignal(window.create_view.dropped):
        assert drop(window, path)
    return window.findChild(DropSheet)


def test_a_dropped_picture_shows_what_it_tells_and_changes_nothing_yet(qtbot, window, picture):
    before = window.create_view.draft()
    sheet = sheet_of(qtbot, window, picture)
    assert sheet.isVisible()
    assert sheet.findChild(object, "told-prompt").text() == "a cat"
    settings = sheet.findChild(object, "told-settings").text()
    assert "Negative prompt: rain" in settings
    assert "Sampler: Euler\n" in settings, "as the menu calls it"
    assert "Steps: 12" in settings
    assert "Seed: 5" in settings
    sheet.reject()
    assert window.create_view.draft() == before


def test_its_settings_are_taken_on_a_press(qtbot, window, picture):
    sheet_of(qtbot, window, picture).apply.click()
    draft = window.create_view.draft()
    assert (draft.prompt, draft.negative_prompt) == ("a cat", "rain")
    assert (draft.sampler, draft.steps, draft.guidance, draft.seed) == ("euler", 12, 7, 5)


def test_a_size_that_the_model_cannot_make_is_fitted_and_said(qtbot, window, tmp_path):
    path = tmp_path / "large.png"
    info = PngInfo()
    info.add_text("parameters", "a cat\nSteps: 12, Sampler: Euler, Seed: 5, Size: 2048x1536")
    Image.new("RGB", (64, 64), "red").save(path, pnginfo=info)
    sheet = sheet_of(qtbot, window, path)
    settings = sheet.findChild(object, "told-settings").text()
    assert "1024 × 768" in settings
    assert "2048 x 1536" in settings
    sheet.apply.click()
    draft = window.create_view.draft()
    assert (draft.width, draft.height, draft.seed) == (1024, 768, 5)
    assert "2048 x 1536" in window.messages.sentence()
    assert draft.resolve(SizeRule())


def test_the_picture_on_show_stays_what_it_was(qtbot, window, session, picture):
    view = window.create_view
    view.controls.show_draft(Draft(prompt="a boat", seed=1))
    with qtbot.waitSignal(session.saved):
        view.generate()
    sheet_of(qtbot, window, picture).apply.click()
    assert view.stage.reel.recipe.prompt == "a boat"
    view.recall("all")
    assert view.draft().prompt == "a boat"


def test_a_picture_that_tells_nothing_says_so_and_offers_nothing(qtbot, window, tmp_path):
    path = tmp_path / "plain.png"
    Image.new("RGB", (64, 64)).save(path)
    sheet = sheet_of(qtbot, window, path)
    assert sheet.findChild(object, "told-prompt").text() == NOTHING
    assert not sheet.apply.isEnabled()


def test_a_damaged_picture_is_said_in_a_sentence(qtbot, window, session, tmp_path):
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture")
    with qtbot.waitSignal(session.pictures.unreadable):
        assert drop(window, path)
    assert "broken.png" in window.messages.sentence()
    assert window.findChild(DropSheet) is None


def test_what_is_no_picture_is_not_wanted(window, tmp_path):
    assert not drop(window, tmp_path / "letter.txt")
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/picture.png")])
    assert picture_in(web) is None
    assert picture_in(mime(tmp_path / "letter.txt", tmp_path / "A.PNG")).name == "A.PNG"
