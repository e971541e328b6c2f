"""What grows in a picture: pines, palms, cacti, and the tree that shows the season."""

from __future__ import annotations

import math

from engine.training.brush import Brush, Point
from engine.training.palette import Colour, lit, shade
from engine.training.scene import Scene

#: The crown of a broad-leaved tree; in winter there are only branches.
_CROWNS: dict[str, Colour] = {
    "spring": (250, 170, 200), "summer": (66, 150, 62), "autumn": (226, 104, 30),
}  # fmt: skip


def paint_pine(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    """A pine of three tiers, white on top where it stands in snow."""
    x, y = foot
    needles, bark = lit((28, 104, 74), scene.time, 0.8), lit((92, 58, 40), scene.time)
    tall = 50.0 * size
    brush.box((x - 2.6 * size, y - 4), (5.2 * size, 7), bark)
    for tier in range(3):
        low = y - 3 - tall * 0.27 * tier
        half = tall * (0.34 - 0.06 * tier)
        tip = (x, low - tall * 0.46)
        brush.polygon([tip, (x + half, low), (x - half, low)], shade(needles, 0.07 * tier))
        if scene.ground == "snow":
            cap = [(x + half * 0.42, tip[1] + tall * 0.19), (x - half * 0.42, tip[1] + tall * 0.19)]
            brush.polygon([tip, *cap], lit((250, 252, 255), scene.time, 0.6))


def paint_tree(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    """A broad-leaved tree: pink blossom in spring, green, orange leaves, bare in the snow."""
    x, y = foot
    s, bark = size, lit((96, 62, 44), scene.time, 0.85)
    brush.polygon([(x - 4 * s, y + 2), (x + 4 * s, y + 2), (x + 2.4 * s, y - 24 * s),
                   (x - 2.4 * s, y - 24 * s)], bark)  # fmt: skip
    if scene.season == "winter":
        for end in ((-15, -40), (-7, -48), (5, -50), (15, -41)):
            brush.line([(x, y - 21 * s), (x + end[0] * s, y + end[1] * s)], bark, 2.2 * s)
        return
    leaves = lit(_CROWNS.get(scene.season, _CROWNS["summer"]), scene.time, 0.75)
    puffs = ((-12, -30, 11), (12, -30, 11), (0, -26, 12), (-7, -42, 11), (8, -42, 11))
    for tone, drop in ((shade(leaves, -0.2), 2.5), (leaves, 0.0)):
        for dx, dy, radius in puffs:
            brush.oval((x + dx * s, y + (dy + drop) * s), (radius * s, radius * s), tone)


def paint_palm(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    """A leaning palm with coconuts."""
    x, y = foot
    lean, tall = 9.0 * size, 42.0 * size
    curve = [(x - lean * 0.5 + lean * (k / 8) ** 2, y + 2 - tall * k / 8) for k in range(9)]
    brush.line(curve, lit((146, 98, 58), scene.time, 0.85), 4.6 * size)
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


def paint_cactus(brush: Brush, scene: Scene, foot: Point, size: float) -> None:
    """A cactus with two arms."""
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
