import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from engine.commands import Destination, Job
from engine.events import Recovered
from gui.compare.cells import State
from gui.viewer import ALONE, BESIDE, BLINK, WIPE

CTRL = Qt.KeyboardModifier.ControlModifier


def array_of(image):
    wide = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return wide[:, : image.width(), 2::-1]


def turn_wheel(widget, at, notches, modifier):
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


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


def test_one_timeline_scrubs_all_cells(done, qtbot):
    done.scrubber.timeline.setFocus()
    press(done.scrubber.timeline, Qt.Key.Key_Home)
    done.frames.settle()
    assert [done.frames.step(cell) for cell in done.comparison.cells] == [1] * 4
    assert done.scrubber.caption.sentence() == "Step 1 of 4"
    press(done.scrubber.timeline, Qt.Key.Key_Right)
    press(done.scrubber.timeline, Qt.Key.Key_Right)
    assert [done.frames.step(cell) for cell in done.comparison.cells] == [3, 3, 3, 3]
    done.scrubber.link.set_value("calls")
    assert [done.frames.step(cell) for cell in done.comparison.cells] == [2, 3, 2, 2]
    done.scrubber.link.set_value("sigma")
    assert done.scrubber.caption.sentence().startswith("σ ")
    press(done.scrubber.timeline, Qt.Key.Key_End)
    assert done.frames.follows


def test_the_steps_are_played_and_end_with_the_pictures(done, qtbot):
    done.scrubber.play.click()
    assert not done.frames.follows
    qtbot.waitUntil(lambda: done.frames.follows)
    assert not done.scrubber.play.isChecked()


def test_the_noisy_picture_is_shown_on_a_toggle(done):
    cell = done.comparison.cells[0]
    done.frames.look_at(1)
    before = done.frames.pixels(cell)
    done.scrubber.space.set_value("xt")
    assert done.frames.noisy
    assert (done.frames.pixels(cell) == before).all()  # the scripted x and x0 are one


def test_a_cell_and_the_reference_are_looked_at_together(done, finish, qtbot):
    first, second = done.comparison.cells[:2]
    done.comparison.roll(second, 8)
    finish(done)
    qtbot.waitUntil(lambda: not done._telling.isActive())
    done.frames.settle()
    done.grid.set_current(first)
    done.do("reference")
    done.grid.set_current(second)
    done.do("open")
    inspector = done.inspector
    assert inspector.mode.value() == ALONE
    assert [one.label for one in inspector.pictures()] == ["DDIM, 4 steps", "DDIM, 3 steps"]
    assert [
        (one.pixels == cell.picture).all()
        for one, cell in zip(inspector.pictures(), (second, first), strict=True)
    ] == [True, True]
    assert (inspector.panes.current, inspector.panes.against) == (0, 1)
    inspector.mode.set_value(WIPE)
    press(inspector.panes, Qt.Key.Key_Backspace)
    done.grid.set_current(done.comparison.cells[3])
    done.do("open")
    assert inspector.mode.value() == WIPE  # as it was looked at last


def test_several_cells_are_chosen_in_the_grid_and_looked_at_side_by_side(done):
    done.frames.settle()
    done.grid.setFocus()
    done.grid.set_current(done.comparison.cells[0])
    shift = Qt.KeyboardModifier.ShiftModifier
    press(done.grid, Qt.Key.Key_Right, shift)
    press(done.grid, Qt.Key.Key_Down, shift)
    press(done.grid, Qt.Key.Key_Return)
    assert done.inspector.mode.value() == BESIDE
    assert len(done.inspector.pictures()) == 4
    assert done.inspector.panes.current == 3


def test_what_is_looked_at_large_follows_the_scrubber(done, qtbot):
    done.frames.settle()
    done.do("open")
    done.frames.look_at(1)
    first = done.comparison.cells[0]
    expected = first.reel.frame(1, noisy=False)
    qtbot.waitUntil(lambda: np.array_equal(done.inspector.pictures()[0].pixels, expected))
    assert done.inspector.pictures()[0].natural == (first.recipe.width, first.recipe.height)


def test_one_picture_alone_cannot_be_wiped_and_says_why(done):
    done.do("open")
    button = done.inspector.mode.findChild(QPushButton, f"viewer-mode-{WIPE}")
    assert not button.isEnabled()
    assert "two" in button.toolTip()


