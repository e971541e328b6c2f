"""The index of all galleries: what can be found at once without opening a file. A cache."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar

from filelock import FileLock, Timeout

from engine.errors import Problem, StorageError
from engine.gallery import rows
from engine.gallery.backups import back_up, backup_file, is_due
from engine.gallery.database import Database, Task, checks
from engine.gallery.entries import Entry, Seen, examine, seen
from engine.gallery.listing import Ids, Listing
from engine.gallery.marks import Mark, cleaned, set_marks
from engine.gallery.query import Query
from engine.gallery.schema import COMPLETE, ids_of
from engine.paths import current_paths

_T = TypeVar("_T")

NAME = "index.sqlite"


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that belong together, newest first; `label` is what they share."""

    label: str
    ids: tuple[int, ...]


class Index:
    """The pictures of all galleries, in SQLite.

    Every question and order is a future: the caller's thread never waits for the disk, and the
    index has a thread of its own. One process at a time may write; in another one `writable` is
    False, and it sees what the first has written. `fresh` says that `scan` has everything to read.
    `held` is told, in whichever thread, that other programs hold the file, and then that they no
    longer do: questions and orders wait meanwhile. `lost` is told, there as well, that the index
    was damaged or deleted and begun anew, empty or from its backup, so that `scan` has to make up
    for it. Raises StorageError where another process is just making the index.
    """

    def __init__(
        self,
        file: Path | None = None,
        galleries: Path | None = None,
        held: Callable[[bool], None] | None = None,
        lost: Callable[[], None] | None = None,
    ) -> None:
        self.file = file or current_paths().data / NAME
        self.galleries = galleries or current_paths().galleries
        self._lock = FileLock(self.file.with_suffix(".lock"))
        self._listing = Listing()
        self.writable = self._is_ours()
        try:
            self._database = Database(self.file, writable=self.writable, held=held, lost=lost)
        except StorageError:
            self._lock.release()
            raise

    @property
    def fresh(self) -> bool:
        """Whether the index was made anew: missing, damaged, older or newer."""
        return self._database.fresh

    @property
    def problem(self) -> Problem | None:
        """Why the index is kept in memory only, if it is."""
        return self._database.problem

    def add(self, path: Path) -> "Future[Entry | None]":
        """Enter one picture, new or changed; None if it is in no gallery, or not there any more.

        This is for the moment in which it was saved: a few milliseconds, in the index's thread.
        """
        return self._write(lambda database: self._add(database, path))

    def forget(self, path: Path) -> "Future[None]":
        """Take one picture out, its file having been moved or deleted; its marks stay."""
        return self._write(lambda database: rows.drop(database, path.parent.name, path.name))

    def follow(self, old: Path, new: Path) -> "Future[Entry | None]":
        """Enter a picture under its new name or in its new gallery, and take out the old one."""

        def both(database: Connection) -> Entry | None:
            rows.drop(database, old.parent.name, old.name)
            return self._add(database, new)

        return self._write(both)

    def count(self, query: Query) -> "Future[int]":
        """Return how many pictures a query finds."""
        sql = ids_of(query)
        text = f"SELECT count(*) FROM ({sql.text})"
        return self.do(lambda database: int(database.execute(text, sql.values).fetchone()[0]))

    def ids(self, query: Query) -> "Future[Ids]":
        """Return the ids of all pictures that a query finds, in its order: eight bytes each."""
        return self.do(lambda database: self._listing.find(database, query))

    def entries(self, ids: Sequence[int]) -> "Future[tuple[Entry, ...]]":
        """Return the entries of some ids, in that order, without those that are gone since."""
        return self.do(lambda database: tuple(rows.get(database, list(map(int, ids)))))

    def named(self, path: Path) -> "Future[Entry | None]":
        """Return the entry of a picture's file; None if the index has none."""
        return self.do(lambda database: rows.named(database, path.parent.name, path.name))

    def search(
        self, query: Query, limit: int | None = None, offset: int = 0
    ) -> "Future[tuple[Entry, ...]]":
        """Return one page of what a query finds."""
        sql = ids_of(query)
        text = f"{sql.text} LIMIT ? OFFSET ?"
        values = (*sql.values, -1 if limit is None else limit, offset)

        def page(database: Connection) -> tuple[Entry, ...]:
            ids = [row[0] for row in database.execute(text, values)]
            return tuple(rows.get(database, ids))

        return self.do(page)

    def groups(self, query: Query, by: str) -> "Future[tuple[Group, ...]]":
        """Return what a query finds, grouped `by` "comparison" or by "prompt".

        Groups come in the order of their first picture, pictures in the query's order. Those of
        no comparison are groups of one.
        """
        sql = ids_of(query)
        return self.do(
            lambda database: tuple(Group(*one) for one in rows.grouped(database, sql, by))
        )

    def counts(self) -> "Future[dict[str, int]]":
        """Return how many pictures each gallery has, by its name."""
        return self.do(rows.counts, patient=True)

    def mark(self, gallery: str, marks: Mapping[str, Mark]) -> "Future[None]":
        """Set the marks of a gallery's pictures by digest: in its file first, then in the index."""
        clean = {key: cleaned(mark) for key, mark in marks.items()}
        written = False

        def both(database: Connection) -> None:
            nonlocal written
            if not written:  # once, however often the index has to be tried
                set_marks(self.galleries / gallery, clean)
                written = True
            rows.mirror(database, gallery, clean)

        return self._write(both)

    def is_sound(self) -> bool:
        """Tell whether the file is whole, by SQLite's own thorough checks. Waits for them."""
        looks = checks(writable=self.writable)
        return all(self.do(look, patient=True).result() for look in looks)

    def back_up(self, path: Path) -> "Future[None]":
        """Copy the whole index to a file, by SQLite's own means: complete, or not there."""
        return self.do(back_up(path))

    def keep_backup(self) -> bool:
        """Back up beside the index, at most once a day; tell whether that was done. Waits for it.

        A disk that is full does no harm: the backup of before stays.
        """
        if self.problem is not None or not self.writable or not is_due(self.file):
            return False
        with suppress(StorageError, OSError):
            self.back_up(backup_file(self.file)).result()
            return True
        return False

    def close(self) -> None:
        """Finish what was asked, and let another process write."""
        self._database.close()
        self._lock.release()

    def do(self, task: Task[_T], *, patient: bool = False) -> "Future[_T]":
        """Run a task on the index's thread, in a transaction; for the gallery's own rooms.

        A `patient` one is done while there is nothing else to do.
        """
        return self._database.do(task, patient=patient)

    def renew(self, *, damaged: bool = False) -> "Future[None]":
        """Begin the index anew; a damaged file is kept beside it, and replaced by its backup."""
        return (
            self._write(lambda _: None) if not self.writable else self._database.renew(keep=damaged)
        )

    def check_writable(self) -> None:
        """Raise StorageError if another process has the index."""
        if not self.writable:
            raise StorageError(
                "Another Etascope has the galleries open.", "Use that one, or close it."
            )

    def note_scanned(self, *, complete: bool) -> None:
        """Note that the files have been read; all, if `complete`, which who only looks can tell."""
        self._database.fresh = False
        if complete:
            self.do(_complete)

    def _write(self, task: Task[_T]) -> "Future[_T]":
        try:
            self.check_writable()
        except StorageError as error:
            refused: Future[_T] = Future()
            refused.set_exception(error)
            return refused
        return self.do(task)

    def _add(self, database: Connection, path: Path) -> Entry | None:
        what = self._belongs(path)
        if what is None:
            return None
        at = rows.put(database, examine(path, what))
        return next(rows.get(database, [at]), None)

    def _belongs(self, path: Path) -> Seen | None:
        return seen(path) if path.absolute().parent.parent == self.galleries.absolute() else None

    def _is_ours(self) -> bool:
        """Take the lock; where there can be none, nobody else can write either."""
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            return True
        return True


def _complete(database: Connection) -> None:
    if database.execute("PRAGMA application_id").fetchone() != (COMPLETE,):
        database.execute(f"PRAGMA application_id = {COMPLETE}")
