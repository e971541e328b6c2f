"""Texts hidden in the last bits of a picture's transparency, as NovelAI and others write them.

The bits run down the columns: a signature of 15 letters, the length of the text in bits as 32,
most significant first, and the text, JSON or A1111's, perhaps packed by gzip.
"""

import io
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import PictureError
from engine.gallery.decoding import FORMATS, MOST_PIXELS, opened
from engine.gallery.findings import parsed
from engine.gallery.png import LONGEST_TEXT, is_png, pictorial

_SIGNATURES = {b"stealth_pnginfo": False, b"stealth_pngcomp": True}
_SIGNATURE = 15
_LENGTH = 4
_GZIP = 16 + zlib.MAX_WBITS


def hidden_texts(path: Path) -> dict[str, str]:
    """Return the texts hidden in a picture by their keys, none if it hides none. Never raises.

    Only a picture with transparency is decoded for it.
    """
    try:
        with opened(path) as file:
            source = io.BytesIO(pictorial(file)) if is_png(file) else file
            with Image.open(source, formats=FORMATS) as image:
                if image.mode not in {"RGBA", "LA"} or image.width * image.height > MOST_PIXELS:
                    return {}
                return _texts(np.asarray(image.getchannel("A")))
    except PictureError:
        return {}


def _texts(alpha: NDArray[np.uint8]) -> dict[str, str]:
    columns = alpha.T
    head = _bytes(columns, 0, _SIGNATURE + _LENGTH)
    packed = _SIGNATURES.get(head[:_SIGNATURE])
    length = int.from_bytes(head[_SIGNATURE:], "big") // 8
    if packed is None or length > LONGEST_TEXT:
        return {}
    data = _bytes(columns, _SIGNATURE + _LENGTH, length)
    text = (_unpacked(data) if packed else data).decode("utf-8", "replace")
    told = parsed(text)
    if not isinstance(told, dict):
        return {"parameters": text} if text else {}
    texts = {key: value for key, value in told.items() if isinstance(value, str)}
    return texts if "Comment" in texts else {"parameters": text}


def _bytes(columns: NDArray[np.uint8], start: int, count: int) -> bytes:
    """Return `count` bytes from byte `start` on of the last bits, down the columns (W x H)."""
    height = columns.shape[1]
    first, last = 8 * start // height, -(-8 * (start + count) // height)
    bits = (columns[first:last] & 1).ravel()[8 * start - first * height :][: 8 * count]
    return np.packbits(bits).tobytes() if bits.size == 8 * count else b""


def _unpacked(data: bytes) -> bytes:
    inflater = zlib.decompressobj(_GZIP)
    try:
        text = inflater.decompress(data, LONGEST_TEXT)
    except zlib.error:
        return b""
    return text if inflater.eof else b""
