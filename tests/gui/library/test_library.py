"""The library in the window: its page, its cards, and the menu of models."""

from datetime import UTC, datetime

import numpy as np
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from engine import library
from engine.commands import Destination
from engine.gallery.index import Index
from engine.gallery.store import gallery_folder, save_picture
from engine.paths import current_paths
from engine.recipe import Environment, Picture, Recipe
from gui.app import connect
from gui.library.keeper import SIDE, Keeper
from gui.library.view import GET
from gui.settings import Settings
from gui.window import Window
from tests import plain
from tests.gui.library.conftest import write
from tests.gui.library.hands import choose, menu, relisted, titles


def test_the_page_has_a_card_for_each_model_and_the_menu_a_line(comfy, window, page):
    assert titles(page) == ["Starter · postcards", "forest"]
    assert menu(window) == ["Starter · postcards", "forest", "Models…"]
    starter, forest = page.cards.card(0), page.cards.card(1)
    assert (starter.state, forest.state) == ("in use", "fits this machine")
    assert (forest.line.startswith("SD 1"), forest.foot) == (True, "ComfyUI")


def test_the_menu_names_the_model_from_the_start(qtbot, session):
    window = Window(session, Settings())
    qtbot.addWidget(window)
    assert window.top_bar.model.currentText() == "Starter · postcards"
    with relisted(qtbot, window):
        window.library.begin()
    assert window.top_bar.model.currentText() == "Starter · postcards"
    assert window.library.view.cards.card(0).state == "in use"


def test_a_model_of_another_program_is_used_in_place_under_its_hash(
    qtbot, comfy, window, page, session
):
    choose(page, "forest")
    with qtbot.waitSignal(session.loaded):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert session.model.startswith("sha256:")
    assert window.top_bar.model.currentText() == "forest"
    assert window.views.currentWidget() is window.create_view
    assert library.find(session.model).place == comfy / "models/checkpoints/forest"


@pytest.fixture
def used(qtbot, comfy, window, page, session):
    """The folder's model, loaded."""
    choose(page, "forest")
    with qtbot.waitSignal(session.loaded):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    return session.model


def test_a_model_in_an_added_folder_stays_the_one_in_use(qtbot, used, window, page):
    with relisted(qtbot, window):
        window.library.open()
    assert window.top_bar.model.currentText() == "forest"
    assert [page.cards.card(row).state for row in (0, 1)] == ["fits this machine", "in use"]


def test_the_starter_takes_the_place_of_a_model_that_is_taken_off_the_list(
    qtbot, used, window, page, session
):
    window.library.open()
    choose(page, "forest")
    with qtbot.waitSignal(session.loaded):
        page.details.remove.click()
    assert session.model == "starter"
    assert window.top_bar.model.currentText() == "Starter · postcards"
    assert "off the list" in window.footer.words.text()


def test_the_model_is_there_again_after_a_restart(qtbot, used, window, session):
    settings = window.settings()
    assert settings.draft.model == used
    session.load("starter")
    again = Window(session, settings)
    qtbot.addWidget(again)
    connect(again, session, current_paths(), settings.draft.model)
    again.painted.emit()
    qtbot.waitUntil(lambda: again.top_bar.model.currentText() == "forest")
    assert session.model == used


def test_of_two_models_of_one_name_the_chosen_one_stays_chosen(qtbot, window, page, tmp_path):
    for size, owner in ((4096, "one"), (8192, "other")):
        page.add_wanted.emit(write(tmp_path / owner / "model", plain.checkpoint(size, variant="")))
    qtbot.waitUntil(lambda: titles(page)[1:] == ["model", "model"])
    page.list.setCurrentIndex(page.cards.index(2))
    with relisted(qtbot, window):
        window.library.keeper.refresh()
    window.library.show_used("starter")
    assert page.list.currentIndex().row() == 2


def test_a_model_of_a_long_name_leaves_the_device_its_place(qtbot, window):
    device = window.top_bar.device
    for width in (1280, 1024):
        window.resize(width, 680)
        window.top_bar.show_models([("a merge of merges, pruned, final " * 6, "starter")])
        qtbot.waitUntil(lambda: device.text() == device.sentence() != "")


def test_the_last_line_of_the_menu_opens_the_page_and_changes_no_model(qtbot, window, session):
    box = window.top_bar.model
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    assert window.views.currentWidget() is window.library.view
    assert (box.currentText(), session.model) == ("Starter · postcards", "starter")


def test_the_page_is_left_by_escape_by_its_button_and_by_the_views(qtbot, window, page):
    leave = [
        lambda: qtbot.keyClick(window, Qt.Key.Key_Escape),
        page.close_button.click,
        window.top_bar.views._buttons["create"].click,
    ]
    for deed in leave:
        window.library.open()
        deed()
        assert window.views.currentWidget() is window.create_view


