"""PNG, chunk by chunk: writing ours, and reading anybody's text without trusting any of it."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine.recipe import Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"

LONGEST_TEXT = 8 * 2**20
"""Bytes of one text, decompressed; a longer one is skipped. A prompt of a million words fits."""

_MOST_TEXTS = 100
_MOST_CHUNKS = 100_000

# What the pixels depend on. Texts and colour profiles may be bombs, and animations are not for us.
_PICTORIAL = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its kind, and where in the file its data is."""

    kind: bytes
    start: int
    length: int

    def data(self, file: BinaryIO) -> bytes:
        """Read the chunk's data; nothing at all if its checksum is wrong."""
        file.seek(self.start)
        data = file.read(self.length)
        right = zlib.crc32(data, zlib.crc32(self.kind)).to_bytes(4, "big")
        return data if file.read(4) == right else b""

    def raw(self, file: BinaryIO) -> bytes:
        """Read the chunk as it is, from its length to its checksum."""
        file.seek(self.start - 8)
        return file.read(self.length + 12)


def encode_png(pixels: Pixels, texts: dict[str, str]) -> bytes:
    """Return a PNG of H x W x 3 sRGB `pixels`, with each of `texts` in an uncompressed iTXt chunk.

    What iTXt cannot hold, NUL and halves of a surrogate pair, becomes U+FFFD.
    """
    info = PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, re.sub("[\0\ud800-\udfff]", "\ufffd", text))
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def packed_text(key: str, text: str) -> bytes:
    """Return a text as an uncompressed iTXt chunk, from its length to its checksum."""
    data = key.encode("latin-1") + bytes(5) + text.encode("utf-8", "replace")
    checksum = zlib.crc32(data, zlib.crc32(b"iTXt"))
    return len(data).to_bytes(4, "big") + b"iTXt" + data + checksum.to_bytes(4, "big")


def is_png(file: BinaryIO) -> bool:
    """Tell a PNG by its first bytes, whatever its name; the file is rewound."""
    file.seek(0)
    first = file.read(len(SIGNATURE))
    file.seek(0)
    return first == SIGNATURE


def chunks(file: BinaryIO) -> Iterator[Chunk]:
    """Walk over the chunks of a PNG, as far as they are whole and not absurdly many."""
    size = file.seek(0, io.SEEK_END)
    at = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        chunk = Chunk(head[4:], at + 8, int.from_bytes(head[:4], "big"))
        at += chunk.length + 12
        if len(head) < 8 or at > size:
            return
        yield chunk
        if chunk.kind == b"IEND":
            return


def is_whole(file: BinaryIO) -> bool:
    """Tell whether a PNG has its head, its end and all that they enclose; pixels are not read."""
    kinds = [chunk.kind for chunk in chunks(file)]
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"]


def pictorial(file: BinaryIO) -> bytes:
    """Return the PNG without any chunk that its pixels can do without.

    A last chunk that is cut short is kept, for the decoder to find out.
    """
    kept = [SIGNATURE]
    end = len(SIGNATURE)
    for chunk in chunks(file):
        end = chunk.start + chunk.length + 4
        if chunk.kind in _PICTORIAL:
            kept.append(chunk.raw(file))
    file.seek(end)
    if (head := file.read(8))[4:] in _PICTORIAL:
        kept.append(head + file.read())
    return b"".join(kept)


def text_chunks(file: BinaryIO) -> dict[str, str]:
    """Return the texts of a PNG by keyword, the first of each; damaged and oversize ones not."""
    texts: dict[str, str] = {}
    readers = {b"tEXt": _text, b"zTXt": _compressed_text, b"iTXt": _international_text}
    for chunk in chunks(file):
        if chunk.kind not in readers or chunk.length > LONGEST_TEXT + 200:
            continue
        keyword, separator, rest = chunk.data(file).partition(b"\0")
        text = readers[chunk.kind](rest) if separator else None
        if text is not None:
            texts.setdefault(keyword.decode("latin-1"), text)
        if len(texts) == _MOST_TEXTS:
            break
    return texts


def exif_chunk(file: BinaryIO) -> bytes:
    """Return the EXIF block of a PNG, empty if it has none."""
    found = (chunk for chunk in chunks(file) if chunk.kind == b"eXIf")
    chunk = next(found, None)
    return chunk.data(file) if chunk and chunk.length <= LONGEST_TEXT else b""


def decoded(data: bytes) -> str:
    """Decode text that says it is Latin-1, but often is UTF-8 (stable-diffusion.cpp and others)."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _text(rest: bytes) -> str | None:
    return decoded(rest)


def _compressed_text(rest: bytes) -> str | None:
    data = _inflated(rest[1:])
    return None if data is None else decoded(data)


def _international_text(rest: bytes) -> str | None:
    compressed, rest = rest[:1] == b"\1", rest[2:]
    parts = rest.split(b"\0", 2)  # language, translated keyword, text
    if len(parts) < 3:
        return None
    data = _inflated(parts[2]) if compressed else parts[2]
    return None if data is None else decoded(data)


def _inflated(data: bytes) -> bytes | None:
    """Decompress, unless it is damaged or grows beyond LONGEST_TEXT."""
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, LONGEST_TEXT)
    except zlib.error:
        return None
    return text if inflater.eof else None
