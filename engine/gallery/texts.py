"""The texts in a picture file, wherever tools put them: PNG chunks, EXIF, XMP, JPEG comments."""

import html
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PIL import Image

from engine.gallery.decoding import FAULTS, FORMATS, opened
from engine.gallery.png import LONGEST_TEXT, decoded, exif_chunk, is_png, text_chunks

_T = TypeVar("_T")

_XMP_KEY = "XML:com.adobe.xmp"
_EXIF_IFD, _USER_COMMENT, _MAKER_NOTE = 0x8769, 0x9286, 0x927C
_DESCRIPTION, _SOFTWARE = 0x010E, 0x0131

# Where savers of ComfyUI put "prompt:{...}" and "workflow:{...}": Make, Model and those below.
_BORROWED = (0x010D, 0x010E, 0x010F, 0x0110)

# XMP's properties that tools use, and the keys that they are told under.
_XMP = {
    "exif:UserComment": "xmp",
    "dc:description": "xmp:description",
    "xmp:CreatorTool": "xmp:CreatorTool",
    "sdcpp:parameters": "xmp:parameters",
}


def read_texts(path: Path) -> dict[str, str]:
    """Return every text in a PNG, JPEG, WebP or AVIF by its key; nothing is decoded but text.

    EXIF's UserComment is under "UserComment", XMP's under "xmp" (and its description, creator
    tool and parameters under "xmp:..."), a JPEG's comment under "comment", ComfyUI's
    "prompt:{...}" in EXIF under "prompt". Raises PictureError if the file is missing or is no
    picture; damaged or oversize texts are left out.
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
    return _exif_texts(exif) | _xmp_texts(packet) | texts


def _comment(value: object) -> dict[str, str]:
    text = _as_text(value)
    return {"comment": text} if text else {}


def _exif_texts(exif: Image.Exif) -> dict[str, str]:
    """Return the EXIF texts that tools use: comments, Software, and ComfyUI's camera names.

    Fooocus has the name of its scheme where cameras have their maker's notes, and both that and
    the comment in the outer table, where neither belongs.
    """
    inner = _quietly(lambda: exif.get_ifd(_EXIF_IFD)) or {}
    found = {"UserComment": _user_comment(inner.get(_USER_COMMENT))}
    found["UserComment"] = found["UserComment"] or _user_comment(_value(exif, _USER_COMMENT))
    scheme = (_as_text(inner.get(_MAKER_NOTE)) or _outer(exif, _MAKER_NOTE)).strip("\0 ")
    found["fooocus_scheme"] = scheme if scheme in {"fooocus", "a1111"} else ""
    found["Software"] = _outer(exif, _SOFTWARE)
    found["ImageDescription"] = _outer(exif, _DESCRIPTION)
    for tag in _BORROWED:
        key, colon, value = _outer(exif, tag).partition(":")
        if colon and key.lower() in {"prompt", "workflow"}:
            found[key.lower()] = value
    return {key: text for key, text in found.items() if text}


def _outer(exif: Image.Exif, tag: int) -> str:
    return _as_text(_value(exif, tag))


def _value(exif: Image.Exif, tag: int) -> object:
    return _quietly(lambda: exif.get(tag))


def _user_comment(value: object) -> str:
    """Decode a UserComment: eight bytes naming its character code, then the text."""
    if not isinstance(value, bytes) or len(value) > LONGEST_TEXT:
        return _as_text(value)
    code, text = value[:8], value[8:]
    if code == b"UNICODE\0":
        return _utf16(text).rstrip("\0")
    if code == b"JIS\0\0\0\0\0" and b"\x1b" in text:
        return text.decode("iso2022_jp", "replace").rstrip("\0")
    if code in {b"ASCII\0\0\0", b"JIS\0\0\0\0\0", bytes(8)}:
        value = text
    return decoded(value).rstrip("\0")


def _utf16(data: bytes) -> str:
    """Decode UTF-16 of unknown byte order; Latin letters tell which half is the zero one.

    Without any zero it is UTF-8 that says it is UTF-16, as some write it.
    """
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if 0 not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8")
    little = data[1::2].count(0) > data[0::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", "replace")


def _xmp_texts(packet: str) -> dict[str, str]:
    """Return the properties of an XMP packet that tools use, without an XML parser and its traps.

    Each is an element, with an rdf:Alt round the text or without, or an attribute.
    """
    found = {key: _element(packet, name) or _attribute(packet, name) for name, key in _XMP.items()}
    return {key: html.unescape(text) for key, text in found.items() if text}


def _element(packet: str, name: str) -> str:
    _, start, rest = packet.partition(f"<{name}")
    inside, end, _ = rest.partition(f"</{name}>")
    if not start or not end:
        return ""
    text = inside.partition(">")[2]
    if "<rdf:li" in text:  # of several languages the first
        text = text.partition("<rdf:li")[2].partition(">")[2].partition("</rdf:li>")[0]
    return re.sub(r"<[^<>]*>", "", text).strip()


def _attribute(packet: str, name: str) -> str:
    _, start, rest = packet.partition(f'{name}="')
    value, end, _ = rest.partition('"')
    return value.strip() if start and end else ""


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
