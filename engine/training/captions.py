"""Says what a scene shows, as a person would type it: many wordings, orders and omissions."""

from __future__ import annotations

import random
from dataclasses import dataclass

from engine.training.scene import Scene

#: A phrase and the attributes that it tells.
Part = tuple[str, tuple[str, ...]]

_TIMES: dict[str, tuple[str, ...]] = {
    "day": ("by day", "in the daytime", "on a sunny day", "during the day", "at noon"),
    "sunrise": ("at sunrise", "at sunrise", "at dawn", "in the morning", "in the early morning"),
    "sunset": ("at sunset", "at sunset", "at sunset", "at dusk", "in the evening"),
    "night": ("at night", "at night", "at night", "at midnight", "in the dark"),
}

_SKIES: dict[str, tuple[str, ...]] = {
    "clear": ("under a clear sky", "with a clear sky", "under a cloudless sky"),
    "cloudy": ("with clouds", "under a cloudy sky", "with clouds in the sky", "with some clouds"),
    "rainy": ("in the rain", "in the rain", "with rain falling", "on a rainy day", "rainy weather"),
    "snowy": ("in falling snow", "while it is snowing", "with snow falling", "snowy weather"),
}

_LIGHTS: dict[str, tuple[str, ...]] = {
    "sun": ("with the sun", "with the sun in the sky", "and the sun", "with a big sun"),
    "moon": ("with a full moon", "with the moon", "under a full moon", "in the moonlight"),
    "crescent": ("with a crescent moon", "under a crescent moon", "with a thin moon"),
}

_RELIEFS: dict[str, tuple[str, ...]] = {
    "hills": ("with hills", "in front of hills", "with green hills behind", "with rolling hills"),
    "mountains": ("with mountains", "in front of mountains", "with mountains behind",
                  "with mountains in the background"),
    "peaks": ("with snowy mountains", "in front of snowy mountains", "with snowy peaks",
              "with snow-capped mountains behind"),
}  # fmt: skip

_GROUNDS: dict[str, tuple[str, ...]] = {
    "sea": ("on the sea", "on the sea", "at sea", "on the water", "on the ocean"),
    "meadow": ("in a meadow", "on a meadow", "on the grass", "in a green field"),
    "desert": ("in the desert", "in the desert", "on the sand", "among the dunes"),
    "snow": ("in the snow", "in the snow", "in a snowy field", "in winter"),
}

_SHORE: tuple[str, ...] = ("by the sea", "on an island", "on an island in the sea", "in the sea")
_ABOVE: dict[str, tuple[str, ...]] = {
    "sea": ("over the sea", "over the sea", "above the water", "above the ocean"),
    "meadow": ("over a meadow", "over the grass", "above a green field"),
    "desert": ("over the desert", "over the desert", "above the sand", "above the dunes"),
    "snow": ("over the snow", "over snow", "above a snowy field"),
}
_BARE: dict[str, tuple[str, ...]] = {
    "sea": ("the sea", "the sea", "the ocean", "a calm sea", "a seascape"),
    "meadow": ("a meadow", "a meadow", "a green field", "grass"),
    "desert": ("a desert", "the desert", "sand dunes", "an empty desert"),
    "snow": ("a snowy field", "snow", "a snowy landscape", "a winter landscape"),
}

_SUBJECTS: dict[str, tuple[str, ...]] = {
    "boat": ("sailing boat", "sailing boat", "boat", "boat", "sailboat", "sailing ship", "ship"),
    "house": ("house", "house", "house", "cottage", "cabin", "little house", "hut"),
    "lighthouse": ("lighthouse", "lighthouse", "lighthouse", "striped lighthouse"),
    "balloon": ("hot air balloon", "balloon", "balloon", "hot-air balloon", "flying balloon"),
    "pines": ("pine trees", "pines", "three pines", "fir trees", "pine trees", "trees"),
    "palm": ("palm tree", "palm tree", "palm"),
    "cactus": ("cactus", "cactus", "tall cactus", "saguaro cactus"),
}

_OPENINGS = ("", "", "", "", "", "", "a picture of ", "a postcard of ", "a drawing of ",
             "an illustration of ", "a painting of ")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caption:
    """A wording of a scene, and the names of the attributes that it tells."""

    text: str
    tells: frozenset[str]


