"""Where each picture of a large grid lies: arithmetic, so that a hundred thousand cost nothing.

Pictures stand in lines of equal cells. They may be in sections, each with a head above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize

from engine.gallery.listing import Ids
from gui.gallery.found import NOTHING

GAP = 10
"""Pixels between two cells."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the places follow from, in pixels: the least edge of a cell and the height of a head."""

    width: int
    edge: int
    head: int = 0
    margin: int = 20


class Places:
    """The places of `count` cells; `starts` are the first rows of the sections, from 0 on."""

    def __init__(self, count: int, measures: Measures, starts: Ids = NOTHING) -> None:
        self.count = count
        self.margin = measures.margin
        room = max(measures.width - 2 * measures.margin, measures.edge)
        self.columns = max(1, (room + GAP) // (measures.edge + GAP))
        self.edge = (room - (self.columns - 1) * GAP) // self.columns
        self.head = measures.head if len(starts) else 0
        self._starts = starts if len(starts) else np.zeros(1, np.int64)
        ends = np.append(self._starts[1:], count)
        lines = -(-(ends - self._starts) // self.columns)
        heights = self.head + lines * self._pitch
        self._tops = measures.margin + np.append(0, np.cumsum(heights)[:-1])
        self.height = int(measures.margin + heights.sum() + measures.margin - GAP) if count else 0

    @property
    def _pitch(self) -> int:
        return self.edge + GAP

    def rect(self, row: int) -> QRect:
        """Return where a row's cell lies."""
        section = self.section_of(row)
        line, column = divmod(row - int(self._starts[section]), self.columns)
        top = int(self._tops[section]) + self.head + line * self._pitch
        return QRect(QPoint(self.margin + column * self._pitch, top), QSize(self.edge, self.edge))

    def row_at(self, point: QPoint) -> int | None:
        """Return whose cell a point lies in, None between them."""
        column, beside = divmod(point.x() - self.margin, self._pitch)
        if not 0 <= column < self.columns or beside >= self.edge:
            return None
        section = max(int(np.searchsorted(self._tops, point.y(), "right")) - 1, 0)
        below = point.y() - int(self._tops[section]) - self.head
        line, under = divmod(below, self._pitch)
        row = int(self._starts[section]) + line * self.columns + column
        there = below >= 0 and under < self.edge and row < self._end(section)
        return row if there and self.count else None

    def lines(self, top: int, bottom: int) -> Iterator[range]:
        """Yield the rows of each line that lies, in part at least, between two heights."""
        if not self.count:
            return
        first = max(int(np.searchsorted(self._tops, top, "right")) - 1, 0)
        for section in range(first, len(self._starts)):
            begin = int(self._tops[section])
            if begin > bottom:
                return
            yield from self._lines_of(section, top - begin - self.head, bottom - begin - self.head)

    def _lines_of(self, section: int, top: int, bottom: int) -> Iterator[range]:
        """Yield the lines of one section between heights below its head."""
        start, end = int(self._starts[section]), self._end(section)
        number = -(-(end - start) // self.columns)
        first = max((top + GAP) // self._pitch, 0)
        for line in range(first, min(bottom // self._pitch + 1, number)):
            at = start + line * self.columns
            yield range(at, min(at + self.columns, end))

    def heads(self, top: int, bottom: int) -> Iterator[tuple[int, QRect]]:
        """Yield number and place of each section's head between two heights."""
        if not self.head or not self.count:
            return
        first = max(int(np.searchsorted(self._tops, top, "right")) - 1, 0)
        width = self.columns * self._pitch - GAP
        for section in range(first, len(self._starts)):
            begin = int(self._tops[section])
            if begin > bottom:
                return
            if begin + self.head >= top:
                yield section, QRect(self.margin, begin, width, self.head)

    def section_of(self, row: int) -> int:
        return int(np.searchsorted(self._starts, row, "right")) - 1

    def count_of(self, section: int) -> int:
        """Return how many rows a section has."""
        return self._end(section) - int(self._starts[section])

    def within(self, area: QRect) -> list[range]:
        """Return the rows whose cells a rectangle touches, in pieces."""
        left = max((area.left() - self.margin + GAP) // self._pitch, 0)
        right = min((area.right() - self.margin) // self._pitch, self.columns - 1)
        found = []
        for line in self.lines(area.top(), area.bottom()):
            piece = line[left : right + 1] if right >= left else line[:0]
            if piece:
                found.append(piece)
        return found

    def beside(self, row: int, lines: int) -> int:
        """Return the row so many lines below (above, if negative), in the same column if it can."""
        column = (row - int(self._starts[self.section_of(row)])) % self.columns
        for _ in range(abs(lines)):
            found = self._below(row, column) if lines > 0 else self._above(row, column)
            if found is None:
                break
            row = found
        return row

    def _below(self, row: int, column: int) -> int | None:
        section = self.section_of(row)
        start, end = int(self._starts[section]), self._end(section)
        line = (row - start) // self.columns + 1
        at = start + line * self.columns
        if at < end:
            return min(at + column, end - 1)
        return min(end + column, self._end(section + 1) - 1) if end < self.count else None

    def _above(self, row: int, column: int) -> int | None:
        section = self.section_of(row)
        start = int(self._starts[section])
        line = (row - start) // self.columns - 1
        if line >= 0:
            return start + line * self.columns + column
        if section == 0:
            return None
        before = int(self._starts[section - 1])
        last = (start - 1 - before) // self.columns
        return min(before + last * self.columns + column, start - 1)

    def _end(self, section: int) -> int:
        after = section + 1
        return int(self._starts[after]) if after < len(self._starts) else self.count
