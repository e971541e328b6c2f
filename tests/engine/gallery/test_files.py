"""Durable writes: complete or not at all, never over anything, said in one sentence."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import StorageError
from engine.gallery import files
from engine.gallery.files import (
    AlreadyThere,
    check_writable,
    make_folder,
    sweep,
    tentatively,
    write_file,
)

ROOT = Path(__file__).parents[3]

RACE = """
import sys
from pathlib import Path
from engine.gallery.files import AlreadyThere, write_file
folder, me = Path(sys.argv[1]), sys.argv[2]
won = 0
for k in range(60):
    try:
        write_file(folder / f"{k}", me.encode() * 50_000)
        won += 1
    except AlreadyThere:
        pass
print(won)
"""

FULL = """
import resource, sys
from pathlib import Path
from engine.errors import StorageError
from engine.gallery.files import write_file
folder, force = Path(sys.argv[1]), sys.argv[2] == "force"
refused = 0
for limit in range(0, 50_000, 1_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        write_file(folder / "picture.png", bytes(49_500), force=force)
    except StorageError as error:
        refused += error.message.endswith("larger than is allowed there.")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
write_file(folder / "later.png", bytes(49_500))
print(refused)
"""


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_written_file_is_complete_and_alone(tmp_path: Path):
    assert write_file(tmp_path / "a.png", b"pixels") == tmp_path / "a.png"
    assert (tmp_path / "a.png").read_bytes() == b"pixels"
    assert names(tmp_path) == ["a.png"]


def test_an_existing_file_is_never_replaced_without_force(tmp_path: Path):
    write_file(tmp_path / "a.png", b"first")
    for refused in (write_file, lambda path, _: check_writable(path)):
        with pytest.raises(AlreadyThere, match="already exists"):
            refused(tmp_path / "a.png", b"second")
    assert (tmp_path / "a.png").read_bytes() == b"first"
    assert names(tmp_path) == ["a.png"]


def test_force_replaces_in_one_stroke(tmp_path: Path):
    write_file(tmp_path / "a.png", b"first")
    check_writable(tmp_path / "a.png", force=True)
    write_file(tmp_path / "a.png", b"second", force=True)
    assert (tmp_path / "a.png").read_bytes() == b"second"
    assert names(tmp_path) == ["a.png"]


def test_without_hard_links_it_is_the_same(tmp_path: Path, no_links: None):
    write_file(tmp_path / "a.png", b"first")
    with pytest.raises(AlreadyThere):
        write_file(tmp_path / "a.png", b"second")
    assert (tmp_path / "a.png").read_bytes() == b"first"
    assert names(tmp_path) == ["a.png"]


def test_a_name_that_could_not_be_filled_is_given_back(
    tmp_path: Path, no_links: None, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError, match="Input/output error"):
        write_file(tmp_path / "a.png", b"first")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/a.png", "There is no folder"),
        ("file/a.png", "is not a folder"),
        ("folder", "is a folder, not a file"),
        ("n" * 300, "too long"),
        ("nul\0.png", "not a name that a file can have"),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_what_cannot_be_written_is_refused_early_and_late(
    tmp_path: Path, name: str, sentence: str, force: bool
):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    before = names(tmp_path)
    for refused in (
        lambda: check_writable(tmp_path / name, force=force),
        lambda: write_file(tmp_path / name, b"data", force=force),
    ):
        with pytest.raises(StorageError, match=sentence) as caught:
            refused()
        assert caught.value.advice
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not be written to"),
        (errno.EIO, "could not be written"),
    ],
)
@pytest.mark.parametrize("moment", ["_sync", "_place", "_sync_folder"])
def test_every_failing_moment_is_told_and_leaves_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str, moment: str
):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "old.png").write_bytes(b"old")
    monkeypatch.setattr(files, moment, fail)
    with pytest.raises(StorageError, match=sentence):
        write_file(tmp_path / "a.png", b"data")
    assert {path.name for path in tmp_path.iterdir()} <= {"old.png", "a.png"}
    assert (tmp_path / "old.png").read_bytes() == b"old"
    if moment != "_sync_folder":  # by then the file is whole, though not acknowledged
        assert names(tmp_path) == ["old.png"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("before", [None, b"old"])
def test_what_is_written_tentatively_is_undone_if_the_rest_fails(
    tmp_path: Path, request: pytest.FixtureRequest, before: bytes | None, *, links: bool
):
    if not links:
        request.getfixturevalue("no_links")
    path = tmp_path / "a.bin"
    if before is not None:
        path.write_bytes(before)

    def fail(failure: BaseException) -> None:
        assert path.read_bytes() == b"new"
        raise failure

    for failure in (StorageError("The disk is full.", "Free some space."), KeyboardInterrupt()):
        with pytest.raises(type(failure)), tentatively(path, b"new", force=before is not None):
            fail(failure)
        assert [one.read_bytes() for one in tmp_path.iterdir()] == [before] * (before is not None)
    with tentatively(path, b"new", force=before is not None):
        pass
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"new"]


def test_what_somebody_has_is_not_taken_tentatively(tmp_path: Path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    with pytest.raises(AlreadyThere), tentatively(path, b"new"):
        pytest.fail("it was written")
    with pytest.raises(StorageError, match="is a folder"), tentatively(tmp_path, b"", force=True):
        pytest.fail("it was written")
    assert path.read_bytes() == b"old"


def test_checking_leaves_no_trace_and_makes_no_folder(tmp_path: Path):
    check_writable(tmp_path / "a.png")
    with pytest.raises(StorageError):
        check_writable(tmp_path / "new" / "a.png")
    assert names(tmp_path) == []


def test_two_processes_never_overwrite_each_other(tmp_path: Path):
    racers = [started(RACE, tmp_path, me) for me in "ab"]
    won = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert sum(won) == 60
    written = [path.read_bytes() for path in tmp_path.iterdir()]
    assert sorted(written) == sorted(won[0] * [b"a" * 50_000] + won[1] * [b"b" * 50_000])


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
@pytest.mark.parametrize("force", ["force", "no"])
def test_a_full_disk_changes_nothing_and_later_saves_work(tmp_path: Path, force: str):
    old = tmp_path / "picture.png"
    if force == "force":
        old.write_bytes(b"old")
    process = started(FULL, tmp_path, force)
    assert process.communicate(timeout=60)[0].strip() == "50"
    assert process.returncode == 0
    assert (tmp_path / "later.png").stat().st_size == 49_500
    assert not old.exists() if force == "no" else old.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


def test_sweeping_removes_only_old_leftovers_of_ours(tmp_path: Path):
    def touched(name: str, minutes: float) -> None:
        (tmp_path / name).touch()
        then = time.time() - 60 * minutes
        os.utime(tmp_path / name, (then, then))

    touched(".etascope-0123456789abcdef.part", 11)
    touched(".etascope-fedcba9876543210.part", 1)
    touched("other.part", 99)
    touched("picture.png", 99)
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == [".etascope-fedcba9876543210.part", "other.part", "picture.png"]
    assert sweep(tmp_path / "nowhere") == 0


def test_the_longest_possible_name_can_be_written(tmp_path: Path):
    refuse: Callable[[Path], None] = check_writable
    path = tmp_path / ("n" * 251 + ".png")
    refuse(path)
    assert write_file(path, b"data").read_bytes() == b"data"


def test_a_file_where_a_folder_is_to_be_is_named_for_what_it_is(tmp_path):
    place = tmp_path / "gallery"
    place.write_text("")
    with pytest.raises(StorageError, match="gallery is not a folder"):
        make_folder(place)
    assert place.is_file()
