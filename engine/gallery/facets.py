"""What the pictures of a gallery have in common: the values that one can click on to find them."""

from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from engine.gallery.entries import listed
from engine.gallery.index import Index
from engine.gallery.rows import tags_of

Counted = tuple[tuple[str, int], ...]
"""Values, each with how many pictures have it, the most frequent first."""

_MOST = 24


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is in a gallery, or in all: `pictures` files of `size` bytes together."""

    pictures: int = 0
    size: int = 0
    samplers: Counted = ()
    models: Counted = ()
    tags: Counted = ()
    favourites: int = 0
    grids: int = 0
    rated: int = 0


def facets(index: Index, gallery: str | None = None) -> "Future[Facets]":
    """Return what one gallery's pictures tell, or those of all."""
    where = "WHERE gallery = ?" if gallery else "WHERE 1"
    values = (gallery,) if gallery else ()

    def look(database: Connection) -> Facets:
        sums = (
            "SELECT count(*), ifnull(sum(size), 0), ifnull(sum(favourite), 0),"
            f" ifnull(sum(kind = 'grid'), 0), ifnull(sum(rating > 0), 0) FROM pictures {where}"
        )
        pictures, size, favourites, grids, rated = database.execute(sums, values).fetchone()
        tags: Counter[str] = Counter()
        tagged = f"SELECT tags FROM pictures {where} AND tags <> ''"
        for (column,) in database.execute(tagged, values):
            tags.update(tags_of(column))
        return Facets(
            pictures=pictures,
            size=size,
            samplers=_counted(database, "sampler", where, values),
            models=_counted(database, "model", where, values),
            tags=tuple(tags.most_common(_MOST)),
            favourites=favourites,
            grids=grids,
            rated=rated,
        )

    return index.do(look)


def _counted(database: Connection, column: str, where: str, values: tuple[str, ...]) -> Counted:
    sql = (
        f"SELECT {column}, count(*) FROM pictures {where} AND {column} <> ''"
        f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT {_MOST}"
    )
    return tuple((str(value), count) for value, count in database.execute(sql, values))


def is_in_step(index: Index, folder: Path) -> bool:
    """Whether the index knows the very files that a gallery's folder has: a quick look.

    Reads nothing but the folder's list. Raises OSError if that cannot be had.
    """
    there = {(one.name, *one.same) for one in listed(folder)}
    sql = "SELECT name, size, mtime_ns, inode FROM pictures WHERE gallery = ?"
    known = index.do(lambda database: set(database.execute(sql, (folder.name,))))
    return there == known.result()
