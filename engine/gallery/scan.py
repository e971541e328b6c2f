"""The folders against the index: what was added, changed, renamed, moved or deleted outside.

A file is the same as last time if size, time and inode are; one that is new is compared by its
content. Nothing is forgotten because a disk is not there: a gallery that cannot be listed, and
galleries that have all gone at once, are offline.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any, TypeVar

from engine.errors import Problem, StorageError, problem_of
from engine.gallery import rows
from engine.gallery.database import IndexLost
from engine.gallery.entries import Facts, Seen, examine, listed
from engine.gallery.galleries import check_root, folders
from engine.gallery.index import Index
from engine.gallery.marks import DamagedMarks, Mark, read_marks, set_marks

Progress = Callable[[int, int], None]
"""Told how many files have been read, and how many there are to read. It may raise to stop."""

_BATCH = 64
_PAGE = 1000
_TRIES = 3
_T = TypeVar("_T")
_Row = TypeVar("_Row", bound=tuple[Any, ...])
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan has found. `offline` are galleries of which nothing was forgotten."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    broken: int = 0
    total: int = 0
    offline: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def scan(index: Index, progress: Progress | None = None) -> Scanned:
    """Bring the index in step with the folders, in the caller's thread. Raises StorageError.

    Stopped half way, by an exception or a kill, it goes on from there the next time.
    """
    index.check_writable()
    for _ in range(_TRIES):
        try:
            found = _Scan(index, progress).run()
            sound = index.is_sound()
        except IndexLost:  # which has begun it anew
            continue
        if sound:
            # Where nothing was found a disk may be missing; problems are galleries or marks unread.
            index.note_scanned(complete=bool(found.total) and not found.problems)
            index.keep_backup()
            return found
        index.renew(damaged=True).result()
    raise StorageError("The index is damaged again and again.", "Its disk may fail.")


def rebuild(index: Index, progress: Progress | None = None) -> Scanned:
    """Forget everything, and read all files anew. Raises StorageError, and then nothing is lost."""
    check_root(index.galleries)
    index.renew().result()
    return scan(index, progress)


@dataclass(slots=True)
class _Lists:
    """The folders' files against the index's."""

    present: dict[Key, Seen] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    offline: list[str] = field(default_factory=list)


class _Scan:
    """One run."""

    def __init__(self, index: Index, progress: Progress | None) -> None:
        self._index = index
        self._progress = progress or (lambda _done, _all: None)
        self._known: dict[Key, tuple[Seen, str]] = {}
        self._problems: list[Problem] = []
        self._carried: list[_Carry] = []
        self._renamed = 0
        self._counts = dict.fromkeys(("added", "changed", "moved", "broken"), 0)

    def run(self) -> Scanned:
        names = names_known(self._index)
        self._known = {(one.gallery, one.name): (one, sha) for one, sha in _known(self._index)}
        lists = self._list({gallery for gallery, _ in names})
        for gallery, folder in lists.folders.items():
            self._mirror_marks(gallery, folder)
        gone = {key for key in names - set(lists.present) if key[0] not in lists.offline}
        new = [one for key, one in lists.present.items() if self._seen(key) != one]
        new = self._rename(new, gone)
        self._read(new, gone, lists)
        self._index.do(partial(_drop, keys=sorted(gone))).result()
        self._carry_marks(lists)
        return Scanned(
            **self._counts,
            removed=len(gone) - self._renamed,
            total=len(lists.present),
            offline=tuple(lists.offline),
            problems=tuple(self._problems),
        )

    def _seen(self, key: Key) -> Seen | None:
        return self._known[key][0] if key in self._known else None

    def _list(self, indexed: set[str]) -> _Lists:
        lists = _Lists()
        for folder in folders(self._index.galleries):
            try:
                lists.present |= {(one.gallery, one.name): one for one in listed(folder)}
            except OSError as error:
                lists.offline.append(folder.name)
                message = f"The gallery {folder.name} cannot be listed: {error.strerror}."
                self._problems.append(Problem(message, "Is its disk there?"))
            else:
                lists.folders[folder.name] = folder
        if not lists.folders:
            # A drive that was pulled leaves nothing, or an empty folder, where galleries were.
            lists.offline = sorted(indexed | set(lists.offline))
        return lists

    def _mirror_marks(self, gallery: str, folder: Path) -> None:
        """Take the marks of a gallery's file; if it is damaged, give it those last seen."""
        mirrored = self._index.do(partial(rows.mirrored, gallery=gallery)).result()
        try:
            try:
                marks = read_marks(folder)
            except DamagedMarks as error:
                self._problems.append(problem_of(error))
                set_marks(folder, mirrored)
                return
        except StorageError as error:
            self._problems.append(problem_of(error))
            return
        changes = {key: Mark() for key in mirrored if key not in marks}
        changes |= {key: mark for key, mark in marks.items() if mirrored.get(key) != mark}
        self._index.do(partial(rows.mirror, gallery=gallery, marks=changes)).result()

    def _rename(self, new: Sequence[Seen], gone: set[Key]) -> list[Seen]:
        """Follow files that have another name but are the very same; return all others."""
        old = {self._known[key][0].same: key for key in gone if key in self._known}
        moves = [(old.pop(one.same), one) for one in new if one.same in old]
        followed: set[Seen] = set()
        for batch in _batches(moves):
            for key, one in self._index.do(partial(_move, moves=batch)).result():
                gone.discard(key)
                followed.add(one)
                self._counts["moved"] += 1
                sha = self._known[key][1]
                self._carry(_Carry(key[0], sha, one.gallery, sha))
        return [one for one in new if one not in followed]

    def _read(self, new: Sequence[Seen], gone: set[Key], lists: _Lists) -> None:
        by_content = {self._known[key][1]: key for key in sorted(gone) if key in self._known}
        done = 0
        self._progress(done, len(new))
        for batch in _batches(new):
            read = [examine(lists.folders[one.gallery] / one.name, one) for one in batch]
            self._index.do(partial(_put, read=read)).result()
            for facts in read:
                self._note(facts, by_content)
            done += len(batch)
            self._progress(done, len(new))

    def _note(self, facts: Facts, by_content: dict[str, Key]) -> None:
        """Count a file that was read, and see whose marks it should have."""
        key = (facts.seen.gallery, facts.seen.name)
        self._counts["broken"] += facts.kind == "broken"
        if key in self._known:
            self._counts["changed"] += 1
            self._carry(_Carry(key[0], self._known[key][1], key[0], facts.sha256))
        elif old := by_content.pop(facts.sha256, None):
            self._renamed += 1
            self._counts["moved"] += 1
            self._carry(_Carry(old[0], facts.sha256, key[0], facts.sha256))
        else:
            self._counts["added"] += 1

    def _carry(self, carry: "_Carry") -> None:
        if (carry.gallery, carry.sha256) != (carry.to_gallery, carry.to_sha256):
            self._carried.append(carry)

    def _carry_marks(self, lists: _Lists) -> None:
        """Give files that were moved, or rewritten in their place, the marks that they had."""
        marks: dict[str, dict[str, Mark]] = {}
        for batch in _batches(self._carried):
            for carry, mark in self._index.do(partial(_unmarked, carried=batch)).result():
                marks.setdefault(carry.to_gallery, {})[carry.to_sha256] = mark
        for gallery, theirs in marks.items():
            try:
                set_marks(lists.folders[gallery], theirs)
            except StorageError as error:
                self._problems.append(problem_of(error))
            else:
                self._index.do(partial(rows.mirror, gallery=gallery, marks=theirs)).result()


