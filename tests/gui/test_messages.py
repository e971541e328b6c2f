import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible, QGuiApplication, Qt, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from engine.draft import Draft
from engine.errors import Problem
from gui.footer import Footer
from gui.messages import Messages, Offer, withdraw
from gui.words import plain

FULL = Problem("The disk is full.", "Make room and try again.")
BUG = Problem("Something went wrong inside.", "Please report it.", "Traceback: line 1")


@pytest.fixture
def messages(qtbot):
    host = QWidget()
    host.resize(700, 500)
    qtbot.addWidget(host)
    host.show()
    return Messages(host)


@pytest.fixture
def heard(monkeypatch):
    """What screen readers are told."""
    told = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.object(), event))
    )
    return told


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


BOLD = "The weight of '<b>boat</b>' is <img src='file:///x.png'> 20."


def test_what_looks_like_html_is_said_as_it_is(qtbot, messages):
    messages.report(Problem(BOLD, BOLD))
    shown = [part for part in messages.findChildren(QLabel) if "<b>" in part.text()]
    assert len(shown) == 2
    assert {part.textFormat() for part in shown} == {Qt.TextFormat.PlainText}


@given(st.text(alphabet="<>b&;/ai\n \"'", max_size=40))
def test_a_tooltip_of_any_text_shows_that_text(text):
    tip = plain(text)
    if Qt.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        assert document.toPlainText().strip() == text.strip()
    else:
        assert tip == text


def close(messages):
    messages.findChild(QToolButton, "close_message").click()


def offered(messages):
    buttons = messages.findChildren(QPushButton)
    return [button for button in buttons if not button.isHidden()]


def test_what_can_be_done_something_about_comes_back_after_other_news(messages):
    done = []
    offer = Offer("Try again", "Save them after all.", lambda: done.append(1))
    messages.report(FULL, [offer])
    messages.report(Problem("The prompt is long."))
    assert messages.sentence() == "The prompt is long."
    assert offered(messages) == []
    close(messages)
    assert messages.sentence() == FULL.message
    messages.step_aside()
    assert messages.sentence() == FULL.message
    offered(messages)[0].click()
    assert done == [1]
    messages.step_aside()
    assert messages.sentence() == ""


def test_what_nothing_is_to_be_done_about_is_closed_for_good(messages):
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    close(messages)
    messages.report(Problem("The prompt is long."))
    close(messages)
    assert messages.sentence() == ""


def test_what_nothing_is_to_be_done_about_any_more_does_not_come_back(messages):
    there = [FULL]
    messages.report(FULL, [Offer("Try again", "Save them after all.", list, lambda: bool(there))])
    there.clear()
    messages.step_aside()
    assert messages.sentence() == ""


def test_two_things_that_something_can_be_done_about_both_come_back(messages):
    wordless = Problem("It has no vocabulary.")
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    messages.report(wordless, [Offer("Get it…", "Get what it lacks.", list)])
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    close(messages)
    assert messages.sentence() == wordless.message
    offered(messages)[0].click()
    assert messages.sentence() == ""


def test_other_news_are_not_taken_away_with_what_is_settled(messages):
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    messages.report(Problem("The prompt is long."))
    withdraw(messages.window(), lambda problem: problem is FULL)
    assert messages.sentence() == "The prompt is long."
    close(messages)
    assert messages.sentence() == ""


def test_what_is_on_show_is_not_read_out_again(messages, heard):
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    messages.step_aside()
    assert [event.message() for _, event in heard] == [messages.accessibleName()]


def test_the_keys_go_back_to_where_they_were_before_the_bar_was_closed(messages, qtbot):
    host = messages.parentWidget()
    first, field = QLineEdit(host), QLineEdit(host)
    for part in (first, field):
        part.show()
    field.setFocus()
    messages.report(FULL, [Offer("Try again", "Save them after all.", list)])
    button = offered(messages)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is field


def test_the_bar_is_as_high_as_what_it_offers_also_the_second_time(messages):
    offers = [Offer("Try again", "Save them after all.", list)]
    messages.report(FULL, offers)
    height = messages.height()
    messages.report(FULL, offers)
    assert messages.height() == height


def test_how_a_picture_ended_is_spoken_also_while_the_next_one_runs(qtbot, heard, engine, session):
    footer = Footer()
    qtbot.addWidget(footer)
    with qtbot.waitSignal(session.loaded):
        session.begin("starter")
    engine.free = False
    with qtbot.waitSignal(session.begun):
        session.generate(Draft(prompt="a boat"))
    footer.say("Saved")
    footer.show_progress(session.jobs)
    assert footer.words.text() != "Saved"
    qtbot.waitUntil(lambda: bool(heard))
    assert [event.message() for _, event in heard] == ["Saved"]


def test_screen_readers_are_told_bad_news_and_how_things_ended(messages, qtbot, heard):
    footer = Footer()
    qtbot.addWidget(footer)
    messages.report(FULL)
    footer.say("Cancelled")
    footer.say("Saved")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert [(part, event.message()) for part, event in heard] == [
        (messages, "The disk is full. Make room and try again."),
        (footer.words, "Saved"),
    ]
    first, second = (event.politeness() for _, event in heard)
    assert first == QAccessible.AnnouncementPoliteness.Assertive
    assert second == QAccessible.AnnouncementPoliteness.Polite
