"""The index's backup: made by SQLite's own means once a day, taken when the index is damaged.

Nothing in it is the only copy of anything either; it saves the minutes of reading every file again.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from engine.gallery.connecting import connect, fits

INTERVAL = 24 * 3600.0
"""Seconds between two backups."""


def backup_file(index: Path) -> Path:
    """Return where the backup of an index is."""
    return index.with_name(f"{index.name}.backup")


def is_due(index: Path) -> bool:
    """Tell whether the newest backup is a day old, or of a time that is yet to come."""
    try:
        age = time.time() - backup_file(index).stat().st_mtime
    except OSError:
        return True
    return not 0 <= age < INTERVAL


def back_up(path: Path) -> Callable[[sqlite3.Connection], None]:
    """Return the task that copies the whole database to `path`, which is complete or not there."""

    def copy(database: sqlite3.Connection) -> None:
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as target:
            database.backup(target)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)

    return copy


def restore(index: Path) -> bool:
    """Put the backup in the place of an index that is gone; tell whether there was a whole one.

    It is used once: if it turns out to be spoilt after all, the index is begun anew.
    """
    backup = backup_file(index)
    if not backup.exists():
        return False
    with suppress(sqlite3.Error, OSError):
        with closing(connect(f"{backup.absolute().as_uri()}?mode=ro")) as database:
            whole = fits(database) and database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        if whole:
            backup.replace(index)
            return True
    with suppress(OSError):
        backup.unlink()
    return False


def read_into(memory: sqlite3.Connection, index: Path) -> bool:
    """Copy an index that can only be read into an empty database; tell whether that was done."""
    with (
        suppress(sqlite3.Error),
        closing(connect(f"{index.absolute().as_uri()}?mode=ro")) as database,
    ):
        if fits(database):
            database.backup(memory)
            return True
    return False
