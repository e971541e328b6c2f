"""The window in Chinese: what it says, and what of it is still English."""

import re
import tomllib
from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from engine.library import checkpoints
from engine.menu import menu
from engine.paths import RESOURCES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROPERTIES = (
    "text",
    "placeholderText",
    "title",
    "windowTitle",
    "toolTip",
    "accessibleName",
    "accessibleDescription",
)
SHOWN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
NAMES = [
    *("Etascope", "Language", "English", "starter", "scripted", "torch", "diffusers", "Bradley"),
    *("Terry", "Eta", "eta", "PSNR", "SSIM", "LoRA", "VAE", "CLIP", "Hub", "dB", "NaN", "Apache"),
    *("Stable Diffusion", "SD", "SDXL", "A1111", "ComfyUI", "InvokeAI", "Clip skip", "clip skip"),
    *("CPU", "CUDA", "NVIDIA", "MPS", "Apple", "float32", "bfloat16", "float16", "cpu", "OpenVINO"),
    *("PNG", "JPEG", "WebP", "AVIF", "CSV", "SVG", "GIF", "ZIP", "HTML", "kB", "MB", "GB", "qt"),
    *("Ctrl", "Shift", "Alt", "Enter", "Esc", "Del", "Space", "Backspace", "Up", "Down", "Tab"),
    *("PgUp", "PgDown", "Home", "End"),
    *("styles.csv", ".safetensors", "owner/name", "huggingface.co", "hf_"),
]
"""What is called the same in Chinese."""
OFFERS = RESOURCES / "checkpoints.toml"


def allowed() -> re.Pattern[str]:
    """Return what may stand in Latin letters: names, papers, licences, files, terms of a search."""
    entries = menu().values()
    offers = tomllib.loads(OFFERS.read_text(encoding="utf-8"))["checkpoint"]
    names = [
        *NAMES,
        *(entry.label for entry in entries),
        *(entry.paper for entry in entries),
        *menu(),
        *{schedule for entry in entries for schedule in entry.schedules},
        *(checkpoint.label for checkpoint in checkpoints()),
        *(offer[key] for offer in offers for key in ("label", "licence", "repository")),
    ]
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(name) for name in longest_first)
    files = r"\d{4}-\d\d-[\w.-]+|[/\\][\w./\\\u200b-]+"
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])|{files}|\w+:\w+|\w+[<>]=\d|\w*\+*…")


def english(root: QWidget, own: tuple[str, ...] = ()) -> list[str]:
    """Return the texts in which words stay English, but for names and the user's `own` words."""
    names = allowed()
    found = []
    for part, text in texts(root):
        rest = text
        for word in own:
            rest = rest.replace(word, "")
        if re.search(r"[A-Za-z]{2,}", names.sub("", rest)):
            found.append(f"{type(part).__name__} {part.objectName()}: {text!r}")
    return sorted(set(found))


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield whatever a window says or would say, also where it is hidden now."""
    for part in (root, *root.findChildren(QWidget)):
        for name in PROPERTIES:
            if not (isinstance(part, QComboBox) and name == "text"):
                yield part, str(part.property(name) or "")
        for action in part.actions():
            yield part, action.text()
            yield part, action.toolTip()
        if isinstance(part, QComboBox | QAbstractItemView) and part.model() is not None:
            for text in _items(part.model()):
                yield part, text


def _items(model) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            for role in SHOWN:
                yield str(model.index(row, column).data(role) or "")
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
