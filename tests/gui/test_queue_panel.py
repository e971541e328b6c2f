import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.commands import Cancel, CancelAll, Move, Pause, Resume, Submit
from engine.draft import Draft
from engine.errors import Problem
from gui.queue_rows import made_in

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot, window, session, engine):
    """Open, with one job at its second step and three that wait."""
    engine.free = False
    with qtbot.waitSignal(session.begun):
        session.generate(Draft(prompt="a boat", count=4, seed=0))
    engine.tick(2)
    qtbot.waitUntil(lambda: session.jobs.progress().step == 2)
    QTest.keyClick(window.create_view.controls.prompt, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(window.queue_panel.list.hasFocus)
    return window.queue_panel


def press(panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(panel.list, key, modifier)


def seeds(session):
    return [session.jobs.row(k).job.recipe.seed for k in range(session.jobs.rowCount())]


def ids(session):
    return [session.jobs.row(k).job.id for k in range(session.jobs.rowCount())]


def test_ctrl_j_opens_the_queue_with_its_first_job_and_escape_only_closes_it(
    panel, window, session
):
    assert panel.isVisible()
    assert window.footer.queue.isChecked()
    assert panel.list.currentIndex().row() == 0
    press(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert not window.footer.queue.isChecked()
    assert len(session.jobs) == 4


def test_a_button_of_the_sheet_gives_escape_back_as_well(panel, session):
    panel.hold.setFocus()
    QTest.keyClick(panel.hold, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert len(session.jobs) == 4


def test_space_pauses_the_running_job_and_lets_it_go_on(qtbot, panel, session, engine, window):
    first = ids(session)[0]
    press(panel, Qt.Key.Key_Space)
    assert session.jobs.row(0).paused, "at once, whatever the engine is doing"
    qtbot.waitUntil(lambda: Pause(first) in engine.heard)
    assert "Paused at step 2" in session.jobs.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert panel.tools["pause"].accessibleName() == "Resume"
    press(panel, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: Resume(first) in engine.heard)
    assert not session.jobs.row(0).paused


def test_pausing_everything_is_said_below_and_in_the_title(qtbot, panel, window, engine):
    panel.hold.click()
    assert panel.hold.text() == "Resume all"
    qtbot.waitUntil(lambda: window.footer.words.text() == "Paused at step 2 of 20")
    assert window.windowTitle() == "Paused – 10 % – Etascope"
    qtbot.waitUntil(lambda: Pause(None) in engine.heard)
    panel.hold.click()
    qtbot.waitUntil(lambda: Resume(None) in engine.heard)
    qtbot.waitUntil(lambda: window.footer.words.text().startswith("Step 2 of 20"))


def test_a_late_answer_does_not_undo_what_was_asked_for_since(qtbot, panel, session, engine):
    first = ids(session)[0]
    session.pause(first)
    session.resume(first)
    with qtbot.assertNotEmitted(session.begun, wait=100):
        assert not session.jobs.row(0).paused
    assert not session.jobs.row(0).paused
    session.pause(first)
    qtbot.waitUntil(lambda: engine.heard.count(Pause(first)) == 2)
    qtbot.wait(20)
    assert session.jobs.row(0).paused


def test_alt_and_arrows_move_a_waiting_job_and_the_engine_follows(qtbot, panel, session, engine):
    panel._select(3)
    job = ids(session)[3]
    press(panel, Qt.Key.Key_Up, ALT)
    press(panel, Qt.Key.Key_Up, ALT)
    assert seeds(session) == [0, 3, 1, 2]
    assert panel.list.currentIndex().row() == 1, "the moved job stays the current one"
    qtbot.waitUntil(lambda: Move(job, 0) in engine.heard)
    press(panel, Qt.Key.Key_Down, ALT)
    assert seeds(session) == [0, 1, 3, 2]
    qtbot.waitUntil(lambda: [one.recipe.seed for one in engine._waiting.jobs] == [1, 3, 2])
    assert not engine.free


def test_delete_cancels_the_selected_jobs_and_selects_the_next(qtbot, panel, session, engine):
    panel._select(1)
    gone = ids(session)[1]
    press(panel, Qt.Key.Key_Delete)
    assert seeds(session) == [0, 2, 3]
    assert panel.list.currentIndex().row() == 1
    qtbot.waitUntil(lambda: Cancel(gone) in engine.heard)


def test_the_running_job_can_be_cancelled_alone(qtbot, panel, session, engine):
    with qtbot.waitSignal(session.settled) as settled:
        press(panel, Qt.Key.Key_Delete)
    assert settled.args[0].reached == 2
    qtbot.waitUntil(lambda: session.jobs.first_running() is not None)
    assert seeds(session) == [1, 2, 3]


def test_cancel_all_empties_the_queue_and_ends_a_pause(qtbot, panel, session, engine):
    panel.hold.click()
    panel.clear.click()
    assert session.jobs.rowCount() == 0
    assert not panel.clear.isEnabled()
    qtbot.waitUntil(lambda: CancelAll() in engine.heard and Resume(None) in engine.heard)
    assert panel._empty.isVisible()


def test_what_failed_stays_until_it_is_tried_again(qtbot, window, session, engine):
    engine.problem = Problem("The device ran out of memory.", "Make the picture smaller.")
    with qtbot.waitSignal(session.troubled):
        session.generate(Draft(seed=5))
    qtbot.waitUntil(lambda: window.footer.queue.text() == "Queue  ·  1 failed")
    window.footer.queue.click()
    panel = window.queue_panel
    assert "ran out of memory" in session.jobs.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert panel.tools["retry"].isEnabled()
    assert panel.again.isVisible()
    engine.problem = None
    with qtbot.waitSignal(session.saved):
        press(panel, Qt.Key.Key_R)
    made = [command.job.recipe.seed for command in engine.heard if isinstance(command, Submit)]
    assert made == [5, 5]
    assert session.jobs.rowCount() == 0


def test_what_failed_can_be_forgotten(qtbot, window, session, engine):
    engine.problem = Problem("No memory.")
    with qtbot.waitSignal(session.troubled):
        session.generate(Draft())
    window.footer.queue.click()
    press(window.queue_panel, Qt.Key.Key_Delete)
    assert session.jobs.rowCount() == 0
    qtbot.waitUntil(lambda: window.footer.queue.text() == "Queue")


def test_several_jobs_are_paused_and_cancelled_together(qtbot, panel, session, engine):
    panel.list.selectAll()
    press(panel, Qt.Key.Key_Space)
    assert session.jobs.is_held_up()
    assert not panel.tools["up"].isEnabled()
    press(panel, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sum(isinstance(one, Cancel) for one in engine.heard) == 4)
    assert session.jobs.rowCount() == 0


def test_the_sheet_stays_inside_a_small_window_and_shows_all_it_has(qtbot, panel, window):
    window.resize(1024, 680)
    qtbot.wait(20)
    inside = window.centralWidget().rect()
    assert inside.contains(panel.geometry())
    assert panel.geometry().bottom() < window.footer.y()
    assert panel.height() >= panel.minimumSizeHint().height()


def test_every_button_of_the_sheet_has_a_name_and_a_tooltip(panel):
    buttons = [panel.hold, panel.clear, panel.again, panel.close_button, *panel.tools.values()]
    for button in (*buttons, panel.list):
        assert button.objectName()
        assert button.accessibleName()
        assert button.toolTip()


def test_a_thousand_jobs_are_painted_without_trouble(qtbot, panel, session):
    session.generate(Draft(count=1000))
    panel.grab()
    assert session.jobs.rowCount() == 1004
    session.cancel_all()


def test_in_little_room_a_job_still_says_its_seed(panel, session):
    row, metrics = session.jobs.row(3), panel.list.fontMetrics()
    long = made_in(row, metrics, 10_000)
    assert long == "DDIM, 20 steps, seed 3"
    assert made_in(row, metrics, metrics.horizontalAdvance(long) - 1) == "seed 3"
    assert made_in(row, metrics, 5) == ""


def test_that_all_is_held_back_is_remembered_until_it_goes_on(panel, window, session, qtbot):
    assert not window.settings().paused
    with qtbot.waitSignal(window.edited):
        panel.hold.click()
    assert window.settings().paused
    with qtbot.waitSignal(window.edited):
        panel.hold.click()
    assert not window.settings().paused
    panel.list.selectAll()
    with qtbot.waitSignal(window.edited):
        press(panel, Qt.Key.Key_Space)
    assert window.settings().paused
    session.cancel_all()
    assert not window.settings().paused
