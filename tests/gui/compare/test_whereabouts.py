"""Where a comparison lies: its pictures stay together, whatever is renamed, moved or copied."""

import pytest
from PySide6.QtWidgets import QPushButton

from engine.compare.keep import read_grid
from engine.errors import StorageError
from engine.gallery import galleries
from engine.gallery.store import gallery_folder
from gui.compare.cells import State
from gui.dropping import DropSheet


def at_rest(view):
    """Wait until the keeper knows what it has written: the file is there a moment earlier."""
    assert view.comparison.keeper._pool.waitForDone(60_000)


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


def test_a_gallery_renamed_by_another_program_is_followed_and_told_of(view, engine, finish, qtbot):
    engine.free = False
    view.compare()
    cells = view.comparison.cells
    engine.tick(3)
    qtbot.waitUntil(lambda: bool(cells[0].path and cells[0].sha256))
    view.comparison.write()
    old = view.comparison.path
    qtbot.waitUntil(lambda: old.exists() and bool(read_grid(old).cells[0].file))
    at_rest(view)
    new = gallery_folder("Renamed")
    old.parent.rename(new)
    with qtbot.waitSignal(view.comparison.troubled) as told:
        finish(view)
        view.comparison.write()
    said = f"The gallery {old.parent.name} is called Renamed now; the comparison goes on there."
    assert told.args[0].message == said
    assert said in view.messages.sentence()
    assert view.comparison.path == new / old.name
    assert cells[0].path.parent == view.comparison.folder() == new
    assert not old.exists()
    view.comparison.write()
    qtbot.waitUntil(lambda: all(cell.sha256 for cell in read_grid(new / old.name).cells))
    assert reopen(view, qtbot, new / old.name) == [State.DONE] * 4
    view.setup.down.set_axis("steps", "3, 4, 5")
    view.compare()
    finish(view)
    assert [cell.path.parent for cell in view.comparison.cells if cell.recipe.steps == 5] == [
        new
    ] * 2


def test_a_gallery_that_is_carried_off_is_told_of_and_nothing_is_lost(done, kept, qtbot, tmp_path):
    kept.parent.rename(tmp_path / "elsewhere")
    with qtbot.waitSignal(done.comparison.troubled) as told:
        done.comparison.write()
    said = f"The gallery {kept.parent.name} is gone; the comparison goes on in a new one."
    assert told.args[0].message == said
    qtbot.waitUntil(kept.exists)
    kept.unlink()
    kept.parent.rmdir()
    (tmp_path / "elsewhere").rename(kept.parent)
    assert reopen(done, qtbot, kept) == [State.DONE] * 4


@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.parametrize("count", [1, 4])
def test_a_gallery_that_pictures_were_thrown_away_of_is_not_gone(done, kept, qtbot, count, copied):
    if copied:
        (galleries.create("Another") / kept.name).write_bytes(kept.read_bytes())
    for path in (kept, *(cell.path for cell in done.comparison.cells[:count])):
        path.unlink()
    told = []
    done.comparison.troubled.connect(told.append)
    done.comparison.pin(done.comparison.cells[0])
    done.comparison.write()
    qtbot.waitUntil(kept.exists)
    at_rest(done)
    qtbot.wait(1)
    assert told == []
    assert done.comparison.path == kept


def test_a_copy_on_a_disk_that_was_taken_out_is_told_of_and_no_folder_is_made_for_it(
    done, kept, qtbot, tmp_path
):
    copy = tmp_path / "stick" / "copy.png"
    copy.parent.mkdir()
    with qtbot.waitSignal(done.comparison.keeper.written):
        done.saving.save_sheet(copy)
    assert reopen(done, qtbot, copy) == [State.DONE] * 4
    copy.unlink()
    copy.parent.rmdir()
    with qtbot.waitSignal(done.comparison.troubled) as told:
        done.comparison.write()
    assert told.args[0].message == f"There is no folder {copy.parent}."
    assert not copy.parent.exists()
    assert [cell.state for cell in done.comparison.cells] == [State.DONE] * 4


def test_no_gallery_is_made_in_the_place_of_a_disk_that_is_away(done, kept, qtbot, monkeypatch):
    from engine.gallery import store

    def away():
        raise StorageError("The folder of the galleries is not there.", "Is its disk?")

    moved = kept.parent.parent.rename(kept.parent.parent.with_name("away"))
    monkeypatch.setattr(store, "_check_disk", away)
    with qtbot.waitSignal(done.comparison.keeper.failed) as told:
        done.comparison.write()
    assert told.args[0].advice == "Is its disk?"
    assert done.comparison.keeper._pool.waitForDone(60_000)
    assert not kept.parent.parent.exists()
    moved.rename(kept.parent.parent)
