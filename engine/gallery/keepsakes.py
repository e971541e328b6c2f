"""Pictures that somebody cares for: favourites, and those of comparisons. Their paths are kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import StorageError
from engine.gallery.connecting import connect

_PATIENCE = 2.0
_NAMES = """
SELECT name FROM pictures WHERE favourite OR comparison IS NOT NULL UNION SELECT name FROM cells
"""


def keepsakes(index: Path) -> set[str]:
    """Return the names, without endings, of all favourites and of all pictures in comparisons.

    None where there is no index yet. Raises StorageError if it cannot be told now: the index is
    damaged, or another program holds it.
    """
    if not index.exists():
        return set()
    try:
        uri = f"{index.absolute().as_uri()}?mode=ro"
        with closing(connect(uri, _PATIENCE)) as database:
            return {Path(name).stem for (name,) in database.execute(_NAMES)}
    except sqlite3.Error as error:
        raise StorageError(
            f"Which pictures are favourites cannot be told now: {error}.", "Nothing was removed."
        ) from error
