"""The list of pictures: their ids at once, their settings as they are looked at."""

from array import array

import numpy as np
import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from engine.gallery.index import Group
from engine.gallery.marks import Mark
from engine.gallery.query import Query
from gui.gallery.found import in_groups, in_order
from gui.gallery.pictures_model import DRAGGED, ENTRY_ROLE, MOST_KNOWN, PAGE, PicturesModel


@pytest.fixture
def model(catalogue):
    return PicturesModel(catalogue)


@pytest.fixture
def tester(model):
    """Qt's own, which looks at everything and fails the test at what no model may do."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def some(keep, catalogue, in_step, model):
    """Nine pictures, shown."""
    for _ in range(9):
        keep()
    index = in_step(catalogue)
    model.show_found(in_order(index.ids(Query()).result()))
    return index


def test_a_picture_is_asked_for_when_it_is_looked_at(qtbot, model, some):
    assert model.rowCount() == 9
    with qtbot.waitSignal(model.dataChanged):
        assert model.data(model.index(2)) is None
    entry = model.data(model.index(2), ENTRY_ROLE)
    assert entry.facts.settings["prompt"] == "boat 6"
    assert model.data(model.index(2)) == entry.name
    assert model.data(model.index(2), Qt.ItemDataRole.AccessibleTextRole) == "boat 6"


def test_a_prompt_is_no_markup_in_a_tooltip(qtbot, keep, catalogue, in_step, model):
    keep(prompt="<img src='file:///etc/passwd'> & more")
    index = in_step(catalogue)
    model.show_found(in_order(index.ids(Query()).result()))
    qtbot.waitUntil(lambda: model.entry(0) is not None)
    tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def test_few_pages_are_asked_for_however_far_it_is_scrolled(catalogue, in_step, model, qtbot):
    index = in_step(catalogue)
    model.show_found(in_order(array("q", range(100_000))))
    before = model._asked, index
    for row in range(0, 100_000, PAGE):
        model.entry(row)
    assert len(model._asked) <= 2
    assert len(model._wanted) <= 4
    assert before[1] is index
    qtbot.waitUntil(lambda: not model._asked)
    assert len(model._entries) <= MOST_KNOWN


def test_rows_that_come_and_go_leave_the_others_in_place(qtbot, tester, model, some):
    inserted, removed, reset = [], [], []
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.rowsRemoved.connect(lambda _, first, last: removed.append((first, last)))
    model.modelReset.connect(lambda: reset.append(1))
    ids = model.shown.ids.tolist()
    model.show_found(in_order(array("q", [2**60, *ids[:3], *ids[4:]])))
    assert (inserted, removed, reset) == ([(0, 0)], [(3, 3)], [])
    model.show_found(in_order(array("q", reversed(ids))))
    assert reset == [1]


def test_what_is_hidden_is_left_out_until_it_is_not(tester, model, some):
    ids = model.shown.ids.tolist()
    model.hide_ids(ids[1:3])
    assert model.shown.ids.tolist() == [ids[0], *ids[3:]]
    model.unhide(ids[1:2])
    assert model.shown.ids.tolist() == [*ids[:2], *ids[3:]]
    model.show_found(in_order(array("q", ids)), returned=ids)
    assert model.shown.ids.tolist() == ids


def test_groups_have_heads_and_lose_them_again(tester, model, some):
    ids = model.shown.ids.tolist()
    model.show_found(in_groups([Group("a", tuple(ids[:4])), Group("b", tuple(ids[4:]))]))
    assert model.shown.heads == ("a", "b")
    assert np.array_equal(model.shown.starts, [0, 4])
    model.show_found(in_order(array("q", ids)))
    assert model.shown.heads == ()
    assert model.rowCount() == 9


def test_a_mark_is_seen_at_once(qtbot, model, some):
    qtbot.waitUntil(lambda: model.entry(0) is not None)
    model.set_mark(model.id_at(0), Mark(True, 5))
    assert model.entry(0).mark == Mark(True, 5)


def test_pictures_are_dragged_as_files(qtbot, model, some, catalogue):
    qtbot.waitUntil(lambda: model.entry(0) is not None)
    data = model.mimeData([model.index(0), model.index(1)])
    paths = [url.toLocalFile() for url in data.urls()]
    assert paths == [str(catalogue.path(model.entry(row))) for row in (0, 1)]
    assert bytes(data.data(DRAGGED)).decode() == f"{model.id_at(0)},{model.id_at(1)}"


def test_another_model_can_stand_on_it(model, some):
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    assert proxy.rowCount() == 9
