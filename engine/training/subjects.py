"""The one thing a postcard is about: boat, house, lighthouse, trees, cactus, balloon."""

from __future__ import annotations

import math
import random

from engine.training.brush import POINTS, Brush, Point
from engine.training.palette import NAMED, Colour, lit, shade
from engine.training.scene import Scene

_WOOD: Colour = (112, 62, 34)
_GLOW: Colour = (255, 224, 110)


def paint_subject(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> None:
    """Draw the scene's subject standing a little below ``horizon`` (points from the top)."""
    if scene.subject == "none":
        return
    x = rng.uniform(40.0, 88.0)
    size = rng.uniform(0.94, 1.14)
    if scene.subject == "balloon":
        _balloon(brush, scene, (x, rng.uniform(34.0, 44.0)), size)
        return
    foot = horizon + rng.uniform(15.0, 21.0)
    if scene.ground == "sea" and scene.subject != "boat":
        _islet(brush, scene, (x, foot), size)
    painters = {
        "boat": _boat, "house": _house, "lighthouse": _lighthouse,
        "pines": _pines, "palm": _palm, "cactus": _cactus,
    }  # fmt: skip
    painters[scene.subject](brush, scene, (x, foot), size)


def _dye(scene: Scene) -> Colour:
    """The named colour under the hour's light; weaker than the land's, so that it stays itself."""
    return lit(NAMED[scene.colour], scene.time, 0.55)


def _islet(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    soil = {"palm": (238, 206, 142), "lighthouse": (136, 118, 106)}.get(
        scene.subject, (96, 156, 72)
    )
    brush.oval((x, y + 3.0), (29 * size, 6.0), lit(shade(soil, -0.3), scene.time))
    brush.oval((x, y + 1.5), (28 * size, 5.5), lit(soil, scene.time))


def _boat(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    sail, s = _dye(scene), size
    hull = lit(_WOOD, scene.time, 0.8)
    brush.line([(x - 24 * s, y + 7.5), (x + 24 * s, y + 7.5)], (235, 242, 250), 1.4, 200)
    deck, keel = (
        [(x - 23 * s, y - 3), (x + 23 * s, y - 3)],
        [(x + 16 * s, y + 7), (x - 15 * s, y + 7)],
    )
    brush.polygon(deck + keel, hull)
    brush.box((x - 23 * s, y - 4), (46 * s, 2.4), shade(hull, 0.22))
    brush.line([(x, y - 4), (x, y - 48 * s)], shade(hull, -0.25), 1.8)
    brush.polygon([(x + 2, y - 46 * s), (x + 21 * s, y - 7), (x + 2, y - 7)], sail)
    brush.polygon([(x - 2, y - 40 * s), (x - 2, y - 7), (x - 17 * s, y - 7)], shade(sail, -0.22))


def _house(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, wall, night = size, _dye(scene), scene.time == "night"
    roof = lit((108, 56, 46), scene.time, 0.8)
    brush.box((x + 9 * s, y - 42 * s), (6 * s, 15 * s), shade(roof, -0.25))
    brush.box((x - 20 * s, y - 22 * s), (40 * s, 24 * s), wall)
    brush.polygon([(x - 25 * s, y - 21 * s), (x, y - 41 * s), (x + 25 * s, y - 21 * s)], roof)
    if scene.ground == "snow":
        ridge = [(x - 25 * s, y - 21 * s), (x, y - 41 * s), (x + 25 * s, y - 21 * s)]
        brush.line([(px, py - 1) for px, py in ridge], lit((255, 255, 255), scene.time, 0.5), 3.0)
    pane = _GLOW if night else lit((190, 226, 246), scene.time, 0.7)
    for dx in (-16.0, 7.0):
        brush.box((x + dx * s, y - 17 * s), (9 * s, 9 * s), shade(wall, -0.35))
        brush.box((x + (dx + 1.2) * s, y - 15.8 * s), (6.6 * s, 6.6 * s), pane)
    brush.box((x - 4 * s, y - 14 * s), (8 * s, 16 * s), lit((74, 42, 30), scene.time, 0.6))


def _lighthouse(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, dark = size, lit((62, 44, 44), scene.time, 0.7)
    white = lit((250, 246, 238), scene.time, 0.5)
    stripe = lit((96, 104, 122), scene.time, 0.5) if scene.colour == "white" else _dye(scene)
    lamp = y - 56 * s
    if scene.time == "night":
        for tilt in (-1.0, 1.0):
            brush.polygon([(x, lamp), (x + tilt * 128, lamp - 16), (x + tilt * 128, lamp + 12)],
                          (255, 236, 150), 62)  # fmt: skip
    for band in range(5):
        low, high = band / 5, (band + 1) / 5
        wide, narrow = (12 - 5 * low) * s, (12 - 5 * high) * s
        bottom, top = y + 2 - 52 * s * low, y + 2 - 52 * s * high
        lower, upper = (
            [(x - wide, bottom), (x + wide, bottom)],
            [(x + narrow, top), (x - narrow, top)],
        )
        brush.polygon(lower + upper, stripe if band % 2 == 0 else white)
    brush.box((x - 5 * s, lamp - 3 * s), (10 * s, 8 * s), _GLOW)
    brush.box((x - 9 * s, lamp + 4 * s), (18 * s, 2.6), dark)
    brush.polygon([(x - 8 * s, lamp - 3 * s), (x, lamp - 12 * s), (x + 8 * s, lamp - 3 * s)], dark)


def _pines(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    needles, bark = lit((28, 104, 74), scene.time, 0.8), lit((92, 58, 40), scene.time)
    for dx, height in ((-17.0, 34.0), (16.0, 38.0), (0.0, 48.0)):
        middle, tall = x + dx * size, height * size
        brush.box((middle - 1.8, y - 4), (3.6, 7), bark)
        for tier in range(3):
            low = y - 3 - tall * 0.27 * tier
            half = tall * (0.29 - 0.055 * tier)
            tip = (middle, low - tall * 0.46)
            brush.polygon(
                [tip, (middle + half, low), (middle - half, low)], shade(needles, 0.07 * tier)
            )
            if scene.ground == "snow":
                cap = [(middle + half * 0.42, tip[1] + tall * 0.19),
                       (middle - half * 0.42, tip[1] + tall * 0.19)]  # fmt: skip
                brush.polygon([tip, *cap], lit((250, 252, 255), scene.time, 0.6))


def _palm(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    lean, tall = 9.0 * size, 42.0 * size
    curve = [(x - lean * 0.5 + lean * (k / 8) ** 2, y + 2 - tall * k / 8) for k in range(9)]
    brush.line(curve, lit((146, 98, 58), scene.time, 0.85), 4.2)
    top = curve[-1]
    leaf = lit((40, 146, 66), scene.time, 0.75)
    for angle, tone in ((-20, 0.0), (200, 0.0), (22, -0.16), (158, -0.16), (62, 0.1), (118, 0.1)):
        _frond(brush, top, (angle, 22.0 * size), shade(leaf, tone))
    for dx in (-2.2, 2.2):
        brush.oval((top[0] + dx, top[1] + 2.6), (2.3, 2.3), lit((110, 66, 38), scene.time))


def _frond(brush: Brush, root: Point, reach: tuple[float, float], colour: Colour) -> None:
    angle, length = math.radians(reach[0]), reach[1]
    out, up = math.cos(angle), math.sin(angle)
    spine = [
        (root[0] + out * length * t, root[1] - up * length * 0.75 * t + 11.0 * t * t)
        for t in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    widths = (1.0, 3.4, 4.0, 2.8, 0.0)
    upper = [(px, py - w * 0.6) for (px, py), w in zip(spine, widths, strict=True)]
    lower = [(px, py + w) for (px, py), w in zip(spine, widths, strict=True)]
    brush.polygon(upper + lower[::-1], colour)


def _cactus(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, skin = size, lit((48, 148, 78), scene.time, 0.7)
    trunk = [((x, y + 2), (x, y - 40 * s), 9.0 * s)]
    arms = [((x, y - 13 * s), (x - 15 * s, y - 13 * s), 6.0 * s),
            ((x - 15 * s, y - 13 * s), (x - 15 * s, y - 28 * s), 6.0 * s),
            ((x, y - 19 * s), (x + 14 * s, y - 19 * s), 6.0 * s),
            ((x + 14 * s, y - 19 * s), (x + 14 * s, y - 35 * s), 6.0 * s)]  # fmt: skip
    for start, end, width in trunk + arms:
        brush.line([start, end], skin, width)
        for at in (start, end):
            brush.oval(at, (width / 2, width / 2), skin)
    for dx in (-2.0, 1.6):
        brush.line([(x + dx * s, y), (x + dx * s, y - 39 * s)], shade(skin, -0.24), 0.9)


def _balloon(brush: Brush, scene: Scene, centre: Point, size: float) -> None:
    x, y = centre
    r, cloth = 22.0 * size, _dye(scene)
    pale = shade(cloth, 0.5) if scene.colour != "white" else lit((206, 210, 220), scene.time, 0.5)
    brush.polygon([(x - r * 0.86, y + r * 0.5), (x + r * 0.86, y + r * 0.5), (x + 5, y + r * 1.4),
                   (x - 5, y + r * 1.4)], cloth)  # fmt: skip
    brush.oval((x, y), (r, r), cloth)
    for half, tone in ((0.66, pale), (0.34, cloth)):
        wide = r * half
        brush.oval((x, y), (wide, r), tone)
        brush.polygon([(x - wide * 0.93, y + r * 0.4), (x + wide * 0.93, y + r * 0.4),
                       (x + 5 * half, y + r * 1.4), (x - 5 * half, y + r * 1.4)], tone)  # fmt: skip
    for dx in (-4.0, 4.0):
        brush.line([(x + dx, y + r * 1.4), (x + dx * 0.9, y + r * 1.4 + 5)], (70, 50, 40), 0.8)
    brush.box((x - 5, min(y + r * 1.4 + 4, POINTS - 8)), (10, 7), lit(_WOOD, scene.time, 0.7))
