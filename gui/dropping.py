"""A picture dropped on the window: what it tells of its settings, to be taken or left."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.gallery.store import Stored
from gui import theme
from gui.pixels import to_image
from gui.recalling import Told, told_by_reading
from gui.widgets import Hint
from gui.widgets.described import described, named
from gui.widgets.elided import Elided

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}
NOTHING = "This picture carries no settings that can be read."
_SIDE = 192
_LONGEST = 600
_NAMES = {
    "negative_prompt": "Negative prompt",
    "sampler": "Sampler",
    "schedule": "Noise schedule",
    "steps": "Steps",
    "eta": "Eta",
    "guidance": "Guidance",
    "seed": "Seed",
}


class Drops(QObject):
    """Takes pictures that are dropped anywhere on a window."""

    dropped = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent | QDragEnterEvent | QDragMoveEvent):
            path = picture_in(event.mimeData())
            if path is None:
                return False
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(path)
            return True
        return super().eventFilter(watched, event)


def picture_in(data: QMimeData) -> Path | None:
    """Return the first picture file that is dragged, if there is one."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in SUFFIXES), None)


class DropSheet(QDialog):
    """Shows what a picture tells; accepted means that its settings are wanted."""

    def __init__(self, stored: Stored, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_sheet")
        self.setWindowTitle("Settings of a picture – Etascope")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = told_by_reading(stored.reading)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel)
        self.apply = buttons.addButton("Apply settings", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply.setObjectName("apply-settings")
        described(self.apply, "Apply settings", "Set everything on the left as the picture tells.")
        self.apply.setEnabled(bool(self.told.known))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addWidget(_picture(stored), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_words(stored.path.name, self.told), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        column.addLayout(row)
        column.addWidget(buttons)
        self.setMinimumWidth(560)


def lines(told: Told) -> list[str]:
    """Return the settings that a picture tells, one a line."""
    found = []
    for name, label in _NAMES.items():
        value = getattr(told.draft, name)
        if name in told.known and value not in {None, ""}:
            found.append(f"{label}: {_cut(str(value))}")
    if {"width", "height"} <= told.known:
        found.append(f"Size: {told.draft.width} × {told.draft.height}")
    if told.draft.branch is not None:
        found.append(f"Branched after step {told.draft.branch.step} of another picture")
    return found


def _words(name: str, told: Told) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SMALL)
    head = Elided("dropped-name")
    head.say(name)
    column.addWidget(head)
    prompt = named(QLabel(_cut(told.draft.prompt) if told.known else NOTHING), "told-prompt")
    prompt.setWordWrap(True)
    prompt.setTextFormat(Qt.TextFormat.PlainText)
    column.addWidget(prompt)
    more = named(Hint("\n".join([*lines(told), *told.notes])), "told-settings")
    more.setTextFormat(Qt.TextFormat.PlainText)
    column.addWidget(more)
    column.addStretch()
    return column


def _picture(stored: Stored) -> QLabel:
    label = named(QLabel(), "dropped-picture")
    label.setAccessibleName(f"The picture {stored.path.name}")
    ratio = label.devicePixelRatioF()
    pixmap = QPixmap.fromImage(
        to_image(stored.pixels).scaled(
            QSize(_SIDE, _SIDE) * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
    pixmap.setDevicePixelRatio(ratio)
    label.setPixmap(pixmap)
    return label


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
