"""The components that the window's panels are made of, in one place to import from."""

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from gui import theme
from gui.widgets.buttons import IconButton, PrimaryButton
from gui.widgets.chips import ChipGroup, Segmented
from gui.widgets.fields import CountField, NumberRow
from gui.widgets.scaled import SectionHead, Title, line_height
from gui.widgets.seed import SeedField
from gui.words import tr

__all__ = [
    "ChipGroup",
    "CountField",
    "Hairline",
    "Hint",
    "IconButton",
    "NumberRow",
    "PrimaryButton",
    "PromptEdit",
    "SectionHead",
    "SeedField",
    "Segmented",
    "Surface",
    "ThinProgress",
    "Title",
    "line_height",
]


class Surface(QFrame):
    """A plain ground for other widgets: "panel" at the sides, "canvas" behind pictures."""

    def __init__(self, surface: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", surface)


class Hint(QLabel):
    """A sentence in secondary text; wraps, and may keep room for several lines."""

    def __init__(self, text: str = "", lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "secondary")
        self.setWordWrap(True)
        if lines > 1:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height of the text, or of the lines kept free if that is more."""
        return max(super().heightForWidth(width), self._lines * line_height(self))


class Hairline(QFrame):
    """A line of one pixel between groups."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "hairline")
        (self.setFixedWidth if vertical else self.setFixedHeight)(1)


class PromptEdit(QPlainTextEdit):
    """Plain text, as high as its lines; Tab goes on to the next control."""

    changed = Signal()

    def __init__(
        self, name: str, placeholder: str, lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setObjectName(name)
        self.setAccessibleName(name.replace("-", " ").replace("_", " ").capitalize())
        self.setPlaceholderText(placeholder)
        self.setToolTip(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self.changed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the text; Ctrl+Z brings the old one back."""
        if text == self.text():
            return
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(source.text())

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    @override
    def sizeHint(self) -> QSize:
        around = 2 * (2 + 5 + round(self.document().documentMargin()))
        return QSize(super().sizeHint().width(), self._lines * line_height(self) + around)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


class ThinProgress(QProgressBar):
    """A bar of 4 px. It stands still when nothing is known, and never spins."""

    THICKNESS = 4

    def __init__(self, name: str = "progress", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Progress"))
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setValue(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Fill `share` of the bar, 0 to 1."""
        self.setValue(round(1000 * min(1.0, max(0.0, share))))

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, self.THICKNESS)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.THICKNESS)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, (self.height() - self.THICKNESS) / 2, self.width(), self.THICKNESS)
        painter.setBrush(theme.color("groove"))
        painter.drawRoundedRect(whole, 2, 2)
        span = max(1, self.maximum() - self.minimum())
        done = (self.value() - self.minimum()) / span
        if done > 0:
            painter.setBrush(theme.color("accent"))
            filled = QRectF(whole)
            filled.setWidth(max(self.THICKNESS, whole.width() * done))
            painter.drawRoundedRect(filled, 2, 2)
