"""Lists as people type them: `10, 20, 50`, `1-5`, `0-1 (+0.25)`, `0-1 [5]`; `boat, "a, b"`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from engine.draft import MOST_PICTURES
from engine.errors import BadSetting

_NUMBER = r"\d{1,20}(?:\.\d{1,12})?"
_STRIDE = rf"\(\s*\+?\s*({_NUMBER})\s*\)"
_COUNT = r"\[\s*(\d{1,4})\s*\]"
_RANGE = re.compile(
    rf"({_NUMBER})\s*[-‐–—−~]\s*({_NUMBER})\s*(?:{_STRIDE}|{_COUNT})?",
)
MARKS = ",;\n，；、"
"""What separates entries; the wide ones are what a Chinese keyboard types."""

_MARKS = re.compile(f"[{MARKS}]")
_END = rf"[^\S\n]*(?:[{MARKS}]|\Z)"
_PHRASE = re.compile(
    rf'\s*(?:"((?:[^"]|"")*)"{_END}|“([^”]*)”{_END}|([^{MARKS}]*)(?:[{MARKS}]|\Z))'
)
_FINENESS = Decimal("0.000001")


def entries(text: str) -> list[str]:
    """Return the words between the commas; none for nothing but space."""
    return [word.strip() for word in _MARKS.split(text)] if text.strip() else []


def phrases(text: str) -> list[str]:
    """Return the words between the commas that are any; in quotes there may be commas as well.

    A quote within quotes is doubled, as in CSV; nothing in quotes is a word too.
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _PHRASE.match(text, at)
        if match is None:  # cannot be: the last alternative takes anything
            break
        at = match.end()
        plain, curly, bare = match.groups()
        if plain is not None:
            found.append(plain.replace('""', '"'))
        elif curly is not None:
            found.append(curly)
        elif bare.strip():
            found.append(bare.strip())
    return found


def phrased(words: Sequence[str]) -> str:
    """Return words as they would be typed, so that `phrases` gives them back."""
    return ", ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if word and word == word.strip() and not _MARKS.search(word) and word[0] not in '"“':
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def shared_ends(several: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return how much all have in common at the beginning, and then at the end."""
    shortest = min(map(len, several))
    start = next((k for k in range(shortest) if len({one[k] for one in several}) > 1), shortest)
    rest = shortest - start
    end = next((k for k in range(rest) if len({one[-1 - k] for one in several}) > 1), rest)
    return start, end


def spread(field: str, text: str, *, whole: bool = False) -> list[str]:
    """Return the entries of a list of numbers, each range written out, both its ends included.

    A range steps by one unless it says by what, or how many values it has; with `whole` these are
    rounded. Words that are no range stay as they are; digits and marks may be wide, as a Chinese
    keyboard types them. Raises BadSetting naming `field` for a range that has no end, or for more
    entries than there can be pictures.
    """
    spread_out: list[str] = []
    for word in entries(unicodedata.normalize("NFKC", text)):
        match = _RANGE.fullmatch(word)
        if match is None:
            spread_out.append(word)
        elif match[4] is None:
            spread_out += _numbers(field, word, match.groups())
        else:
            spread_out += _evenly(field, word, match.groups(), whole=whole)
        if len(spread_out) > MOST_PICTURES:  # before a thousand ranges are written out as well
            raise BadSetting(field, f"The list for {field} has more than {MOST_PICTURES} values.")
    return spread_out


def joined(values: Sequence[str | int | float]) -> str:
    """Return values as they would be typed, so that `entries` gives them back."""
    return ", ".join(str(value).removesuffix(".0") for value in values)


def _numbers(field: str, word: str, parts: Sequence[str | None]) -> list[str]:
    word = " ".join(word.split())
    first, last = Decimal(parts[0] or 0), Decimal(parts[1] or 0)
    step = Decimal(1 if parts[2] is None else parts[2])
    if step == 0:
        raise BadSetting(field, f"The range {word} of {field} gets nowhere with steps of 0.")
    if abs(last - first) / step >= MOST_PICTURES:
        raise _too_many(field, word)
    return [_plain(number) for number in _walk(first, last, step)]


def _evenly(field: str, word: str, parts: Sequence[str | None], *, whole: bool) -> list[str]:
    """Return as many values as are wished, from one end to the other."""
    word = " ".join(word.split())
    first, last, count = Decimal(parts[0] or 0), Decimal(parts[1] or 0), int(parts[3] or 0)
    if count < 2:
        raise BadSetting(
            field, f"The range {word} of {field} has two ends, so two values at least."
        )
    if count > MOST_PICTURES:
        raise _too_many(field, word)
    between = (first + (last - first) * k / (count - 1) for k in range(1, count - 1))
    fineness = Decimal(1) if whole else _FINENESS
    rounded = (number.quantize(fineness, ROUND_HALF_UP) for number in between)
    return [_plain(number) for number in (first, *rounded, last)]


def _too_many(field: str, word: str) -> BadSetting:
    return BadSetting(field, f"The range {word} of {field} has more than {MOST_PICTURES} values.")


def _walk(first: Decimal, last: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Yield from one end to the other, downwards if that is where the other is."""
    count = int(abs(last - first) / step)
    sign = 1 if last >= first else -1
    yield from (first + sign * k * step for k in range(count + 1))
    if count * step != abs(last - first):
        yield last


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
