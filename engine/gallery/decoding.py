"""From a picture file of any tool to pixels, whatever the file turns out to be."""

import io
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps, features

from engine.errors import PictureError
from engine.gallery.png import is_png, is_whole, pictorial
from engine.recipe import Pixels

LARGEST_FILE = 256 * 2**20
"""Bytes of a picture file that is still opened."""

MOST_PIXELS = 64 * 10**6
"""Width times height of a picture that is still opened: 8000 x 8000."""

READS_AVIF = bool(features.check_module("avif"))
"""Not every Pillow can."""

FORMATS = ("PNG", "JPEG", "WEBP", *(("AVIF",) if READS_AVIF else ()))

# Pillow's decoders raise all of these at damaged files; its own page lists none of them.
FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    RuntimeError,  # AVIF's
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
    Warning,  # where warnings are errors, as in the tests
)

_NEUTRAL = (128, 128, 128)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a picture file for reading; raise PictureError if it is missing or not a plain file.

    What goes wrong while it is read is turned into a PictureError as well.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for without end
            raise PictureError(f"{path} is not a file.", "Choose a picture file.")
        if about.st_size > LARGEST_FILE:
            raise PictureError(
                f"{path} is too large to be opened.", f"At most {LARGEST_FILE >> 20} MB are read."
            )
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.", "Check the name.") from error
    except PermissionError as error:
        raise PictureError(f"{path} may not be read.", "Ask its owner for permission.") from error
    except FAULTS as error:
        raise _damaged(path) from error


def decode(path: Path, edge: int | None = None) -> Pixels:
    """Return a picture's pixels, upright, without transparency (that becomes grey), read-only.

    With `edge`, width and height are at most that many pixels. Raises PictureError if the file
    cannot be read, is damaged or has more than MOST_PIXELS.
    """
    with opened(path) as file:
        source = io.BytesIO(pictorial(file)) if is_png(file) else file
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureError(
                    f"{path} claims {image.width} x {image.height} pixels, too many to open.",
                    "Shrink it with another program first.",
                )
            if edge is not None:
                image.draft("RGB", (edge, edge))  # lets a JPEG be decoded small
            colours = _flattened(_upright(image))
        if edge is not None:
            colours.thumbnail((edge, edge))
        pixels = np.array(colours)
    pixels.setflags(write=False)
    return pixels


def check_whole(path: Path) -> None:
    """Raise PictureError if a PNG is cut short or has no head; a quick look at any size."""
    with opened(path) as file:
        if is_png(file) and not is_whole(file):
            raise _damaged(path)


def _upright(image: Image.Image) -> Image.Image:
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except FAULTS:  # a damaged note about the picture is no damage to the picture
        return image


def _flattened(image: Image.Image) -> Image.Image:
    """Return the image in 8-bit RGB, its transparency laid over neutral grey."""
    if image.mode.startswith("I"):  # 16-bit grey, which Pillow would clip
        high = np.asarray(image).astype(np.int64) >> 8
        image = Image.fromarray(high.astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, _NEUTRAL)
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _damaged(path: Path) -> PictureError:
    if not READS_AVIF and path.suffix.lower() == ".avif":
        return PictureError(
            f"{path} is an AVIF, which this Pillow cannot read.", "Turn it into a PNG or WebP."
        )
    return PictureError(
        f"{path} cannot be read as a PNG, JPEG, WebP or AVIF picture.",
        "It may be cut short, damaged or of another kind.",
    )
