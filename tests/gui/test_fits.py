"""Nothing is cut or overlaps, whatever the size of the window and of the type."""

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from engine.draft import Draft
from engine.errors import Problem
from gui import theme
from gui.settings import Settings
from gui.settings_dialog import SettingsDialog
from gui.shortcuts import ShortcutsDialog
from gui.widgets.elided import Elided
from gui.window import Window

SIZES = [(1024, 680), (1280, 800), (1600, 1000)]
CUT_ON_PURPOSE = {"example", "sampler", "schedule", "model"}
"""Where there is no room, these end in an ellipsis; their tooltips or lists have the rest."""


@pytest.fixture(params=[1, 2], ids=["usual type", "type of twice the size"])
def type_size(request, qapp):
    before = QFont(qapp.font())
    theme.apply(qapp, "dark")
    larger = QFont(qapp.font())
    larger.setPixelSize(QFontInfo(larger).pixelSize() * request.param)
    qapp.setFont(larger)
    theme.apply(qapp, "dark")
    yield request.param
    qapp.setFont(before)


def cut(root: QWidget) -> list[str]:
    """Return what is shown with less room than its words need."""
    found = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or part.window() is not root.window():
            continue
        needed = need(part)
        if needed is not None and (part.width() < needed[0] or part.height() < needed[1]):
            size = f"needs {needed}, has {part.width()} x {part.height()}"
            found.append(f"{type(part).__name__} {part.objectName()} {words(part)!r} {size}")
    return found


def need(part: QWidget) -> tuple[int, int] | None:
    if part.objectName() in CUT_ON_PURPOSE or isinstance(part, Elided):
        return None
    if isinstance(part, QLabel):
        if not part.text() or part.sizePolicy().horizontalPolicy().name == "Ignored":
            return None
        if part.wordWrap():
            return 0, part.heightForWidth(part.width())
        return part.sizeHint().width(), part.sizeHint().height()
    if isinstance(part, QAbstractButton | QComboBox | QLineEdit):
        least = part.minimumSizeHint()
        return least.width(), least.height()
    return None


def words(part: QWidget) -> str:
    return str(part.property("text") or "")


@pytest.mark.parametrize("size", SIZES)
def test_no_words_are_cut_in_the_window(qtbot, type_size, session, engine, size):
    window = Window(session, Settings())
    qtbot.addWidget(window)
    window.resize(*size)
    window.open()
    engine.free = False
    with qtbot.waitSignal(session.begun):
        session.begin("starter")
        window.create_view.controls.show_draft(Draft(prompt="a boat", count=3, sampler="plms"))
        window.create_view.generate()
    engine.tick(3)
    qtbot.waitUntil(lambda: session.jobs.progress().step == 3)
    window.messages.report(Problem("The device ran out of memory.", "Make the picture smaller."))
    window.footer.queue.click()
    QApplication.processEvents()
    assert cut(window) == []
    middle = window.centralWidget().rect()
    for part in (window.queue_panel, window.footer, window.top_bar, window.create_view.stage):
        assert middle.contains(part.geometry()) or part.parent() is not window.centralWidget()


@pytest.mark.parametrize("kind", [SettingsDialog, ShortcutsDialog])
def test_no_words_are_cut_in_the_dialogs(qtbot, type_size, window, kind):
    (window._show_settings if kind is SettingsDialog else window._show_shortcuts)()
    dialog = window.findChild(kind)
    qtbot.waitUntil(dialog.isVisible)
    QApplication.processEvents()
    assert cut(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("size", SIZES)
def test_the_list_of_keys_is_no_larger_than_the_window(qtbot, type_size, window, size):
    window.resize(*size)
    window._show_shortcuts()
    dialog = window.findChild(ShortcutsDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert dialog._area.horizontalScrollBar().maximum() == 0
    dialog.reject()
