"""One picture as it is given away: as it is, with its marks in it, or with nothing but pixels."""

import html
import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, features

from engine.errors import PictureError, StorageError
from engine.export.moving import Show
from engine.gallery.decoding import decode, opened
from engine.gallery.findings import parsed
from engine.gallery.marks import Mark, mark_from
from engine.gallery.metadata import interpret, read_metadata
from engine.gallery.png import SIGNATURE, encode_png, is_png, packed_text, text_chunks
from engine.gallery.sharing import bare
from engine.gallery.texts import read_texts

MARKS_KEY = "etascope-marks"
"""The text in which a PNG carries the marks that it had in its gallery, as JSON."""

_XMP_KEY = "XML:com.adobe.xmp"
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_LONGEST_SEGMENT = 65533
_EXIF_IFD, _USER_COMMENT, _SOFTWARE = 0x8769, 0x9286, 0x0131
_QUALITY = 95
_ENCODERS = {"jpeg": ("JPEG", ".jpg"), "webp": ("WEBP", ".webp"), "avif": ("AVIF", ".avif")}

FORMS = ("png", *_ENCODERS)
"""What pictures can be turned into; only a PNG's pixels stay exactly what they were."""


KINDS = ("folder", "zip", "sheet", "page", "webp", "gif")
"""What pictures can be given away as; the last two are moving ones, of the steps to each."""


@dataclass(frozen=True, slots=True)
class Options:
    """What goes along with the pixels: the settings in the file, the marks of the gallery.

    `form` is one of FORMS, or empty for the file's own. `kind` is what comes of the pictures, one
    of KINDS, or empty for what the target's name says; `show` decodes steps for moving ones.
    """

    settings: bool = True
    marks: bool = False
    form: str = ""
    kind: str = ""
    show: Show | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be given away: its name's ending and its bytes; `note` says what it lacks."""

    suffix: str
    data: bytes
    note: str = ""


def copy_of(path: Path, mark: Mark, options: Options) -> Copy:
    """Return a picture's copy; raises PictureError if it cannot be read.

    Without settings every picture is encoded anew as a PNG, so that no pixel changes; of
    transparency, where some tools hide texts, only the look over grey is left.
    """
    if options.form and options.form != "png":
        return _encoded(path, mark if options.marks else Mark(), options)
    stays = options.settings and (not options.form or path.suffix.lower() == ".png")
    copy = _as_it_is(path) if stays else _as_png(path, settings=options.settings)
    return _marked(copy, mark) if options.marks and mark else copy


def _as_it_is(path: Path) -> Copy:
    with opened(path) as file:
        return Copy(path.suffix.lower(), file.read())


def _as_png(path: Path, *, settings: bool) -> Copy:
    if not settings:
        return Copy(".png", bare(decode(path), ".png"))
    text, note = _settings_text(path)
    return Copy(".png", encode_png(decode(path), {"parameters": text} if text else {}), note)


def _encoded(path: Path, mark: Mark, options: Options) -> Copy:
    """Return the picture as JPEG, WebP or AVIF, its settings in EXIF as A1111 has them there."""
    form, suffix = _ENCODERS[options.form]
    if not features.check_module("avif") and form == "AVIF":
        raise StorageError("This Pillow cannot write AVIF.", "Choose jpeg or webp.")
    image = Image.fromarray(decode(path))
    text, note = _settings_text(path) if options.settings else ("", "")
    beside: dict[str, bytes] = {"exif": _exif(text)} if text else {}
    if mark:
        beside["xmp"] = _xmp(mark).encode()
    buffer = io.BytesIO()
    if form == "JPEG" and sum(map(len, beside.values())) > _LONGEST_SEGMENT - 99:
        note, beside = "Its settings are too long for a JPEG.", {}
    image.save(buffer, form, quality=_QUALITY, **beside)
    return Copy(suffix, buffer.getvalue(), note)


def _settings_text(path: Path) -> tuple[str, str]:
    """Return a picture's settings as one text, where A1111 has it; a note if none tells them.

    Of tools that write several texts, or elsewhere, it is what is read as the same settings.
    """
    texts = read_texts(path)
    if text := texts.get("parameters") or texts.get("UserComment"):
        return text, ""
    try:
        reading = read_metadata(path)
    except PictureError:
        return "", ""
    for text in (reading.raw, json.dumps(texts)):
        again = interpret({"UserComment": text})
        if again is not None and again.settings == reading.settings:
            return text, ""
    return "", "Its settings have no place in a file of another form."


def _exif(text: str) -> bytes:
    exif = Image.Exif()
    exif[_SOFTWARE] = "Etascope"  # a UserComment alone is not written into every form
    comment = b"UNICODE\0" + text.encode("utf-16-be", "replace")
    exif.get_ifd(_EXIF_IFD)[_USER_COMMENT] = comment
    return exif.tobytes()


def _marked(copy: Copy, mark: Mark) -> Copy:
    if copy.data.startswith(SIGNATURE):
        return replace(copy, data=_marked_png(copy.data, mark))
    packet = _xmp(mark).encode()
    segment = _XMP_HEAD + packet
    if copy.data.startswith(b"\xff\xd8") and _XMP_HEAD not in copy.data[: 2**18]:
        length = len(segment) + 2
        if length <= _LONGEST_SEGMENT:
            start = b"\xff\xd8\xff\xe1" + length.to_bytes(2, "big") + segment
            return replace(copy, data=start + copy.data[2:])
    notes = (copy.note, "Its marks could not be written into it.")
    return replace(copy, note=" ".join(filter(None, notes)))


def _marked_png(data: bytes, mark: Mark) -> bytes:
    """Put the marks behind the head: as XMP, which photo programs read, and as text of ours."""
    about = {"favourite": mark.favourite, "rating": mark.rating, "tags": list(mark.tags)}
    texts = packed_text(MARKS_KEY, json.dumps(about))
    if _XMP_KEY.encode() not in data:  # another tool's says more, and there may be only one
        texts += packed_text(_XMP_KEY, _xmp(mark))
    at = len(SIGNATURE) + 25  # the head has 13 bytes, and 12 round them
    return data[:at] + texts + data[at:]


def _xmp(mark: Mark) -> str:
    """Return an XMP packet with rating and tags (Adobe XMP Specification, part 1 and 2)."""
    tags = "".join(f"<rdf:li>{html.escape(tag)}</rdf:li>" for tag in mark.tags)
    subject = f"<dc:subject><rdf:Bag>{tags}</rdf:Bag></dc:subject>" if tags else ""
    label = ' xmp:Label="Favourite"' if mark.favourite else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="{mark.rating}"{label}>'
        f"{subject}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def marks_in(path: Path) -> Mark:
    """Return the marks that a PNG carries in itself, none if it carries none."""
    with opened(path) as file:
        return mark_from(parsed(text_chunks(file).get(MARKS_KEY, ""))) if is_png(file) else Mark()
