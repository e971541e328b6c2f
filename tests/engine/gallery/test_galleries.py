"""Galleries are folders: made, renamed, put into the trash; pictures move with all they have."""

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadSetting, KnownError, StorageError
from engine.gallery import files
from engine.gallery.entries import content_hash
from engine.gallery.galleries import (
    create,
    delete,
    discard,
    existing,
    folders,
    free_name,
    galleries,
    misnamed,
    move,
    rename,
    together,
)
from engine.gallery.marks import Mark, read_marks, set_marks

LIKED = Mark(favourite=True, tags=("sea",))


@pytest.fixture(autouse=True)
def trash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return where the system's trash is in these tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the trash of other systems cannot be elsewhere")
    from send2trash import plat_other

    folder = tmp_path / "share" / "Trash"
    monkeypatch.setattr("engine.gallery.galleries.send2trash", plat_other.send2trash)
    monkeypatch.setattr(plat_other, "HOMETRASH", str(folder), raising=False)
    monkeypatch.setattr(plat_other, "HOMETRASH_B", os.fsencode(folder), raising=False)
    return folder / "files"


def test_a_new_gallery_is_an_empty_folder(home: Path):
    assert galleries() == []
    assert create("Boats") == home / "galleries" / "Boats"
    (boats,) = galleries()
    assert (boats.name, boats.count) == ("Boats", 0)
    with pytest.raises(StorageError, match="already"):
        create("Boats")
    with pytest.raises(BadSetting):
        create("../Boats")


def test_galleries_are_listed_with_their_pictures(keep, home: Path):
    keep("b"), keep("b"), keep("A")
    (home / "galleries" / ".hidden").mkdir()
    (home / "galleries" / "file.txt").touch()
    (home / "galleries" / "Gone").symlink_to(home / "nowhere")
    assert [(one.name, one.count) for one in galleries()] == [("A", 1), ("b", 2), ("Gone", None)]
    assert folders(home / "nowhere") == []


def test_renaming_keeps_pictures_and_marks_and_replaces_nothing(keep, home: Path):
    path = keep("Old")
    set_marks(path.parent, {content_hash(path): LIKED})
    new = rename("Old", "New")
    assert read_marks(new) == {content_hash(new / path.name): LIKED}
    keep("Other")
    with pytest.raises(StorageError, match="already"):
        rename("New", "Other")
    with pytest.raises(StorageError, match="no gallery"):
        rename("Old", "Newer")
    assert rename("New", "new").name == "new"


def test_deleting_puts_the_gallery_into_the_trash(keep, home: Path, trash: Path):
    path = keep("Old")
    data = path.read_bytes()
    delete("Old")
    assert not path.parent.exists()
    assert (trash / "Old" / path.name).read_bytes() == data
    with pytest.raises(StorageError, match="no gallery"):
        delete("Old")


def test_a_picture_that_is_not_there_cannot_be_discarded(keep, trash: Path):
    path = keep()
    discard([path])
    assert (trash / path.name).exists()
    with pytest.raises(StorageError, match="no file"):
        discard([path])


def test_a_moved_picture_takes_its_marks_along(keep, home: Path):
    path = keep("Here")
    set_marks(path.parent, {content_hash(path): LIKED})
    create("There")
    ((old, new),) = move([path], "There")
    assert (old, new) == (path, home / "galleries" / "There" / path.name)
    assert not old.exists()
    assert read_marks(new.parent) == {content_hash(new): LIKED}
    assert move([new], "There") == []
    with pytest.raises(StorageError, match="no gallery"):
        move([new], "Nowhere")


@pytest.mark.parametrize("disks", ["one", "two"])
def test_moving_never_overwrites(keep, monkeypatch: pytest.MonkeyPatch, disks: str):
    if disks == "two":

        def refuse(*_: object) -> None:
            raise OSError(errno.EXDEV, "Invalid cross-device link")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    first = keep("Here", seed=1)
    second = keep("There", seed=2)
    rival = first.with_name(second.name)
    shutil.copy(first, rival)
    os.utime(rival, (10**9, 10**9))
    data, other = rival.read_bytes(), second.read_bytes()
    ((_, new),) = move([rival], "There")
    assert new.name == f"{second.stem}-2.png"
    assert (new.read_bytes(), second.read_bytes()) == (data, other)
    assert new.stat().st_mtime == 10**9
    assert not rival.exists()


def test_a_move_that_fails_half_way_leaves_the_picture_where_it_was(keep, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = keep("Here")
    create("There")
    data = path.read_bytes()
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr(files, "_sync", full)
    with pytest.raises(StorageError, match="is full"):
        move([path], "There")
    assert path.read_bytes() == data
    assert not list(existing("There").iterdir())


def test_a_grid_takes_its_cells_along(keep_grid):
    grid, cells = keep_grid()
    assert together([grid]) == [grid, *cells]
    create("There")
    moved = move([grid], "There")
    assert {new.name for _, new in moved} == {grid.name, *(one.name for one in cells)}
    assert not any(one.exists() for one in (grid, *cells))


@given(st.text(max_size=60))
def test_no_name_makes_a_folder_elsewhere(home: Path, name: str):
    before = set(home.parent.iterdir())
    try:
        folder = create(name)
    except KnownError:
        return
    assert folder.parent == home / "galleries"
    assert set(home.parent.iterdir()) <= before | {home}
    folder.rmdir()


def test_a_free_name_is_found(tmp_path: Path):
    assert free_name(tmp_path, "a.png") == tmp_path / "a.png"
    (tmp_path / "a.png").touch()
    (tmp_path / "a-2.png").symlink_to("nowhere")
    assert free_name(tmp_path, "a.png") == tmp_path / "a-3.png"


def test_a_move_that_was_killed_half_way_is_ended_by_moving_again(keep, home, monkeypatch):
    path = keep("A")
    data = path.read_bytes()
    create("B")

    unlink = Path.unlink

    def killed(file: Path, **options: bool) -> None:
        if file == path:
            raise KeyboardInterrupt
        unlink(file, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            move([path], "B")
    new = home / "galleries" / "B" / path.name
    assert (path.read_bytes(), new.read_bytes()) == (data, data)
    assert move([path], "B") == [(path, new)]
    assert new.read_bytes() == data
    assert [one.name for one in home.glob("galleries/*/*.png")] == [path.name]


def test_a_picture_that_may_not_leave_its_folder_is_told_each_time(keep, monkeypatch):
    path = keep("A")
    create("B")
    unlink = Path.unlink

    def refuse(file: Path, **options: bool) -> None:
        if file == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(file, **options)

    monkeypatch.setattr(Path, "unlink", refuse)
    for _ in range(2):
        with pytest.raises(StorageError) as told:
            move([path], "B")
        assert str(told.value).startswith(f"{path.parent} may not be written to.")
    assert path.exists()


def test_a_link_to_itself_hides_no_misnamed_folder(home: Path):
    root = home / "galleries"
    (root / "trip ").mkdir(parents=True)
    (root / "boats ").symlink_to(root / "trip ")
    (root / "loop").symlink_to(root / "loop")
    (root / "loop ").symlink_to(root / "loop ")
    (root / "file ").touch()
    assert misnamed(root) == [root / "boats ", root / "trip "]


def test_a_picture_is_never_taken_for_half_moved_in_a_folder_that_is_there_twice(keep, home):
    path = keep("A")
    data = path.read_bytes()
    (home / "galleries" / "Link").symlink_to(path.parent)
    (home / "elsewhere.png").hardlink_to(path)
    ((_, new),) = move([home / "galleries" / "Link" / path.name], "A")
    assert new.read_bytes() == data
