"""The colours of the scenes: what things are by daylight, and what each hour does to them."""

from __future__ import annotations

Colour = tuple[int, int, int]

#: Colours that a caption can name, as they look by daylight (sRGB, 0-255).
NAMED: dict[str, Colour] = {
    "red": (220, 38, 38),
    "orange": (250, 132, 22),
    "yellow": (252, 208, 42),
    "green": (38, 158, 72),
    "blue": (34, 96, 222),
    "purple": (132, 62, 196),
    "pink": (250, 122, 176),
    "white": (246, 244, 240),
}

#: Sky from the zenith to the horizon, for each time of day.
SKIES: dict[str, tuple[Colour, Colour, Colour]] = {
    "day": ((40, 138, 228), (118, 194, 248), (222, 240, 250)),
    "sunrise": ((124, 176, 236), (252, 208, 204), (255, 234, 178)),
    "sunset": ((88, 44, 136), (222, 76, 102), (255, 164, 88)),
    "night": ((8, 10, 42), (20, 30, 86), (40, 52, 112)),
}

#: What the light of the hour is mixed into every daylight colour, and how strongly (0-1).
_TINTS: dict[str, tuple[Colour, float]] = {
    "day": ((255, 255, 255), 0.0),
    "sunrise": ((255, 206, 170), 0.16),
    "sunset": ((150, 44, 60), 0.24),
    "night": ((10, 16, 56), 0.58),
}

_OVERCAST: dict[str, Colour] = {
    "day": (132, 142, 152),
    "sunrise": (156, 140, 144),
    "sunset": (112, 84, 96),
    "night": (20, 24, 44),
}


def mix(one: Colour, other: Colour, amount: float) -> Colour:
    """Return ``one`` moved towards ``other``; ``amount`` 0 keeps the first, 1 gives the second."""
    keep = 1.0 - amount
    return (
        round(one[0] * keep + other[0] * amount),
        round(one[1] * keep + other[1] * amount),
        round(one[2] * keep + other[2] * amount),
    )


def shade(colour: Colour, amount: float) -> Colour:
    """Darken (``amount`` below 0, to black at -1) or lighten (above 0, to white at 1)."""
    return mix(colour, (255, 255, 255) if amount > 0 else (0, 0, 0), abs(amount))


def lit(colour: Colour, time: str, strength: float = 1.0) -> Colour:
    """Return a daylight colour as it looks at ``time``; ``strength`` 0 ignores the hour."""
    tint, amount = _TINTS[time]
    return mix(colour, tint, amount * strength)


def sky_stops(time: str, *, overcast: bool) -> tuple[Colour, Colour, Colour]:
    """Return the sky's colours from zenith to horizon, greyed when it rains or snows."""
    top, middle, low = SKIES[time]
    if not overcast:
        return top, middle, low
    grey = _OVERCAST[time]
    return mix(top, shade(grey, -0.12), 0.82), mix(middle, grey, 0.8), mix(low, grey, 0.62)


def cloud_colour(time: str, *, overcast: bool) -> Colour:
    """Return the colour of a cloud's sunny side."""
    if overcast:
        return shade(_OVERCAST[time], -0.34)
    fair = {"day": (255, 255, 255), "sunrise": (255, 240, 232), "sunset": (255, 170, 132)}
    return fair.get(time, (86, 98, 152))


def fog_colour(time: str) -> Colour:
    """Return the colour of fog lit by the hour."""
    tones = {"day": (226, 232, 236), "sunrise": (248, 222, 206), "sunset": (206, 148, 152)}
    return tones.get(time, (58, 66, 100))