def test_all_cells_are_zoomed_and_panned_together(done, qtbot):
    done.frames.settle()
    done.grid.setFocus()
    press(done.grid, Qt.Key.Key_1)
    assert done.grid.zoom_percent() == 100
    done.frames.settle()
    cells = done.comparison.cells
    box = done.frames.box.toSize()
    for cell in cells:
        made = done.frames.print_of(cell)
        seen = array_of(made.image)
        top, left = -made.of.place.top(), -made.of.place.left()
        down, across = max(0, int(top)), max(0, int(left))
        part = cell.picture[down : down + box.height(), across : across + box.width()]
        assert (seen == part).all()
    press(done.grid, Qt.Key.Key_Plus)
    assert done.grid.zoom_percent() == 200
    assert len({done.frames._negative(cell).place.getCoords() for cell in cells}) == 1
    press(done.grid, Qt.Key.Key_0)
    assert done.frames.look.fitted


def test_painting_the_cells_again_scales_no_picture(done, monkeypatch):
    from gui.compare import darkroom
    from gui.viewer import exhibit

    done.frames.settle()
    drawn = []
    for room, name in ((exhibit, "resampled"), (exhibit, "to_image"), (darkroom, "projected")):
        real = getattr(room, name)
        monkeypatch.setattr(room, name, lambda *given, real=real: drawn.append(1) or real(*given))
    done.grid.viewport().repaint()
    assert drawn == []
    done.frames.look_at(2)
    done.frames.settle()
    assert len(drawn) >= len(done.comparison.cells)


def test_one_changed_cell_is_painted_alone(done, qtbot):
    done.frames.settle()
    qtbot.wait(50)
    asked = []
    done.cells.dataChanged.connect(lambda first, last, _: asked.append((first, last)))
    cell = done.comparison.cells[3]
    done.frames.touch(cell)
    done.frames.settle()
    index = done.cells.index_of(cell)
    assert asked == [(index, index)]


def test_the_button_beside_the_timeline_tells_and_turns_the_zoom_of_the_cells(done):
    done.frames.settle()
    done.scrubber.zoom.click()
    assert done.scrubber.zoom.text() == "100 %"
    press(done.grid, Qt.Key.Key_0)
    assert done.scrubber.zoom.text() == "Fit"
    done.do("open")
    assert not done.scrubber.zoom.isVisible()


def test_keys_play_the_steps_and_show_the_noisy_ones(done):
    done.scrubber.timeline.setFocus()
    press(done.scrubber.timeline, Qt.Key.Key_X)
    assert done.frames.noisy
    press(done.grid, Qt.Key.Key_X)
    assert not done.frames.noisy
    press(done.scrubber.timeline, Qt.Key.Key_Space)
    assert done.scrubber.play.isChecked()
    press(done.scrubber.timeline, Qt.Key.Key_Space)
    assert not done.scrubber._playing.isActive()


def test_little_motion_means_slow_playing_and_blinking_by_key(done):
    done.frames.settle()
    done.grid.selectAll()
    done.do("open")
    done.set_calm(True)
    done.inspector.set_mode(BLINK)
    done.scrubber.play.click()
    assert not done.inspector.is_blinking()
    assert done.scrubber._playing.interval() >= 500


def test_the_wheel_with_ctrl_zooms_and_a_drag_pans_all_cells(done, qtbot):
    done.frames.settle()
    grid = done.grid
    middle = grid.visualRect(grid.model().index(0, 0)).center()
    turn_wheel(grid.viewport(), QPointF(middle), 10, CTRL)
    assert not done.frames.look.fitted
    before = QPointF(done.frames.look.spot)
    viewport, left = grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(viewport, middle + QPoint(12, 6))
    QTest.mouseRelease(viewport, left, Qt.KeyboardModifier.NoModifier, middle + QPoint(12, 6))
    after = done.frames.look.spot
    assert (after.x() < before.x(), after.y() < before.y()) == (True, True)
    assert len(grid.selected()) == 1


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
    qtbot.wait(20)
    assert done.grid.columnWidth(0) >= 80
    assert done.grid.rowHeight(0) >= 80
    assert not done.grid.horizontalScrollBar().isVisible()
    assert not window.grab().isNull()