def write_caption(scene: Scene, rng: random.Random) -> Caption:
    """Return one of very many captions of ``scene``; it never says what the picture denies."""
    head, others = _head(scene, rng), _others(scene, rng)
    style = rng.random()
    if style < 0.62:
        return _sentence(head, others, rng)
    if style < 0.88:
        return _list(head, others, rng)
    return _short(head, others, rng)


def _head(scene: Scene, rng: random.Random) -> Part:
    """The subject, with its colour four times in five."""
    if scene.subject == "none":
        return rng.choice(_BARE[scene.ground]), ("ground", "subject")
    noun = rng.choice(_SUBJECTS[scene.subject])
    told: tuple[str, ...] = ("subject",)
    if scene.colour != "none" and rng.random() < 0.82:
        told = ("subject", "colour")
        if scene.subject == "boat" and rng.random() < 0.12:
            return _article(f"{noun} with {scene.colour} sails"), told
        noun = f"{scene.colour} {noun}"
    plural = noun.endswith(("s", "trees")) and not noun.endswith("cactus")
    if not plural:
        return _article(noun), told
    return (noun if rng.random() < 0.7 else f"some {noun}".replace("some three", "three")), told


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _others(scene: Scene, rng: random.Random) -> dict[str, Part]:
    """One phrase for each further thing that the scene shows."""
    parts: dict[str, Part] = {"time": (rng.choice(_TIMES[scene.time]), ("time",))}
    if scene.subject != "none":
        parts["ground"] = _place(scene, rng)
    parts["sky"] = (rng.choice(_SKIES[scene.sky]), ("sky",))
    if scene.time == "night" and scene.sky == "clear" and rng.random() < 0.7:
        starry = ("under a starry sky", "with stars", "under the stars", "on a starry night")
        parts["sky"] = (rng.choice(starry), ("sky", "time"))
    if scene.light != "none":
        parts["light"] = (rng.choice(_LIGHTS[scene.light]), ("light",))
    if scene.relief != "none":
        parts["relief"] = (rng.choice(_RELIEFS[scene.relief]), ("relief",))
    if scene.sky != "clear" and parts["time"][0] in ("on a sunny day", "at noon"):
        parts["time"] = ("by day", ("time",))
    return parts


def _place(scene: Scene, rng: random.Random) -> Part:
    if scene.subject == "balloon":
        return rng.choice(_ABOVE[scene.ground]), ("ground",)
    if scene.ground == "sea" and scene.subject != "boat":
        return rng.choice(_SHORE), ("ground",)
    return rng.choice(_GROUNDS[scene.ground]), ("ground",)


def _sentence(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "a red sailing boat on the sea at sunset with clouds"."""
    kept = [name for name in others if rng.random() < _KEEP[name]]
    if rng.random() < 0.3:
        rng.shuffle(kept)
    else:
        kept.sort(key=("ground", "time", "relief", "sky", "light").index)
    return _join(head, [others[name] for name in kept], rng, " ")


_KEEP = {"ground": 0.86, "time": 0.82, "relief": 0.62, "sky": 0.5, "light": 0.42}


def _list(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "night, sea, red boat, full moon, mountains"."""
    parts = [(_bare(head[0]), head[1])]
    parts += [(_bare(text), told) for text, told in others.values() if rng.random() < 0.75]
    if rng.random() < 0.6:
        rng.shuffle(parts)
    return _join(parts[0], parts[1:], rng, ", ")


def _short(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "a boat", "night", "a desert at dawn"."""
    parts = [head, head, *others.values()]
    first = rng.choice(parts)
    if first is head and rng.random() < 0.5:
        return _join(head, [others["time"]], rng, " ")
    return Caption(first[0] if first is head else _bare(first[0]), frozenset(first[1]))


def _bare(text: str) -> str:
    """Drop what only a sentence needs: "with a full moon" becomes "full moon"."""
    words = text.split()
    small = {"a", "an", "the", "with", "on", "in", "at", "under", "and", "by", "some", "of"}
    while len(words) > 1 and words[0] in small:
        words.pop(0)
    return " ".join(words)


def _join(head: Part, rest: list[Part], rng: random.Random, glue: str) -> Caption:
    text = glue.join([head[0], *(part[0] for part in rest)])
    if glue == " ":
        text = rng.choice(_OPENINGS) + text
    if rng.random() < 0.08:
        text = text[0].upper() + text[1:] + rng.choice(("", "."))
    return Caption(text, frozenset(head[1]).union(*(part[1] for part in rest)))
