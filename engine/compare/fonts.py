"""Letters for the sheet: the font inside Pillow, or a system's where that lacks a character."""

from collections.abc import Sequence
from functools import cache
from typing import cast

from PIL import ImageFont

Font = ImageFont.FreeTypeFont

_LONGEST = 600
"""Characters of a line that are looked at; no sheet shows more."""

_MISSING = "\U0010ffff"  # never a character, so every font draws its "missing" box for it

# Files with many scripts in them, as systems call them; Pillow knows their folders.
_SYSTEM_FONTS = (
    "segoeui.ttf",
    "HelveticaNeue.ttc",
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "uming.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Medium.ttc",
    "Arial Unicode.ttf",
    "msyh.ttc",
    "simsun.ttc",
    "YuGothM.ttc",
    "malgun.ttf",
)


@cache
def plain_font(size: float) -> Font:
    """Return Pillow's own font: Latin letters without accents, digits, some signs."""
    return cast("Font", ImageFont.load_default(size))


def font_for(text: str, size: float) -> Font | None:
    """Return a font that has every character of `text`; None if there is none here."""
    characters = frozenset(text) - {" "}
    if _has(plain_font(20), characters):
        return plain_font(size)
    return next(
        (font.font_variant(size=size) for font in _system_fonts() if _has(font, characters)), None
    )


def one_line(text: str) -> str:
    """Return the text without line breaks or anything that has no shape, not absurdly long."""
    shaped = "".join(c if c.isprintable() else " " for c in text[: 10 * _LONGEST])
    return " ".join(shaped.split())[:_LONGEST]


def fit(text: str, font: Font, width: float, *, middle: bool = False) -> str:
    """Return the text, cut short with an ellipsis if it is wider than `width` pixels.

    It is cut at its end, or in the `middle`: seeds of many digits may differ in the last ones.
    """
    if font.getlength(text) <= width:
        return text
    if middle:
        return _without_middle(text, font, width)
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…" if text else ""


def _without_middle(text: str, font: Font, width: float) -> str:
    for kept in range(len(text) - 1, 1, -1):
        head, tail = text[: (kept + 1) // 2], text[-(kept // 2) :]
        line = f"{head.rstrip()}…{tail.lstrip()}"
        if font.getlength(line) <= width:
            return line
    return fit(text, font, width)


def wrap(text: str, font: Font, width: float, lines: int) -> list[str]:
    """Break the text into at most `lines` lines, between words if they are not too long."""
    broken: list[str] = []
    rest = text
    while rest and len(broken) < lines - 1:
        end = _fitting(rest, font, width)
        if end < len(rest) and (space := rest.rfind(" ", 0, end + 1)) > 0:
            end = space
        broken.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*broken, fit(rest, font, width)] if rest else broken


def wrap_items(items: Sequence[str], separator: str, font: Font, width: float) -> list[str]:
    """Join short texts into lines, and break only between them."""
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]}{separator}{item}" if lines else item
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fit(item, font, width))
    return lines


def _fitting(text: str, font: Font, width: float) -> int:
    """Return how many characters of the text fit, one at least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _has(font: Font, characters: frozenset[str]) -> bool:
    box = _drawn(font, _MISSING)
    return all(_drawn(font, character) != box for character in characters)


def _drawn(font: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@cache
def _system_fonts() -> tuple[Font, ...]:
    found = []
    for name in _SYSTEM_FONTS:
        try:
            found.append(ImageFont.truetype(name, 20))
        except (OSError, ValueError):  # not on this system
            continue
    return tuple(found)
