"""Entries to rows of the index and back. Everything here runs on the index's own thread."""

import re
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from engine.gallery.entries import Entry, Facts, Seen, made_at
from engine.gallery.marks import Mark
from engine.gallery.schema import TAG_END, Sql, folded, seed_text
from engine.gallery.words import indexed

_FACTS = (
    *("gallery", "name", "size", "mtime_ns", "inode", "sha256", "kind", "tool"),
    *("model", "sampler", "schedule", "steps", "eta", "guidance", "seed"),
    *("width", "height", "device", "dtype"),
)
_SETTINGS = ("model", "sampler", "schedule", "steps", "eta", "guidance")
_PUT = (
    f"INSERT INTO pictures (id, {', '.join(_FACTS)}, checksum, comparison, favourite, rating, tags)"
    f" VALUES ({', '.join('?' * (len(_FACTS) + 6))})"
)
_GET = (
    f"SELECT pictures.id, {', '.join(_FACTS)}, checksum, comparison, favourite, rating, tags,"
    " prompt, negative FROM pictures LEFT JOIN prompts ON prompts.id = pictures.id"
)
_MOVE = (
    "UPDATE pictures SET gallery = ?, name = ?, checksum = ?, comparison = ?,"
    " favourite = ?, rating = ?, tags = ? WHERE id = ?"
)
_MANY = 500
"""Question marks in one statement; old SQLites have 999."""

Row = Sequence[Any]


class Known(NamedTuple):
    """A picture that the index has: its id, its file as it was, None if unsure, and its digest."""

    id: int
    seen: Seen | None
    sha256: str


def put(database: sqlite3.Connection, facts: Facts) -> int:
    """Enter a picture, in the place of what was there under its name; return its id."""
    what = facts.seen
    drop(database, what.gallery, what.name)
    told = _told(facts)
    texts = _prompts(facts)
    at = _free(database, made_at(what))
    mark = mark_of(database, what.gallery, facts.sha256)
    values = (at, *told, _checksum((at, *told, *texts)), _comparison(database, what, facts, at))
    database.execute(_PUT, (*values, *_marked(mark)))
    database.execute("INSERT INTO prompts VALUES (?, ?, ?)", (at, *texts))
    database.execute(
        "INSERT INTO found (rowid, prompt, negative) VALUES (?, ?, ?)", (at, *map(indexed, texts))
    )
    _put_cells(database, facts, at)
    return at


def drop(database: sqlite3.Connection, gallery: str, name: str) -> None:
    """Forget a picture, if it is known; its marks stay."""
    where = (gallery, name)
    row = database.execute("SELECT id FROM pictures WHERE gallery = ? AND name = ?", where)
    for (at,) in row.fetchall():
        for table, key in (("pictures", "id"), ("prompts", "id"), ("found", "rowid")):
            database.execute(f"DELETE FROM {table} WHERE {key} = ?", (at,))
        database.execute("UPDATE pictures SET comparison = NULL WHERE comparison = ?", (at,))
        database.execute("DELETE FROM cells WHERE grid = ?", (at,))


def move(database: sqlite3.Connection, entry: Entry, new: Seen) -> None:
    """Enter a picture under another name or in another gallery, without reading it again."""
    facts = replace(entry.facts, seen=new)
    if made_at(new) != made_at(entry.facts.seen):  # the order of the table changes
        drop(database, entry.gallery, entry.name)
        put(database, facts)
        return
    drop(database, new.gallery, new.name)
    told, mark = _told(facts), mark_of(database, new.gallery, facts.sha256)
    values = (
        *(new.gallery, new.name, _checksum((entry.id, *told, *_prompts(facts)))),
        *(_comparison(database, new, facts, entry.id), *_marked(mark)),
    )
    database.execute(_MOVE, (*values, entry.id))


def get(database: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Entry]:
    """Yield the entries of these ids that are there, in the order of `ids`."""
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        marks = ", ".join("?" * len(some))
        rows = database.execute(f"{_GET} WHERE pictures.id IN ({marks})", some)
        found = {row[0]: entry_of(row) for row in rows}
        yield from (found[at] for at in some if at in found)


