"""One thread that owns the database; everybody else leaves tasks with it and gets futures."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from engine.errors import Problem, StorageError, problem_of
from engine.gallery.schema import SCHEMA, VERSION

_T = TypeVar("_T")
Task = Callable[[sqlite3.Connection], _T]

_PATIENCE = 30.0
"""Seconds to wait for another process that is reading or writing."""
_MOST_SET_ASIDE = 3
"""Damaged files that are kept, the newest."""

# What is entered breaks no rule of the tables unless they are not what they seem.
_DAMAGED = {
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT),
    *(sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH),
}
_TABLES = (
    *("pictures", "prompts", "cells", "marks"),
    *("found_data", "found_idx", "found_content", "found_docsize", "found_config"),
)
_WORDS = {
    sqlite3.SQLITE_FULL: ("The disk of the index is full.", "Free some space."),
    sqlite3.SQLITE_BUSY: ("Another program holds the index.", "Try again in a moment."),
    sqlite3.SQLITE_LOCKED: ("Another program holds the index.", "Try again in a moment."),
    sqlite3.SQLITE_READONLY: ("The index may not be written to.", "Is another Etascope open?"),
}


class IndexLost(StorageError):
    """The index was damaged and has been begun anew: the files must be read again."""


class Database:
    """A SQLite file of ours, made anew whenever it is missing, damaged, older or newer.

    Nothing in it is the only copy of anything. Where it cannot be written, it is kept in memory,
    and `problem` says why. `fresh` tells that it holds nothing yet.

    No two connections write at a time: one thread has this one, and whoever opens it for writing
    must hold the index's lock. Without write-ahead log, which SQLite before 3.51.3 can break.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self.path = path
        self.fresh = False
        self.problem: Problem | None = None
        self._writable = writable
        self._tasks: SimpleQueue[Callable[[sqlite3.Connection], None] | None] = SimpleQueue()
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(opened,), name="index", daemon=True
        )
        self._thread.start()
        opened.result()

    def do(self, task: Task[_T]) -> "Future[_T]":
        """Run a task in a transaction of its own, after all before it; return at once.

        Its future raises StorageError if the database cannot do it, IndexLost if it was damaged.
        """
        future: Future[_T] = Future()
        self._tasks.put(lambda database: _settle(future, lambda: self._run(database, task)))
        return future

    def renew(self, *, keep: bool) -> "Future[None]":
        """Begin anew with an empty file; the old one is put aside if `keep`, else removed."""
        future: Future[None] = Future()
        self._tasks.put(lambda _: _settle(future, lambda: self._renew(keep=keep)))
        return future

    def close(self) -> None:
        """Do what is left, and close the file."""
        if self._thread.is_alive():
            self._tasks.put(None)
            self._thread.join()

    def _work(self, opened: "Future[None]") -> None:
        _settle(opened, self._open)
        if opened.exception() is not None:
            return
        while (task := self._tasks.get()) is not None:
            task(self._connection)
        self._connection.close()

    def _run(self, database: sqlite3.Connection, task: Task[_T]) -> _T:
        try:
            with database:
                return task(database)
        except sqlite3.Error as error:
            if _code(error) in _DAMAGED and self._writable:
                self._renew(keep=True)
                raise IndexLost("The index was damaged.", "It is being made again.") from error
            raise _explained(error) from error

    def _renew(self, *, keep: bool) -> None:
        self._connection.close()
        with suppress(OSError):
            if keep:
                _set_aside(self.path)
            else:
                self.path.unlink()
        self._open()

    def _open(self) -> None:
        if not self._writable:
            self._open_for_reading()
            return
        try:
            self._open_file()
        except (OSError, sqlite3.Error) as error:
            self.problem = problem_of(
                _explained(error)
                if isinstance(error, sqlite3.Error)
                else StorageError(
                    f"The index {self.path} cannot be written: {error.strerror}.",
                    "Pictures are safe; finding them takes longer at the next start.",
                )
            )
            self._connection = _connect(":memory:")
            self._make()

    def _open_for_reading(self) -> None:
        try:
            self._connection = _connect(f"{self.path.absolute().as_uri()}?mode=ro")
            fits = _fits(self._connection)
        except sqlite3.Error:
            fits = False
        if not fits:
            raise StorageError(
                "Another Etascope is making the index of the galleries.", "Wait until it has."
            )

    def _open_file(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self._connection = _connect(self.path.absolute().as_uri())
            try:
                if _fits(self._connection):  # whether it is whole, `checks` tell
                    return
                sound = _is_ours(self._connection)
            except sqlite3.Error as error:
                if _code(error) not in _DAMAGED:
                    self._connection.close()
                    raise
                sound = False
            self._connection.close()
            if sound or not self.path.stat().st_size:
                self.path.unlink()  # of another version: nothing in it is the only copy
            else:
                _set_aside(self.path)
        self._connection = _connect(self.path.absolute().as_uri())
        self._make()

    def _make(self) -> None:
        self.fresh = True
        self._connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


def back_up(path: Path) -> Task[None]:
    """Return the task that copies the whole database to `path`, which is complete or not there."""

    def copy(database: sqlite3.Connection) -> None:
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        target = sqlite3.connect(part)
        try:
            database.backup(target)
        finally:
            target.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)

    return copy


