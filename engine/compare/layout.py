"""Where everything on the sheet goes, and how large the cells can be."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from engine.compare.axes import Place, Plan
from engine.compare.fonts import Font, fit, font_for, one_line, plain_font, wrap, wrap_items
from engine.compare.words import common_settings, place_label, value_label
from engine.gallery.decoding import MOST_PIXELS

LONGEST_SIDE = 16384
"""The widest or highest that a sheet may be. It also has no more pixels than we open again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a sheet may be: its longer side, and its pixels in all."""

    longest: int = LONGEST_SIDE
    pixels: int = MOST_PIXELS


_COMFORTABLE = 256
"""Smaller pictures are enlarged a whole number of times, up to this."""
_LEGIBLE = 96
"""Cells shrink to this before the letters shrink with them."""

MARGIN, GAP, STRIP = 40, 16, 30
TITLE, WORDS, LABEL, CAPTION = 30, 17, 19, 15
_TITLE_LINES = 3
_WIDEST_LABEL = 220
_NARROWEST = 440


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over the grid: its text, its letters, and its middle's distance from the top."""

    text: str
    font: Font
    middle: int
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet's measures in pixels.

    `picture` is the box of a cell, `zoom` how much its picture is enlarged, `scale` how large
    letters and gaps are (1 unless there is no room). `top` is where the first block begins.
    """

    picture: tuple[int, int]
    zoom: float
    scale: float
    column: int
    aside: int
    top: int
    size: tuple[int, int]
    heading: tuple[Heading, ...]
    counts: tuple[int, ...]

    def of(self, measure: float) -> int:
        """Return a measure at this sheet's scale."""
        return max(round(measure * self.scale), 1)

    @property
    def pitch(self) -> int:
        """From one row to the next."""
        return self.picture[1] + self.of(STRIP) + self.of(GAP)

    @property
    def block(self) -> int:
        """From one block to the next."""
        return _block(self.counts, self.pitch, self.scale)

    @property
    def block_head(self) -> int:
        """What a block has above its first row: its caption and the columns' labels."""
        return _block_head(self.counts, self.scale)

    def block_top(self, block: int) -> int:
        return self.top + block * self.block

    def corner(self, place: Place) -> tuple[int, int]:
        """Return the upper left corner of a place's box: across, down, then block by block."""
        across, down, *deeper = (*place, 0, 0)[: max(len(place), 2)]
        block = 0
        for count, k in zip(self.counts[2:], deeper, strict=True):
            block = block * count + k
        x = self.of(MARGIN) + self.aside + across * (self.column + self.of(GAP))
        x += (self.column - self.picture[0]) // 2
        return x, self.block_top(block) + self.block_head + down * self.pitch


def lay_out(plan: Plan, limits: Limits | None = None) -> Layout:
    """Return the largest layout that stays within the limits."""
    box = (
        max(cell.recipe.width for cell in plan.cells),
        max(cell.recipe.height for cell in plan.cells),
    )
    limits = limits or Limits()
    for zoom, scale in _sizes(max(box)):
        layout = _layout(plan, box, zoom, scale)
        width, height = layout.size
        if max(width, height) <= limits.longest and width * height <= limits.pixels:
            break
    return layout


def title_of(plan: Plan) -> str:
    """Return the prompt as the sheet shows it, empty if no font here has its letters."""
    title = one_line(plan.cells[0].recipe.prompt)
    return title if font_for(title, TITLE) else ""


def _sizes(longer: int) -> Iterator[tuple[float, float]]:
    """Yield zooms of the pictures and scales of the letters, the largest first."""
    for times in range(max(_COMFORTABLE // longer, 1), 1, -1):
        yield float(times), 1.0
    zoom = 1.0
    while zoom * longer > _LEGIBLE:
        yield zoom, 1.0
        zoom *= 0.96
    scale = 1.0
    while scale > 0.001:
        yield zoom * scale, scale
        scale *= 0.96


def _layout(plan: Plan, box: tuple[int, int], zoom: float, scale: float) -> Layout:
    counts = tuple(len(one.values) for one in plan.axes)
    across = (*counts, 1)[0]
    picture = (max(round(box[0] * zoom), 1), max(round(box[1] * zoom), 1))
    heads = _widest(plan, 0)
    column = max(picture[0], round(heads * scale)) if zoom >= 1 else picture[0]
    margin, gap = max(round(MARGIN * scale), 1), max(round(GAP * scale), 1)
    aside = round((_widest(plan, 1) + GAP) * scale) if len(counts) > 1 else 0
    wide = aside + across * (column + gap) - gap
    wide = max(wide, round(_NARROWEST * scale))
    heading = tuple(_heading(plan, wide, scale))
    lowest = heading[-1].middle if heading else 0
    top = lowest + round((WORDS / 2 + 24) * scale)
    pitch = picture[1] + max(round(STRIP * scale), 1) + gap
    blocks = math.prod(counts[2:])
    height = top + blocks * _block(counts, pitch, scale) - gap - _between(counts, scale)
    size = (wide + 2 * margin, height + margin - round(STRIP * scale / 3))
    return Layout(picture, zoom, scale, column, aside, top, size, heading, counts)


def _block(counts: tuple[int, ...], pitch: int, scale: float) -> int:
    down = (*counts, 1, 1)[1]
    return _block_head(counts, scale) + down * pitch + _between(counts, scale)


def _between(counts: tuple[int, ...], scale: float) -> int:
    return round(20 * scale) if len(counts) > 2 else 0


def _block_head(counts: tuple[int, ...], scale: float) -> int:
    caption = 52 if len(counts) > 2 else 0
    return round((caption + (36 if counts else 0)) * scale)


def _heading(plan: Plan, width: int, scale: float) -> Iterator[Heading]:
    """Yield the prompt, what it should not be, and the settings that all cells share."""
    at = MARGIN * scale
    title = title_of(plan)
    font = font_for(title, max(TITLE * scale, 1)) or plain_font(TITLE)
    for line in wrap(title, font, width, _TITLE_LINES):
        yield Heading(line, font, round(at + TITLE * scale / 2), is_title=True)
        at += 1.3 * TITLE * scale
    at += 4 * scale
    size = max(WORDS * scale, 1)
    for line, small in _small_print(plan, width, size):
        yield Heading(line, small, round(at + WORDS * scale / 2))
        at += 1.5 * WORDS * scale


def _small_print(plan: Plan, width: int, size: float) -> Iterator[tuple[str, Font]]:
    """Yield what the pictures should not be, and the settings that all of them share."""
    recipes = [cell.recipe for cell in plan.cells]
    negative = one_line(recipes[0].negative_prompt and f"without: {recipes[0].negative_prompt}")
    font = font_for(negative, size)
    if negative and font is not None:
        yield fit(negative, font, width), font
    settings = common_settings(plan.axes, recipes)
    font = font_for("".join(settings), size) or plain_font(size)
    for line in wrap_items(settings, "   ·   ", font, width):
        yield line, font


def _widest(plan: Plan, number: int) -> float:
    """Return how wide the labels of an axis are at full size, within reason."""
    if len(plan.axes) <= number:
        return 0.0
    one = plan.axes[number]
    font = plain_font(LABEL)
    widest = max(font.getlength(value_label(one, k)) for k in range(len(one.values)))
    return min(math.ceil(widest) + 2, _WIDEST_LABEL)


def block_caption(plan: Plan, place: Place) -> str:
    """Return what all cells of a place's block share."""
    return place_label(plan.axes[2:], place[2:])
