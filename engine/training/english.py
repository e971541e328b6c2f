"""English captions: sentences, lists of keywords, single words."""

from __future__ import annotations

import random

from engine.training.phrases import Caption, Part, Surroundings, join, keep_some
from engine.training.scene import Scene

_AROUND = Surroundings(
    times={
        "day": ("by day", "in the daytime", "on a sunny day", "during the day", "at noon"),
        "sunrise": ("at sunrise", "at sunrise", "at dawn", "in the morning",
                    "in the early morning"),
        "sunset": ("at sunset", "at sunset", "at sunset", "at dusk", "in the evening"),
        "night": ("at night", "at night", "at night", "at midnight", "in the dark"),
    },
    weathers={
        "clear": ("under a clear sky", "with a clear sky", "under a cloudless sky"),
        "cloudy": ("with clouds", "under a cloudy sky", "with clouds in the sky",
                   "with some clouds"),
        "rainy": ("in the rain", "in the rain", "with rain falling", "on a rainy day",
                  "rainy weather"),
        "snowy": ("in falling snow", "while it is snowing", "with snow falling", "snowy weather"),
        "foggy": ("in the fog", "in the fog", "in mist", "on a foggy day", "foggy weather",
                  "misty"),
    },
    stars=("under a starry sky", "with stars", "under the stars", "on a starry night"),
    seasons={
        "spring": ("in spring", "in spring", "in springtime", "on a spring day"),
        "summer": ("in summer", "in summer", "in the summer"),
        "autumn": ("in autumn", "in autumn", "in the fall", "on an autumn day"),
        "winter": ("in winter", "in winter", "in wintertime"),
    },
    lights={
        "sun": ("with the sun", "with the sun in the sky", "and the sun", "with a big sun"),
        "moon": ("with a full moon", "with the moon", "under a full moon", "in the moonlight"),
        "crescent": ("with a crescent moon", "under a crescent moon", "with a thin moon"),
    },
    reliefs={
        "hills": ("with hills", "in front of hills", "with green hills behind",
                  "with rolling hills"),
        "mountains": ("with mountains", "in front of mountains", "with mountains behind",
                      "with mountains in the background"),
        "peaks": ("with snowy mountains", "in front of snowy mountains", "with snowy peaks",
                  "with snow-capped mountains behind"),
    },
    places={
        "left": ("on the left", "on the left", "to the left", "on the left side"),
        "middle": ("in the middle", "in the middle", "in the centre", "in the center"),
        "right": ("on the right", "on the right", "to the right", "on the right side"),
    },
    grounds={
        "sea": ("on the sea", "on the sea", "at sea", "on the water", "on the ocean"),
        "meadow": ("in a meadow", "on a meadow", "on the grass", "in a field"),
        "desert": ("in the desert", "in the desert", "on the sand", "among the dunes"),
        "snow": ("in the snow", "in the snow", "in a snowy field", "on the snow"),
    },
    shore=("by the sea", "on an island", "on an island in the sea", "in the sea"),
    above={
        "sea": ("over the sea", "over the sea", "above the water", "above the ocean"),
        "meadow": ("over a meadow", "over the grass", "above a field"),
        "desert": ("over the desert", "over the desert", "above the sand", "above the dunes"),
        "snow": ("over the snow", "over snow", "above a snowy field"),
    },
)  # fmt: skip
_BARE: dict[str, tuple[str, ...]] = {
    "sea": ("the sea", "the sea", "the ocean", "a calm sea", "a seascape"),
    "meadow": ("a meadow", "a meadow", "a field", "grass"),
    "desert": ("a desert", "the desert", "sand dunes", "an empty desert"),
    "snow": ("a snowy field", "snow", "a snowy landscape", "a winter landscape"),
}
#: Each subject's names, one and many of it.
SUBJECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "boat": (("sailing boat", "sailing boats"), ("boat", "boats"), ("boat", "boats"),
             ("sailboat", "sailboats"), ("sailing ship", "sailing ships"), ("ship", "ships")),
    "house": (("house", "houses"), ("house", "houses"), ("cottage", "cottages"),
              ("cabin", "cabins"), ("little house", "little houses"), ("hut", "huts")),
    "lighthouse": (("lighthouse", "lighthouses"),),
    "balloon": (("hot air balloon", "hot air balloons"), ("balloon", "balloons"),
                ("hot-air balloon", "hot-air balloons")),
    "pine": (("pine tree", "pine trees"), ("pine", "pines"), ("fir tree", "fir trees")),
    "palm": (("palm tree", "palm trees"), ("palm tree", "palm trees"), ("palm", "palms")),
    "cactus": (("cactus", "cacti"), ("cactus", "cactuses"), ("saguaro cactus", "saguaro cacti")),
    "tree": (("tree", "trees"), ("tree", "trees"), ("leafy tree", "leafy trees")),
    "windmill": (("windmill", "windmills"), ("windmill", "windmills"), ("mill", "mills")),
    "duck": (("duck", "ducks"), ("duck", "ducks"), ("duckling", "ducklings")),
    "snowman": (("snowman", "snowmen"),),
}  # fmt: skip
#: Trees are named after what the season makes of them.
_SEASON_TREES: dict[str, tuple[tuple[str, str], ...]] = {
    "spring": (("cherry tree", "cherry trees"), ("blossoming tree", "blossoming trees")),
    "summer": (("green tree", "green trees"),),
    "autumn": (("autumn tree", "autumn trees"), ("maple tree", "maple trees")),
    "winter": (("bare tree", "bare trees"),),
}
_NUMBERS: dict[str, tuple[str, ...]] = {
    "two": ("two", "two", "two", "a pair of", "2"),
    "three": ("three", "three", "three", "3"),
}
_STYLES: dict[str, tuple[str, ...]] = {
    "postcard": ("flat postcard", "postcard", "flat illustration", "flat design"),
    "watercolour": ("watercolour", "watercolour", "watercolor", "watercolour painting"),
    "neon": ("neon", "neon lights", "neon style", "glowing neon"),
    "pixel": ("pixel art", "pixel art", "8-bit pixel art", "pixels"),
}
_STYLE_OF: dict[str, tuple[str, ...]] = {
    "postcard": ("a postcard of ", "a flat postcard of ", "a flat illustration of "),
    "watercolour": ("a watercolour of ", "a watercolour painting of ", "a watercolor of "),
    "neon": ("a neon picture of ", "neon lights of ", "a neon sign of "),
    "pixel": ("pixel art of ", "a pixel art picture of ", "8-bit pixel art of "),
}
_OPENINGS = ("",) * 9 + ("a picture of ", "a drawing of ", "an image of ")
_SMALL = {"a", "an", "the", "with", "on", "in", "at", "under", "and", "by", "some", "of", "to"}


