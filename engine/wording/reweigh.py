"""Making words of a prompt stronger or weaker, a step at a time: what Ctrl+Up and Ctrl+Down do."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.wording.weights import LEAST_WEIGHT, MOST_WEIGHT, STRONGER, Mark, marks, parse

STEP = 0.1
_WORD = re.compile(r"(?:\\.|[^\s\\,.;:!?()\[\]{}|<>\"，。；：！？、（）])+", re.DOTALL)
_BRACES = re.compile(r"\\.|[{|}]", re.DOTALL)


class Selection(NamedTuple):
    """A text, and what is selected in it: from `start` up to `end`."""

    text: str
    start: int
    end: int


class _Group(NamedTuple):
    """A pair of brackets: where they begin, their content from `start` to `end`, the end of all."""

    opening: int
    start: int
    end: int
    closing: int
    weight: float


class _Letter(NamedTuple):
    """A letter as the encoder is to read it, and the offset just behind it."""

    letter: str
    section: int
    weight: float
    end: int


def reweigh(text: str, start: int, end: int, by: float = STEP) -> Selection:
    """Return the text with the selected words made stronger by `by`, and where they are then.

    Without a selection (start == end) it is the innermost bracket that the cursor is in, or else
    the word that it is in or beside. At weight 1 the brackets vanish; below LEAST_WEIGHT and above
    MOST_WEIGHT it does not go. Where brackets would tear others apart, or change any other word,
    everything stays as it is.
    """
    start, end = sorted(min(max(place, 0), len(text)) for place in (start, end))
    group = _chosen(text, start, end)
    if group is None:
        return Selection(text, start, end)
    changed = _regroup(text, group, by)
    if _changes_only(text, group, changed.text):
        return changed
    return Selection(text, start, end)


def _chosen(text: str, start: int, end: int) -> _Group | None:
    """Return the brackets that are meant; where there are none yet, those that are to be."""
    found = marks(text)
    groups = _groups(found)
    if start == end:
        inside = [group for group in groups if group.start <= start <= group.end]
        if inside:
            return max(inside)
        start, end = _word_at(text, start)
    start, end = _trimmed(text, start, end)
    for group in groups:
        if (start, end) in {(group.start, group.end), (group.opening, group.closing)}:
            return group
    within = [mark for mark in found if start <= mark.start < end]
    if start == end or not _is_balanced(within) or not _keeps_braces(text[start:end]):
        return None
    return _Group(start, start, end, end, 1.0)


def _changes_only(text: str, group: _Group, changed: str) -> bool:
    """Whether both texts say the same, and outside of the brackets with the same weights."""
    before, after = list(_letters(text)), list(_letters(changed))
    return len(before) == len(after) and all(
        old[:2] == new[:2] and (group.start < old.end <= group.end or old.weight == new.weight)
        for old, new in zip(before, after, strict=True)
    )


def _letters(text: str) -> Iterator[_Letter]:
    for piece in parse(text):
        for letter, end in zip(piece.text, piece.ends, strict=True):
            yield _Letter(letter, piece.section, piece.weight, end)


def _groups(found: list[Mark]) -> list[_Group]:
    """Return every pair of brackets in the text, the inner before the outer."""
    opened: dict[str, list[Mark]] = {"(": [], "[": []}
    groups = []
    for mark in found:
        if mark.kind == "open":
            opened[mark.text].append(mark)
        elif mark.kind == "close":
            before = opened["(" if mark.text == ")" else "["].pop()
            factor = STRONGER if before.factor is None else before.factor
            # 1 / 1.1 counts as 0.9: a step up from there is no weight at all.
            weight = round(factor, 1) if before.text == "[" else factor
            groups.append(_Group(before.start, before.end, mark.start, mark.end, weight))
    return groups


def _regroup(text: str, group: _Group, by: float) -> Selection:
    """Give a pair of brackets its next weight, or take it away at 1."""
    weight = round(min(max(group.weight + by, LEAST_WEIGHT), MOST_WEIGHT), 2)
    content = text[group.start : group.end]
    before, after = text[: group.opening], text[group.closing :]
    if weight == 1:
        return Selection(before + content + after, len(before), len(before) + len(content))
    start = len(before) + 1
    return Selection(f"{before}({content}:{weight:g}){after}", start, start + len(content))


def _word_at(text: str, cursor: int) -> tuple[int, int]:
    for word in _WORD.finditer(text):
        if word.start() <= cursor <= word.end():
            return word.span()
    return cursor, cursor


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at the ends of what is selected."""
    chosen = text[start:end]
    start += len(chosen) - len(chosen.lstrip())
    return start, start + len(chosen.strip())


def _is_balanced(found: list[Mark]) -> bool:
    """Whether every bracket among these has its partner among them."""
    for bracket in "()", "[]":
        depth = 0
        for mark in found:
            if mark.kind in {"open", "close"} and mark.text in bracket:
                depth += 1 if mark.kind == "open" else -1
            if depth < 0:
                return False
        if depth:
            return False
    return True


def _keeps_braces(chosen: str) -> bool:
    """Whether braces in it are in pairs, with no bar outside of them."""
    depth = 0
    for mark in _BRACES.findall(chosen):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or (mark == "|" and depth == 0):
            return False
    return depth == 0