def checks(*, writable: bool) -> list[Task[bool]]:
    """Return tasks that together tell whether the file is whole; in pieces, for others to go first.

    They look into every page and, if it is `writable`, which SQLite asks for, whether the words
    are those of the prompts.
    """

    def whole(database: sqlite3.Connection, table: str) -> bool:
        found = database.execute(f"PRAGMA quick_check({table})").fetchone()
        return bool(found[0] == "ok")

    def in_step(database: sqlite3.Connection) -> bool:
        database.execute("INSERT INTO found (found) VALUES ('integrity-check')")
        return True

    looks: list[Task[bool]] = [partial(whole, table=one) for one in _TABLES]
    if writable:
        looks.append(in_step)
    return [partial(_sound, look=look) for look in looks]


def _sound(database: sqlite3.Connection, look: Task[bool]) -> bool:
    try:
        return look(database)
    except sqlite3.DatabaseError as error:
        if _code(error) not in _DAMAGED:
            raise
        return False


def _connect(uri: str) -> sqlite3.Connection:
    database = sqlite3.connect(uri, timeout=_PATIENCE, uri=True, cached_statements=256)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        database.execute("PRAGMA journal_mode = TRUNCATE")
        database.execute("PRAGMA synchronous = NORMAL")  # a lost index is a lost minute
        database.execute("PRAGMA cache_size = -65536")
        database.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error as error:
        if _code(error) not in _DAMAGED | {sqlite3.SQLITE_READONLY}:
            database.close()
            raise
    return database


def _tables(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    return database.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def _fits(database: sqlite3.Connection) -> bool:
    """Tell whether the tables are those of this version."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        return False
    model = sqlite3.connect(":memory:")
    try:
        model.executescript(SCHEMA)
        return _tables(model) == _tables(database)
    finally:
        model.close()


def _is_ours(database: sqlite3.Connection) -> bool:
    """Tell whether it is an index of another version."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return bool(version != VERSION and _tables(database))


def _set_aside(path: Path) -> None:
    """Keep a damaged file beside the new one; its journal belongs to nothing any more."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    path.replace(path.with_name(f"{path.name}.corrupt-{stamp}-{time.monotonic_ns() % 10**6:06d}"))
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    kept = sorted(path.parent.glob(f"{path.name}.corrupt-*"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_MOST_SET_ASIDE]:
        with suppress(OSError):
            old.unlink()


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's own number for what went wrong, without its details."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _explained(error: sqlite3.Error) -> StorageError:
    unknown = (f"The index cannot be used: {error}.", "Pictures are safe; try again.")
    return StorageError(*_WORDS.get(_code(error), unknown))


def _settle(future: "Future[_T]", work: Callable[[], _T]) -> None:
    """Give a future its result, whatever it is: the thread goes on."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is whoever asked that it is raised for
        future.set_exception(error)
    else:
        future.set_result(result)
