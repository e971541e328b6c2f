"""Where a comparison lies: its pictures stay together, whatever is renamed, moved or copied."""

import pytest
from PySide6.QtWidgets import QPushButton

from engine.compare.keep import read_grid
from engine.gallery import galleries
from engine.gallery.store import gallery_folder
from gui.compare.cells import State
from gui.dropping import DropSheet


@pytest.fixture
def kept(done, qtbot):
    """The comparison, and the path of its file once that has all four pictures."""
    done.comparison.write()
    path = done.comparison.path

    def is_whole():
        grid = read_grid(path) if path.exists() else None
        return grid is not None and all(cell.file and cell.sha256 for cell in grid.cells)

    qtbot.waitUntil(is_whole)
    return path


def reopen(view, qtbot, path):
    with qtbot.waitSignal(view.reopening.opened):
        view.reopening.open(path)
    cells = view.comparison.cells
    qtbot.waitUntil(lambda: not any(cell.unread for cell in cells))
    return [cell.state for cell in cells]


def test_a_column_added_after_another_gallery_was_chosen_goes_to_the_others(
    done, kept, window, finish, qtbot
):
    window.send_pictures_to("Elsewhere")
    done.setup.down.set_axis("steps", "3, 4, 5")
    done.compare()
    finish(done)
    assert {cell.path.parent for cell in done.comparison.cells} == {kept.parent}
    done.comparison.write()
    qtbot.waitUntil(lambda: len(read_grid(kept).cells) == 6)
    qtbot.waitUntil(lambda: all(cell.file for cell in read_grid(kept).cells))
    assert read_grid(kept).gallery == kept.parent.name
    assert reopen(done, qtbot, kept) == [State.DONE] * 6


def test_a_new_comparison_goes_to_the_gallery_that_is_chosen_now(done, window, finish):
    window.send_pictures_to("Elsewhere")
    done.setup.down.set_axis("steps", "7, 8")
    done.compare()
    finish(done)
    folder = gallery_folder("Elsewhere")
    assert {cell.path.parent for cell in done.comparison.cells} == {folder}
    assert done.comparison.path.parent == folder


def test_a_comparison_follows_its_gallery_when_that_is_renamed(done, kept, window, qtbot):
    side = window.gallery_view.side
    window.gallery_view.begin()
    with qtbot.waitSignal(window.gallery_view.catalogue.relocated):
        side._rename(kept.parent.name, "Renamed")
    folder = gallery_folder("Renamed")
    assert done.comparison.path == folder / kept.name
    done.comparison.pin(done.comparison.cells[0])
    done.comparison.write()
    qtbot.waitUntil(lambda: read_grid(folder / kept.name).cells[0].pinned)
    assert [one.name for one in galleries.folders(folder.parent)] == ["Renamed"]
    assert reopen(done, qtbot, folder / kept.name) == [State.DONE] * 4


def test_a_comparison_follows_its_pictures_into_another_gallery(done, kept, window, qtbot):
    folder = galleries.create("Better")
    done.comparison.follow(galleries.move([kept], "Better"))
    assert done.comparison.path == folder / kept.name
    assert {cell.path.parent for cell in done.comparison.cells} == {folder}
    assert done.comparison.folder() == folder


def test_a_copy_of_the_grid_opens_with_its_pictures_wherever_it_lies(
    done, kept, qtbot, tmp_path, finish
):
    copy = tmp_path / "to show.png"
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_sheet(copy)
    assert reopen(done, qtbot, copy) == [State.DONE] * 4
    done.setup.down.set_axis("steps", "3, 4, 5")
    done.compare()
    finish(done)
    assert {cell.path.parent for cell in done.comparison.cells} == {kept.parent}
    assert [path.name for path in tmp_path.glob("*.png")] == ["to show.png"]
    done.comparison.write()
    qtbot.waitUntil(lambda: len(read_grid(copy).cells) == 6)
    assert reopen(done, qtbot, copy) == [State.DONE] * 6


def test_what_is_left_out_is_not_offered_as_missing(done, qtbot):
    done.comparison.remove(done.comparison.cells[1])
    done._reckon()
    assert not done.setup.button.isEnabled()
    assert done.setup.cost.text() == "All 3 pictures are there."


def test_a_gallery_that_pictures_are_made_for_is_not_renamed_under_them(
    view, window, engine, finish, qtbot
):
    engine.free = False
    view.compare()
    gallery, name = window.gallery_view, window._session.pictures.folder.name
    gallery.begin()
    for deed in (lambda: gallery.side._rename(name, "Renamed"), lambda: gallery.side._delete(name)):
        with qtbot.waitSignal(gallery.catalogue.failed) as told:
            deed()
        assert told.args[0].message == f"Pictures are still being made for {name}."
    finish(view)
    with qtbot.waitSignal(gallery.catalogue.relocated):
        gallery.side._rename(name, "Renamed")


def test_a_grid_that_is_dropped_on_the_window_opens_again(done, kept, window, qtbot):
    window.open_view("create")
    with qtbot.waitSignal(window.create_view.dropped):
        window.create_view.take_dropped(kept)
    with qtbot.waitSignal(done.reopening.opened):
        window.findChild(DropSheet).reopen.click()
    assert window.views.currentWidget() is done
    cells = done.comparison.cells
    qtbot.waitUntil(lambda: [cell.state for cell in cells] == [State.DONE] * 4)


def test_a_cell_that_is_dropped_is_no_comparison(done, kept, window, qtbot):
    with qtbot.waitSignal(window.create_view.dropped):
        window.create_view.take_dropped(done.comparison.cells[0].path)
    assert window.findChild(DropSheet).findChild(QPushButton, "reopen") is None
