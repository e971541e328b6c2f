"""The index's backup: whole, once a day, used once; and what must not be forgotten."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from engine.errors import StorageError
from engine.gallery import scan as scanning
from engine.gallery.backups import INTERVAL, backup_file, is_due, restore
from engine.gallery.index import Index
from engine.gallery.keepsakes import keepsakes
from engine.gallery.marks import Mark
from engine.gallery.query import Query
from engine.gallery.scan import rebuild, scan
from engine.trajectory import kept_file


@pytest.fixture
def backed_up(index: Index, keep) -> Path:
    """The backup of an index of three pictures; the index is closed."""
    for _ in range(3):
        keep()
    scan(index)
    index.close()
    return backup_file(index.file)


def read_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of files that are read from now on."""
    files: list[Path] = []
    examine = scanning.examine

    def noting(path, what):
        files.append(path)
        return examine(path, what)

    monkeypatch.setattr(scanning, "examine", noting)
    return files


def test_a_scan_keeps_a_backup_and_no_more_than_one_a_day(index: Index, keep):
    keep()
    scan(index)
    backup = backup_file(index.file)
    first = backup.stat().st_mtime_ns
    keep()
    scan(index)
    assert backup.stat().st_mtime_ns == first
    for moment in (time.time() - INTERVAL - 1, time.time() + 3600):  # or a clock was set back
        os.utime(backup, (moment, moment))
        assert is_due(index.file)
        scan(index)
        assert not is_due(index.file)
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT count(*) FROM pictures").fetchone() == (2,)
    copy.close()
    assert not backup.with_name(f"{backup.name}.part").exists()


def test_a_damaged_index_is_taken_from_it_and_no_file_read_again(
    backed_up: Path, keep, monkeypatch
):
    new = keep()
    index = backed_up.with_suffix("")
    index.write_bytes(b"garbage" * 999)
    files = read_files(monkeypatch)
    again = Index()
    assert scan(again).total == 4
    assert files == [new]
    assert again.is_sound()
    again.close()


def test_an_index_damaged_while_it_is_open_is_taken_from_it(index: Index, keep, monkeypatch):
    keep(), keep()
    scan(index)
    files = read_files(monkeypatch)
    index.renew(damaged=True).result()
    assert not backup_file(index.file).exists()  # if it were spoilt, it is not tried again
    assert (scan(index).total, files) == (2, [])
    assert backup_file(index.file).exists()


def test_a_backup_that_is_spoilt_is_not_taken(backed_up: Path):
    index = backed_up.with_suffix("")
    for data in (b"", b"garbage" * 999, backed_up.read_bytes()[:9000]):
        index.unlink(missing_ok=True)
        backed_up.write_bytes(data)
        assert not restore(index)
        assert not backed_up.exists()
    assert not restore(index)


def test_a_deleted_index_and_a_rebuild_read_every_file(backed_up: Path, monkeypatch):
    backed_up.with_suffix("").unlink()
    files = read_files(monkeypatch)
    again = Index()
    scan(again)
    assert len(files) == 3
    rebuild(again)
    assert len(files) == 6
    again.close()


def test_a_full_disk_keeps_the_backup_of_before(index: Index, keep, monkeypatch):
    keep()
    scan(index)
    backup = backup_file(index.file)
    before = backup.read_bytes()
    os.utime(backup, (0, 0))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not index.keep_backup()
    assert backup.read_bytes() == before


def test_favourites_and_the_pictures_of_comparisons_are_keepsakes(index: Index, keep, keep_grid):
    favourite, other = keep(), keep()
    grid, cells = keep_grid()
    scan(index)
    entry = next(one for one in index.search(Query()).result() if one.name == favourite.name)
    index.mark("Etascope", {entry.facts.sha256: Mark(favourite=True)}).result()
    dear = {favourite.stem, grid.stem, *(one.stem for one in cells)}
    assert keepsakes(index.file) == dear
    assert other.stem not in dear


def test_what_is_dear_is_known_without_an_index_and_while_it_is_made(
    index: Index, keep, keep_grid, home: Path
):
    favourite, other, pathless = keep(), keep(), keep()
    grid, cells = keep_grid()
    scan(index)
    for path in (favourite, pathless):
        digest = index.named(path).result().facts.sha256
        index.mark("Etascope", {digest: Mark(favourite=True)}).result()
    (home / "data" / "trajectories").mkdir()
    for path in (favourite, other, *cells):
        kept_file(home / "data" / "trajectories", path).touch()
    dear = {favourite.stem, grid.stem, *(one.stem for one in cells)}
    assert keepsakes(index.file) == dear | {pathless.stem}
    index.renew().result()  # as it is until everything has been read again
    assert keepsakes(index.file) == dear
    index.close()
    index.file.unlink()
    assert keepsakes(index.file) == dear
    again = Index()
    scan(again)
    again.close()
    assert keepsakes(index.file) == dear | {pathless.stem}


def test_comparisons_that_the_index_has_not_heard_of_are_dear(index: Index, keep, keep_grid):
    keep()
    scan(index)
    assert keepsakes(index.file) == set()
    grid, cells = keep_grid()  # by the command line, say
    assert keepsakes(index.file) == {grid.stem, *(one.stem for one in cells)}


def test_without_an_index_marks_that_cannot_be_read_keep_everything(home: Path, keep):
    keep().with_name("marks.json").write_text("{")
    with pytest.raises(StorageError, match="damaged"):
        keepsakes(home / "data" / "index.sqlite")


def test_which_are_keepsakes_may_be_unknown(home: Path):
    home.mkdir()
    (home / "index.sqlite").write_bytes(b"garbage" * 999)
    with pytest.raises(StorageError, match="cannot be told"):
        keepsakes(home / "index.sqlite")


def test_galleries_on_a_disk_that_is_not_there_are_not_made_elsewhere(
    home: Path, tmp_path: Path, make_picture
):
    from engine.commands import Destination
    from engine.gallery.store import check_destination, gallery_folder, save_picture

    disk = tmp_path / "disk"
    (home / "config").mkdir(parents=True)
    text = f'galleries = "{disk / "pictures"}"\n'
    (home / "config" / "settings.toml").write_text(text, encoding="utf-8")
    target = Destination(folder=gallery_folder("Etascope"))
    for refused in (check_destination, lambda to: save_picture(make_picture(), to)):
        with pytest.raises(StorageError, match="is not there"):
            refused(target)
    assert not disk.exists()
    disk.mkdir()
    assert save_picture(make_picture(), target).parent == disk / "pictures" / "Etascope"
