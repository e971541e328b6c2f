"""The ids that a query finds, all of them: a hundred thousand in a few milliseconds.

SQLite hands over its rows one by one, each through Python; so they are asked for as one text. The
ids of all pictures are kept besides, and what lacks a word, or stands in the order of its rating,
is reckoned from them.
"""

from dataclasses import replace
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from engine.gallery.query import WORDS, Query
from engine.gallery.schema import Sql, ids_of

Ids = NDArray[np.int64]

_ALL = Sql("SELECT id FROM found_docsize ORDER BY id DESC")
"""FTS5's own table of how many words each has: the same ids on a tenth of the pages."""

_RATED = Sql("SELECT id FROM pictures WHERE rating > 0 ORDER BY rating DESC, id DESC")


class Listing:
    """Lists ids, on the index's thread. `all` of them are kept until something is written."""

    def __init__(self) -> None:
        self._all: Ids = np.empty(0, np.int64)
        self._state: tuple[Connection, int, int] | None = None

    def find(self, database: Connection, query: Query) -> Ids:
        """Return the ids that a query finds, in its order."""
        if query.sort == "rating":
            found = self.find(database, replace(query, sort="newest"))
            rated = _listed(database, _RATED)
            first = rated[among(rated, found)] if query.terms else rated
            return np.concatenate((first, found[~among(found, first)]))
        if not query.terms:
            found = self.all(database)
            return found[::-1] if query.sort == "oldest" else found
        if all(term.negated and term.key in WORDS for term in query.terms):
            return self._without(database, query)
        return _listed(database, ids_of(query))

    def all(self, database: Connection) -> Ids:
        """Return the ids of all pictures, the newest first."""
        (version,) = database.execute("PRAGMA data_version").fetchone()  # others' writing
        state = (database, database.total_changes, version)
        if state != self._state:
            self._all = _listed(database, _ALL)
            self._all.setflags(write=False)
            self._state = state
        return self._all

    def _without(self, database: Connection, query: Query) -> Ids:
        """Return what has none of a query's words: few pictures lack a word, but few have it."""
        found = self.find(database, Query(sort=query.sort))
        stays = np.ones(len(found), np.bool_)
        for term in query.terms:
            has = _listed(database, ids_of(Query((replace(term, negated=False),), query.sort)))
            stays &= ~among(found, has)
        return found[stays]


def among(ids: Ids, others: Ids) -> NDArray[np.bool_]:
    """Return which of the ids are among the others.

    Quickest where both fall, or rise, as ids do in the order of their time.
    """
    if not len(others):
        return np.zeros(len(ids), np.bool_)
    rising = others if _rises(others) else others[::-1]
    if not _rises(rising):
        rising = np.sort(others)
    turn = slice(None, None, -1 if len(ids) and ids[0] > ids[-1] else 1)
    places = np.searchsorted(rising, ids[turn])
    return np.asarray(rising[np.minimum(places, len(rising) - 1)] == ids[turn])[turn]


def _rises(ids: Ids) -> bool:
    return bool((ids[1:] > ids[:-1]).all())


def _listed(database: Connection, sql: Sql) -> Ids:
    """Return the ids that a statement selects, in its order, in which SQLite puts them together."""
    together = f"SELECT group_concat(id) FROM ({sql.text})"
    (text,) = database.execute(together, sql.values).fetchone()
    return np.fromstring(text or "", np.int64, sep=",")
