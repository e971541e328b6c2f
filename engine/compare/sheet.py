"""The labelled picture of a comparison: first axis across, second down, further ones in blocks."""

from itertools import product
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from engine.compare.axes import Cell, Place, Plan
from engine.compare.fonts import fit, font_for, plain_font
from engine.compare.layout import (
    CAPTION,
    LABEL,
    MARGIN,
    STRIP,
    Limits,
    block_caption,
    lay_out,
    title_of,
)
from engine.compare.words import value_label
from engine.recipe import Pixels

_GROUND, _EMPTY, _LINE = "#f7f7f8", "#eceef0", "#d6d9dd"
_TEXT, _SECONDARY = "#17191c", "#5d646d"


class _Style(NamedTuple):
    """How a line is written; `anchor` says which of its points is placed, as Pillow has it.

    Of one that is too long the end is cut, or the `middle`.
    """

    size: float
    anchor: str
    fill: str = _TEXT
    middle: bool = False


_CAPTION = _Style(LABEL, "lm")
_COLUMN, _ROW = _Style(LABEL, "mm", middle=True), _Style(LABEL, "rm", middle=True)
_BELOW, _CORNER = _Style(CAPTION, "mm", _SECONDARY), _Style(CAPTION, "rm", _SECONDARY)


class Sheet:
    """A sheet to which cells are put as they are finished, in any order.

    Only the sheet is kept, not the pictures on it. `notes` says in sentences what had to give.
    """

    def __init__(self, plan: Plan, limits: Limits | None = None) -> None:
        self._plan = plan
        self._layout = lay_out(plan, limits)
        self._image = Image.new("RGB", self._layout.size, _GROUND)
        self._draw = ImageDraw.Draw(self._image)
        self.notes: list[str] = []
        self._note()
        self._draw_heading()
        self._draw_labels()
        self._draw_boxes()

    @property
    def pixels(self) -> Pixels:
        """The sheet as it is now."""
        return np.array(self._image)

    @property
    def image(self) -> Image.Image:
        """The sheet itself, which goes on changing."""
        return self._image

    def say(self, text: str) -> None:
        """Write something about all cells into the lower right corner, in place of what was."""
        layout = self._layout
        right, middle = layout.size[0] - layout.of(MARGIN), layout.size[1] - layout.of(MARGIN / 2)
        width, half = right // 2, layout.of(CAPTION * 0.7)
        box = (right - width, middle - half, layout.size[0], middle + half)
        self._draw.rectangle(box, fill=_GROUND)
        self._write(text, (right, middle), _CORNER, width)

    def put(self, cell: Cell, pixels: Pixels, caption: str = "") -> None:
        """Put a picture, or a preview of it, at each of its places, a caption below it."""
        layout = self._layout
        picture = Image.fromarray(pixels)
        recipe = cell.recipe
        zoom = layout.zoom * min(recipe.width / picture.width, recipe.height / picture.height)
        size = (
            min(max(round(picture.width * zoom), 1), layout.picture[0]),
            min(max(round(picture.height * zoom), 1), layout.picture[1]),
        )
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        for place in cell.at:
            x, y = layout.corner(place)
            box = (x, y, x + layout.picture[0] - 1, y + layout.picture[1] - 1)
            self._draw.rectangle(box, fill=_GROUND)
            left = x + (layout.picture[0] - size[0]) // 2
            above = y + (layout.picture[1] - size[1]) // 2
            self._image.paste(picture, (left, above))
            self._write_below(place, caption)

    def _note(self) -> None:
        if self._layout.zoom < 1:
            self.notes.append(
                f"The grid's cells were shrunk to {self._layout.zoom:.0%}, to keep it a picture "
                "that can be opened; the pictures themselves are whole."
            )
        if self._plan.cells[0].recipe.prompt.strip() and not title_of(self._plan):
            self.notes.append(
                "The grid has no title, as no font here has all the prompt's characters."
            )

    def _draw_heading(self) -> None:
        layout = self._layout
        for heading in layout.heading:
            at = (layout.of(MARGIN), heading.middle)
            fill = _TEXT if heading.is_title else _SECONDARY
            self._draw.text(at, heading.text, font=heading.font, fill=fill, anchor="lm")

    def _draw_labels(self) -> None:
        axes = self._plan.axes
        deeper = [range(len(one.values)) for one in axes[2:]]
        for block, rest in enumerate(product(*deeper)):
            if deeper:
                self._draw_caption(block, block_caption(self._plan, (0, 0, *rest)))
            if axes:
                for k in range(len(axes[0].values)):
                    place = (k, 0, *rest)[: max(len(axes), 1)]
                    self._head_column(place, value_label(axes[0], k))
            if len(axes) > 1:
                for k in range(len(axes[1].values)):
                    self._head_row((0, k, *rest), value_label(axes[1], k))

    def _draw_caption(self, block: int, text: str) -> None:
        """Begin a block: a hairline, and what its cells have in common."""
        layout = self._layout
        left, top = layout.of(MARGIN), layout.block_top(block)
        right = layout.size[0] - left
        self._draw.line((left, top, right, top), fill=_LINE, width=layout.of(1))
        self._write(text, (left, top + layout.of(30)), _CAPTION, right - left)

    def _head_column(self, place: Place, text: str) -> None:
        x, y = self._layout.corner(place)
        middle = (x + self._layout.picture[0] // 2, y - self._layout.of(20))
        self._write(text, middle, _COLUMN, self._layout.column)

    def _head_row(self, place: Place, text: str) -> None:
        layout = self._layout
        _, y = layout.corner(place)
        right = layout.of(MARGIN) + layout.aside - layout.of(16)
        at = (right, y + layout.picture[1] // 2)
        self._write(text, at, _ROW, right - layout.of(MARGIN) + 1)

    def _draw_boxes(self) -> None:
        """Leave a box for each cell, and a dash where there can be none."""
        for cell in self._plan.cells:
            for place in cell.at:
                self._draw_box(place)
        for skip in self._plan.skipped:
            self._draw_box(skip.at)
            x, y = self._layout.corner(skip.at)
            width, height = self._layout.picture
            half, thick = self._layout.of(10), self._layout.of(2)
            middle = (x + width // 2, y + height // 2)
            dash = (middle[0] - half, middle[1], middle[0] + half, middle[1] + thick - 1)
            self._draw.rectangle(dash, fill=_SECONDARY)

    def _draw_box(self, place: Place) -> None:
        x, y = self._layout.corner(place)
        width, height = self._layout.picture
        self._draw.rectangle((x, y, x + width - 1, y + height - 1), fill=_EMPTY, outline=_LINE)

    def _write_below(self, place: Place, text: str) -> None:
        layout = self._layout
        x, y = layout.corner(place)
        middle = (x + layout.picture[0] // 2, y + layout.picture[1] + layout.of(STRIP / 2 + 1))
        wide, high = layout.column // 2, layout.of(CAPTION * 0.7)
        box = (middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high)
        self._draw.rectangle(box, fill=_GROUND)  # what was written before
        self._write(text, middle, _BELOW, layout.column)

    def _write(self, text: str, at: tuple[int, int], style: _Style, width: float) -> None:
        """Write one line, cut short if it is wider than `width`."""
        size = max(style.size * self._layout.scale, 1)
        font = font_for(text, size) or plain_font(size)
        line = fit(text, font, width, middle=style.middle)
        self._draw.text(at, line, font=font, fill=style.fill, anchor=style.anchor)
