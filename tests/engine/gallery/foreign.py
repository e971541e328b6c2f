"""Samples of other tools' texts, and files that carry them where those tools put them."""

import json
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.jsonl"))
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF><rdf:Description rdf:about="">{}</rdf:Description></rdf:RDF></x:xmpmeta>"""
PROPERTIES = {
    "xmp": "exif:UserComment",
    "xmp:description": "dc:description",
    "xmp:CreatorTool": "xmp:CreatorTool",
    "xmp:parameters": "sdcpp:parameters",
}
ALT = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'


def samples_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def escaped(text: str) -> str:
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#xA;"}
    return "".join(table.get(letter, letter) for letter in text)


def packet(texts: Mapping[str, str]) -> str:
    """XMP as Draw Things writes it, and stable-diffusion.cpp, which has no rdf:Alt."""
    elements = []
    for key, text in texts.items():
        inner = escaped(text) if "parameters" in key else ALT.format(escaped(text))
        elements.append(f"<{PROPERTIES[key]}>{inner}</{PROPERTIES[key]}>")
    return XMP.format("".join(elements))


def comment(text: str, number: int) -> bytes:
    """A UserComment in the codings in which tools write it."""
    codings = (b"UNICODE\0", "utf-16-be"), (b"UNICODE\0", "utf-16-le"), (bytes(8), "utf-8")
    head, coding = codings[number % 3]
    return head + text.encode(coding)


def written(folder: Path, number: int, texts: Mapping[str, str], png_with) -> Path:
    """A picture file that carries these texts where their tool would put them."""
    properties = {key: text for key, text in texts.items() if key in PROPERTIES}
    if "UserComment" in texts:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9286] = comment(texts["UserComment"], number)
        if "fooocus_scheme" in texts:
            exif.get_ifd(0x8769)[0x927C] = texts["fooocus_scheme"].encode()
        path = folder / f"picture.{('jpg', 'webp')[number % 2]}"
        Image.new("RGB", (8, 8), "olive").save(path, exif=exif)
        return path
    if "comment" in texts or (properties and number % 2):
        path = folder / f"picture.{'jpg' if 'comment' in texts else 'webp'}"
        note = {"comment": texts["comment"].encode()} if "comment" in texts else {}
        about = {"xmp": packet(properties).encode()} if properties else {}
        Image.new("RGB", (8, 8), "olive").save(path, **note, **about)
        return path
    chunks = {key: text for key, text in texts.items() if key not in PROPERTIES}
    if properties:
        chunks["XML:com.adobe.xmp"] = packet(properties)
    forms = (b"tEXt", b"\0"), (b"iTXt", b"\0\0\0\0\0")
    kind, head = forms[number % 2]
    return png_with(*((kind, key.encode() + head + text.encode()) for key, text in chunks.items()))
