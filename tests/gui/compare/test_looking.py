"""Cells looked at: large, side by side, under one zoom, played."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.viewer import ALONE, BESIDE, BLINK, WIPE
from tests.gui.compare.hands import press

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
    assert done.frames.darkroom._pool.waitForDone(60_000)  # what was begun before is over
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


def test_of_more_cells_than_can_be_shown_the_one_in_hand_is_one(view, finish, qtbot):
    view.setup.down.set_axis("steps", "2-7")
    view.compare()
    finish(view)
    cells = view.comparison.cells
    view.grid.set_current(cells[11])
    view.grid.selectAll()
    press(view.grid, Qt.Key.Key_Return)
    assert view.stack.currentWidget() is view.inspector
    shown = [exhibit.label for exhibit in view.inspector.pictures()]
    assert len(shown) == 9
    assert shown[view.inspector.panes.current] == view.cells.label(cells[11])
