"""Opening a SQLite file of ours, and telling what it is."""

import sqlite3

from engine.gallery.schema import SCHEMA, VERSION

_PATIENCE = 0.2
"""Seconds that SQLite itself waits for another program; who wants to wait longer tries again."""

# What is entered breaks no rule of the tables unless they are not what they seem.
DAMAGED = {
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT),
    *(sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH),
}
HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
"""Another program reads or writes the file just now."""


def connect(uri: str, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open a database; raises sqlite3.Error, but not for one that is damaged."""
    database = sqlite3.connect(uri, timeout=patience, uri=True, cached_statements=256)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        database.execute("PRAGMA journal_mode = TRUNCATE")
        database.execute("PRAGMA synchronous = NORMAL")  # a lost index is a lost minute
        database.execute("PRAGMA cache_size = -65536")
        database.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error as error:
        if code(error) not in DAMAGED | {sqlite3.SQLITE_READONLY}:
            database.close()
            raise
    return database


def fits(database: sqlite3.Connection) -> bool:
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


def is_another(database: sqlite3.Connection) -> bool:
    """Tell whether it is an index of another version."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return bool(version != VERSION and _tables(database))


def code(error: sqlite3.Error) -> int:
    """Return SQLite's own number for what went wrong, without its details."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_gone(error: sqlite3.Error) -> bool:
    """Tell whether the file was deleted, moved or replaced while it was open."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED


def _tables(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    return database.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
