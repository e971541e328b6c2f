"""F-08, power loss: after any moment of any write, whatever the disk then holds is whole.

A file system keeps what was synced. Of the rest it may have kept anything: a file's bytes need not
be there although its name is, and of the changes to a folder some may be there and later ones not.
"""

import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.commands import Destination
from engine.gallery.decoding import decode
from engine.gallery.files import write_file
from engine.gallery.galleries import create, move
from engine.gallery.marks import Mark, set_marks
from engine.gallery.png import SIGNATURE
from engine.gallery.store import gallery_folder, save_picture
from gui.settings import Settings, write_settings

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks at open files by Linux's /proc"
)
Left = dict[str, bytes]
"""What is there after the power went: files, by their path below the folder watched."""

TORN = b"\0torn"


class Disk:
    """What would be left of a folder, at every moment at which something was done to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.moments: list[list[Left]] = []
        self._listings: dict[int, list[dict[str, int]]] = {}
        self._contents: dict[int, bytes] = {}
        self._held: list[int] = []  # so that no number is given to a second file

    def settle(self) -> None:
        """Take all there is for synced, and forget what was."""
        self.close()
        self.moments = []
        self._note()
        for inode, listings in self._listings.items():
            self._listings[inode] = listings[-1:]
        for handle in self._held:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                self._keep(handle)

    def happened(self) -> None:
        """Something was done: note what would be left if the power went now."""
        self._note()
        self.moments.append(list(self._left()))

    def synced(self, handle: int) -> None:
        self._note()
        about = os.fstat(handle)
        if not stat.S_ISDIR(about.st_mode):
            self._keep(handle)
        elif about.st_ino in self._listings:
            self._listings[about.st_ino] = self._listings[about.st_ino][-1:]
        self.happened()

    def close(self) -> None:
        for handle in self._held:
            os.close(handle)
        self._held, self._listings, self._contents = [], {}, {}

    def _keep(self, handle: int) -> None:
        self._contents[os.fstat(handle).st_ino] = Path(f"/proc/self/fd/{handle}").read_bytes()

    def _note(self) -> None:
        for folder, _, _ in os.walk(self.root):
            there = {one.name: one.inode() for one in os.scandir(folder)}
            listings = self._listings.setdefault(self._hold(Path(folder)), [{}])
            for name, inode in there.items():
                if inode not in (set(self._listings) | set(self._contents) | self._known()):
                    self._hold(Path(folder, name))
            if listings[-1] != there:
                listings.append(there)

    def _known(self) -> set[int]:
        return {os.fstat(handle).st_ino for handle in self._held}

    def _hold(self, path: Path) -> int:
        inode = path.stat().st_ino
        if inode not in self._known():
            self._held.append(os.open(path, os.O_RDONLY))
        return inode

    def _left(self) -> Iterator[Left]:
        inodes = list(self._listings)
        for chosen in itertools.product(*self._listings.values()):
            listings = dict(zip(inodes, chosen, strict=True))
            yield dict(self._files(self.root.stat().st_ino, "", listings))

    def _files(
        self, inode: int, below: str, listings: dict[int, dict[str, int]]
    ) -> Iterator[tuple[str, bytes]]:
        for name, child in listings[inode].items():
            if child in listings:
                yield from self._files(child, f"{below}{name}/", listings)
            else:
                yield f"{below}{name}", self._contents.get(child, TORN)


@pytest.fixture
def disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Watch everything below the home."""
    home.mkdir()
    watched = Disk(home)
    sync = os.fsync

    def fsync(handle: int) -> None:
        sync(handle)
        watched.synced(handle)

    def noting(do: Callable[..., object]) -> Callable[..., object]:
        def done(*arguments: object, **options: object) -> object:
            result = do(*arguments, **options)
            watched.happened()
            return result

        return done

    watched.settle()
    monkeypatch.setattr(os, "fsync", fsync)
    for name in ("link", "rename", "replace", "unlink", "mkdir"):
        monkeypatch.setattr(os, name, noting(getattr(os, name)))
    yield watched
    monkeypatch.undo()
    watched.close()


def pictures(left: Left) -> dict[str, bytes]:
    """What a gallery would show: hidden files are none."""
    return {k: v for k, v in left.items() if k.endswith(".png") and "/." not in k}


def test_what_was_never_synced_is_found_out(disk: Disk, home: Path):
    (home / "a.png").write_bytes(b"whole")
    disk.happened()
    assert [left.get("a.png") for left in disk.moments[-1]] == [None, TORN]
    (home / "a.png").replace(home / "b.png")
    assert TORN in [left.get("b.png") for left in disk.moments[-1]]


def test_a_saved_picture_is_whole_or_not_there_and_once_acknowledged_there(disk, make_picture):
    for number in range(2):  # the first one makes the gallery, too
        path = save_picture(make_picture(seed=number), Destination(folder=gallery_folder("New")))
        whole = path.read_bytes()
        for left in itertools.chain(*disk.moments):
            assert set(pictures(left).values()) <= {whole}
        assert len(disk.moments) >= 4
        assert all(whole in pictures(left).values() for left in disk.moments[-1])
        disk.settle()
        path.unlink()
        disk.settle()
    assert decode(save_picture(make_picture(), Destination(folder=gallery_folder("New")))).size


def test_marks_are_the_old_or_the_new_ones(disk: Disk, home: Path):
    folder = create("Boats")
    set_marks(folder, {"a": Mark(rating=1)})
    old = (folder / "marks.json").read_bytes()
    disk.settle()
    set_marks(folder, {"a": Mark(rating=5)})
    new = (folder / "marks.json").read_bytes()
    name = "galleries/Boats/marks.json"
    assert {left[name] for left in itertools.chain(*disk.moments)} == {old, new}
    assert {left[name] for left in disk.moments[-1]} == {new}


def test_settings_are_the_old_or_the_new_ones(disk: Disk, home: Path):
    write_settings(Settings(theme="dark"), home / "config")
    assert all("config/settings.toml" in left for left in disk.moments[-1])
    disk.settle()
    write_settings(Settings(theme="light"), home / "config")
    left_over = {left["config/settings.toml"] for left in itertools.chain(*disk.moments)}
    assert len(left_over) == 2
    assert TORN not in left_over
    assert all(b'"light"' in left["config/settings.toml"] for left in disk.moments[-1])


def test_a_grid_that_is_replaced_is_the_old_or_the_new_one(disk: Disk, home: Path):
    folder = create("Boats")
    write_file(folder / "grid.png", SIGNATURE + b"old")
    disk.settle()
    write_file(folder / "grid.png", SIGNATURE + b"new", force=True)
    found = {left["galleries/Boats/grid.png"][8:] for left in itertools.chain(*disk.moments)}
    assert found == {b"old", b"new"}


def test_a_picture_that_is_moved_is_always_in_one_place_at_least(disk: Disk, make_picture):
    path = save_picture(make_picture(), Destination(folder=gallery_folder("Here")))
    whole = path.read_bytes()
    create("There")
    disk.settle()
    move([path], "There")
    for left in itertools.chain(*disk.moments):
        found = pictures(left)
        assert found
        assert set(found.values()) == {whole}
    assert all(
        list(pictures(left)) == [f"galleries/There/{path.name}"] for left in disk.moments[-1]
    )
