"""What the pictures of a gallery have in common: the values that one can click on to find them."""

from collections import ChainMap, Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from engine.errors import StorageError
from engine.gallery import rows
from engine.gallery.entries import listed
from engine.gallery.index import Index
from engine.gallery.marks import DamagedMarks, read_marks
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
    """Return what one gallery's pictures tell, or those of all; counted while nobody searches."""
    where = "WHERE gallery = ?" if gallery else "WHERE 1"
    values = (gallery,) if gallery else ()

    def sums(database: Connection) -> dict[str, int]:
        names = ("pictures", "size", "favourites", "grids", "rated")
        sql = (
            "SELECT count(*), ifnull(sum(size), 0), ifnull(sum(favourite), 0),"
            f" ifnull(sum(kind = 'grid'), 0), ifnull(sum(rating > 0), 0) FROM pictures {where}"
        )
        return dict(zip(names, database.execute(sql, values).fetchone(), strict=True))

    def tags(database: Connection) -> dict[str, Counted]:
        found: Counter[str] = Counter()
        sql = f"SELECT tags FROM pictures {where} AND tags <> ''"
        for (column,) in database.execute(sql, values):
            found.update(tags_of(column))
        return {"tags": tuple(found.most_common(_MOST))}

    def counted(column: str, database: Connection) -> dict[str, Counted]:
        sql = (
            f"SELECT {column}, count(*) FROM pictures {where} AND {column} <> ''"
            f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT {_MOST}"
        )
        rows = database.execute(sql, values)
        return {f"{column}s": tuple((str(value), count) for value, count in rows)}

    looks = (sums, tags, partial(counted, "sampler"), partial(counted, "model"))
    return _together([index.do(look, patient=True) for look in looks])


def _together(pieces: "Sequence[Future[Any]]") -> "Future[Facets]":
    """Return the facets of which each of the pieces tells some, the last one at last."""
    whole: Future[Facets] = Future()

    def put_together(_last: "Future[Any]") -> None:
        try:
            told = ChainMap(*(piece.result() for piece in pieces))
            whole.set_result(Facets(**told))
        except Exception as error:  # noqa: BLE001 - it is whoever asked that it is raised for
            whole.set_exception(error)

    pieces[-1].add_done_callback(put_together)
    return whole


def is_in_step(index: Index, folder: Path) -> bool:
    """Whether the index knows the very files that a gallery's folder has, and their marks.

    A quick look: reads nothing but the folder's list and its marks. Raises OSError if the list
    cannot be had.
    """
    there = {(one.name, *one.same) for one in listed(folder)}
    sql = "SELECT name, size, mtime_ns, inode FROM pictures WHERE gallery = ?"
    known = index.do(lambda database: set(database.execute(sql, (folder.name,))))
    return there == known.result() and _knows_marks(index, folder)


def _knows_marks(index: Index, folder: Path) -> bool:
    """Whether the marks are as the index mirrors them: another program may have written some."""
    mirrored = index.do(partial(rows.mirrored, gallery=folder.name)).result()
    try:
        return read_marks(folder) == mirrored
    except DamagedMarks:
        return False
    except StorageError:  # whoever may not read them need not be told again and again
        return True
