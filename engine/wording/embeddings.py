"""Words of a prompt that are the names of embeddings (textual inversion), and stand for vectors.

Upper and lower case are the same. A name counts where it is a word of its own; of names that
begin alike the longest counts.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

Tokens = tuple[Sequence[int], Sequence[int]]


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the names that are words of the text, in the order of `names`."""
    known = {name.casefold(): name for name in names}
    if not known:
        return ()
    found = {match.group().casefold() for match in _pattern(tuple(known)).finditer(text)}
    return tuple(name for key, name in known.items() if key in found)


class NamedVectors:
    """A tokenizer to which some words are names: their ids are those of vectors.

    `tokenize` is as in engine.wording.chunks; `vectors` has for each name the ids that stand for
    it, at least one.
    """

    def __init__(
        self, tokenize: Callable[[str], Tokens], vectors: Mapping[str, Sequence[int]]
    ) -> None:
        self._tokenize = tokenize
        self._vectors = {name.casefold(): ids for name, ids in vectors.items()}
        self._words = _pattern(tuple(self._vectors))

    def __call__(self, text: str) -> Tokens:
        """Return the ids of a text, and for each the offset in the text just behind it."""
        ids: list[int] = []
        ends: list[int] = []
        reached = 0
        for match in self._words.finditer(text):
            vectors = self._vectors.get(match.group().casefold())
            if vectors is None:
                continue
            self._read(text, (reached, match.start()), ids, ends)
            ids += vectors
            ends += [match.end()] * len(vectors)
            reached = match.end()
        self._read(text, (reached, len(text)), ids, ends)
        return ids, ends

    def _read(self, text: str, part: tuple[int, int], ids: list[int], ends: list[int]) -> None:
        start, end = part
        if start < end:
            more, places = self._tokenize(text[start:end])
            ids += more
            ends += [start + place for place in places]


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the names; the longest come first, as the first that fits is taken."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
