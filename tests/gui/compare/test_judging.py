"""The blind test in the window: judged by keys, never telling, kept, ranked."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.compare.keep import read_grid
from gui.compare.cells import State

LEFT, RIGHT, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down


def press(widget, key):
    QTest.keyClick(widget, key)


@pytest.fixture
def different(view, finish, qtbot):
    """A finished comparison of which no two pictures are the same."""
    view.setup.down.set_axis("seed", "0, 1")
    view.setup.across.set_axis("guidance", "1, 5")
    view.compare()
    finish(view)
    for number, cell in enumerate(view.comparison.cells):  # the engine paints by the seed alone
        cell.sha256 = f"{number:064x}"
        cell.reel.picture = np.full((16, 24, 3), 40 * number, np.uint8)
    view._tell()
    return view


@pytest.fixture
def judge(different, window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    different.grid.setFocus()
    press(different.grid, Qt.Key.Key_J)
    assert different.stack.currentWidget() is different.judge
    return different.judge


def shown(judge):
    return [int(pane._pixels[0, 0, 0]) for pane in judge.panes]


def rows(judge):
    table = judge.ranking.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def judge_by_brightness(judge):
    """The brighter picture is always the better one."""
    for _ in range(20):
        if judge._two is None:
            return
        left, right = shown(judge)
        press(judge, LEFT if left > right else RIGHT)
    raise AssertionError("it never ends")


def test_two_pictures_are_shown_and_the_better_one_chosen_by_arrows(judge, different):
    pairs = []
    for key in (LEFT, RIGHT, DOWN):
        pairs.append(judge._two)
        assert shown(judge)[0] != shown(judge)[1]
        press(judge, key)
    judged = different.comparison.trial.judged
    assert [(one.left, one.right) for one in judged] == pairs
    assert [one.verdict for one in judged] == ["left", "right", "equal"]
    assert "4 of 6" in judge.asked.text()


def test_the_buttons_do_the_same(judge, different):
    for verdict, button in judge.buttons.items():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert different.comparison.trial.judged[-1].verdict == verdict


def test_nothing_tells_which_is_which_until_the_end(judge, different):
    from PySide6.QtWidgets import QWidget

    said = {different.cells.label(cell) for cell in different.comparison.cells}
    said |= {str(cell.path) for cell in different.comparison.cells}
    while len(different.comparison.trial.judged) < 6:
        for part in [judge, *judge.findChildren(QWidget)]:
            if part.isVisible():
                words = [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
                words.append(part.text() if hasattr(part, "text") else "")
                assert not any(name in word for name in said for word in words)
        press(judge, LEFT)
    assert {row[0].split("  ")[1] for row in rows(judge)} == {
        different.cells.label(cell) for cell in different.comparison.cells
    }


def test_at_the_end_the_cells_are_ranked(judge, different):
    judge_by_brightness(judge)
    assert different.comparison.trial.ended
    names = [different.cells.label(cell) for cell in different.comparison.cells]
    found = rows(judge)
    assert [row[0] for row in found] == [f"{k + 1}.  {names[3 - k]}" for k in range(4)]
    assert [row[2:] for row in found] == [[str(3 - k), "0", str(k)] for k in range(4)]
    strengths = [int(row[1].removesuffix(" %")) for row in found]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] + strengths[3] == 100


def test_the_settings_are_ranked_too(judge, different):
    judge_by_brightness(judge)
    different.judge.ranking.by.set_value("1")
    assert [row[0] for row in rows(judge)] == ["1.  seed 1", "2.  seed 0"]
    different.judge.ranking.by.set_value("0")
    assert [row[0] for row in rows(judge)] == ["1.  guidance 5", "2.  guidance 1"]


def test_a_slip_is_taken_back_by_backspace(judge, different):
    two = judge._two
    press(judge, LEFT)
    assert judge._two != two
    press(judge, Qt.Key.Key_Backspace)
    assert judge._two == two
    assert different.comparison.trial.judged == ()


@pytest.mark.parametrize("by_key", [True, False])
def test_the_last_slip_is_taken_back_too_though_the_ranking_is_there(judge, different, by_key):
    judge_by_brightness(judge)
    *before, last = different.comparison.trial.judged
    if by_key:
        press(judge, Qt.Key.Key_Backspace)
    else:
        judge.undo.click()
    assert judge.stack.currentWidget() is not judge.ranking
    assert frozenset(judge._two) == last.pair
    assert (list(different.comparison.trial.judged), different.comparison.trial.ended) == (
        before,
        False,
    )
    press(judge, LEFT)
    assert different.comparison.trial.ended
    press(judge, LEFT)  # judges nothing any more
    assert len(different.comparison.trial.judged) == len(before) + 1


def test_a_test_that_is_left_goes_on_where_it_was(judge, different, window):
    press(judge, LEFT)
    two = judge._two
    press(judge, Qt.Key.Key_Escape)
    assert different.stack.currentWidget() is different.grid
    press(different.grid, Qt.Key.Key_J)
    assert judge._two == two


def test_ending_early_ranks_what_was_judged_and_judging_again_goes_on(judge, different):
    press(judge, LEFT)
    judge.end.click()
    assert len(rows(judge)) == 2
    judge.again.click()
    assert "2 of 6" in judge.asked.text()
    judge_by_brightness(judge)
    judge.again.click()
    assert different.comparison.trial.judged == ()


def test_the_judgements_are_kept_with_the_grid_and_shown_when_it_is_opened(judge, different, qtbot):
    judge_by_brightness(judge)
    trial, path = different.comparison.trial, different.comparison.path
    before = rows(judge)
    for cell in different.comparison.cells:  # what is on the disk is what the engine painted
        cell.unread = None
    different.comparison.write()
    qtbot.waitUntil(lambda: path.exists() and read_grid(path).trial == trial)
    assert before
    different.comparison.trial = None
    with qtbot.waitSignal(different.reopening.opened):
        different.reopening.open(path)
    assert different.comparison.trial == trial


def test_pictures_that_are_the_same_are_not_judged(done, qtbot):
    """The scripted engine paints by the seed alone: all four pictures are one."""
    qtbot.waitUntil(lambda: all(cell.sha256 for cell in done.comparison.cells))
    done.do("judge")
    assert "two finished pictures that differ" in done.judge.asked.text()
    assert not any(button.isEnabled() for button in done.judge.buttons.values())


def test_a_cell_rolled_again_is_another_picture_and_drops_out_of_the_ranking(judge, different):
    judge_by_brightness(judge)
    different.comparison.cells[3].sha256 = "f" * 64
    judge._show()
    assert len(rows(judge)) == 3


def test_other_axes_begin_another_test(judge, different, finish):
    press(judge, LEFT)
    different.setup.down.set_axis("seed", "5, 6")
    different.compare()
    assert different.comparison.trial is None
    assert different.stack.currentWidget() is not judge
    finish(different)
    assert all(cell.state is State.DONE for cell in different.comparison.cells)
