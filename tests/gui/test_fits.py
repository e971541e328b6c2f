"""Nothing is cut or overlaps, whatever the size of the window and of the type."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from engine.draft import Draft
from engine.errors import Problem
from gui import theme
from gui.language import speak
from gui.settings import Settings
from gui.settings_dialog import SettingsDialog
from gui.shortcuts import ShortcutsDialog
from gui.widgets.elided import Elided
from gui.window import Window

SIZES = [(1024, 680), (1440, 900), (3840, 2160)]
CUT_ON_PURPOSE = {"sampler", "schedule", "model"}
"""Where there is no room, these end in an ellipsis; their tooltips or lists have the rest."""


TYPES = [("en", 1), ("en", 1.5), ("en", 2), ("zh_CN", 1), ("zh_CN", 2)]
SOME = pytest.mark.parametrize("type_size", TYPES[::2], indirect=True, ids=str)


@pytest.fixture(params=TYPES, ids=lambda kind: f"{kind[0]} at {kind[1]:.0%}")
def type_size(request, qapp):
    language, size = request.param
    speak(qapp, language)
    before = QFont(qapp.font())
    theme.apply(qapp, "dark")
    larger = QFont(qapp.font())
    larger.setPixelSize(round(QFontInfo(larger).pixelSize() * size))
    qapp.setFont(larger)
    theme.apply(qapp, "dark")
    yield size
    qapp.setFont(before)
    speak(qapp, "en")


def cut(root: QWidget) -> list[str]:
    """Return what is shown with less room than its words need."""
    found = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or part.window() is not root.window():
            continue
        if isinstance(part.parentWidget(), QLineEdit):
            continue  # Qt's own sign in a field, which it fits itself
        needed = need(part)
        if needed is not None and (part.width() < needed[0] or part.height() < needed[1]):
            size = f"needs {needed}, has {part.width()} x {part.height()}"
            found.append(f"{type(part).__name__} {part.objectName()} {words(part)!r} {size}")
    return found


def need(part: QWidget) -> tuple[int, int] | None:
    if is_cut_on_purpose(part):
        return 0, part.minimumSizeHint().height()
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


def is_cut_on_purpose(part: QWidget) -> bool:
    """Whether it ends in an ellipsis where there is no room, and has the whole in its tooltip."""
    known = isinstance(part, Elided) or part.property("kind") == "example"
    return known or part.objectName() in CUT_ON_PURPOSE


def outside(root: QWidget) -> list[str]:
    """Return what sticks out at the side of what it is in, where nobody can scroll."""
    found = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or part.window() is not root.window() or not part.width():
            continue
        for around in ancestors(part):
            left = part.mapTo(around, QPoint(0, 0)).x()
            if left < 0 or left + part.width() > around.width():
                size = f"{left} to {left + part.width()} of {around.width()}"
                name = around.objectName() or type(around).__name__
                found.append(f"{type(part).__name__} {part.objectName()} in {name}: {size}")
    return found


def ancestors(part: QWidget) -> list[QWidget]:
    """Return what a widget is in, up to its window, or to where it can be scrolled sideways."""
    found, around = [], part.parentWidget()
    while around is not None:
        found.append(around)
        if around.isWindow():
            break
        around = around.parentWidget()
    return found


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
    assert outside(window) == []
    view = window.create_view
    assert view.controls.geometry().right() < view.stage.x()
    assert view.stage.width() >= max(view.stage.minimumSizeHint().width(), 0.44 * size[0])
    middle = window.centralWidget().rect()
    for part in (window.queue_panel, window.footer, window.top_bar, window.create_view.stage):
        assert middle.contains(part.geometry()) or part.parent() is not window.centralWidget()


@pytest.mark.parametrize("view", ["compare", "gallery", "library"])
def test_no_words_are_cut_in_the_other_views(qtbot, type_size, window, view):
    window.resize(*SIZES[0])
    (window.library.open if view == "library" else partial(window.open_view, view))()

    def all_is_seen():
        assert cut(window) == []
        assert outside(window) == []
        assert (window.width(), window.height()) == SIZES[0]

    qtbot.waitUntil(all_is_seen)


@SOME
def test_bad_news_and_what_can_be_undone_are_told_whole(qtbot, type_size, window, session):
    window.resize(*SIZES[0])
    with qtbot.waitSignal(session.saved):
        window.create_view.generate()
    window.create_view.throw_away()
    full = Problem("The disk of /home/someone/Pictures/Etascope is full.", "Free some space.")
    window.messages.report(full, window.unsaved.offers(window))
    QApplication.processEvents()
    assert cut(window) == []
    assert outside(window) == []
    toast, stage = window.create_view.toast, window.create_view.stage
    assert toast._words.text() == toast.sentence()
    assert stage.rect().contains(window.messages.geometry())
    assert stage.canvas.rect().contains(toast.geometry())
    window.create_view.have_back()


@SOME
def test_the_dialog_on_a_bug_is_no_larger_than_the_window(qtbot, type_size, window):
    window.resize(*SIZES[0])
    said = Problem("Something went wrong inside Etascope; this is our fault.", "", "line\n" * 99)
    window.messages.report(said)
    dialog = window.messages.bug_dialog()
    qtbot.waitUntil(dialog.isVisible)
    assert cut(dialog) == []
    assert dialog.width() <= SIZES[0][0]
    assert dialog.height() <= SIZES[0][1]
    dialog.reject()


@pytest.mark.parametrize("kind", [SettingsDialog, ShortcutsDialog])
def test_no_words_are_cut_in_the_dialogs(qtbot, type_size, window, kind):
    (window._show_settings if kind is SettingsDialog else window._show_shortcuts)()
    dialog = window.findChild(kind)
    qtbot.waitUntil(dialog.isVisible)
    QApplication.processEvents()
    assert cut(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("size", SIZES[:2])
def test_the_list_of_keys_is_no_larger_than_the_window(qtbot, type_size, window, size):
    window.resize(*size)
    window._show_shortcuts()
    dialog = window.findChild(ShortcutsDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert dialog._area.horizontalScrollBar().maximum() == 0
    dialog.reject()
