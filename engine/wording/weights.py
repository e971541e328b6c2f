r"""Weights in a prompt, in the form that the AUTOMATIC1111 web UI made usual.

    (a boat)        1.1 times as strong; ((a boat)) 1.21 times
    [a boat]        1.1 times as weak
    (a boat:1.3)    1.3 times as strong; brackets in brackets multiply
    \( \) \[ \]     just that character; so are \{ \} \| (see wildcards.py) and \\
    BREAK           what follows goes into a new chunk of the encoder (see chunks.py)

As there, a bracket that is never closed reaches to the end, and one that was never opened is
text; so is a colon without a plain number and a closing parenthesis behind it. Round and square
brackets are matched independently of each other. Full-width parentheses are always text. Unlike
there, a backslash before any other character stays, and BREAK works within brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.errors import BadSetting

STRONGER = 1.1
"""What a pair of round brackets without a number multiplies by; square ones divide."""
LEAST_WEIGHT, MOST_WEIGHT = 0.0, 10.0

_MARKS = re.compile(
    r"""
      \\(?P<escaped>[][(){}|\\])
    | (?P<split>\bBREAK\b)
    | :\s*(?P<weight>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))\s*\)
    | (?P<bracket>[][()])
    | (?P<text>[^][()\\:B]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {")": "(", "]": "["}
_FACTORS = {"(": STRONGER, "[": 1 / STRONGER}
_ENORMOUS = 1e6
"""Products stop here, far outside of what is accepted, so that they are always numbers."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a prompt of one weight, as the encoder is to read it: without its brackets.

    `start` is the offset in the prompt of its first character, and `ends` has for each character
    of `text` the offset just behind it there. `section` counts the BREAKs before it.
    """

    text: str
    weight: float
    start: int
    ends: tuple[int, ...]
    section: int = 0

    @property
    def end(self) -> int:
        """The offset in the prompt just behind its last character."""
        return self.ends[-1]


class Mark(NamedTuple):
    """One thing in a prompt: kind "text", "open", "close" or "split", between two offsets.

    `text` is the character that an escape stands for, or the bracket; `factor` is what an opening
    bracket multiplies by, and on a closing one whether it was written as a number.
    """

    kind: str
    text: str
    start: int
    end: int
    factor: float | None = None


def parse(prompt: str) -> tuple[Piece, ...]:
    """Return the pieces of a prompt in order, none of them empty; never raises.

    Neighbours of equal weight are one piece. Weights are held within LEAST_WEIGHT and
    MOST_WEIGHT; `check_weights` refuses what lies outside.
    """
    return tuple(
        replace(piece, weight=min(max(piece.weight, LEAST_WEIGHT), MOST_WEIGHT))
        for piece in _pieces(prompt)
    )


def check_weights(field: str, prompt: str) -> None:
    """Raise BadSetting, naming the field, if a weight in the prompt is out of all bounds."""
    for piece in _pieces(prompt):
        if not LEAST_WEIGHT <= piece.weight <= MOST_WEIGHT:
            words = piece.text.strip()
            shown = words if len(words) <= 40 else f"{words[:40]}…"
            advice = "Write \\( and \\) for parentheses that are only text."
            if piece.weight < LEAST_WEIGHT and field == "prompt":
                advice = "What should stay out of the picture goes into the negative prompt."
            raise BadSetting(
                field,
                f"The weight of {shown!r} is {piece.weight:g}, but weights go from "
                f"{LEAST_WEIGHT:g} to {MOST_WEIGHT:g}.",
                advice,
            )


def marks(prompt: str) -> list[Mark]:
    """Return everything in a prompt, with brackets matched: those without a partner are text."""
    found = list(_scan(prompt))
    opened: dict[str, list[int]] = {"(": [], "[": []}
    for number, mark in enumerate(found):
        if mark.kind == "open":
            opened[mark.text].append(number)
        elif mark.kind == "close":
            waiting = opened[_OPENING[mark.text]]
            if not waiting:
                found[number] = mark._replace(kind="text", text=prompt[mark.start : mark.end])
            elif mark.factor is not None:
                found[waiting[-1]] = found[waiting[-1]]._replace(factor=mark.factor)
            del waiting[-1:]
    return found


def _scan(prompt: str) -> Iterator[Mark]:
    for match in _MARKS.finditer(prompt):
        kind, text = match.lastgroup, match.group()
        if kind == "escaped":
            yield Mark("text", text[1:], *match.span())
        elif kind == "split":
            yield Mark("split", text, *match.span())
        elif kind == "weight":
            yield Mark("close", ")", *match.span(), float(match["weight"]))
        elif kind == "bracket" and text in _FACTORS:
            yield Mark("open", text, *match.span(), _FACTORS[text])
        elif kind == "bracket":
            yield Mark("close", text, *match.span())
        else:
            yield Mark("text", text, *match.span())


def _pieces(prompt: str) -> list[Piece]:
    """Return the pieces with their weights as they were written."""
    # What the brackets that are open at a place multiply by, of both kinds.
    products = {"(": [1.0], "[": [1.0]}
    pieces: list[Piece] = []
    section = 0
    for mark in marks(prompt):
        if mark.kind == "open":
            product = products[mark.text][-1] * (mark.factor or 0.0)
            products[mark.text].append(min(max(product, -_ENORMOUS), _ENORMOUS))
        elif mark.kind == "close":
            products[_OPENING[mark.text]].pop()
        elif mark.kind == "split":
            section += 1
        else:
            weight = round(products["("][-1] * products["["][-1], 6)
            _append(pieces, mark, weight, section)
    return _merged(pieces)


def _append(pieces: list[Piece], mark: Mark, weight: float, section: int) -> None:
    if mark.end - mark.start == len(mark.text):
        ends = tuple(range(mark.start + 1, mark.end + 1))
    else:
        ends = (mark.end,)  # an escape: two characters that are read as one
    pieces.append(Piece(mark.text, weight, mark.start, ends, section))


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours of one weight and section."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        if last and (last.weight, last.section) == (piece.weight, piece.section):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [
        replace(
            group[0],
            text="".join(piece.text for piece in group),
            ends=tuple(end for piece in group for end in piece.ends),
        )
        for group in groups
    ]