@dataclass(frozen=True, slots=True)
class _Carry:
    """Marks may have to follow: from a digest in a gallery to one in the same or another."""

    gallery: str
    sha256: str
    to_gallery: str
    to_sha256: str


def names_known(index: Index) -> set[Key]:
    """Return gallery and name of all that the index has, also of what is damaged there."""
    return {(gallery, name) for page in _pages(index, rows.names_of) for _, gallery, name in page}


def _known(index: Index) -> Iterator[tuple[Seen, str]]:
    for page in _pages(index, rows.known):
        yield from ((one.seen, one.sha256) for one in page if one.seen is not None)


def _pages(index: Index, look: Callable[..., list[_Row]]) -> Iterator[list[_Row]]:
    """Yield what the index has, page by page, so that a search need not wait for all of it."""
    after = -(2**63)
    while page := index.do(partial(look, after=after, limit=_PAGE), patient=True).result():
        yield page
        after = page[-1][0]


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _put(database: Connection, read: Sequence[Facts]) -> None:
    for facts in read:
        rows.put(database, facts)


def _drop(database: Connection, keys: Sequence[Key]) -> None:
    for gallery, name in keys:
        rows.drop(database, gallery, name)


def _move(database: Connection, moves: Sequence[tuple[Key, Seen]]) -> list[tuple[Key, Seen]]:
    """Enter pictures under their new names without reading them; return those that were.

    Grids are read: their cells may have moved with them.
    """
    followed = []
    for (gallery, name), one in moves:
        entry = rows.named(database, gallery, name)
        if entry is None or entry.facts.kind == "grid":
            continue
        rows.move(database, entry, one)
        followed.append(((gallery, name), one))
    return followed


def _unmarked(database: Connection, carried: Sequence[_Carry]) -> list[tuple[_Carry, Mark]]:
    """Return whose marks must follow: what was marked, and has no marks where it is now."""
    found = []
    for carry in carried:
        mark = rows.mark_of(database, carry.gallery, carry.sha256)
        if mark and not rows.mark_of(database, carry.to_gallery, carry.to_sha256):
            found.append((carry, mark))
    return found
