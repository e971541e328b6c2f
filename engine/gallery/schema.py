"""The index's tables, and a search as SQL."""

import unicodedata
from typing import NamedTuple

from engine.gallery.query import NUMBERS, TOLD, WORDS, Query, Term
from engine.gallery.words import EVERY, phrase

VERSION = 1
"""Of the tables and of what is read from the files; with another number all is read again."""

COMPLETE = 0x45746173
"""What SQLite's `application_id` says of an index that has read every file there was."""

# A picture's id is when it was made, in microseconds since 1970 (or the next that is free): so the
# order of the table is the order in which pictures are shown, and nothing need be sorted.
SCHEMA = """
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    gallery TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, tool TEXT NOT NULL,
    model TEXT, sampler TEXT, schedule TEXT, steps INTEGER, eta REAL, guidance REAL, seed TEXT,
    width INTEGER, height INTEGER, device TEXT NOT NULL, dtype TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    comparison INTEGER,
    favourite INTEGER NOT NULL DEFAULT 0, rating INTEGER NOT NULL DEFAULT 0,
    tags TEXT NOT NULL DEFAULT '',
    UNIQUE (gallery, name)
);
CREATE INDEX pictures_by_content ON pictures (sha256);
CREATE INDEX pictures_by_sampler ON pictures (sampler);
CREATE INDEX pictures_by_seed ON pictures (seed);
CREATE INDEX pictures_by_rating ON pictures (rating DESC, id DESC);
CREATE INDEX pictures_favourite ON pictures (id) WHERE favourite;
CREATE INDEX pictures_rated ON pictures (id) WHERE rating > 0;
CREATE INDEX pictures_tagged ON pictures (id) WHERE tags <> '';
CREATE INDEX pictures_by_comparison ON pictures (comparison) WHERE comparison IS NOT NULL;
CREATE TABLE prompts (id INTEGER PRIMARY KEY, prompt TEXT NOT NULL, negative TEXT NOT NULL);
CREATE VIRTUAL TABLE found USING fts5 (
    prompt, negative, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
);
CREATE TABLE cells (
    gallery TEXT NOT NULL, name TEXT NOT NULL, grid INTEGER NOT NULL,
    PRIMARY KEY (gallery, name, grid)
) WITHOUT ROWID;
CREATE INDEX cells_by_grid ON cells (grid);
CREATE TABLE marks (
    gallery TEXT NOT NULL, sha256 TEXT NOT NULL,
    favourite INTEGER NOT NULL, rating INTEGER NOT NULL, tags TEXT NOT NULL,
    PRIMARY KEY (gallery, sha256)
) WITHOUT ROWID;
"""

FOLDER = "folder"
"""The key of a term that means a gallery by its very name; nobody can type it."""

TAG_END = "\x1f"
"""Around and between tags in a column."""

# In the words of the partial indexes: only so does SQLite see that it may use them.
_RATED, _TAGGED = "rating > 0", "tags <> ''"
_STATES = {
    "favourite": "favourite",
    "rated": _RATED,
    "tagged": _TAGGED,
    "grid": "kind = 'grid'",
    "cell": "comparison IS NOT NULL AND kind <> 'grid'",
    "partial": "kind = 'partial'",
    "broken": "kind = 'broken'",
}
_CONTAINED = {"model", "name"}
_LISTED = {"sampler", "schedule", "seed", FOLDER}  # in our own letters; others as people write them
_ORDER = {
    "newest": "id DESC",
    "oldest": "id",
    "rating": "rating DESC, id DESC",
}


class Sql(NamedTuple):
    """A statement and what stands for its question marks."""

    text: str
    values: tuple[str | int | float, ...] = ()


