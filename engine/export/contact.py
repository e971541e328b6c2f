"""Contact sheets: many small pictures on one, each with its prompt and settings below it."""

from collections.abc import Callable, Iterator, MutableSequence, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from engine.compare.fonts import fit, font_for, one_line, plain_font, wrap_items
from engine.errors import PictureError
from engine.export.captions import caption
from engine.gallery.entries import Entry
from engine.gallery.png import encode_png
from engine.gallery.store import thumbnail

ON_A_SHEET = 48
"""Pictures on one sheet: eight rows of six."""

_ACROSS, _EDGE, _GAP, _MARGIN, _LETTERS = 6, 256, 24, 40, 15
_LINE = 21
_GROUND, _TEXT, _SECONDARY = "#f7f7f8", "#17191c", "#5d646d"


def contact_sheets(
    pictures: Sequence[tuple[Path, Entry]],
    notes: MutableSequence[str],
    progress: Callable[[int, int], None],
    *,
    settings: bool,
) -> Iterator[bytes]:
    """Yield sheets as PNG files, each of ON_A_SHEET pictures at most; `notes` gets what failed."""
    for start in range(0, len(pictures), ON_A_SHEET):
        some = pictures[start : start + ON_A_SHEET]
        sheet = _Sheet(len(some), lines=3 if settings else 0)
        for number, (path, entry) in enumerate(some):
            progress(start + number, len(pictures))
            try:
                sheet.put(number, Image.fromarray(thumbnail(path, _EDGE)))
            except PictureError as error:
                notes.append(f"{error.message} Its place is empty.")
            if settings:
                sheet.write(number, 0, _title(entry), _TEXT)
                for line, text in enumerate(_small_print(entry), 1):
                    sheet.write(number, line, text, _SECONDARY)
        yield sheet.png()
    progress(len(pictures), len(pictures))


def _title(entry: Entry) -> str:
    """Return the prompt, or the file's name where no font here has the prompt's letters."""
    prompt = one_line(entry.facts.settings.get("prompt", ""))
    return prompt if prompt and font_for(prompt, _LETTERS) else entry.name


def _small_print(entry: Entry) -> list[str]:
    return wrap_items(caption(entry.facts.settings), " · ", plain_font(_LETTERS), _EDGE)[:2]


class _Sheet:
    """A sheet with room for some pictures and lines of text under each."""

    def __init__(self, count: int, lines: int) -> None:
        across, down = min(count, _ACROSS), -(-count // _ACROSS)
        self._pitch = _EDGE + lines * _LINE + _GAP
        size = (
            2 * _MARGIN + across * (_EDGE + _GAP) - _GAP,
            2 * _MARGIN + down * self._pitch - _GAP,
        )
        self._image = Image.new("RGB", size, _GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def put(self, number: int, picture: Image.Image) -> None:
        picture = ImageOps.contain(picture, (_EDGE, _EDGE), Image.Resampling.LANCZOS)
        x, y = self._corner(number)
        at = (x + (_EDGE - picture.width) // 2, y + (_EDGE - picture.height) // 2)
        self._image.paste(picture, at)

    def write(self, number: int, line: int, text: str, fill: str) -> None:
        x, y = self._corner(number)
        font = font_for(text, _LETTERS) or plain_font(_LETTERS)
        at = (x, y + _EDGE + line * _LINE + _LINE // 2 + 3)
        self._draw.text(at, fit(text, font, _EDGE), font=font, fill=fill, anchor="lm")

    def png(self) -> bytes:
        return encode_png(np.asarray(self._image).copy(), {})

    def _corner(self, number: int) -> tuple[int, int]:
        across, down = number % _ACROSS, number // _ACROSS
        return _MARGIN + across * (_EDGE + _GAP), _MARGIN + down * self._pitch
