"""Lists as people type them: `10, 20, 50`, `1-5`, `0-1 (+0.25)`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.draft import MOST_PICTURES
from engine.errors import BadSetting

_NUMBER = r"\d{1,20}(?:\.\d{1,12})?"
_RANGE = re.compile(rf"({_NUMBER})\s*[-‐–—−~]\s*({_NUMBER})\s*(?:\(\s*\+?\s*({_NUMBER})\s*\))?")
MARKS = ",;\n，；、"
"""What separates entries; the wide ones are what a Chinese keyboard types."""

_MARKS = re.compile(f"[{MARKS}]")


def entries(text: str) -> list[str]:
    """Return the words between the commas; none for nothing but space."""
    return [word.strip() for word in _MARKS.split(text)] if text.strip() else []


def spread(field: str, text: str) -> list[str]:
    """Return the entries of a list of numbers, each range written out, both its ends included.

    A range steps by one unless it says by what. Words that are no range stay as they are; digits
    and marks may be wide, as a Chinese keyboard types them. Raises BadSetting naming `field` for a
    range that has no end, or for more entries than there can be pictures.
    """
    spread_out: list[str] = []
    for word in entries(unicodedata.normalize("NFKC", text)):
        match = _RANGE.fullmatch(word)
        spread_out += [word] if match is None else _numbers(field, word, match.groups())
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
        raise BadSetting(
            field, f"The range {word} of {field} has more than {MOST_PICTURES} values."
        )
    return [_plain(number) for number in _walk(first, last, step)]


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
