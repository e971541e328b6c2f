"""All that is written follows the size of the program's type, whenever that changes."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui import theme
from gui.settings import Settings
from gui.widgets import SectionHead
from gui.window import Window


@pytest.fixture
def larger(qapp):
    """Makes all type so many times as large, as the system's settings do; it is undone.

    Once is 13 pixels, whatever the platform has: rounding is not to be tested here.
    """
    before = QFont(qapp.font())
    theme.apply(qapp, "dark")
    usual = QFont(qapp.font())

    def enlarge(times):
        font = QFont(usual)
        font.setPixelSize(round(13 * times))
        qapp.setFont(font)
        QApplication.processEvents()

    enlarge(1)
    yield enlarge
    qapp.setFont(before)


def sizes(*roots: QWidget) -> dict[QWidget, int]:
    parts = [part for root in roots for part in (root, *root.findChildren(QWidget))]
    return {part: QFontInfo(part.font()).pixelSize() for part in parts}


def test_twice_as_large_type_is_twice_as_large_everywhere(qtbot, larger, window):
    """Walked through: all views with Advanced open, the library's page, the queue, the dialogs."""
    window.create_view.controls.picture.open_advanced(True)
    for name in ("compare", "gallery", "create"):
        window.open_view(name)
    window.library.open()
    window.footer.queue.click()
    window._show_settings()
    window._show_shortcuts()
    before = sizes(window)
    larger(2)
    after = sizes(window)
    both = before.keys() & after.keys()  # models that are found meanwhile are offered anew
    assert {part: before[part] for part in both if after[part] < 2 * before[part] - 1} == {}
    assert len([part for part in before if isinstance(part, SectionHead)]) > 15
    larger(1)
    again = sizes(window)
    assert {part: before[part] for part in both & again.keys() if again[part] != before[part]} == {}
    for dialog in window.findChildren(QDialog):
        dialog.reject()


def test_a_theme_chosen_right_after_larger_type_does_not_undo_it(qtbot, qapp, larger):
    larger(1)
    head = SectionHead("Prompt")
    qtbot.addWidget(head)
    head.show()
    before = sizes(head)[head]
    font = QFont(qapp.font())
    font.setPixelSize(2 * QFontInfo(font).pixelSize())
    qapp.setFont(font)
    theme.apply(qapp, "light")
    qapp.processEvents()
    assert sizes(head)[head] == 2 * before
    theme.apply(qapp, "dark")


def test_heads_are_a_little_smaller_than_the_rest_and_titles_larger(qtbot, larger):
    head, plain = SectionHead("Prompt"), QWidget()
    for widget in (head, plain):
        qtbot.addWidget(widget)
    for times in (1, 1.5, 2, 1):
        larger(times)
        at = sizes(head, plain)
        assert 0.8 < at[head] / at[plain] < 0.95
        title = QFontInfo(theme.title_font(QApplication.font())).pixelSize()
        assert 1.3 < title / at[plain] < 1.5


def test_no_head_moves_when_a_sampler_without_eta_says_why(qtbot, larger, session):
    larger(1)
    window = Window(session, Settings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.open()
    sampler = window.create_view.controls.sampling.sampler
    heads = window.create_view.controls.findChildren(SectionHead)
    seen = set()
    for number in range(sampler.count()):
        sampler.setCurrentIndex(number)
        QApplication.processEvents()
        seen.add(tuple(head.mapTo(window, QPoint(0, 0)).y() for head in heads))
    assert len(seen) == 1


def test_the_sign_of_the_advanced_settings_is_as_high_as_their_word(qtbot, larger, session):
    window = Window(session, Settings())
    qtbot.addWidget(window)
    button = window.create_view.controls.picture.advanced
    larger(1)
    before = button.iconSize().height()
    larger(2)
    assert button.iconSize().height() == 2 * before
