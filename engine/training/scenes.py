"""Paints a scene: the far, the near, the subject, then the weather in front of it all."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from engine.training.backdrop import (
    paint_clouds,
    paint_lights,
    paint_relief,
    paint_sky,
    paint_weather,
)
from engine.training.brush import Brush
from engine.training.ground import paint_ground
from engine.training.scene import Scene
from engine.training.styles import restyle
from engine.training.subjects import paint_subjects

#: Width and height of the pictures that are drawn, in pixels: 1:1, 3:2 and 2:3.
SQUARE, WIDE, TALL = (128, 128), (192, 128), (128, 192)


def paint(scene: Scene, size: tuple[int, int] = SQUARE) -> NDArray[np.uint8]:
    """Return the picture of ``scene``, (height, width, 3), sRGB 0-255; equal scenes, equal pixels.

    ``size`` is (width, height) in pixels, both multiples of 4.
    """
    rng = random.Random(scene.layout)
    brush = Brush(*size)
    horizon = rng.uniform(0.59, 0.66) * brush.height
    paint_sky(brush, scene, horizon)
    light_x = paint_lights(brush, scene, rng, horizon)
    paint_clouds(brush, scene, rng)
    paint_relief(brush, scene, rng, horizon)
    paint_ground(brush, scene, rng, (light_x, horizon))
    paint_subjects(brush, scene, rng, horizon)
    paint_weather(brush, scene, rng)
    return restyle(brush.picture(), scene.style, rng)


def to_unit(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (N, H, W, 3) bytes as (N, 3, H, W) in [-1, 1], as the networks want them."""
    scaled = pictures.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(scaled.transpose(0, 3, 1, 2))


def to_bytes(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return (N, 3, H, W) in [-1, 1] as (N, H, W, 3) bytes; values outside are clipped."""
    scaled = ((values.clip(-1.0, 1.0) + 1.0) * 127.5).round().astype(np.uint8)
    return np.ascontiguousarray(scaled.transpose(0, 2, 3, 1))


def sheet(pictures: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Return (N, H, W, 3) pictures as one contact sheet with a dark gap of two pixels."""
    count, height, width, _ = pictures.shape
    rows = -(-count // columns)
    page = np.full((rows * (height + 2), columns * (width + 2), 3), 12, dtype=np.uint8)
    for index, picture in enumerate(pictures):
        y, x = index // columns * (height + 2), index % columns * (width + 2)
        page[y : y + height, x : x + width] = picture
    return page
