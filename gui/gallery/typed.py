"""Terms in the text of a search, put in and taken out by a click."""

import re
from collections.abc import Callable

from engine.gallery.query import Term, parse, written

# A term without blanks, or with some between quotes: what a click puts in looks like this.
_PIECE = re.compile(r'(?:[^\s"“”„]|["“”„][^"“”„]*["“”„]?)+')
_LISTABLE = re.compile(r'[^\s,，"“”„]+')


def holds(text: str, term: str) -> bool:
    """Whether a search asks for what `term` asks for, as a condition of its own."""
    wanted = parse(term).terms
    return bool(wanted) and any(parse(piece).terms == wanted for piece in _PIECE.findall(text))


def toggled(text: str, term: str) -> str:
    """Return the search with a term put in, or taken out if it is there."""
    wanted = parse(term).terms
    if holds(text, term):
        return _edited(text, lambda piece: None if parse(piece).terms == wanted else piece)
    return _tidy(f"{text} {term}")


def values(text: str, key: str) -> tuple[str, ...]:
    """Return the values of which a search wants one, under a key such as "sampler"."""
    terms = [term for piece in _PIECE.findall(text) if (term := _wish(piece, key))]
    return tuple(str(value) for term in terms for value in term.values)


def listed(text: str, key: str, value: str) -> str:
    """Return the search with another value wanted under a key, or with it no longer wanted.

    Pictures with any of the values are found; one that cannot stand in a list stands alone.
    """
    now = values(text, key)
    named = {str(v) for v in parse(written(key, value)).terms[0].values}
    wanted = tuple(one for one in now if one.casefold() not in {n.casefold() for n in named})
    if wanted == now:
        wanted = (*now, value) if _can_list((*now, value)) else (value,)
    rest = _edited(text, lambda piece: None if _wish(piece, key) else piece)
    if not wanted:
        return rest
    term = f"{key}:{','.join(wanted)}" if len(wanted) > 1 else written(key, wanted[0])
    return _tidy(f"{rest} {term}")


def replaced(text: str, key: str, term: str) -> str:
    """Return the search with `term` in the place of all others of its key; "" takes them out."""
    rest = _edited(text, lambda piece: None if _is_of(piece, key) else piece)
    return _tidy(f"{rest} {term}")


def says(text: str, key: str) -> bool:
    """Whether a search has a term of a key at all; "sort" is one."""
    return any(_is_of(piece, key) for piece in _PIECE.findall(text))


def _is_of(piece: str, key: str) -> bool:
    if key == "sort":
        return bool(re.match(r"sort[:：]", piece, re.IGNORECASE))
    terms = parse(piece).terms
    return len(terms) == 1 and terms[0].key == key and not terms[0].negated


def _wish(piece: str, key: str) -> Term | None:
    """Return the term of a piece, if it wants one of some values under a key."""
    terms = parse(piece).terms
    wish = len(terms) == 1 and terms[0].key == key and terms[0].op == "=" and not terms[0].negated
    return terms[0] if wish else None


def _can_list(wanted: tuple[str, ...]) -> bool:
    return len(wanted) == 1 or all(_LISTABLE.fullmatch(one) for one in wanted)


def _edited(text: str, edit: Callable[[str], str | None]) -> str:
    """Return the text with each of its pieces as `edit` wants it; None takes one out."""
    return _tidy(_PIECE.sub(lambda found: edit(found[0]) or "", text))


def _tidy(text: str) -> str:
    """Return the text without blanks too many; those between quotes stay."""
    return " ".join(_PIECE.findall(text))
