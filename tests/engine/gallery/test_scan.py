"""The folders against the index: what happened outside is noticed, nothing is lost in vain."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.gallery.entries import content_hash
from engine.gallery.index import Index
from engine.gallery.keepsakes import keepsakes
from engine.gallery.marks import Mark, read_marks, set_marks
from engine.gallery.query import Query, parse
from engine.gallery.scan import Scanned, scan
from engine.trajectory import kept_file

LIKED = Mark(favourite=True, rating=5, tags=("sea",))


def names(index: Index) -> set[str]:
    return {f"{one.gallery}/{one.name}" for one in index.search(Query()).result()}


def files(home: Path) -> set[str]:
    return {f"{one.parent.name}/{one.name}" for one in (home / "galleries").glob("*/*.png")}


def like(index: Index, path: Path) -> None:
    (entry,) = [one for one in index.search(Query()).result() if one.name == path.name]
    index.mark(path.parent.name, {entry.facts.sha256: LIKED}).result()


def liked(index: Index) -> list[str]:
    return [one.name for one in index.search(parse("is:favourite")).result()]


def test_files_added_removed_and_changed_outside_are_noticed(index, keep, home: Path):
    """F-05; its figures are measured by tests/bench/large_gallery.py."""
    first, second, third = keep(seed=1), keep(seed=2), keep(seed=3)
    assert scan(index) == Scanned(added=3, total=3)
    first.unlink()
    shutil.copy(keep("Other", prompt="changed"), second)
    copied = shutil.copy(third, third.with_name("copy.png"))
    assert scan(index) == Scanned(added=2, changed=1, removed=1, total=4)
    assert scan(index) == Scanned(total=4)
    assert names(index) == files(home)
    assert index.count(parse("changed")).result() == 2
    assert Path(copied).name in {one.name for one in index.search(parse("seed:3")).result()}


@pytest.mark.parametrize("missing", ["disk", "folder", "gallery", "marks"])
def test_favourites_that_a_scan_could_not_read_stay_keepsakes(index, keep, home: Path, missing):
    """A mark that the index knows everything would let the paths of pictures be removed."""
    path = keep("Here")
    keep("There")
    digest = content_hash(path)
    set_marks(path.parent, {digest: LIKED})
    (home / "data" / "trajectories").mkdir(parents=True)
    kept_file(home / "data" / "trajectories", path).touch()
    root = home / "galleries"
    away = {"gallery": path.parent, "marks": path.with_name("marks.json")}.get(missing, root)
    away.rename(home / "elsewhere")
    if missing == "gallery":
        away.symlink_to(home / "nowhere")
    elif missing != "disk":
        away.mkdir()  # where a disk is put in; or what cannot be read as a file
    scan(index)
    if missing == "gallery":
        away.unlink()
    elif missing != "disk":
        away.rmdir()
    (home / "elsewhere").rename(away)
    assert keepsakes(index.file) == {path.stem}
    scan(index)
    assert keepsakes(index.file) == {path.stem}


def test_a_renamed_picture_keeps_its_marks(index, keep):
    """F-05: favourites survive a rename."""
    path = keep()
    scan(index)
    like(index, path)
    path.rename(path.with_name("the sea.png"))
    found = scan(index)
    assert (found.moved, found.added, found.removed) == (1, 0, 0)
    assert liked(index) == ["the sea.png"]


def test_a_renamed_picture_keeps_its_marks_when_the_index_is_lost(index, keep):
    path = keep()
    scan(index)
    like(index, path)
    index.close()
    index.file.unlink()
    path.rename(path.with_name("the sea.png"))
    again = Index()
    scan(again)
    assert liked(again) == ["the sea.png"]
    again.close()


@pytest.mark.parametrize("how", ["rename", "copy"])
def test_a_picture_moved_to_another_gallery_takes_its_marks_along(index, keep, how: str):
    path, there = keep("Here"), keep("There")
    scan(index)
    like(index, path)
    target = there.with_name(path.name)
    if how == "rename":
        path.rename(target)
    else:  # as between two disks: another inode, another time
        target.write_bytes(path.read_bytes())
        path.unlink()
    assert scan(index).moved == 1
    assert liked(index) == [path.name]
    assert list(read_marks(there.parent).values()) == [LIKED]


def test_a_renamed_gallery_keeps_everything(index, keep, home: Path):
    path = keep("Old")
    scan(index)
    like(index, path)
    path.parent.rename(home / "galleries" / "New")
    assert scan(index).moved == 1
    assert names(index) == {f"New/{path.name}"}
    assert liked(index) == [path.name]


def test_a_renamed_gallery_keeps_its_comparisons(index, keep_grid, home: Path):
    keep_grid()
    scan(index)
    (home / "galleries" / "Etascope").rename(home / "galleries" / "New")
    assert scan(index).moved == 3
    assert index.count(parse("is:cell gallery:New")).result() == 2
    (group,) = index.groups(Query(), "comparison").result()
    assert len(group.ids) == 3


def test_a_picture_rewritten_in_its_place_keeps_its_marks(index, keep):
    path = keep(seed=1)
    scan(index)
    like(index, path)
    shutil.copy(keep("Other", seed=2), path)
    scan(index)
    assert liked(index) == [path.name]


def test_a_picture_that_comes_back_from_the_trash_has_its_marks(index, keep, tmp_path: Path):
    path = keep()
    scan(index)
    like(index, path)
    path.rename(tmp_path / "trash.png")
    assert scan(index).removed == 1
    assert liked(index) == []
    (tmp_path / "trash.png").rename(path)
    assert scan(index).added == 1
    assert liked(index) == [path.name]


def test_marks_written_by_hand_are_taken(index, keep):
    path = keep()
    scan(index)
    (entry,) = index.search(Query()).result()
    about = {"pictures": {entry.facts.sha256: {"favourite": True}}}
    (path.parent / "marks.json").write_text(json.dumps(about), encoding="utf-8")
    scan(index)
    assert liked(index) == [path.name]
    (path.parent / "marks.json").unlink()
    scan(index)
    assert liked(index) == []


def test_damaged_marks_are_kept_aside_and_restored_from_the_index(index, keep):
    path = keep()
    scan(index)
    like(index, path)
    (path.parent / "marks.json").write_text("{", encoding="utf-8")
    (problem,) = scan(index).problems
    assert "damaged" in problem.message
    assert (path.parent / "marks.json.bad").read_text(encoding="utf-8") == "{"
    assert list(read_marks(path.parent).values()) == [LIKED]
    assert liked(index) == [path.name]


@pytest.mark.parametrize("what", ["gone", "empty", "a file"])
def test_nothing_is_forgotten_when_the_disk_is_not_there(index, keep, home: Path, what: str):
    """F-03: no row goes when a folder vanishes."""
    keep(), keep("Other")
    scan(index)
    (home / "galleries").rename(home / "away")
    if what == "empty":
        (home / "galleries").mkdir()
    if what == "a file":
        (home / "galleries").touch()
    found = scan(index)
    assert (found.removed, found.offline) == (0, ("Etascope", "Other"))
    assert index.count(Query()).result() == 2


def test_a_gallery_on_a_drive_that_was_pulled_is_not_forgotten(index, keep, home, tmp_path: Path):
    path = keep()
    drive = tmp_path / "drive"
    drive.mkdir()
    shutil.copy(path, drive / "far.png")
    (home / "galleries" / "Far").symlink_to(drive)
    assert scan(index).total == 2
    drive.rename(tmp_path / "pulled")
    found = scan(index)
    assert (found.removed, found.offline, len(found.problems)) == (0, ("Far",), 1)
    assert f"Far/{'far.png'}" in names(index)


def test_what_is_no_picture_is_left_alone(index, keep, home: Path):
    folder = keep().parent
    for name in (".hidden.png", ".etascope-00.part", "notes.txt", "empty.png", "marks.json.bad"):
        (folder / name).touch()
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / os.fsdecode(b"\xff.png")).write_bytes(b"a name that is no text")
    (home / "galleries" / ".trash").mkdir()
    assert scan(index).total == 1


@pytest.mark.parametrize(
    "data", [b"x", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBP", b"II*\0"]
)
def test_a_file_that_cannot_be_read_is_shown_as_broken(index, keep, data: bytes):
    (keep().parent / "bad.png").write_bytes(data)
    found = scan(index)
    assert (found.broken, found.total) == (1, 2)
    (entry,) = index.search(parse("is:broken")).result()
    assert (entry.name, entry.facts.width) == ("bad.png", None)


def test_equal_times_and_a_clock_set_back_lose_nothing(index, keep):
    """F-17, seen from the index."""
    folder = keep().parent
    for k in range(20):
        shutil.copy(keep(seed=k), folder / f"foreign-{k}.png")
        os.utime(folder / f"foreign-{k}.png", (0, 0))
    os.utime(folder / "foreign-3.png", (-(2**40), -(2**40)))
    os.utime(folder / "foreign-4.png", (2**34, 2**34))
    scan(index)
    assert index.count(Query()).result() == 41
    assert all(entry.made for entry in index.search(Query()).result())


class Outside(RuleBasedStateMachine):
    """Somebody else renames, copies, moves, deletes and rewrites files at will."""

    home: Path
    index: Index
    source: list[bytes]

    def __init__(self) -> None:
        super().__init__()
        self.root = self.home / "galleries"
        shutil.rmtree(self.root, ignore_errors=True)
        for name in "AB":
            (self.root / name).mkdir(parents=True)
        self.clock = time.time_ns()

    def there(self) -> list[Path]:
        return sorted(self.root.glob("*/*.png"))

    @rule(gallery=st.sampled_from("AB"), name=st.sampled_from("pqrs"), content=st.integers(0, 3))
    def write(self, gallery: str, name: str, content: int) -> None:
        path = self.root / gallery / f"{name}.png"
        path.write_bytes(self.source[content])
        self.clock += 10**9
        os.utime(path, ns=(self.clock, self.clock))

    @rule(k=st.integers(0, 9), gallery=st.sampled_from("AB"), name=st.sampled_from("pqrs"))
    def rename(self, k: int, gallery: str, name: str) -> None:
        for path in self.there()[k : k + 1]:
            path.rename(self.root / gallery / f"{name}.png")

    @rule(k=st.integers(0, 9))
    def delete(self, k: int) -> None:
        for path in self.there()[k : k + 1]:
            path.unlink()

    @rule(k=st.integers(0, 9))
    def like(self, k: int) -> None:
        scan(self.index)
        for entry in self.index.search(Query()).result()[k : k + 1]:
            self.index.mark(entry.gallery, {entry.facts.sha256: LIKED}).result()

    @invariant()
    def the_index_has_the_files_and_their_marks(self) -> None:
        from engine.gallery.verify import verify

        scan(self.index)
        assert not list(verify(self.index))
        for entry in self.index.search(Query()).result():
            marks = read_marks(self.root / entry.gallery)
            assert entry.mark == marks.get(entry.facts.sha256, Mark())


def test_after_anything_that_happens_outside_the_index_is_in_step(index, keep, home: Path):
    Outside.home, Outside.index = home, index
    Outside.source = [keep(prompt=f"number {k}").read_bytes() for k in range(4)]
    run = settings(max_examples=12, stateful_step_count=12, deadline=None)
    Outside.TestCase.settings = run
    Outside.TestCase().runTest()
