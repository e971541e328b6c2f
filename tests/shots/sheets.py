"""Sheets for the docs: shots of one window beside each other, and a page that shows them."""

from PIL import Image
from PySide6.QtGui import QImage

BETWEEN = 8
COLOURS = 200
"""Enough for the pictures; the sheets are a third as large as with all."""


def taken(window):
    """Return a window as it is."""
    shot = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = Image.frombuffer(
        "RGB", (shot.width(), shot.height()), bytes(shot.constBits()), "raw", "RGB",
        shot.bytesPerLine(), 1,
    )  # fmt: skip
    return rows.copy()


def sheet_of(shots):
    """Return shots of one size, two in a row."""
    width, height = shots[0].size
    lines = -(-len(shots) // 2)
    whole = (2 * width + BETWEEN, lines * (height + BETWEEN) - BETWEEN)
    sheet = Image.new("RGB", whole, "#7f8388")
    for number, shot in enumerate(shots):
        row, column = divmod(number, 2)
        sheet.paste(shot, (column * (width + BETWEEN), row * (height + BETWEEN)))
    return sheet


def save(docs, name, page, about, sheets):
    """Write the sheets to a folder, and beside it the page, with what each is about."""
    folder = docs / name
    folder.mkdir(exist_ok=True)
    lines = [f"{text}:\n\n![{text}]({name}/{one}.png)" for one, text in about.items()]
    (docs / f"{name}.md").write_text("\n\n".join([page.strip(), *lines]) + "\n")
    for one, shots in sheets.items():
        small = sheet_of(shots).quantize(
            COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        small.save(folder / f"{one}.png", optimize=True)
