import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from engine.errors import Problem
from gui.messages import Messages

FULL = Problem("The disk is full.", "Make room and try again.")
BUG = Problem("Something went wrong inside.", "Please report it.", "Traceback: line 1")


@pytest.fixture
def messages(qtbot):
    host = QWidget()
    host.resize(700, 500)
    qtbot.addWidget(host)
    host.show()
    return Messages(host)


def test_a_known_error_is_a_sentence_in_the_bar(messages):
    messages.report(FULL)
    assert messages.sentence() == FULL.message
    assert messages.accessibleName() == "The disk is full. Make room and try again."
    assert messages.bug_dialog() is None
    assert messages.parentWidget().rect().contains(messages.geometry())


def test_the_bar_goes_when_told(messages):
    messages.report(FULL)
    messages.findChild(QToolButton, "close_message").click()
    assert messages.sentence() == ""


def test_the_bar_stays_inside_when_the_window_shrinks(messages, qtbot):
    messages.report(FULL)
    messages.parentWidget().resize(300, 300)
    qtbot.wait(10)
    assert messages.parentWidget().rect().contains(messages.geometry())


def test_a_bug_gets_a_dialog_with_details_to_copy(messages, qtbot):
    messages.report(BUG)
    dialog = messages.bug_dialog()
    assert messages.sentence() == ""
    dialog.findChild(QPushButton, "copy_details").click()
    assert QGuiApplication.clipboard().text() == BUG.details
    dialog.reject()
    qtbot.waitUntil(lambda: messages.bug_dialog() is None)


def test_a_second_bug_does_not_open_a_second_dialog(messages):
    messages.report(BUG)
    dialog = messages.bug_dialog()
    messages.report(Problem("Again.", "", "Traceback: line 2"))
    assert messages.bug_dialog() is dialog
    dialog.copy()
    assert "line 1" in QGuiApplication.clipboard().text()
    assert "line 2" in QGuiApplication.clipboard().text()
    dialog.reject()


def test_a_longer_message_after_a_short_one_has_all_the_room_it_needs(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    bar = Messages(host)
    for width in range(300, 600, 30):
        host.resize(width, 400)
        bar.report(Problem("It was not kept.", "Try again."))
        QApplication.processEvents()
        bar.report(Problem("There is not enough memory.", "Close other programs. " * 4))
        QApplication.processEvents()
        for label in bar.findChildren(QLabel):
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), width
