"""A small supersampling canvas, measured in points: one is a pixel of the finished picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.training.palette import Colour

_SCALE = 2

Point = tuple[float, float]


class Brush:
    """Draws flat shapes, twice as large as asked for, and shrinks them when the picture is done."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE))
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def polygon(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        """Fill a polygon; ``alpha`` 255 covers what lies below, 0 leaves it."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=(*colour, alpha))

    def box(self, corner: Point, size: Point, colour: Colour, alpha: int = 255) -> None:
        """Fill an upright rectangle, given its upper left corner and (width, height)."""
        (x, y), (w, h) = corner, size
        self.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour, alpha)

    def oval(self, centre: Point, radii: Point, colour: Colour, alpha: int = 255) -> None:
        """Fill an ellipse with its two radii along the axes."""
        (x, y), (rx, ry) = centre, radii
        edges = ((x - rx) * _SCALE, (y - ry) * _SCALE, (x + rx) * _SCALE, (y + ry) * _SCALE)
        self._draw.ellipse(edges, fill=(*colour, alpha))

    def line(
        self, points: Sequence[Point], colour: Colour, width: float = 1.0, alpha: int = 255
    ) -> None:
        """Draw a polyline ``width`` points thick."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        thick = max(1, round(width * _SCALE))
        self._draw.line(scaled, fill=(*colour, alpha), width=thick, joint="curve")

    def gradient(self, top: float, bottom: float, stops: Sequence[Colour]) -> None:
        """Fill the rows from ``top`` to ``bottom`` with a smooth run through ``stops``."""
        rows = max(1, round((bottom - top) * _SCALE))
        at = np.linspace(0.0, len(stops) - 1.0, rows)
        table = np.asarray(stops, dtype=np.float64)
        knots = np.arange(len(stops))
        column = np.stack([np.interp(at, knots, table[:, k]) for k in range(3)], axis=-1)
        strip = Image.fromarray(column.round().astype(np.uint8)[:, None, :])
        width = self._image.width
        self._image.paste(strip.resize((width, rows)), (0, round(top * _SCALE)))

    def veil(self, stops: Sequence[tuple[float, int]], colour: Colour) -> None:
        """Lay a mist over the picture: opacity (0-255) runs through ``stops`` of (y, opacity)."""
        rows = np.arange(self._image.height) / _SCALE
        ys, alphas = zip(*stops, strict=True)
        column = np.interp(rows, ys, alphas).round().astype(np.uint8)[:, None]
        mask = Image.fromarray(column).resize(self._image.size)
        self._image.paste(Image.new("RGB", self._image.size, colour), (0, 0), mask)

    def picture(self) -> NDArray[np.uint8]:
        """Return the finished drawing, (height, width, 3), 0-255."""
        return np.asarray(self._image.reduce(_SCALE), dtype=np.uint8)