def named(database: sqlite3.Connection, gallery: str, name: str) -> Entry | None:
    """Return the entry of a picture by its name, None if it is not known."""
    row = database.execute(f"{_GET} WHERE gallery = ? AND name = ?", (gallery, name)).fetchone()
    return None if row is None else entry_of(row)


def tells(database: sqlite3.Connection, facts: Facts) -> bool:
    """Return whether the index tells of a file what the file tells."""
    key = (facts.seen.gallery, facts.seen.name)
    row = database.execute(f"{_GET} WHERE gallery = ? AND name = ?", key).fetchone()
    return row is not None and (*row[1 : len(_FACTS) + 1], *row[-2:]) == (
        *_told(facts),
        *_prompts(facts),
    )


def known(database: sqlite3.Connection, after: int, limit: int) -> list[Known]:
    """Return pictures that the index has, from the next id on; damaged rows tell nothing."""
    found = []
    sql = f"{_GET} WHERE pictures.id > ? ORDER BY pictures.id LIMIT ?"
    for row in database.execute(sql, (after, limit)):
        facts, checksum = row[1 : len(_FACTS) + 1], row[len(_FACTS) + 1]
        whole = _checksum((row[0], *facts, *row[-2:])) == checksum
        found.append(Known(row[0], Seen(*row[1:6]) if whole else None, str(row[6])))
    return found


def names_of(database: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, str, str]]:
    """Return id, gallery and name of rows from the next id on, whatever state they are in."""
    sql = "SELECT id, gallery, name FROM pictures WHERE id > ? ORDER BY id LIMIT ?"
    return database.execute(sql, (after, limit)).fetchall()


def entry_of(row: Row) -> Entry:
    """Return the entry that a row of `_GET` tells."""
    (at, gallery, name, size, mtime_ns, inode, sha256, kind, tool, *rest) = row
    settings = dict(zip(_SETTINGS, rest[:6], strict=True))
    seed, width, height, device, dtype, _, comparison, favourite, rating, tags = rest[6:16]
    told = {
        "prompt": rest[16] or None,
        "negative_prompt": rest[17] or None,
        **settings,
        "seed": int(seed) if isinstance(seed, str) and re.fullmatch(r"\d{20}", seed) else None,
    }
    facts = Facts(
        seen=Seen(gallery, name, size, mtime_ns, inode),
        sha256=sha256,
        kind=kind,
        tool=tool,
        width=width,
        height=height,
        settings={key: value for key, value in told.items() if value is not None},
        device=device,
        dtype=dtype,
    )
    mark = Mark(bool(favourite), rating, tags_of(tags))
    return Entry(at, facts, mark, comparison)


def mark_of(database: sqlite3.Connection, gallery: str, sha256: str) -> Mark:
    """Return the mark that the mirror of a gallery's marks has for a digest."""
    row = database.execute(
        "SELECT favourite, rating, tags FROM marks WHERE gallery = ? AND sha256 = ?",
        (gallery, sha256),
    ).fetchone()
    return Mark(bool(row[0]), row[1], tags_of(row[2])) if row else Mark()


def mirrored(database: sqlite3.Connection, gallery: str) -> dict[str, Mark]:
    """Return all marks of a gallery that the mirror has."""
    rows = database.execute(
        "SELECT sha256, favourite, rating, tags FROM marks WHERE gallery = ?", (gallery,)
    )
    return {row[0]: Mark(bool(row[1]), row[2], tags_of(row[3])) for row in rows}


def mirror(database: sqlite3.Connection, gallery: str, marks: Mapping[str, Mark]) -> None:
    """Enter marks as a gallery's file has them; empty ones are taken away."""
    for sha256, mark in marks.items():
        key, values = (gallery, _clean(sha256)), _marked(mark)
        if mark:
            database.execute("REPLACE INTO marks VALUES (?, ?, ?, ?, ?)", (*key, *values))
        else:
            database.execute("DELETE FROM marks WHERE gallery = ? AND sha256 = ?", key)
        database.execute(
            "UPDATE pictures SET favourite = ?, rating = ?, tags = ?"
            " WHERE sha256 = ? AND gallery = ?",
            (*values, key[1], gallery),
        )


