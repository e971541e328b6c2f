import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from engine.draft import Draft
from engine.styles import Style, read_styles, styles_path, write_styles
from gui.style_menu import NONE_YET, UNREADABLE
from gui.widgets.menus import NameDialog

SOFT = Style("Soft & wet", "{prompt}, watercolour", "photo")
NEON = Style("Neon", "neon")


@pytest.fixture
def menu(home, window):
    return window.create_view.controls.styles


@pytest.fixture
def controls(window):
    return window.create_view.controls


def open_menu(qtbot, menu):
    menu.open()
    qtbot.waitUntil(menu.menu_shown.isVisible)


def texts(menu):
    return [action.text() for action in menu.menu_shown.actions() if action.text()]


def pick(menu, text):
    next(one for one in menu.menu_shown.actions() if one.text() == text).trigger()
    menu.menu_shown.close()


def test_ctrl_t_lists_the_styles_and_one_is_laid_round_the_prompts(qtbot, menu, controls):
    write_styles(styles_path(), [SOFT, NEON])
    controls.show_draft(Draft(prompt="a boat", negative_prompt="rain", guidance=5))
    QTest.keyClick(controls.prompt, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(menu.menu_shown.isVisible)
    assert texts(menu)[1:3] == ["Soft && wet", "Neon"]
    pick(menu, "Soft && wet")
    assert controls.prompt.text() == "a boat, watercolour"
    assert controls.negative.text() == "rain, photo"
    QTest.keyClick(controls.prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert controls.prompt.text() == "a boat"


def test_the_file_is_read_again_each_time(qtbot, menu):
    open_menu(qtbot, menu)
    assert NONE_YET in texts(menu)
    assert "Open the styles' folder" in texts(menu)
    menu.menu_shown.close()
    write_styles(styles_path(), [NEON])
    open_menu(qtbot, menu)
    assert "Neon" in texts(menu)
    assert "Open the styles' file" in texts(menu)
    menu.menu_shown.close()


def test_the_tooltip_has_the_styles_prompts(qtbot, menu):
    write_styles(styles_path(), [SOFT])
    open_menu(qtbot, menu)
    assert menu.menu_shown.actions()[1].toolTip() == "{prompt}, watercolour\nNegative: photo"
    menu.menu_shown.close()


def test_both_prompts_are_kept_as_a_style_beside_the_others(qtbot, window, menu, controls):
    write_styles(styles_path(), [NEON])
    controls.show_draft(Draft(prompt="{prompt}, oil", negative_prompt="ink", guidance=1))
    open_menu(qtbot, menu)
    pick(menu, "Keep the prompts as a style…")
    asked = window.findChild(NameDialog)
    asked.setTextValue(" Oil ")
    asked.accept()
    wanted = (NEON, Style("Oil", "{prompt}, oil", "ink"))
    qtbot.waitUntil(lambda: read_styles(styles_path()) == wanted)


def test_a_style_without_a_name_is_not_kept(menu):
    menu.keep("  ")
    assert menu.file.close()
    assert not styles_path().exists()


def test_a_damaged_file_is_said_kindly_and_never_replaced(qtbot, window, menu, controls):
    styles_path().parent.mkdir(parents=True, exist_ok=True)
    styles_path().write_text("no,such,columns\n1,2,3\n")
    open_menu(qtbot, menu)
    assert UNREADABLE in texts(menu)
    assert "Keep the prompts as a style…" not in texts(menu)
    menu.menu_shown.close()
    assert "names no column 'name'" in window.messages.sentence()
    window.messages.hide()
    menu.keep("Oil")
    qtbot.waitUntil(lambda: "names no column" in window.messages.sentence())
    assert styles_path().read_text().startswith("no,such")


def test_the_file_is_opened_in_what_the_system_has_for_it(qtbot, menu, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    open_menu(qtbot, menu)
    pick(menu, "Open the styles' folder")
    assert opened.pop().toLocalFile() == str(styles_path().parent)
    write_styles(styles_path(), [NEON])
    open_menu(qtbot, menu)
    pick(menu, "Open the styles' file")
    assert opened.pop().toLocalFile() == str(styles_path())
