"""How the Create view divides its width: with large type in a small window the picture gives least.

All widths are in pixels; an em is the size of the type in pixels.
"""

NARROWEST_CONTROLS = 352
WIDE_STRIP, SLIM_STRIP = 212, 124
"""The strip with two columns of pictures at least, and with one."""
CONTROLS, STRIP = 27, 16
"""How wide controls and strip would like to be, in ems."""
MOST_CONTROLS, MOST_STRIP = 0.37, 0.2
"""How much of the view they take at most, if what is in them needs no more."""
STAGE = 34
"""Ems of the stage below which the strip makes room for it."""


def controls_width(width: int, em: int) -> int:
    """Return how wide the controls are to be in a view of this width."""
    return max(NARROWEST_CONTROLS, min(CONTROLS * em, round(MOST_CONTROLS * width)))


def strip_width(width: int, em: int, controls: int) -> int:
    """Return how wide the strip is to be beside controls of that width."""
    wide = max(WIDE_STRIP, min(STRIP * em, round(MOST_STRIP * width)))
    return wide if width - controls - wide >= STAGE * em else SLIM_STRIP
