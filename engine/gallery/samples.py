"""A picture that a model has made: its newest one, for whoever shows models."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from engine.gallery.connecting import connect

_PATIENCE = 0.5
# The other columns are those of the row with the highest id: SQLite's rule for a lone max().
_NEWEST = """
SELECT model, gallery, name, max(id) FROM (
    SELECT id, model, gallery, name FROM pictures
    WHERE model IS NOT NULL AND kind NOT IN ('grid', 'broken') ORDER BY id DESC LIMIT ?
) GROUP BY model
"""
_MOST = 20_000
"""Pictures looked at, the newest ones: who writes the index waits meanwhile."""


def newest_of(models: Iterable[str], index: Path, galleries: Path) -> dict[str, Path]:
    """Return the newest picture of each of these models, by what recipes call them.

    Those without one, or only among the oldest of very many, are left out; all of them where the
    index cannot be asked now, for it is only a cache. Reads the disk: not for a window's thread.
    """
    if not index.is_file():
        return {}
    wanted = frozenset(models)
    try:
        with closing(connect(f"{index.absolute().as_uri()}?mode=ro", _PATIENCE)) as database:
            rows = database.execute(_NEWEST, (_MOST,)).fetchall()
    except sqlite3.Error:
        return {}
    return {
        model: galleries / gallery / name for model, gallery, name, _ in rows if model in wanted
    }
