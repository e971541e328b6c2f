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

from engine.compare.keep import interpret
from engine.gallery import own
from engine.gallery.entries import SUFFIXES
from engine.gallery.store import Stored
from engine.menu import entry
from gui import theme
from gui.pixels import to_image
from gui.recalling import Told
from gui.retelling import retold
from gui.widgets import Hint
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import marked, tr

NOTHING = marked("This picture carries no settings that can be read.")
_SIDE = 192
_LONGEST = 600
_NAMES = {
    "negative_prompt": marked("Negative prompt"),
    "sampler": marked("Sampler"),
    "schedule": marked("Noise schedule"),
    "steps": marked("Steps"),
    "eta": marked("Eta"),
    "guidance": marked("Guidance"),
    "seed": marked("Seed"),
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
    """Shows what a picture has `told`; accepted means that its settings are wanted.

    `reopened` carries the path of a comparison that is to be opened again instead.
    """

    reopened = Signal(Path)

    def __init__(self, stored: Stored, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_sheet")
        self.setWindowTitle(tr("Settings of a picture – Etascope"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = told
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel)
        self.apply = buttons.addButton(tr("Apply settings"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply.setObjectName("apply-settings")
        described(
            self.apply, tr("Apply settings"), tr("Set everything on the left as the picture tells.")
        )
        self.apply.setEnabled(bool(self.told.known))
        if _is_grid(stored):
            words, roles = tr("Open in Compare"), QDialogButtonBox.ButtonRole
            self.reopen = buttons.addButton(words, roles.ActionRole)
            described(named(self.reopen, "reopen"), words, tr("Open the living comparison again."))
            self.reopen.clicked.connect(lambda: self._reopen(stored.path))
            self.reopen.setDefault(True)
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

    def _reopen(self, path: Path) -> None:
        self.reject()
        self.reopened.emit(path)


def _is_grid(stored: Stored) -> bool:
    """Whether a picture is a comparison's, with all that makes it live again."""
    reading = stored.reading
    return reading is not None and interpret({own.KEY: reading.raw}) is not None


def lines(told: Told) -> list[str]:
    """Return the settings that a picture tells, one a line."""
    found = []
    for name, label in _NAMES.items():
        value = getattr(told.draft, name)
        if name in told.known and value not in {None, ""}:
            shown = _cut(str(value) if name != "sampler" else retold(entry(str(value)).label))
            found.append(tr("{setting}: {value}", setting=tr(label), value=shown))
    if {"width", "height"} <= told.known:
        found.append(
            tr("Size: {width} × {height}", width=told.draft.width, height=told.draft.height)
        )
    if told.draft.branch is not None:
        found.append(
            tr("Branched after step {step} of another picture", step=told.draft.branch.step)
        )
    return found


def _words(name: str, told: Told) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SMALL)
    head = Elided("dropped-name")
    head.say(name)
    column.addWidget(head)
    prompt = named(QLabel(_cut(told.draft.prompt) if told.known else tr(NOTHING)), "told-prompt")
    prompt.setWordWrap(True)
    prompt.setTextFormat(Qt.TextFormat.PlainText)
    column.addWidget(prompt)
    more = named(Hint("\n".join([*lines(told), *map(retold, told.notes)])), "told-settings")
    more.setTextFormat(Qt.TextFormat.PlainText)
    column.addWidget(more)
    column.addStretch()
    return column


def _picture(stored: Stored) -> QLabel:
    label = named(QLabel(), "dropped-picture")
    label.setAccessibleName(tr("The picture {name}", name=stored.path.name))
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
