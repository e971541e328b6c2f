"""The texts in a picture file, wherever tools put them: PNG chunks, EXIF, XMP, JPEG comments."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PIL import Image

from engine.gallery.decoding import FAULTS, FORMATS, opened
from engine.gallery.png import LONGEST_TEXT, decoded, exif_chunk, is_png, text_chunks

_T = TypeVar("_T")

_XMP_KEY = "XML:com.adobe.xmp"
_EXIF_IFD, _USER_COMMENT = 0x8769, 0x9286
_MAKE, _MODEL, _SOFTWARE = 0x010F, 0x0110, 0x0131


def read_texts(path: Path) -> dict[str, str]:
    """Return every text in a PNG, JPEG or WebP by its key; nothing is decoded but text.

    EXIF's UserComment is under "UserComment", XMP's under "xmp", a JPEG's comment under "comment",
    and ComfyUI's "prompt:{...}" in EXIF under "prompt". Raises PictureError if the file is missing
    or is no picture; damaged or oversize texts are left out.
    """
    with opened(path) as file:
        exif = Image.Exif()
        if is_png(file):
            texts = text_chunks(file)
            packet = texts.pop(_XMP_KEY, "")
            if block := exif_chunk(file):
                _quietly(lambda: exif.load(block))
        else:
            with Image.open(file, formats=FORMATS) as image:
                exif = _quietly(image.getexif) or exif
                texts = _comment(image.info.get("comment"))
                packet = _as_text(image.info.get("xmp"))
    return _exif_texts(exif) | _xmp_text(packet) | texts


def _comment(value: object) -> dict[str, str]:
    text = _as_text(value)
    return {"comment": text} if text else {}


def _exif_texts(exif: Image.Exif) -> dict[str, str]:
    """Return the EXIF texts that tools use: UserComment, Software, and ComfyUI's camera names."""
    inner = _quietly(lambda: exif.get_ifd(_EXIF_IFD)) or {}
    found = {"UserComment": _user_comment(inner.get(_USER_COMMENT))}
    found["Software"] = _as_text(_quietly(lambda: exif.get(_SOFTWARE)))
    for tag in (_MAKE, _MODEL):
        text = _as_text(_quietly(lambda tag=tag: exif.get(tag)))  # type: ignore[misc]
        key, colon, value = text.partition(":")
        if colon and key.lower() in {"prompt", "workflow"}:
            found[key.lower()] = value
    return {key: text for key, text in found.items() if text}


def _user_comment(value: object) -> str:
    """Decode a UserComment: eight bytes naming its character code, then the text."""
    if not isinstance(value, bytes) or len(value) > LONGEST_TEXT:
        return _as_text(value)
    if value.startswith(b"UNICODE\0"):
        return _utf16(value[8:]).rstrip("\0")
    if value.startswith((b"ASCII\0\0\0", bytes(8))):
        value = value[8:]
    return decoded(value).rstrip("\0")


def _utf16(data: bytes) -> str:
    """Decode UTF-16 of unknown byte order; Latin letters tell which half is the zero one."""
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    little = data[1::2].count(0) > data[0::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", "replace")


def _xmp_text(packet: str) -> dict[str, str]:
    """Return the exif:UserComment of an XMP packet, without an XML parser and its traps."""
    _, start, rest = packet.partition("<exif:UserComment")
    inside, end, _ = rest.partition("</exif:UserComment>")
    if not start or not end:
        return {}
    text = re.sub(r"<[^<>]*>", "", inside.partition(">")[2]).strip()
    return {"xmp": html.unescape(text)}


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        value = decoded(value[: LONGEST_TEXT + 1])
    return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else ""


def _quietly(read: Callable[[], _T]) -> _T | None:
    """Return what Pillow's EXIF reader reads, None if the block is damaged."""
    try:
        return read()
    except FAULTS:
        return None