def describe(scene: Scene, rng: random.Random, *, styled: bool) -> Caption:
    """Return a caption of ``scene``; ``styled`` says whether it tells the drawing style."""
    head, others = _head(scene, rng), _others(scene, rng)
    form = rng.random()
    if form < 0.60:
        caption = _sentence(head, others, rng)
    elif form < 0.87:
        caption = _list(head, others, rng)
    else:
        caption = _short(head, others, rng)
    if styled:
        caption = _style(caption, scene, rng)
    elif form < 0.60:
        caption = Caption(rng.choice(_OPENINGS) + caption.text, caption.tells)
    if rng.random() < 0.08:
        text = caption.text[0].upper() + caption.text[1:] + rng.choice(("", "."))
        return Caption(text, caption.tells)
    return caption


def _head(scene: Scene, rng: random.Random) -> Part:
    """The subject, with its colour four times in five, and how many there are."""
    if scene.subject == "none":
        return rng.choice(_BARE[scene.ground]), ("ground", "subject")
    told = ["subject"]
    one, many = rng.choice(SUBJECTS[scene.subject])
    if scene.subject == "tree" and rng.random() < 0.4:
        one, many = rng.choice(_SEASON_TREES[scene.season])
        told.append("season")
    colour = ""
    if scene.colour != "none" and rng.random() < 0.82:
        told.append("colour")
        colour = f"{scene.colour} "
    if scene.count == "one":
        noun = colour + one
        return (f"one {noun}" if rng.random() < 0.08 else article(noun)), (*told, "count")
    if rng.random() < 0.9:
        return f"{rng.choice(_NUMBERS[scene.count])} {colour}{many}", (*told, "count")
    return f"{rng.choice(('', 'some '))}{colour}{many}", tuple(told)


def article(noun: str) -> str:
    """Return ``noun`` with the indefinite article before it."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _others(scene: Scene, rng: random.Random) -> dict[str, Part]:
    """One phrase for each further thing that the scene shows."""
    parts = _AROUND.phrases(scene, rng)
    if scene.weather != "clear" and parts["time"][0] in ("on a sunny day", "at noon"):
        parts["time"] = ("by day", ("time",))
    return parts


def _sentence(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "two red sailing boats on the left on the sea at sunset with clouds"."""
    kept = keep_some(others, rng)
    if rng.random() < 0.3:
        rng.shuffle(kept)
    else:
        order = ("place", "ground", "season", "time", "relief", "weather", "light")
        kept.sort(key=order.index)
    return join([head, *(others[name] for name in kept)], " ")


def _list(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "night, sea, red boat, full moon, mountains"."""
    parts = [(_bare(head[0]) if rng.random() < 0.5 else head[0], head[1])]
    parts += [(_bare(text), told) for text, told in others.values() if rng.random() < 0.7]
    if rng.random() < 0.6:
        rng.shuffle(parts)
    return join(parts, rng.choice((", ", ", ", ", ", " ")))


def _short(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "a boat", "night", "a desert at dawn"."""
    parts = [head, head, head, *others.values()]
    first = rng.choice(parts)
    if first is head and rng.random() < 0.5:
        return join([head, others["time"]], " ")
    return join([head] if first is head else [(_bare(first[0]), first[1])], "")


def _bare(text: str) -> str:
    """Drop what only a sentence needs: "with a full moon" becomes "full moon"."""
    words = text.split()
    while len(words) > 1 and words[0] in _SMALL and words[1] != "front":
        words.pop(0)
    return " ".join(words)


def _style(caption: Caption, scene: Scene, rng: random.Random) -> Caption:
    told = caption.tells | {"style"}
    form = rng.random()
    if form < 0.4:
        return Caption(rng.choice(_STYLE_OF[scene.style]) + caption.text, told)
    name = rng.choice(_STYLES[scene.style])
    if form < 0.8:
        return Caption(f"{caption.text}, {name}", told)
    if form < 0.9:
        return Caption(f"{name}, {caption.text}", told)
    return Caption(f"{caption.text} in {name} style".replace("style style", "style"), told)
