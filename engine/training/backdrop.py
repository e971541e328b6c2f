"""The far parts of a picture: sky, sun and moon, stars, clouds, weather, mountains."""

from __future__ import annotations

import math
import random

import numpy as np

from engine.training.brush import Brush, Point
from engine.training.palette import Colour, cloud_colour, fog_colour, lit, mix, shade, sky_stops
from engine.training.scene import Scene

_RANGES: tuple[Colour, ...] = ((110, 158, 104), (176, 108, 84), (122, 132, 152), (150, 140, 108))
_ROCK: Colour = (116, 128, 152)


def paint_sky(brush: Brush, scene: Scene, horizon: float) -> None:
    """Fill everything above ``horizon`` (points from the top) with the hour's sky."""
    brush.gradient(0.0, horizon + 1.0, sky_stops(scene.time, overcast=scene.overcast))


def paint_lights(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> float:
    """Draw stars and the sun or moon; return the light's x (points), for its reflection."""
    if scene.time == "night" and not scene.overcast:
        _stars(brush, rng, horizon, scattered=scene.weather != "clear")
    x = (rng.uniform(0.14, 0.36) if rng.random() < 0.5 else rng.uniform(0.64, 0.86)) * brush.width
    if scene.light == "sun":
        _sun(brush, scene, rng, x, horizon)
    elif scene.light != "none":
        _moon(brush, scene, (x, rng.uniform(18.0, 30.0)))
    return x


def paint_clouds(brush: Brush, scene: Scene, rng: random.Random) -> None:
    """Draw the clouds of a cloudy sky, or the dark bank that rain and snow fall from."""
    if scene.overcast:
        colour = cloud_colour(scene.time, overcast=True)
        for x in np.arange(4.0, brush.width + 4.0, 31.0):
            _cloud(brush, (x + rng.uniform(-8, 8), rng.uniform(5, 11)), rng.uniform(15, 21), colour)
    elif scene.weather == "cloudy":
        colour = cloud_colour(scene.time, overcast=False)
        places = [16.0 + 28.0 * k for k in range(brush.width // 28)]
        low = brush.height * 0.29
        for x in rng.sample(places, min(len(places), rng.choice((2, 3, 3, 4)))):
            _cloud(
                brush, (x + rng.uniform(-6, 6), rng.uniform(14, low)), rng.uniform(9, 14), colour
            )


def paint_weather(brush: Brush, scene: Scene, rng: random.Random) -> None:
    """Draw what falls, slanted rain or snowflakes, or what hides the far things: fog."""
    if scene.weather == "rainy":
        for x, y in _sown(rng, (-4, 12, brush.width + 8, brush.height), 19.0):
            brush.line([(x, y), (x - 4.0, y + 12.0)], (214, 228, 244), 1.5, 190)
    elif scene.weather == "snowy":
        for x, y in _sown(rng, (0, 10, brush.width, brush.height), 18.0):
            radius = rng.uniform(1.5, 2.3)
            brush.oval((x, y), (radius, radius), (255, 255, 255), 240)
    elif scene.weather == "foggy":
        pale = fog_colour(scene.time)
        top, bottom = brush.height * 0.30, brush.height * 0.86
        brush.veil(((0, 110), (top, 190), (brush.height * 0.6, 150), (bottom, 40)), pale)


def paint_relief(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> None:
    """Draw hills, mountains or snowy peaks standing on ``horizon``."""
    if scene.relief == "hills":
        _hills(brush, scene, rng, horizon)
    elif scene.relief != "none":
        _mountains(brush, scene, rng, horizon)


def _stars(brush: Brush, rng: random.Random, horizon: float, *, scattered: bool) -> None:
    for x, y in _sown(rng, (0, 2, brush.width, horizon - 8), 24.0 if scattered else 15.0):
        radius = rng.choice((0.9, 1.1, 1.5))
        brush.oval((x, y), (radius, radius), (255, 250, 228), 245)


def _sown(rng: random.Random, area: tuple[float, float, float, float], apart: float) -> list[Point]:
    """Return points all over ``area`` (left, top, right, bottom), one in each square ``apart``.

    A shaken grid has no clumps and no holes, which pure chance would have.
    """
    left, top, right, bottom = area
    return [
        (x + rng.uniform(0.1, 0.9) * apart, y + rng.uniform(0.1, 0.9) * apart)
        for y in np.arange(top, bottom, apart)
        for x in np.arange(left, right, apart)
    ]


def _sun(brush: Brush, scene: Scene, rng: random.Random, x: float, horizon: float) -> None:
    heights = {"day": (18.0, 28.0), "sunrise": (20.0, 32.0), "sunset": (18.0, 26.0)}
    low, high = heights[scene.time]
    y = (
        low + rng.random() * (high - low)
        if scene.time == "day"
        else horizon - rng.uniform(12, high)
    )
    radius = {"day": 10.0, "sunrise": 12.0, "sunset": 15.0}[scene.time]
    core = {"day": (255, 226, 70), "sunrise": (255, 214, 96), "sunset": (255, 128, 58)}[scene.time]
    for grow, alpha in ((1.75, 44), (1.35, 66)):
        brush.oval((x, y), (radius * grow, radius * grow), shade(core, 0.35), alpha)
    brush.oval((x, y), (radius, radius), core)


def _moon(brush: Brush, scene: Scene, centre: Point) -> None:
    x, y = centre
    brush.oval(centre, (16, 16), (196, 206, 240), 40)
    brush.oval(centre, (13, 13), (196, 206, 240), 44)
    if scene.light == "moon":
        brush.oval(centre, (10, 10), (250, 244, 214))
        for dx, dy, r in ((-3.5, -2.5, 2.2), (3.0, 2.0, 2.8), (-2.0, 4.5, 1.5)):
            brush.oval((x + dx, y + dy), (r, r), (226, 218, 190))
        return
    angles = [math.pi * k / 24 for k in range(25)]
    outer = [(x + 1 - 10 * math.sin(a), y - 10 * math.cos(a)) for a in angles]
    inner = [(x + 1 - 3.5 * math.sin(a), y - 10 * math.cos(a)) for a in reversed(angles)]
    brush.polygon(outer + inner, (250, 244, 214))


def _cloud(brush: Brush, centre: Point, size: float, colour: Colour) -> None:
    x, y = centre
    puffs = ((-0.9, 0.12, 0.48), (-0.35, -0.22, 0.62), (0.35, -0.1, 0.56), (0.92, 0.16, 0.42))
    for drop, tone in ((1.4, mix(colour, (120, 130, 170), 0.22)), (0.0, colour)):
        for dx, dy, r in puffs:
            radii = (size * r, size * r * 0.72)
            brush.oval((x + dx * size, y + dy * size * 0.7 + drop), radii, tone)
        brush.box((x - size, y + drop), (size * 2.0, size * 0.36), tone)


def _hills(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> None:
    for height, colour in ((17.0, (112, 172, 104)), (9.0, (84, 150, 76))):
        phase, waves = rng.uniform(0, math.tau), rng.uniform(1.1, 1.9)
        points: list[Point] = [(0.0, horizon + 1)]
        for step in range(brush.width // 4 + 1):
            x = step * 4.0
            swell = 0.55 + 0.45 * math.sin(phase + math.tau * waves * x / 128.0)
            points.append((x, horizon - height * swell))
        brush.polygon([*points, (brush.width, horizon + 1)], lit(colour, scene.time))


def _mountains(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> None:
    snowy = scene.relief == "peaks"
    rock = _ROCK if snowy else rng.choice(_RANGES[:2] + _RANGES[3:])
    places = [k * 32.0 + rng.uniform(-7, 7) for k in range(brush.width // 32 + 1)]
    rng.shuffle(places)
    for rank, x in enumerate(places):
        height = rng.uniform(25, 36) if rank < len(places) // 2 + 1 else rng.uniform(16, 24)
        base = shade(rock, 0.12 - 0.05 * rank)
        _peak(brush, (x, horizon - height), (height * rng.uniform(0.8, 1.0), height), (base, snowy),
              scene.time)  # fmt: skip


def _peak(brush: Brush, top: Point, size: Point, look: tuple[Colour, bool], time: str) -> None:
    (x, y), (half, height), (rock, snowy) = top, size, look
    foot = y + height + 1
    brush.polygon([(x, y), (x + half, foot), (x - half, foot)], lit(rock, time))
    dark = lit(shade(rock, -0.26), time)
    brush.polygon([(x, y), (x + half, foot), (x + half * 0.12, foot)], dark)
    if not snowy:
        return
    cap, white = 0.40, lit((250, 252, 255), time, 0.62)
    left, right = (x - half * cap, y + height * cap), (x + half * cap, y + height * cap)
    notch = [(x + half * 0.2, y + height * 0.3), (x, y + height * 0.5),
             (x - half * 0.2, y + height * 0.3)]  # fmt: skip
    brush.polygon([(x, y), right, *notch, left], white)
    brush.polygon(
        [(x, y), right, notch[0], (x + half * 0.04, y + height * 0.4)], shade(white, -0.16)
    )
