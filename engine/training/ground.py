"""The near half of a postcard: sea with its reflections, meadow, desert, snow."""

from __future__ import annotations

import math
import random

from engine.training.brush import POINTS, Brush, Point
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
    brush.gradient(horizon, POINTS, (far, mix(far, near, 0.65), near))
    foam = shade(far, 0.35)
    for _ in range(11):
        x, y = rng.uniform(0, 116), rng.uniform(horizon + 5, 124)
        brush.line([(x, y), (x + rng.uniform(7, 15), y)], foam, 1.0, 150)
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
        brush.line([(light_x - half, y), (light_x + half, y)], tone, 1.5, 190)


def _meadow(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _, horizon = place
    far, near = lit((142, 206, 88), scene.time), lit((62, 142, 48), scene.time)
    brush.gradient(horizon, POINTS, (far, near))
    blade = lit((44, 116, 42), scene.time)
    for _ in range(16):
        x, y = rng.uniform(2, 126), rng.uniform(horizon + 8, 126)
        brush.line([(x - 1.5, y - 3), (x, y), (x + 1.5, y - 3)], blade, 0.8)
    blossoms: tuple[Colour, ...] = ((255, 255, 255), (255, 216, 70), (250, 120, 150))
    for _ in range(rng.choice((0, 14, 20))):
        at = rng.uniform(2, 126), rng.uniform(horizon + 8, 126)
        brush.oval(at, (1.3, 1.3), lit(rng.choice(blossoms), scene.time, 0.6))


def _desert(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _waves(brush, scene, rng, place[1], ((246, 212, 140), (236, 190, 112), (222, 168, 88)))


def _snow(brush: Brush, scene: Scene, rng: random.Random, place: Point) -> None:
    _waves(brush, scene, rng, place[1], ((250, 252, 255), (232, 240, 252), (212, 226, 246)))


def _waves(
    brush: Brush, scene: Scene, rng: random.Random, horizon: float, tones: tuple[Colour, ...]
) -> None:
    strength = 0.7 if scene.ground == "snow" else 1.0
    depth = POINTS - horizon
    for rank, tone in enumerate(tones):
        top = horizon + depth * 0.32 * rank
        colour = lit(tone, scene.time, strength)
        if rank == 0:
            brush.box((0.0, top), (POINTS, POINTS - top), colour)
            continue
        phase, swell = rng.uniform(0, math.tau), rng.uniform(2.0, 4.0)
        crest = [
            (x * 4.0, top + swell * math.sin(phase + math.tau * x * 4.0 / 92.0)) for x in range(33)
        ]
        brush.polygon([(0.0, POINTS), *crest, (POINTS, POINTS)], colour)