def test_a_folder_is_added_and_taken_off_and_no_file_is_touched(qtbot, window, page, tmp_path):
    place = write(tmp_path / "mine", plain.checkpoint(variant=""))
    page.add_wanted.emit(place)
    assert window.footer.words.text() == "Looking at mine…"
    qtbot.waitUntil(lambda: titles(page) == ["Starter · postcards", "mine"])
    qtbot.waitUntil(lambda: window.footer.words.text() == "mine is on the list.")
    choose(page, "mine")
    page.details.remove.click()
    qtbot.waitUntil(lambda: titles(page) == ["Starter · postcards"])
    assert len(list(place.rglob("*.safetensors"))) == 3


def test_what_cannot_be_added_is_told_on_the_page(qtbot, window, page, tmp_path):
    page.add_wanted.emit(tmp_path)
    qtbot.waitUntil(lambda: "No model was found" in page.messages.sentence())
    assert window.footer.words.text() == ""


def test_a_model_that_is_away_can_only_be_taken_off(qtbot, window, page, tmp_path):
    place = write(tmp_path / "usb", plain.checkpoint(variant=""))
    page.add_wanted.emit(place)
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    place.rename(tmp_path / "unplugged")
    window.library.keeper.refresh()
    away = "away: its drive is not there"
    qtbot.waitUntil(lambda: page.cards.card(1).state == away)
    choose(page, "usb")
    assert not page.details.use.isEnabled()
    assert page.details.remove.isEnabled()
    assert menu(window) == ["Starter · postcards", "Models…"]


def test_the_starter_is_checked_and_stays(qtbot, window, page):
    choose(page, "Starter · postcards")
    assert page.details.remove.isHidden()
    with qtbot.waitSignal(window.library.keeper.checked):
        page.details.check.click()
    assert "can be used" in window.footer.words.text()


def picture_of(window, title):
    page = window.library.view
    return page.cards.card(titles(page).index(title)).image


def test_a_picture_beside_a_model_is_on_its_card_and_one_that_is_none_is_not(
    qtbot, comfy, window, page
):
    assert picture_of(window, "forest") is None
    place = comfy / "models/checkpoints/forest/preview.png"
    Image.new("RGB", (400, 200), (200, 30, 30)).save(place)
    with relisted(qtbot, window):
        window.library.keeper.refresh()
    image = picture_of(window, "forest")
    assert (image.width(), image.height()) == (SIDE, SIDE // 2)
    assert image.pixelColor(5, 5).red() == 200
    place.write_bytes(place.read_bytes()[:60])
    with relisted(qtbot, window):
        window.library.keeper.refresh()
    assert picture_of(window, "forest") is None


@pytest.fixture
def two_kept(home):
    """Two pictures of the starter, the newer one of a lighter blue, and the index that has them."""
    index = Index()
    for blue, minute in ((10, 1), (250, 2)):
        made = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
        pixels = np.full((16, 16, 3), (0, 0, blue), np.uint8)
        recipe = Recipe(prompt="a boat", width=16, height=16)
        where = Environment("cpu", "float32", "torch")
        picture = Picture(pixels, recipe, made, where, "0" * 64)
        path = save_picture(picture, Destination(folder=gallery_folder("Etascope")))
        index.add(path).result()
    index.close()


def test_without_one_it_is_the_newest_picture_made_with_the_model(qtbot, two_kept, window, page):
    with relisted(qtbot, window):
        window.library.keeper.refresh()
    assert picture_of(window, "Starter · postcards").pixelColor(5, 5).blue() == 250


def test_pictures_that_are_no_longer_the_newest_are_not_held_on_to(qtbot, two_kept, window, page):
    keeper = window.library.keeper
    with relisted(qtbot, window):
        keeper.refresh()
    (newest,) = keeper._pictures
    index = Index()
    index.forget(newest).result()
    index.close()
    with relisted(qtbot, window):
        keeper.refresh()
    assert newest not in keeper._pictures
    assert len(keeper._pictures) == 1


def test_what_is_copied_of_a_path_is_the_path(qtbot, comfy, window, page):
    choose(page, "forest")
    facts = page.details.findChild(QLabel, "model_facts")
    qtbot.keyClick(facts, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert str(comfy / "models/checkpoints/forest") in QGuiApplication.clipboard().text()


def test_a_model_made_for_few_steps_says_so(qtbot, window, page, tmp_path):
    page.add_wanted.emit(write(tmp_path / "ink-turbo", plain.checkpoint(variant="")))
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    assert "guidance 1" in page.cards.card(1).about


def test_a_keeper_whose_window_is_gone_is_done(qapp):
    window = QObject()
    keeper = Keeper(window)
    keeper.refresh()
    shiboken6.delete(window)
    assert keeper.close()


def test_every_control_of_the_page_says_what_it_is(window, page):
    page.open_tab(GET)
    for widget in (page, window.library.bar, window.library.offers):
        for part in widget.findChildren(object):
            if getattr(part, "focusPolicy", None) is None:
                continue
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isEnabled():
                assert part.accessibleName(), part.objectName()
