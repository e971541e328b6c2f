"""A picture without its settings, to be shown to others: pixels and nothing else."""

import io
from pathlib import Path

from PIL import Image

from engine.errors import StorageError
from engine.gallery.decoding import decode
from engine.gallery.files import write_file
from engine.recipe import Pixels

_FORMS: dict[str, tuple[str, dict[str, object]]] = {
    ".png": ("PNG", {}),
    ".jpg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".webp": ("WEBP", {"lossless": True}),
}


def share(source: Path, target: Path, *, force: bool = False) -> Path:
    """Write the picture in `source` to `target` without any text, EXIF, XMP or colour profile.

    The pixels are encoded anew, so nothing of the old file is carried over, nor what transparency
    hid; the form is that of the target's suffix: PNG or WebP, exactly, or JPEG. Raises
    PictureError if `source` cannot be read, StorageError if `target` cannot be written; an
    existing file is refused unless `force`.
    """
    return write_file(target, bare(decode(source), target.suffix), force=force)


def bare(pixels: Pixels, suffix: str) -> bytes:
    """Return H x W x 3 sRGB `pixels` as a file of the suffix's form, with nothing beside them.

    Raises StorageError for any suffix but .png, .jpg, .jpeg and .webp.
    """
    if suffix.lower() not in _FORMS:
        raise StorageError(
            f"Pictures are not written as {suffix!r} files.", "Choose .png, .jpg or .webp."
        )
    form, options = _FORMS[suffix.lower()]
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, form, **options)
    return buffer.getvalue()
