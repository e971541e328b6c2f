"""The index for the window: in step with the folders, whatever is done to them outside."""

import shutil

import pytest

from engine.gallery.database import IndexLost
from engine.gallery.store import gallery_folder
from tests.gui.gallery.conftest import known_to


def test_nothing_is_opened_before_it_is_wanted(catalogue, home):
    assert catalogue.index is None
    assert not home.exists()


def test_what_is_there_is_found_and_the_galleries_are_counted(catalogue, in_step, keep, qtbot):
    keep()
    keep("Boats")
    told = []
    catalogue.progressed.connect(lambda done, total: told.append((done, total)))
    index = in_step(catalogue)
    qtbot.waitUntil(lambda: [one.count for one in catalogue.galleries] == [1, 1])
    assert [one.name for one in catalogue.galleries] == ["Boats", "Etascope"]
    assert len(known_to(index)) == 2
    qtbot.waitUntil(lambda: (2, 2) in told)


def test_a_picture_that_is_saved_is_found_at_once(catalogue, in_step, keep, qtbot):
    index = in_step(catalogue)
    path = keep("New")
    with qtbot.waitSignal(catalogue.changed):
        catalogue.add(path)
    assert known_to(index) == [path.name]
    qtbot.waitUntil(lambda: [one.name for one in catalogue.galleries] == ["New"])


def test_files_that_come_and_go_outside_are_noticed(catalogue, in_step, keep, qtbot):
    first = keep()
    index = in_step(catalogue)
    catalogue.watch([first.parent])
    second = keep()
    qtbot.waitUntil(lambda: known_to(index) == [second.name, first.name])
    first.unlink()
    qtbot.waitUntil(lambda: known_to(index) == [second.name])


def test_a_gallery_that_is_made_outside_is_noticed(catalogue, in_step, keep, qtbot):
    keep()
    in_step(catalogue)
    catalogue.watch([])
    shutil.copytree(gallery_folder("Etascope"), gallery_folder("Copy"))
    qtbot.waitUntil(lambda: len(catalogue.galleries) == 2)


def test_what_was_saved_here_is_not_read_again(catalogue, in_step, keep, qtbot):
    first = keep()
    in_step(catalogue)
    catalogue.watch([first.parent])
    scans = []
    catalogue.scanned.connect(scans.append)
    catalogue.add(keep())
    qtbot.waitUntil(lambda: not catalogue._quiet.isActive() and not catalogue._touched)
    qtbot.wait(1200)
    assert scans == []


def test_galleries_that_cannot_be_reached_are_not_forgotten(catalogue, in_step, keep, qtbot, home):
    keep()
    index = in_step(catalogue)
    (home / "galleries").rename(home / "unplugged")
    catalogue.scan()
    qtbot.waitUntil(lambda: catalogue.offline == ("Etascope",))
    assert len(known_to(index)) == 1
    (home / "unplugged").rename(home / "galleries")
    with qtbot.waitSignal(catalogue.scanned):
        catalogue.scan()
    assert catalogue.offline == ()


def test_an_end_in_the_middle_of_reading_is_quick_and_loses_nothing(catalogue, keep, qtbot):
    for _ in range(150):
        keep()
    catalogue.begin()
    qtbot.waitUntil(lambda: catalogue.index is not None)
    assert catalogue.close()
    again = type(catalogue)()
    again.begin()
    qtbot.waitUntil(lambda: again.index is not None and not again.reading)
    assert again.index.writable
    assert len(known_to(again.index)) == 150
    assert again.close()


def test_where_another_process_has_the_index_this_one_reads(catalogue, in_step, keep, qtbot):
    keep()
    index = in_step(catalogue)
    other = type(catalogue)()
    troubles = []
    other.failed.connect(troubles.append)
    other.begin()
    qtbot.waitUntil(lambda: other.index is not None and not other.reading)
    assert index.writable
    assert not other.index.writable
    assert len(known_to(other.index)) == 1
    assert other.close()
    assert troubles == []


def test_a_task_that_fails_is_said_in_a_sentence(catalogue, qtbot):
    from engine.gallery import galleries

    with qtbot.waitSignal(catalogue.failed) as heard:
        catalogue.do(lambda: galleries.create("../x"), lambda _: None)
    assert "cannot be called" in heard.args[0].message
    assert not gallery_folder("Etascope").exists()


@pytest.mark.parametrize("fate", ["deleted", "folder deleted", "replaced", "damaged"])
def test_an_index_that_is_lost_while_the_window_is_open_is_made_again_by_itself(
    catalogue, in_step, keep, qtbot, fate
):
    paths = [keep() for _ in range(3)]
    index = in_step(catalogue)
    file = index.file
    if fate == "folder deleted":
        shutil.rmtree(file.parent)
    elif fate == "deleted":
        file.unlink()
    elif fate == "replaced":
        shutil.copy(file, file.with_name("copy"))
        file.with_name("copy").replace(file)
    else:
        file.write_bytes(b"garbage" * 9999)
    paths.append(keep())
    catalogue.add(paths[-1])
    names = {path.name for path in paths}
    qtbot.waitUntil(lambda: len(found(catalogue)) == 4)
    assert found(catalogue) == names
    qtbot.waitUntil(lambda: not catalogue.reading)
    assert file.stat().st_size > 4096
    paths.append(keep())
    catalogue.add(paths[-1])
    qtbot.waitUntil(lambda: paths[-1].name in found(catalogue))


def found(catalogue):
    """Return the names of all that is known, none while the index is just being lost."""
    try:
        return set(known_to(catalogue.index))
    except IndexLost:
        return set()
