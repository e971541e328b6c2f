"""What a picture shows: the attributes that captions name, drawn by lot from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from engine.training.palette import NAMED

COLOURED = ("boat", "house", "lighthouse", "balloon", "windmill", "duck", "snowman")

#: Every attribute with its possible values; the order is the order of the classifiers' outputs.
VALUES: dict[str, tuple[str, ...]] = {
    "time": ("day", "sunrise", "sunset", "night"),
    "weather": ("clear", "cloudy", "rainy", "snowy", "foggy"),
    "season": ("none", "spring", "summer", "autumn", "winter"),
    "light": ("none", "sun", "moon", "crescent"),
    "relief": ("none", "hills", "mountains", "peaks"),
    "ground": ("sea", "meadow", "desert", "snow"),
    "subject": (
        "none", "boat", "house", "lighthouse", "balloon", "pine", "palm", "cactus",
        "tree", "windmill", "duck", "snowman",
    ),
    "colour": ("none", *NAMED),
    "count": ("none", "one", "two", "three"),
    "place": ("none", "left", "middle", "right"),
    "style": ("postcard", "watercolour", "neon", "pixel"),
}  # fmt: skip

_SUBJECT_ODDS = {
    "boat": 17, "house": 13, "lighthouse": 10, "balloon": 12, "pine": 8, "palm": 7, "cactus": 6,
    "tree": 8, "windmill": 7, "duck": 6, "snowman": 5, "none": 6,
}  # fmt: skip

_GROUND_ODDS: dict[str, dict[str, int]] = {
    "boat": {"sea": 1},
    "house": {"meadow": 50, "snow": 25, "desert": 12, "sea": 13},
    "lighthouse": {"sea": 70, "meadow": 15, "snow": 15},
    "balloon": {"sea": 25, "meadow": 35, "desert": 22, "snow": 18},
    "pine": {"meadow": 45, "snow": 40, "sea": 15},
    "palm": {"desert": 50, "sea": 50},
    "cactus": {"desert": 1},
    "tree": {"meadow": 80, "snow": 20},
    "windmill": {"meadow": 75, "snow": 25},
    "duck": {"sea": 70, "meadow": 30},
    "snowman": {"snow": 1},
    "none": {"sea": 28, "meadow": 30, "desert": 22, "snow": 20},
}
_STYLE_ODDS = {"postcard": 46, "watercolour": 20, "neon": 17, "pixel": 17}


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. ``layout`` seeds where things stand; the words are keys of ``VALUES``."""

    layout: int
    time: str
    weather: str
    season: str
    light: str
    relief: str
    ground: str
    subject: str
    colour: str
    count: str
    place: str
    style: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes that a caption may name, in the order of ``VALUES``."""
        return {name: getattr(self, name) for name in VALUES}

    @property
    def overcast(self) -> bool:
        """Whether something falls from the sky, which then shows neither sun nor stars."""
        return self.weather in ("rainy", "snowy")


def random_scene(seed: int) -> Scene:
    """Return the scene of ``seed`` (any integer); equal seeds give equal scenes everywhere."""
    rng = random.Random(f"etascope scene {seed}")  # text seeds are hashed: the same on any build
    subject = _pick(rng, _SUBJECT_ODDS)
    ground = _pick(rng, _GROUND_ODDS[subject])
    time = _pick(rng, {"day": 32, "sunrise": 19, "sunset": 25, "night": 24})
    weather = _weather(rng, ground)
    count = "none" if subject == "none" else _pick(rng, {"one": 60, "two": 23, "three": 17})
    return Scene(
        layout=rng.getrandbits(32),
        time=time,
        weather=weather,
        season=_season(rng, ground),
        light=_light(rng, time, weather),
        relief=_pick(rng, {"none": 30, "hills": 20, "mountains": 25, "peaks": 25}),
        ground=ground,
        subject=subject,
        colour=rng.choice(tuple(NAMED)) if subject in COLOURED else "none",
        count=count,
        place=_place(rng, count),
        style=_pick(rng, _STYLE_ODDS),
    )


def _weather(rng: random.Random, ground: str) -> str:
    weather = _pick(rng, {"clear": 44, "cloudy": 30, "rainy": 16, "foggy": 10})
    return "snowy" if weather == "rainy" and ground == "snow" else weather


def _season(rng: random.Random, ground: str) -> str:
    """Grass and leaves show the season; sea and sand do not."""
    if ground == "snow":
        return "winter"
    if ground != "meadow":
        return "none"
    return _pick(rng, {"spring": 32, "summer": 36, "autumn": 32})


def _light(rng: random.Random, time: str, weather: str) -> str:
    if weather in ("rainy", "snowy", "foggy"):
        return "none"
    if time != "night":
        return _pick(rng, {"sun": 84, "none": 16})
    return _pick(rng, {"moon": 48, "crescent": 36, "none": 16})


def _place(rng: random.Random, count: str) -> str:
    """One thing stands somewhere, two may keep together, three take the whole width."""
    if count == "one":
        return _pick(rng, {"left": 30, "middle": 40, "right": 30})
    if count == "two":
        return _pick(rng, {"left": 30, "none": 40, "right": 30})
    return "none"


def _pick(rng: random.Random, odds: dict[str, int]) -> str:
    return rng.choices(tuple(odds), weights=tuple(odds.values()))[0]
