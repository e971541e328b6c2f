"""What a picture is about: boats, houses, lighthouses, balloons, windmills, ducks, snowmen."""

from __future__ import annotations

import math
import random

from engine.training.brush import Brush, Point
from engine.training.palette import NAMED, Colour, lit, shade
from engine.training.plants import paint_cactus, paint_palm, paint_pine, paint_tree
from engine.training.scene import Scene

_WOOD: Colour = (112, 62, 34)
_GLOW: Colour = (255, 224, 110)


def paint_subjects(brush: Brush, scene: Scene, rng: random.Random, horizon: float) -> None:
    """Draw all that the scene counts, standing a little below ``horizon`` (points from the top)."""
    if scene.subject == "none":
        return
    painters = {
        "boat": _boat, "house": _house, "lighthouse": _lighthouse, "balloon": _balloon,
        "windmill": _windmill, "duck": _duck, "snowman": _snowman,
        "pine": paint_pine, "palm": paint_palm, "cactus": paint_cactus, "tree": paint_tree,
    }  # fmt: skip
    tall = min(1.2, brush.height / 128.0)
    foot = horizon + rng.uniform(0.14, 0.19) * (brush.height - horizon) * 2.1
    for x, size in _stands(brush.width, scene, rng):
        y = foot + rng.uniform(-2.5, 2.5)
        if scene.subject == "balloon":
            y = rng.uniform(0.27, 0.38) * brush.height
        elif scene.ground == "sea" and scene.subject not in ("boat", "duck"):
            _islet(brush, scene, (x, y), size * tall)
        painters[scene.subject](brush, scene, (x, y), size * tall)


def _stands(width: int, scene: Scene, rng: random.Random) -> list[tuple[float, float]]:
    """Return (x, size) of each thing: alone it is large, in company smaller."""
    middle = {"left": 0.27, "right": 0.73}.get(scene.place, 0.5) * width
    middle += rng.uniform(-4.0, 4.0)
    if scene.count == "one":
        return [(middle, rng.uniform(0.94, 1.12))]
    size = rng.uniform(0.92, 1.06)
    if scene.count == "three":
        gap = 0.31 * width
        return [(middle + k * gap, 0.66 * size) for k in (-1, 0, 1)]
    gap, share = (0.23 * width, 0.76) if scene.place == "none" else (0.135 * width, 0.6)
    return [(middle + k * gap, share * size) for k in (-1, 1)]


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
            brush.polygon([(x, lamp), (x + tilt * 200, lamp - 24), (x + tilt * 200, lamp + 18)],
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
    brush.box((x - 5, y + r * 1.4 + 4), (10, 7), lit(_WOOD, scene.time, 0.7))


def _windmill(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, wall = size, _dye(scene)
    hub = (x, y - 40 * s)
    brush.polygon([(x - 13 * s, y + 2), (x + 13 * s, y + 2), (x + 8 * s, hub[1]),
                   (x - 8 * s, hub[1])], wall)  # fmt: skip
    brush.polygon([(x + 4 * s, y + 2), (x + 13 * s, y + 2), (x + 8 * s, hub[1]),
                   (x + 3 * s, hub[1])], shade(wall, -0.2))  # fmt: skip
    cap = lit((96, 54, 44), scene.time, 0.7)
    brush.polygon([(x - 10 * s, hub[1]), (x, hub[1] - 11 * s), (x + 10 * s, hub[1])], cap)
    brush.box((x - 3.5 * s, y - 11 * s), (7 * s, 13 * s), cap)
    vane = lit((252, 246, 232), scene.time, 0.45)
    for quarter in range(4):
        angle = math.radians(45 + 90 * quarter)
        out, side = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        blade = [
            (hub[0] + s * (out[0] * r + side[0] * w), hub[1] + s * (out[1] * r + side[1] * w))
            for r, w in ((4, 0), (24, 0), (24, 6), (7, 6))
        ]
        brush.polygon(blade, vane)
        brush.line([hub, blade[1]], cap, 1.6)
    brush.oval(hub, (2.4 * s, 2.4 * s), cap)


def _duck(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, plumage = size, _dye(scene)
    brush.line([(x - 24 * s, y + 1), (x + 22 * s, y + 1)], (235, 242, 250), 1.6, 190)
    brush.polygon([(x - 15 * s, y - 9 * s), (x - 26 * s, y - 17 * s), (x - 12 * s, y - 2 * s)],
                  plumage)  # fmt: skip
    brush.oval((x - 2 * s, y - 7 * s), (18 * s, 9 * s), plumage)
    brush.oval((x + 12 * s, y - 21 * s), (8.5 * s, 8.5 * s), plumage)
    brush.polygon([(x + 5 * s, y - 18 * s), (x + 17 * s, y - 16 * s), (x + 15 * s, y - 6 * s),
                   (x + 3 * s, y - 8 * s)], plumage)  # fmt: skip
    brush.oval((x - 5 * s, y - 8 * s), (10 * s, 5 * s), shade(plumage, -0.2))
    beak = lit((250, 140, 30) if scene.colour != "orange" else (252, 208, 42), scene.time, 0.5)
    brush.polygon([(x + 19 * s, y - 24 * s), (x + 29 * s, y - 19.5 * s), (x + 19 * s, y - 17 * s)],
                  beak)  # fmt: skip
    brush.oval((x + 14 * s, y - 23 * s), (1.8 * s, 1.8 * s), (24, 20, 28))


def _snowman(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    s, white = size, lit((252, 253, 255), scene.time, 0.45)
    cloth, coal = _dye(scene), (36, 32, 40)
    for height, radius in ((-10.0, 14.0), (-28.0, 10.5)):
        brush.oval((x + 1.4 * s, y + (height + 1.2) * s), (radius * s, radius * s),
                   lit((176, 194, 226), scene.time, 0.7))  # fmt: skip
        brush.oval((x, y + height * s), (radius * s, radius * s), white)
    brush.oval((x, y - 42 * s), (8.5 * s, 8.5 * s), white)
    brush.box((x - 9 * s, y - 37 * s), (18 * s, 5 * s), cloth)
    brush.box((x + 3 * s, y - 36 * s), (5 * s, 14 * s), shade(cloth, -0.15))
    brush.box((x - 11 * s, y - 50 * s), (22 * s, 3.4 * s), cloth)
    brush.box((x - 7 * s, y - 60 * s), (14 * s, 11 * s), cloth)
    for dx in (-3.2, 3.2):
        brush.oval((x + dx * s, y - 44 * s), (1.4 * s, 1.4 * s), coal)
    brush.polygon([(x, y - 43 * s), (x + 9 * s, y - 40.5 * s), (x, y - 39 * s)], (240, 130, 40))
    for height in (-31.0, -25.0, -12.0):
        brush.oval((x, y + height * s), (1.5 * s, 1.5 * s), coal)
