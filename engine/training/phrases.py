"""What captions are made of, in whatever language."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from engine.training.scene import Scene

#: A phrase and the attributes that it tells.
Part = tuple[str, tuple[str, ...]]
#: The ways to say each value of an attribute; one that stands twice is said twice as often.
Ways = dict[str, tuple[str, ...]]

#: How often a sentence tells each thing that stands beside its subject.
KEEP = {
    "ground": 0.84, "time": 0.80, "relief": 0.56, "weather": 0.48, "light": 0.80,
    "season": 0.55, "place": 0.80,
}  # fmt: skip
#: How often a style is told: who does not ask for one is to get a postcard.
STYLE_TOLD = {"postcard": 0.2, "watercolour": 0.95, "neon": 0.95, "pixel": 0.95}


@dataclass(frozen=True, slots=True)
class Caption:
    """A wording of a scene, and the names of the attributes that it tells."""

    text: str
    tells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How a language says what stands beside the subject: by attribute, in a sentence's words.

    `grounds` say where it stands, `shore` where at the sea if it is not at home there, and `above`
    where it floats; `stars` tell of a clear night.
    """

    times: Ways
    weathers: Ways
    stars: tuple[str, ...]
    seasons: Ways
    lights: Ways
    reliefs: Ways
    places: Ways
    grounds: Ways
    shore: tuple[str, ...]
    above: Ways

    def phrases(self, scene: Scene, rng: random.Random) -> dict[str, Part]:
        """One phrase for each further thing that the scene shows."""
        parts: dict[str, Part] = {"time": (rng.choice(self.times[scene.time]), ("time",))}
        if scene.place != "none":
            parts["place"] = (rng.choice(self.places[scene.place]), ("place",))
        if scene.subject != "none":
            parts["ground"] = (rng.choice(self._where(scene)), ("ground",))
        parts["weather"] = (rng.choice(self.weathers[scene.weather]), ("weather",))
        if scene.time == "night" and scene.weather == "clear" and rng.random() < 0.7:
            parts["weather"] = (rng.choice(self.stars), ("weather", "time"))
        if scene.season != "none":
            parts["season"] = (rng.choice(self.seasons[scene.season]), ("season",))
        if scene.light != "none":
            parts["light"] = (rng.choice(self.lights[scene.light]), ("light",))
        if scene.relief != "none":
            parts["relief"] = (rng.choice(self.reliefs[scene.relief]), ("relief",))
        return parts

    def _where(self, scene: Scene) -> tuple[str, ...]:
        if scene.subject == "balloon":
            return self.above[scene.ground]
        if scene.ground == "sea" and scene.subject not in ("boat", "duck"):
            return self.shore
        return self.grounds[scene.ground]


def join(parts: Sequence[Part], glue: str) -> Caption:
    """Return the parts one after another as a caption that tells what they tell."""
    return Caption(
        glue.join(text for text, _ in parts),
        frozenset().union(*(told for _, told in parts)),
    )


def keep_some(others: dict[str, Part], rng: random.Random) -> list[str]:
    """Return the names of what a sentence is to tell."""
    return [name for name in others if rng.random() < KEEP[name]]
