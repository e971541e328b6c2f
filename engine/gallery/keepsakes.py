"""Pictures that somebody cares for: favourites, and those of comparisons. Their paths are kept."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from engine.errors import PictureError, StorageError
from engine.gallery.connecting import connect
from engine.gallery.entries import content_hash, examine, seen
from engine.gallery.galleries import check_root, folders
from engine.gallery.marks import read_marks
from engine.gallery.schema import COMPLETE
from engine.paths import current_paths
from engine.trajectory import SUFFIX

_PATIENCE = 2.0
_NAMES = """
SELECT name FROM pictures WHERE favourite OR comparison IS NOT NULL UNION SELECT name FROM cells
"""
_GRIDS = "SELECT gallery, name FROM pictures WHERE kind = 'grid'"
_GRID = "-grid.png"


class _Told(NamedTuple):
    """What an index knows: dear names, comparisons, and whether it has read every file."""

    names: set[str]
    grids: set[tuple[str, str]]
    complete: bool


def keepsakes(index: Path) -> set[str]:
    """Return the names, without endings, of all favourites and of all pictures in comparisons.

    The index is a cache: comparisons that it has not heard of are asked themselves, and where it
    is missing or has not read every file yet, so are the marks. Raises StorageError if it cannot
    be told now: the index is damaged, another program holds it, or a disk is not there.
    """
    told = _told(index) if index.exists() else _Told(set(), set(), complete=False)
    root = current_paths().galleries
    if not told.complete:
        check_root(root)
    dear = {Path(name).stem for name in told.names}
    kept = [one.stem for one in (index.parent / "trajectories").glob(f"*{SUFFIX}")]
    for folder in folders(root):
        try:
            dear.update(_compared(folder, told.grids))
        except OSError as error:
            if not told.complete:
                raise _unknown(error.strerror) from error
        if not told.complete:
            dear.update(_favourites(folder, kept))
    return dear


def _told(index: Path) -> _Told:
    try:
        with closing(connect(f"{index.absolute().as_uri()}?mode=ro", _PATIENCE)) as database:
            (mark,) = database.execute("PRAGMA application_id").fetchone()
            names = {name for (name,) in database.execute(_NAMES)}
            return _Told(names, set(database.execute(_GRIDS)), mark == COMPLETE)
    except sqlite3.Error as error:
        raise _unknown(error) from error


def _compared(folder: Path, known: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of comparisons in a folder that are not known, and of their pictures."""
    with os.scandir(folder) as there:
        names = [one.name for one in there if one.name.endswith(_GRID)]
    for name in names:
        what = seen(folder / name)
        if what is not None and (folder.name, name) not in known:
            yield Path(name).stem
            yield from (Path(cell).stem for cell in examine(folder / name, what).cells)


def _favourites(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield those of the names that are favourites of a folder, by the content of their files."""
    liked = {digest for digest, mark in read_marks(folder).items() if mark.favourite}
    for name in names if liked else ():
        path = folder / f"{name}.png"
        try:
            if path.is_file() and content_hash(path) in liked:
                yield name
        except PictureError:  # gone since, or too large to be ours
            continue


def _unknown(error: object) -> StorageError:
    return StorageError(
        f"Which pictures are favourites cannot be told now: {error}.", "Nothing was removed."
    )