def ids_of(query: Query) -> Sql:
    """Return the statement that selects the ids of a query's pictures, in order."""
    order = _ORDER.get(query.sort, _ORDER["newest"])
    words = _words(query)
    rest = [_condition(term) for term in query.terms if term.key not in WORDS]
    if words and not rest and query.sort != "rating":
        by = order.replace("id", "rowid")
        return Sql(f"SELECT rowid AS id FROM found WHERE found MATCH ? ORDER BY {by}", (words,))
    if words:
        rest.insert(0, Sql("id IN (SELECT rowid FROM found WHERE found MATCH ?)", (words,)))
    where = " AND ".join(f"({one.text})" for one in rest)
    values = tuple(value for one in rest for value in one.values)
    return Sql(f"SELECT id FROM pictures {where and 'WHERE'} {where} ORDER BY {order}", values)


def _words(query: Query) -> str:
    """Return FTS5's expression for all words of the query, empty if it has none."""
    asked = [term for term in query.terms if term.key in WORDS]
    wanted = " AND ".join(_expression(term) for term in asked if not term.negated)
    unwanted = " OR ".join(_expression(term) for term in asked if term.negated)
    if not unwanted:
        return wanted
    everything = f'prompt : "{EVERY}"'
    return f"({wanted or everything}) NOT ({unwanted})"


def _expression(term: Term) -> str:
    return f"{term.key} : {phrase(str(term.values[0]), prefix=not term.phrase)}"


def _condition(term: Term) -> Sql:
    """Return a term as a condition; what a picture does not tell fits none, and every minus."""
    if term.op == "..":
        plain = Sql(f"{_column(term.key)} BETWEEN ? AND ?", _values(term))
    elif term.op != "=":
        plain = Sql(f"{_column(term.key)} {term.op} ?", _values(term))
    else:
        plain = _any_of(term)
    if term.key == "rating" and min(map(float, term.values)) >= 1 and term.op not in {"<", "<="}:
        plain = Sql(f"{_RATED} AND ({plain.text})", plain.values)
    return Sql(f"({plain.text}) IS NOT TRUE", plain.values) if term.negated else plain


def _any_of(term: Term) -> Sql:
    values = _values(term)
    if term.key == TOLD:
        return Sql(" AND ".join(f"{key} IS NOT NULL" for key in values if key in NUMBERS))
    if term.key == "is":
        return Sql(" OR ".join(f"({_STATES[str(value)]})" for value in values))
    if term.key == "tag":
        one, values = (
            f"({_TAGGED} AND instr(tags, ?) > 0)",
            tuple(f"{TAG_END}{folded(str(v))}{TAG_END}" for v in values),
        )
    elif term.key in _CONTAINED:
        one = f"{term.key} LIKE ? ESCAPE '\\'"
        values = tuple(f"%{_escaped(form)}%" for value in values for form in _forms(str(value)))
    elif term.key in _LISTED or not isinstance(values[0], str):
        one = f"{_column(term.key)} = ?"
    else:
        one = f"{_column(term.key)} = ? COLLATE NOCASE"
    also = [f"model IN ({', '.join('?' * len(term.ids))})"] if term.ids else []
    return Sql(" OR ".join([one] * len(values) + also), (*values, *term.ids))


def _column(key: str) -> str:
    return {"made": "id", FOLDER: "gallery"}.get(key, key)


def _values(term: Term) -> tuple[str | int | float, ...]:
    return tuple(map(seed_text, term.values)) if term.key == "seed" else term.values


def seed_text(seed: str | float) -> str:
    """Return a seed so that texts compare as the numbers do: SQLite's end at 2^63 - 1.

    A seed below all others is "", and one above all ":" follows every digit.
    """
    number = int(seed)
    return "" if number < 0 else ":" if number >= 2**64 else f"{number:020d}"


def folded(tag: str) -> str:
    """Return a tag as it is compared."""
    return " ".join(tag.casefold().split())


def _forms(text: str) -> tuple[str, ...]:
    """Return a text and how file systems may have it: letters and accents as one sign, or two."""
    forms = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((text, *forms)))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
