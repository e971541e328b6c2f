"""What a postcard shows: the attributes that captions name, drawn by lot from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from engine.training.palette import NAMED

COLOURED = ("boat", "house", "lighthouse", "balloon")

#: Every attribute with its possible values; the order is the order of the classifiers' outputs.
VALUES: dict[str, tuple[str, ...]] = {
    "time": ("day", "sunrise", "sunset", "night"),
    "sky": ("clear", "cloudy", "rainy", "snowy"),
    "light": ("none", "sun", "moon", "crescent"),
    "relief": ("none", "hills", "mountains", "peaks"),
    "ground": ("sea", "meadow", "desert", "snow"),
    "subject": ("none", "boat", "house", "lighthouse", "pines", "palm", "cactus", "balloon"),
    "colour": ("none", *NAMED),
}

_SUBJECT_ODDS = {
    "boat": 22, "house": 17, "lighthouse": 14, "balloon": 14,
    "pines": 10, "palm": 9, "cactus": 7, "none": 7,
}  # fmt: skip

_GROUND_ODDS: dict[str, dict[str, int]] = {
    "boat": {"sea": 1},
    "house": {"meadow": 45, "snow": 25, "desert": 15, "sea": 15},
    "lighthouse": {"sea": 70, "meadow": 15, "snow": 15},
    "balloon": {"sea": 25, "meadow": 30, "desert": 25, "snow": 20},
    "pines": {"meadow": 45, "snow": 40, "sea": 15},
    "palm": {"desert": 55, "sea": 45},
    "cactus": {"desert": 1},
    "none": {"sea": 30, "meadow": 25, "desert": 25, "snow": 20},
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One postcard. ``layout`` seeds where things stand; the words are keys of ``VALUES``."""

    layout: int
    time: str
    sky: str
    light: str
    relief: str
    ground: str
    subject: str
    colour: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes that a caption may name, in the order of ``VALUES``."""
        return {name: getattr(self, name) for name in VALUES}

    @property
    def overcast(self) -> bool:
        """Whether something falls from the sky, which then shows neither sun nor stars."""
        return self.sky in ("rainy", "snowy")


def random_scene(seed: int) -> Scene:
    """Return the scene of ``seed`` (any integer); equal seeds give equal scenes everywhere."""
    rng = random.Random(f"etascope scene {seed}")  # text seeds are hashed: the same on any build
    subject = _pick(rng, _SUBJECT_ODDS)
    ground = _pick(rng, _GROUND_ODDS[subject])
    time = _pick(rng, {"day": 30, "sunrise": 20, "sunset": 26, "night": 24})
    sky = _pick(rng, {"clear": 48, "cloudy": 34, "rainy": 18})
    if sky == "rainy" and ground == "snow":
        sky = "snowy"
    return Scene(
        layout=rng.getrandbits(32),
        time=time,
        sky=sky,
        light=_light(rng, time, sky),
        relief=_pick(rng, {"none": 30, "hills": 20, "mountains": 25, "peaks": 25}),
        ground=ground,
        subject=subject,
        colour=rng.choice(tuple(NAMED)) if subject in COLOURED else "none",
    )


def _light(rng: random.Random, time: str, sky: str) -> str:
    if sky in ("rainy", "snowy"):
        return "none"
    if time != "night":
        return _pick(rng, {"sun": 86, "none": 14})
    return _pick(rng, {"moon": 50, "crescent": 36, "none": 14})


def _pick(rng: random.Random, odds: dict[str, int]) -> str:
    return rng.choices(tuple(odds), weights=tuple(odds.values()))[0]