def counts(database: sqlite3.Connection) -> dict[str, int]:
    """Return how many pictures each gallery has."""
    return dict(database.execute("SELECT gallery, count(*) FROM pictures GROUP BY gallery"))


def grouped(database: sqlite3.Connection, sql: Sql, by: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return label and ids of each group, by "comparison" or by "prompt"."""
    prompts = dict(database.execute("SELECT id, prompt FROM prompts").fetchall())
    where = "WHERE comparison IS NOT NULL"
    grids = dict(database.execute(f"SELECT id, comparison FROM pictures {where}").fetchall())
    groups: dict[object, list[int]] = {}
    for (at,) in database.execute(*sql):
        key = prompts.get(at) if by == "prompt" else grids.get(at, at)
        groups.setdefault(key, []).append(at)
    return [(str(prompts.get(ids[0], "")), tuple(ids)) for ids in groups.values()]


def _comparison(database: sqlite3.Connection, what: Seen, facts: Facts, at: int) -> int | None:
    if facts.kind == "grid":
        return at
    row = database.execute(
        "SELECT max(grid) FROM cells WHERE gallery = ? AND name = ?", (what.gallery, what.name)
    ).fetchone()
    return None if row is None else row[0]


def _put_cells(database: sqlite3.Connection, facts: Facts, at: int) -> None:
    gallery = facts.seen.gallery
    for name in facts.cells:
        database.execute("REPLACE INTO cells VALUES (?, ?, ?)", (gallery, name, at))
        database.execute(
            "UPDATE pictures SET comparison = ? WHERE gallery = ? AND name = ? AND kind <> 'grid'",
            (at, gallery, name),
        )


def _free(database: sqlite3.Connection, at: int) -> int:
    """Return the first id from `at` on that nobody has."""
    while database.execute("SELECT 1 FROM pictures WHERE id = ?", (at,)).fetchone():
        at += 1
    return at


def _told(facts: Facts) -> tuple[Any, ...]:
    """Return the values of the columns _FACTS."""
    what, told = facts.seen, facts.settings
    seed = told.get("seed")
    return (
        *(what.gallery, what.name, what.size, what.mtime_ns, what.inode),
        *(facts.sha256, facts.kind, _clean(facts.tool)),
        *(_kept(told.get(key)) for key in _SETTINGS),
        None if seed is None else seed_text(seed),
        *(facts.width, facts.height, _clean(facts.device), _clean(facts.dtype)),
    )


def _prompts(facts: Facts) -> tuple[str, str]:
    told = facts.settings
    return _clean(told.get("prompt")), _clean(told.get("negative_prompt"))


def _kept(value: object) -> object:
    if isinstance(value, str):
        return _clean(value)
    return value if isinstance(value, int | float) else None


def _clean(text: object) -> str:
    """Return text that SQLite can hold: no halves of characters, no NUL; "" if it is none."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text) if isinstance(text, str) else ""


def _checksum(values: Row) -> int:
    """Return a checksum over a row, to tell when the disk has changed what it means.

    SQLite notices damage to its own structure, not to the values in it.
    """
    return zlib.crc32("\x1f".join(map(str, values)).encode("utf-8", "replace"))


def _marked(mark: Mark) -> tuple[int, int, str]:
    tags = "".join(f"{tag}{TAG_END}" for tag in map(_clean, mark.tags))
    compared = TAG_END.join(folded(_clean(tag)) for tag in mark.tags)
    # First as they are compared, each between two ends; then as they are written.
    kept = f"{TAG_END}{compared}{TAG_END}{TAG_END}{tags}" if tags else ""
    return int(mark.favourite), mark.rating, kept


def tags_of(column: str) -> tuple[str, ...]:
    """Return the tags that the column of that name holds, as they are written."""
    _, _, tags = str(column).partition(TAG_END * 2)
    return tuple(tag for tag in tags.split(TAG_END) if tag)
