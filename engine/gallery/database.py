"""One thread that owns the database; everybody else leaves tasks with it and gets futures."""

import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.errors import Problem, StorageError, problem_of
from engine.gallery.backups import read_into, restore
from engine.gallery.connecting import DAMAGED, HELD, code, connect, fits, is_another, is_gone
from engine.gallery.schema import SCHEMA, VERSION
from engine.gallery.turns import Turns

_T = TypeVar("_T")
Task = Callable[[sqlite3.Connection], _T]

PATIENCE = 30.0
"""Seconds to wait for another program that holds the file; then the task has failed."""

_LAST_PATIENCE = 1.0
"""The same for all that is left at the end: the file is a cache, and the window is to close."""

_UNSAID = 0.3
"""Seconds that another program may hold the file before anybody is told."""

_AGAIN = 0.05

_MOST_SET_ASIDE = 3
"""Damaged files that are kept, the newest."""

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
    """The index was damaged or deleted, and begun anew, empty or from its backup: scan again."""


class Database:
    """A SQLite file of ours, made anew whenever it is missing, damaged, older or newer.

    A damaged one is replaced by its backup, if there is one.

    Nothing in it is the only copy of anything. Where it cannot be written, it is kept in memory,
    and `problem` says why. `fresh` tells that it holds nothing yet.

    No two connections write at a time: one thread has this one, and whoever opens it for writing
    must hold the index's lock. Without write-ahead log, which SQLite before 3.51.3 can break.
    A program that knows nothing of that lock may hold the file all the same: then tasks wait, and
    `held` is told so, in the database's thread, and again when they go on. `lost` is called there
    when the file was damaged or deleted in the midst of it, and has been begun anew.
    """

    def __init__(
        self,
        path: Path,
        *,
        writable: bool = True,
        held: Callable[[bool], None] | None = None,
        lost: Callable[[], None] | None = None,
    ) -> None:
        self.path = path
        self.fresh = False
        self.problem: Problem | None = None
        self._writable = writable
        self._trusted = True
        self._tell_held = held or (lambda _held: None)
        self._tell_lost = lost or (lambda: None)
        self._is_held = False
        self._deadline = float("inf")
        self._tasks: Turns[Callable[[], None]] = Turns()
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(opened,), name="index", daemon=True
        )
        self._thread.start()
        opened.result()

    def do(self, task: Task[_T], *, patient: bool = False) -> "Future[_T]":
        """Run a task in a transaction of its own, after all before it; return at once.

        A `patient` one waits for all others, also for those that are asked for later. What was
        done of a task is undone and done again where another program was in the way. Its future
        raises StorageError if the database cannot do it or was closed, IndexLost if it was lost.
        """
        return self._leave(lambda: self._run(task), patient=patient)

    def renew(self, *, keep: bool) -> "Future[None]":
        """Begin anew: with the backup, if `keep`, and the old file put aside; else with nothing."""
        return self._leave(lambda: self._renew(keep=keep))

    def close(self) -> None:
        """Do what is left, and close the file."""
        if self._thread.is_alive():
            self._deadline = time.monotonic() + _LAST_PATIENCE
            self._tasks.end()
            self._thread.join()

    def _leave(self, work: Callable[[], _T], *, patient: bool = False) -> "Future[_T]":
        future: Future[_T] = Future()
        if not self._tasks.put(lambda: _settle(future, work), patient=patient):
            future.set_exception(StorageError("The index has been closed.", "Open it again."))
        return future

    def _work(self, opened: "Future[None]") -> None:
        _settle(opened, self._open)
        if opened.exception() is not None:
            return
        while (task := self._tasks.take()) is not None:
            task()
        self._connection.close()

    def _patiently(self, work: Callable[[], _T]) -> _T:
        """Do something as soon as no other program holds the file; say so if that takes long."""
        began = time.monotonic()
        while True:
            try:
                result = work()
            except sqlite3.Error as error:
                now = time.monotonic()
                waited = now - began
                if code(error) not in HELD:
                    self._note_held(held=False)
                    raise
                if waited > PATIENCE or now > self._deadline:
                    raise
                if waited > _UNSAID:
                    self._note_held(held=True)
                time.sleep(_AGAIN)  # some answer at once that they are held
            else:
                self._note_held(held=False)
                return result

    def _note_held(self, *, held: bool) -> None:
        if held != self._is_held:
            self._is_held = held
            self._tell_held(held)

    def _run(self, task: Task[_T]) -> _T:
        def transact() -> _T:
            with self._connection as database:
                return task(database)

        try:
            return self._patiently(transact)
        except sqlite3.Error as error:
            if not self._writable or not (code(error) in DAMAGED or is_gone(error)):
                raise _explained(error) from error
            raise self._lost(gone=is_gone(error)) from error

    def _lost(self, *, gone: bool) -> IndexLost:
        """Begin anew, and return what to say of it."""
        if gone:
            self._connection.close()
            self._open()
            said = IndexLost("The index was deleted or moved.", "It is being made again.")
        else:
            self._renew(keep=True)
            said = IndexLost("The index was damaged.", "It is being made again.")
        self._tell_lost()
        return said

    def _renew(self, *, keep: bool) -> None:
        self._connection.close()
        self._trusted = False
        with suppress(OSError):
            if keep:
                _set_aside(self.path)
                restore(self.path)
            else:
                self.path.unlink()
        self._open()

    def _open(self) -> None:
        if not self._writable:
            self._open_for_reading()
            return
        try:
            self._patiently(self._open_file)
        except (OSError, sqlite3.Error) as error:
            self.problem = problem_of(
                _explained(error)
                if isinstance(error, sqlite3.Error)
                else StorageError(
                    f"The index {self.path} cannot be written: {error.strerror}.",
                    "Pictures are safe; finding them takes longer at the next start.",
                )
            )
            self._open_in_memory()

    def _open_in_memory(self) -> None:
        """Begin with what the file holds, if that can at least be read."""
        self._connection = connect(":memory:")
        if not (self._trusted and read_into(self._connection, self.path)):
            self._make()

    def _open_for_reading(self) -> None:
        def is_readable() -> bool:
            self._connection = connect(f"{self.path.absolute().as_uri()}?mode=ro")
            try:
                return fits(self._connection)
            except sqlite3.Error:
                self._connection.close()
                raise

        try:
            readable = self._patiently(is_readable)
        except sqlite3.Error:
            readable = False
        if not readable:
            raise StorageError(
                "Another Etascope is making the index of the galleries.", "Wait until it has."
            )

    def _open_file(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not all(
            os.access(one, os.W_OK) for one in (self.path, self.path.parent) if one.exists()
        ):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        restored = False
        if self.path.exists():
            self._connection = connect(self.path.absolute().as_uri())
            try:
                if fits(self._connection):  # whether it is whole, `checks` tell
                    return
                sound = is_another(self._connection)
            except sqlite3.Error as error:
                if code(error) not in DAMAGED:
                    self._connection.close()
                    raise
                sound = False
            self._connection.close()
            if sound or not self.path.stat().st_size:
                self.path.unlink()  # of another version: nothing in it is the only copy
            else:
                _set_aside(self.path)
            restored = not sound and restore(self.path)
        self._connection = connect(self.path.absolute().as_uri())
        if not restored:
            self._make()

    def _make(self) -> None:
        self.fresh = True
        self._connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


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
        if code(error) not in DAMAGED:
            raise
        return False


def _set_aside(path: Path) -> None:
    """Keep a damaged file beside the new one; its journal belongs to nothing any more."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    path.replace(path.with_name(f"{path.name}.corrupt-{stamp}-{time.monotonic_ns() % 10**6:06d}"))
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    kept = sorted(path.parent.glob(f"{path.name}.corrupt-*"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_MOST_SET_ASIDE]:
        with suppress(OSError):
            old.unlink()


def _explained(error: sqlite3.Error) -> StorageError:
    unknown = (f"The index cannot be used: {error}.", "Pictures are safe; try again.")
    return StorageError(*_WORDS.get(code(error), unknown))


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
