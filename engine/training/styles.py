"""Drawing styles: what makes of a flat drawing a watercolour, a neon sign or pixel art."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.float32]

#: Side of a pixel-art square, and the steps of its colours.
_BLOCK, _SHADES = 4, 6
#: How soft a line's edge is, in pixels: still sharp to the eye, and no staircase.
_PRINTED = 0.6


def restyle(picture: NDArray[np.uint8], style: str, rng: random.Random) -> NDArray[np.uint8]:
    """Return ``picture`` (H, W, 3; 0-255) drawn in ``style``, one of ``VALUES["style"]``."""
    styles: dict[str, Callable[[Pixels, random.Random], Pixels]] = {
        "postcard": _postcard, "watercolour": _watercolour, "neon": _neon, "pixel": _pixel,
    }  # fmt: skip
    made = styles[style](picture.astype(np.float32), rng)
    return made.clip(0.0, 255.0).round().astype(np.uint8)


def _postcard(picture: Pixels, rng: random.Random) -> Pixels:  # noqa: ARG001 - nothing is left to chance
    """Flat colours, their edges as soft as a printed dot."""
    return _blurred(picture, _PRINTED)


def _watercolour(picture: Pixels, rng: random.Random) -> Pixels:
    """Wavering outlines, pigment that gathers along them and in pools, a rim of bare paper."""
    height, width, _ = picture.shape
    waver = [_cloudiness((height, width), 16, rng) * 1.8 for _ in range(2)]
    wet = _blurred(_moved(picture, waver[0], waver[1]), 0.9)
    # Where a wash ends it is darker than it is inside: on the dark side of every outline.
    rims = (_blurred(wet, 2.0) - wet).mean(axis=2, keepdims=True).clip(0.0, 36.0)
    pools = _cloudiness((height, width), 30, rng)[:, :, None]
    paper = np.array((252.0, 248.0, 238.0), dtype=np.float32)
    pigment = (1.0 - wet / 255.0) * (0.80 + 0.12 * pools) + rims * 0.004
    painted = paper * (1.0 - pigment.clip(0.0, 1.0))
    bare = _bare_rim((height, width), rng)[:, :, None]
    return np.asarray(painted * (1.0 - bare) + paper * bare, dtype=np.float32)


def _neon(picture: Pixels, rng: random.Random) -> Pixels:  # noqa: ARG001 - nothing is left to chance
    """Everything dark and violet, with glowing outlines in the colours of the things."""
    smooth = _blurred(picture, 1.0)
    down, across = np.zeros_like(smooth), np.zeros_like(smooth)
    down[1:-1] = smooth[2:] - smooth[:-2]
    across[:, 1:-1] = smooth[:, 2:] - smooth[:, :-2]
    edges = (np.sqrt((down**2 + across**2).sum(axis=2, keepdims=True)) / 90.0).clip(0.0, 1.0)
    peak = smooth.max(axis=2, keepdims=True) + 1.0
    hue = (smooth / peak) ** 1.7 * 255.0
    night = np.array((30.0, 10.0, 58.0), dtype=np.float32)
    dim = night * 0.6 + hue * (smooth / 255.0) * 0.36
    glow = _blurred(edges * hue, 3.0) * 0.75
    return _blurred(dim + glow + edges * (hue * 0.85 + 20.0), _PRINTED)


def _pixel(picture: Pixels, rng: random.Random) -> Pixels:  # noqa: ARG001 - nothing is left to chance
    """Squares of 4 x 4 pixels in few shades."""
    height, width, _ = picture.shape
    squares = picture.reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK, 3)
    step = 255.0 / _SHADES
    flat = (squares.mean(axis=(1, 3)) / step).round() * step
    return np.asarray(flat.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1), dtype=np.float32)


def _cloudiness(shape: tuple[int, int], grain: int, rng: random.Random) -> NDArray[np.float32]:
    """Return smooth random values of about -1 to 1, (H, W), changing over ``grain`` pixels."""
    rows, columns = shape[0] // grain + 2, shape[1] // grain + 2
    grid = np.random.default_rng(rng.getrandbits(32)).uniform(-1.0, 1.0, (rows, columns))
    image = Image.fromarray(grid.astype(np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BICUBIC))


def _bare_rim(shape: tuple[int, int], rng: random.Random) -> NDArray[np.float32]:
    """Return how much of the paper at the edge (0-1, (H, W)) no brush has reached."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
    uneven = reach + 2.5 * _cloudiness(shape, 14, rng)
    return np.asarray((1.0 - (uneven - 4.0) / 2.5).clip(0.0, 1.0), dtype=np.float32)


def _moved(picture: Pixels, dy: NDArray[np.float32], dx: NDArray[np.float32]) -> Pixels:
    """Return the picture with every pixel taken from a place (dy, dx) away."""
    height, width, _ = picture.shape
    y, x = np.mgrid[0:height, 0:width]
    rows = (y + dy).round().astype(np.int64).clip(0, height - 1)
    columns = (x + dx).round().astype(np.int64).clip(0, width - 1)
    return np.asarray(picture[rows, columns])


def _blurred(picture: Pixels, radius: float) -> Pixels:
    """Return a Gaussian blur of ``radius`` pixels, in whole steps of 1/255."""
    image = Image.fromarray(picture.clip(0.0, 255.0).round().astype(np.uint8))
    blurred = image.filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, dtype=np.float32)
