"""The Compare view: set up, run, and what its keys do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from engine.commands import Destination, Job
from engine.events import Recovered
from gui.compare.cells import State
from tests.gui.compare.hands import press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_2_and_ctrl_1_go_to_compare_and_back(window):
    press(window, Qt.Key.Key_2, CTRL)
    assert window.views.currentWidget() is window.compare_view
    assert window.top_bar.views.value() == "compare"
    press(window, Qt.Key.Key_1, CTRL)
    assert window.views.currentWidget() is window.create_view
    assert window.create_view.controls.prompt.hasFocus()


def test_every_control_has_a_name_and_a_tooltip(view):
    parts = [
        part
        for part in view.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
        and part.window() is view.window()
    ]
    assert len(parts) > 30
    for part in parts:
        assert part.objectName(), part
        assert part.accessibleName(), part.objectName()
        assert part.toolTip(), part.objectName()


def test_an_empty_view_offers_comparisons_to_begin_with(window, finish):
    window.open_view("compare")
    view = window.compare_view
    assert view.stack.currentWidget() is view.begin_with
    view.begin_with.findChild(QPushButton, "begin-1").click()
    assert view.stack.currentWidget() is view.grid
    assert {cell.recipe.eta for cell in view.comparison.cells} == {0, 0.25, 0.5, 0.75, 1}
    view.comparison.stop_all()


def test_a_comparison_is_set_up_and_run_by_keys_alone(window, qtbot, finish):
    window.create_view.controls.prompt.set_text("a boat")
    press(window, Qt.Key.Key_2, CTRL)
    view = window.compare_view
    qtbot.waitUntil(view.setup.prompt.hasFocus)
    seen = []
    while len(seen) < 12 and "across-values" not in seen:
        press(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget().objectName())
    press(window.focusWidget(), Qt.Key.Key_A, CTRL)
    QTest.keyClicks(window.focusWidget(), "2-3")
    while len(seen) < 24 and "down-values" not in seen:
        press(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget().objectName())
    press(window.focusWidget(), Qt.Key.Key_A, CTRL)
    QTest.keyClicks(window.focusWidget(), "ddim, plms")
    press(window.focusWidget(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(view.grid.hasFocus)
    finish(view)
    assert [(c.recipe.steps, c.recipe.sampler) for c in view.comparison.cells] == [
        (2, "ddim"),
        (2, "plms"),
        (3, "ddim"),
        (3, "plms"),
    ]


def test_the_base_is_what_create_has_and_only_what_was_changed_there_is_taken_over(window):
    window.create_view.controls.prompt.set_text("a boat")
    window.open_view("compare")
    view = window.compare_view
    view.setup.prompt.set_text("a house")
    window.open_view("create")
    window.open_view("compare")
    assert view.setup.prompt.text() == "a house"
    window.create_view.controls.prompt.set_text("a tree")
    window.open_view("compare")
    assert view.setup.prompt.text() == "a tree"


def test_keys_choose_a_cell_show_it_large_and_come_back(done, qtbot):
    done.grid.setFocus()
    done.grid.set_current(done.comparison.cells[0])
    press(done.grid, Qt.Key.Key_Right)
    assert done.cells.label(done.grid.current()) == "PLMS, 3 steps"
    press(done.grid, Qt.Key.Key_Down)
    press(done.grid, Qt.Key.Key_Return)
    assert done.stack.currentWidget() is done.inspector
    assert [one.label for one in done.inspector.pictures()] == ["PLMS, 4 steps"]
    press(done.inspector.panes, Qt.Key.Key_Backspace)
    assert done.stack.currentWidget() is done.grid
    qtbot.waitUntil(done.grid.hasFocus)


def test_escape_leaves_the_large_picture_before_it_cancels_anything(view, window, engine, qtbot):
    engine.free = False
    view.compare()
    engine.tick(1)
    qtbot.waitUntil(lambda: view.comparison.cells[0].reached == 1)
    view.do("open")
    press(view.inspector.panes, Qt.Key.Key_Escape)
    assert view.stack.currentWidget() is view.grid
    assert view.comparison.open_count() == 4
    press(view.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not view.comparison.open_count())


def test_keys_roll_stop_and_leave_out(view, engine, qtbot, finish):
    engine.free = False
    view.compare()
    engine.tick(1)
    first, second = view.comparison.cells[:2]
    qtbot.waitUntil(lambda: first.reached == 1)
    press(view.grid, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: first.state is State.STOPPED)
    view.grid.set_current(second)
    press(view.grid, Qt.Key.Key_Delete)
    assert second.state is State.LEFT_OUT
    press(view.grid, Qt.Key.Key_R)
    assert second.state is State.WAITING
    assert second.recipe.seed != 7
    finish(view)


def test_the_reference_is_marked_and_the_same_key_takes_it_back(done):
    cell = done.comparison.cells[0]
    done.grid.set_current(cell)
    press(done.grid, Qt.Key.Key_F)
    assert done.comparison.reference is cell
    press(done.grid, Qt.Key.Key_F)
    assert done.comparison.reference is None


def test_a_cells_settings_go_to_create(done, window):
    done.grid.set_current(done.comparison.cells[-1])
    press(done.grid, Qt.Key.Key_U)
    assert window.views.currentWidget() is window.create_view
    draft = window.create_view.draft()
    assert (draft.sampler, draft.steps, draft.prompt, draft.seed) == ("plms", 4, "a boat", 7)


def test_a_third_axis_gives_pages(view, finish):
    view.setup.pages.set_axis("seed", "7, 8")
    view.compare()
    finish(view)
    assert len(view.comparison.cells) == 8
    assert [view.pages.itemText(k) for k in range(view.pages.count())] == ["seed 7", "seed 8"]
    view.pages.setCurrentIndex(1)
    view.pages.activated.emit(1)
    cells = [view.cells.cell(view.cells.index(row, 0)) for row in range(2)]
    assert {cell.recipe.seed for cell in cells} == {8}


def test_one_axis_alone_is_one_row(view, finish):
    view.setup.down.set_axis("", "")
    view.compare()
    finish(view)
    assert (view.cells.rowCount(), view.cells.columnCount()) == (1, 2)
    assert view.cells.headerData(0, Qt.Orientation.Vertical) is None


def test_what_cannot_be_set_up_is_told_and_leads_to_the_field(view, window, qtbot):
    view.setup.down.set_axis("steps", "many")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "'many'" in view.messages.sentence()
    qtbot.waitUntil(view.setup.down.values.hasFocus)
    assert not view.comparison.cells


def test_bad_news_is_told_in_the_view_that_is_in_front(view, session):
    from engine.errors import Problem

    session.troubled.emit(Problem("The disk is full."))
    assert view.messages.sentence() == "The disk is full."


def test_cells_that_were_cut_off_are_adopted_and_not_run_twice(done, session, engine, finish):
    cell = done.comparison.cells[0]
    done.comparison._let_go(cell, State.MISSING)
    job = Job(cell.recipe, Destination(folder=session.pictures.folder))
    session.bridge.recovered.emit(Recovered(job))
    assert (cell.state, cell.job) == (State.WAITING, job.id)
    assert done.comparison.missing(done.comparison.plan) == []


def test_screen_readers_are_told_how_a_cell_stands(done):
    index = done.cells.index_of(done.comparison.cells[3])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert done.cells.data(index, role) == "PLMS, 4 steps: done, 4 steps, 4 model calls, 1.2 s"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 680), (900, 600)])
def test_at_every_size_no_cell_is_smaller_than_can_be_looked_at(done, window, qtbot, size):
    window.resize(*size)
    qtbot.wait(20)  # till all is laid out anew; the bar may come and go meanwhile
    qtbot.waitUntil(lambda: not done.grid.horizontalScrollBar().isVisible())
    assert done.grid.columnWidth(0) >= 80
    assert done.grid.rowHeight(0) >= 80
    assert not window.grab().isNull()
