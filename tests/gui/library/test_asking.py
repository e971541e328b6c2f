"""First offers, and the one question about the network: asked once, and taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from engine.hub.begun import all_begun
from engine.hub.names import Wanted
from engine.library.registry import Registry
from engine.paths import current_paths
from gui.library.card import Card
from gui.library.downloads import Downloads
from gui.library.view import GET
from gui.settings import Settings, read_settings, write_settings
from gui.settings_dialog import SettingsDialog
from gui.window import Window
from tests.gui.library.conftest import BRIEF, NAME
from tests.gui.library.hands import menu, relisted, titles
from tests.hub_server import COMMIT


def card_to_get():
    return Card(title="Postcards", foot="openrail", wanted=Wanted(NAME))


def dialog_of(window):
    return window.findChild(QDialog, "network_dialog")


def test_nothing_is_asked_before_the_user_has_agreed_and_then_never_again(
    qtbot, hub, window, monkeypatch
):
    hall = window.library
    hall.get(card_to_get())
    dialog = dialog_of(window)
    assert dialog.isVisible()
    dialog.reject()
    qtbot.wait(50)
    assert (hub.asked, hall.online, hall.downloads.state.phase) == ([], False, "none")
    hall.get(card_to_get())
    with qtbot.waitSignal(hall.downloads.got):
        dialog_of(window).accept()
    assert window.settings().online
    qtbot.waitUntil(lambda: "Postcards" in [label.capitalize() for label in menu(window)])
    window.library.bar.use.click()
    assert window.top_bar.model.currentData() == f"{NAME}@{COMMIT}"
    hall.get(card_to_get())
    assert hall.downloads.state.phase == "asking"


def test_a_search_shows_what_it_found_and_a_whole_name_is_got(qtbot, hub, window, page):
    window.library.online = True
    page.open_tab(GET)
    assert "SD-Turbo" in titles(page)
    page.words.setText("post")
    page.search.click()
    qtbot.waitUntil(lambda: titles(page) == ["postcards"])
    page.words.setText(NAME)
    with qtbot.waitSignal(window.library.downloads.got):
        page.search.click()


def test_a_name_that_is_none_is_refused_on_the_page(window, page):
    window.library.online = True
    window.library.search("../etc")
    assert "owner/name" in page.messages.sentence()
    assert window.library.downloads.state.phase == "none"


def test_the_first_launch_offers_three_quietly_until_told_not_to(qtbot, window):
    window.resize(1280, 800)
    hall = window.library
    qtbot.waitUntil(hall.offers.isVisible)
    assert len(hall.offers.findChildren(object, "welcome_offer")) == 3
    assert window.create_view.controls.prompt.hasFocus()
    hall.offers.dismissed.emit()
    assert not hall.offers.isVisible()
    assert not window.settings().welcome


def test_who_has_models_is_offered_none(qtbot, comfy, window):
    with relisted(qtbot, window):
        window.library.keeper.refresh()
    assert not window.library.offers.isVisible()


def test_the_offers_go_when_there_is_a_picture(qtbot, window):
    window.resize(1280, 800)
    hall = window.library
    qtbot.waitUntil(hall.offers.isVisible)
    window.create_view.stage.canvas.findChild(object, "examples").hide()
    assert not hall.offers.isVisible()


def test_what_was_agreed_and_dismissed_is_remembered(qtbot, home, session):
    write_settings(Settings(online=True, welcome=False), home / "config")
    settings = read_settings(home / "config")
    window = Window(session, settings)
    qtbot.addWidget(window)
    assert (window.library.online, window.library.welcome) == (True, False)
    assert window.settings().online
    assert not window.settings().welcome


def test_a_download_that_another_session_left_is_offered_at_the_start(qtbot, hub, window):
    hub.pace = 0.02
    earlier = Downloads(patience=BRIEF)
    earlier.get(Wanted(NAME), "Postcards")
    qtbot.waitUntil(lambda: earlier.state.done > 50_000)
    earlier.close()
    window.library.begin()
    downloads = window.library.downloads
    qtbot.waitUntil(lambda: downloads.state.phase == "paused")
    assert window.library.bar.isVisible()
    window.library.bar.cancel.click()
    assert not window.library.bar.isVisible()
    qtbot.waitUntil(lambda: all_begun(current_paths()) == ())
    assert Registry(current_paths()).entries() == ()


def test_closing_the_window_ends_a_download_and_keeps_what_has_come(qtbot, hub, window):
    hub.faults["unet/diffusion_pytorch_model.fp16.safetensors"] = ["stall 1000"]
    window.library.online = True
    window.library.get(card_to_get())
    qtbot.waitUntil(lambda: window.library.downloads.state.phase == "coming")
    window.close()
    assert window.library.downloads._process is None


def test_what_was_agreed_can_be_taken_back_and_what_comes_then_stops(qtbot, hub, window):
    hub.faults["unet/diffusion_pytorch_model.fp16.safetensors"] = ["stall 1000"]
    hall = window.library
    hall.online = True
    hall.get(card_to_get())
    qtbot.waitUntil(lambda: hall.downloads.state.phase == "coming")
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(SettingsDialog).online
    assert box.isChecked()
    box.click()
    assert (hall.online, window.settings().online) == (False, False)
    assert hall.downloads.state.phase == "paused"
    asked = len(hub.asked)
    window.library.bar.resume.click()
    assert dialog_of(window).isVisible(), "asked again before it goes on"
    dialog_of(window).reject()
    qtbot.wait(50)
    assert len(hub.asked) == asked
    box.click()
    assert window.settings().online
