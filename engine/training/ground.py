"""The near half of a picture: sea with its reflections, meadow, desert, snow."""

from __future__ import annotations

import math
import random

from engine.training.brush import Brush, Point
from engine.training.palette import Colour, lit, mix, shade, sky_stops
from engine.training.scene import Scene

_SEA: dict[str, tuple[Colour, Colour]] = {
    "day": ((92, 188, 224), (18, 96, 172)),
    "sunrise": ((150, 200, 206), (58, 128, 164)),
    "sunset": ((176, 98, 112), (44, 58, 108)),
    "night": ((34, 58, 124), (8, 24, 76)),
}


def paint_ground(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    """Fill everything below the horizon; ``place`` is (x of the light, horizon) in points."""
    painters = {"sea": _sea, "meadow": _meadow, "desert": _desert, "snow": _snow}
    painters[scene.ground](brush, scene, rng, place)


def _sea(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _, horizon = place
    near, far = _SEA[scene.time][1], _SEA[scene.time][0]
    if scene.overcast:
        grey = shade(sky_stops(scene.time, overcast=True)[1], -0.2)
        near, far = mix(near, grey, 0.5), mix(far, grey, 0.6)
    brush.gradient(horizon, brush.height, (far, mix(far, near, 0.65), near))
    foam = shade(far, 0.35)
    for _ in range(brush.width * brush.height // 2000):
        x, y = rng.uniform(0, brush.width - 12), rng.uniform(horizon + 6, brush.height - 4)
        brush.line([(x, y), (x + rng.uniform(9, 16), y)], foam, 1.5, 170)
    if scene.light != "none":
        _glitter(brush, scene, rng, place)


def _glitter(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    light_x, horizon = place
    tone: Colour = {
        "day": (255, 246, 190),
        "sunrise": (255, 226, 160),
        "sunset": (255, 164, 96),
    }.get(scene.time, (230, 230, 220))
    for row in range(7):
        half = 9.0 - row * 0.6 + rng.uniform(-2, 2)
        y = horizon + 3.0 + row * 4.0
        brush.line([(light_x - half, y), (light_x + half, y)], tone, 2.0, 200)


#: Grass far and near, blades, and what lies in it: blossoms or fallen leaves, by season.
_GRASS: dict[str, tuple[Colour, Colour, Colour]] = {
    "spring": ((178, 226, 112), (104, 184, 74), (70, 150, 60)),
    "summer": ((118, 190, 78), (42, 124, 48), (28, 96, 40)),
    "autumn": ((230, 178, 84), (184, 112, 46), (150, 84, 36)),
}
_STREWN: dict[str, tuple[Colour, ...]] = {
    "spring": ((255, 255, 255), (255, 150, 196), (255, 222, 80)),
    "summer": (),
    "autumn": ((206, 62, 34), (240, 140, 30)),
}


def _meadow(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _, horizon = place
    far, near, blade = (lit(tone, scene.time) for tone in _GRASS[scene.season])
    brush.gradient(horizon, brush.height, (far, near))
    for x, y in _spots(brush, rng, horizon, 8):
        brush.line([(x - 2.4, y - 4), (x, y), (x + 2.4, y - 4)], blade, 1.4)
    strewn = _STREWN[scene.season]
    for x, y in _spots(brush, rng, horizon, 16) if strewn else ():
        colour = lit(rng.choice(strewn), scene.time, 0.6)
        brush.oval((x, y), (2.2, 1.9), colour)


def _spots(brush: Brush, rng: random.Random, horizon: float, count: int) -> list[Point]:
    """Return places on the ground, ``count`` of them for every 128 points of width."""
    return [
        (rng.uniform(4, brush.width - 4), rng.uniform(horizon + 8, brush.height - 3))
        for _ in range(count * brush.width // 128)
    ]


def _desert(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _waves(brush, scene, rng, place[1], ((246, 212, 140), (236, 190, 112), (222, 168, 88)))


def _snow(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _waves(brush, scene, rng, place[1], ((250, 252, 255), (232, 240, 252), (212, 226, 246)))


def _waves(
    brush: Brush, scene: Scene, rng: random.Random, horizon: float, tones: tuple[Colour, ...]
) -> None:
    strength = 0.7 if scene.ground == "snow" else 1.0
    depth = brush.height - horizon
    for rank, tone in enumerate(tones):
        top = horizon + depth * 0.32 * rank
        colour = lit(tone, scene.time, strength)
        if rank == 0:
            brush.box((0.0, top), (brush.width, brush.height - top), colour)
            continue
        phase, swell = rng.uniform(0, math.tau), rng.uniform(2.0, 4.0)
        crest = [
            (x * 4.0, top + swell * math.sin(phase + math.tau * x * 4.0 / 92.0))
            for x in range(brush.width // 4 + 1)
        ]
        brush.polygon([(0.0, brush.height), *crest, (brush.width, brush.height)], colour)
