"""One HTML page with everything in it: pictures, settings, and grids whose steps can be scrubbed.

It needs no network and no other file, and may do nothing but show itself (its own policy forbids
the rest). Whatever a picture tells is text in it, never markup: `escaped` sees to that.
"""

import base64
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from engine.export.captions import pairs
from engine.export.copies import Copy
from engine.export.steps import Comparison, comparison
from engine.gallery.entries import Entry

_TYPES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp", ".avif": "avif"}
_UNSHOWN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_STYLE = """
:root { color-scheme: light dark;
  --ground: #f7f7f8; --text: #17191c; --quiet: #5d646d; --accent: #0b7d52; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17191c; --text: #eceef0; --quiet: #9aa2ab; --accent: #3ddc97; }
}
body { margin: 0; padding: 2.5rem; background: var(--ground); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; min-width: 0; }
img { display: block; max-width: 100%; height: auto; border-radius: 4px; }
main > figure > img { width: 100%; }
figcaption { overflow-wrap: anywhere; }
p { margin: .5rem 0 0; unicode-bidi: isolate; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .4rem 0 0; }
dt, .quiet, output { color: var(--quiet); }
dd { margin: 0; unicode-bidi: isolate; }
.comparison { grid-column: 1 / -1; }
.cells { display: grid; gap: .75rem; justify-content: start; overflow-x: auto; }
.cells img { width: 100%; aspect-ratio: var(--shape); }
label { display: block; margin: 1rem 0; }
input { width: min(40rem, 100%); vertical-align: middle; accent-color: var(--accent); }
"""

_SCRIPT = """
for (const box of document.querySelectorAll(".comparison")) {
  const range = box.querySelector("input");
  if (!range) continue;
  const cells = [...box.querySelectorAll("img[data-frames]")].map((img) => ({
    img,
    frames: [...img.dataset.frames.split(" ").filter(Boolean), img.src],
    step: img.closest("figure").querySelector("output"),
  }));
  const show = () => {
    for (const cell of cells) {
      const last = cell.frames.length - 1;
      const k = Math.round((range.value / range.max) * last);
      cell.img.src = cell.frames[k];
      cell.step.textContent = k === last ? "finished" : `step ${k + 1} of ${last}`;
    }
  };
  range.addEventListener("input", show);
  show();
}
"""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Etascope">
<title>Pictures</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
"""
_FOOT = f"""</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def write_page(
    file: BinaryIO, root: Path, copies: Iterable[tuple[Entry, Copy]], *, settings: bool
) -> None:
    """Write the page piece by piece: each picture as it comes, a grid with its steps behind it."""
    file.write(_HEAD.encode())
    for entry, copy in copies:
        file.writelines(piece.encode() for piece in _figure(entry, copy, settings=settings))
        if entry.facts.kind == "grid":
            found = comparison(root / entry.gallery / entry.name)
            if found is not None:
                pieces = _comparison(found, settings=settings)
                file.writelines(piece.encode() for piece in pieces)
    file.write(_FOOT.encode())


def escaped(text: str) -> str:
    """Return text that a page can hold anywhere, in an attribute too, and shows as it is."""
    return html.escape(_UNSHOWN.sub("\ufffd", text), quote=True)


def data_uri(data: bytes, kind: str) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _figure(entry: Entry, copy: Copy, *, settings: bool) -> Iterator[str]:
    facts = entry.facts
    prompt = facts.settings.get("prompt", "") if settings else ""
    yield f'<figure>\n<img loading="lazy" alt="{escaped(prompt)}"'
    if facts.width and facts.height:
        yield f' width="{facts.width}" height="{facts.height}"'
    yield f' src="{data_uri(copy.data, _TYPES.get(copy.suffix, "png"))}">\n'
    if settings:
        yield "<figcaption>\n"
        yield from _paragraph(prompt)
        if negative := facts.settings.get("negative_prompt"):
            yield from _paragraph(f"without: {negative}", 'class="quiet" ')
        yield from _settings(entry)
        yield "</figcaption>\n"
    yield "</figure>\n"


def _paragraph(text: str, attribute: str = "") -> Iterator[str]:
    if text:
        yield f'<p {attribute}dir="auto">{escaped(text)}</p>\n'


def _settings(entry: Entry) -> Iterator[str]:
    # A grid's cells have their own below it; what it tells itself is its first one's.
    told = pairs(entry.facts.settings) if entry.facts.kind != "grid" else []
    if entry.facts.width and entry.facts.height:
        told.append(("size", f"{entry.facts.width} × {entry.facts.height}"))
    if told:
        rows = (f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>" for name, value in told)
        yield f"<dl>{''.join(rows)}</dl>\n"


def _comparison(found: Comparison, *, settings: bool) -> Iterator[str]:
    """Write the cells of a grid under one slider."""
    yield '<section class="comparison">\n'
    if any(cell.frames for cell in found.cells):
        yield (
            '<label>Steps <input type="range" min="0" max="1000" value="1000"'
            ' aria-label="Steps of all cells"></label>\n'
        )
    if found.missing:
        yield f'<p class="quiet">{escaped(found.missing)}</p>\n'
    yield f'<div class="cells" style="grid-template-columns: repeat({found.across}, 12rem)">\n'
    for cell in found.cells:
        frames = " ".join(data_uri(frame, "webp") for frame in cell.frames)
        label = cell.label if settings else ""
        column, row = cell.at
        yield f'<figure style="grid-column: {column + 1}; grid-row: {row + 1}">'
        yield f'<img alt="{escaped(label)}" style="--shape: {cell.width} / {cell.height}"'
        yield f' data-frames="{frames}" src="{data_uri(cell.picture, "png")}">'
        yield f"<figcaption>{escaped(label)} <output></output></figcaption></figure>\n"
    yield "</div>\n</section>\n"
