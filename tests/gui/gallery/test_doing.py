"""What is done with pictures of the Gallery view: marked, thrown away, had back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.gallery.marks import Mark, read_marks
from gui.trash import Thrown
from tests.gui.gallery.conftest import shows
from tests.gui.gallery.hands import pick, press

# Marks


def test_keys_make_favourites_and_rate_also_many_at_a_time(view, keep, qtbot):
    paths = [keep() for _ in range(2)]
    gallery = view(2)
    pick(qtbot, gallery, 0, 1)
    press(gallery, Qt.Key.Key_F)
    press(gallery, Qt.Key.Key_4)
    folder = paths[0].parent
    qtbot.waitUntil(lambda: list(read_marks(folder).values()) == [Mark(True, 4)] * 2)
    qtbot.waitUntil(lambda: gallery.details.marks.rating() == 4)
    assert gallery.details.marks.heart.isChecked()
    press(gallery, Qt.Key.Key_F)
    press(gallery, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: read_marks(folder) == {})


def test_stars_and_heart_can_be_clicked_while_a_picture_is_large(view, keep, qtbot):
    path = keep()
    gallery = view(1)
    pick(qtbot, gallery, 0)
    press(gallery, Qt.Key.Key_Return)
    gallery.details.marks.stars[2].click()
    gallery.details.marks.heart.click()
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 3)])
    press(gallery, Qt.Key.Key_5, part=gallery.pages.large.canvas)
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 5)])
    qtbot.waitUntil(lambda: gallery.details.marks.rating() == 5)
    gallery.details.marks.stars[4].click()
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 0)])


def test_tags_are_written_with_commas_and_found(view, keep, qtbot):
    path = keep()
    keep()
    gallery = view(2)
    pick(qtbot, gallery, 1)
    press(gallery, Qt.Key.Key_T)
    tags = gallery.details.marks.tags
    qtbot.waitUntil(tags.hasFocus)
    QTest.keyClicks(tags, "sea, to  print")
    QTest.keyClick(tags, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: list(read_marks(path.parent).values()) == [Mark(tags=("sea", "to print"))]
    )
    gallery.search.field.set_text('tag:"to print"')
    shows(qtbot, gallery, 1)
    qtbot.waitUntil(lambda: gallery.side.filters.chip("tag-sea") is not None)


# Throwing away


def test_pictures_thrown_away_come_back_until_it_is_too_late(view, keep, qtbot, session):
    paths = [keep() for _ in range(4)]
    gallery = view(4)
    session.pictures.begin()
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 4)
    pick(qtbot, gallery, 1, 2)
    press(gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    assert gallery.toast.sentence() == "2 pictures thrown away"
    assert gallery.grid.rows() == [1]
    assert session.pictures.rowCount() == 2
    assert all(path.exists() for path in paths)
    press(gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert gallery.model.rowCount() == 4
    assert gallery.toast.sentence() == ""
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 4)


def test_what_nobody_wants_back_goes_to_the_trash_and_out_of_the_index(view, keep, qtbot):
    paths = [keep() for _ in range(3)]
    gallery = view(3)
    pick(qtbot, gallery, 0, 2)
    press(gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 1)
    gallery.doing.deeds.trash.empty()
    qtbot.waitUntil(lambda: [path.exists() for path in paths] == [False, True, False])
    index = gallery.catalogue.index
    qtbot.waitUntil(lambda: index.counts().result() == {"Etascope": 1})
    qtbot.waitUntil(lambda: not gallery.model._hidden)
    assert gallery.model.rowCount() == 1


def test_what_is_thrown_away_from_the_strip_is_off_the_grid_at_once_and_back_at_undo(
    view, keep, qtbot, window, session
):
    paths = [keep() for _ in range(3)]
    gallery = view(3)
    session.pictures.begin()
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 3)
    create = window.create_view
    create._show_path(paths[1])
    create.throw_away()
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    assert paths[1].exists()
    create.have_back()
    assert gallery.model.rowCount() == 3
    create.throw_away()
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    create.trash.empty()
    qtbot.waitUntil(lambda: not paths[1].exists())
    index = gallery.catalogue.index
    qtbot.waitUntil(lambda: index.counts().result() == {"Etascope": 2})
    qtbot.waitUntil(lambda: not gallery.model._hidden)
    assert gallery.model.rowCount() == 2


def test_what_was_had_back_before_the_index_knew_it_is_not_hidden(view, keep, qtbot, window):
    path = keep()
    gallery = view(1)
    create = window.create_view
    create.trash.throw(Thrown(path, 0))
    assert create.trash.undo().path == path
    qtbot.wait(200)
    assert gallery.model.rowCount() == 1


def test_in_the_large_view_the_next_one_takes_the_place_of_the_one_thrown_away(view, keep, qtbot):
    for _ in range(3):
        keep()
    gallery = view(3)
    pick(qtbot, gallery, 0)
    press(gallery, Qt.Key.Key_Return)
    name = gallery.pages.large.name
    qtbot.waitUntil(lambda: name.sentence().startswith("1 of 3"))
    press(gallery, Qt.Key.Key_Delete, part=gallery.pages.large.canvas)
    qtbot.waitUntil(lambda: name.sentence().startswith("1 of 2"))
    assert gallery.pages.shows_large()
