"""What an empty canvas shows: how to begin, and prompts to click."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets import Title
from gui.words import marked, tr

EXAMPLES = [
    marked("a red sailing boat on the sea at sunset with clouds"),
    marked("three yellow balloons over a meadow at sunrise, watercolour"),
    marked("a white lighthouse by the sea under a starry sky, neon"),
]
TITLE = marked("What would you like to see?")
TEACHING = marked("Describe it and press Generate, or begin with one of these.")


class Example(QPushButton):
    """One prompt to click; a long one is cut in sight, not in what is chosen."""

    def __init__(self, prompt: str) -> None:
        super().__init__(prompt)
        self.prompt = prompt
        self.setProperty("kind", "example")
        self.setObjectName("example")
        self.setAccessibleName(tr("Example: {prompt}", prompt=prompt))
        self.setToolTip(tr("Make a picture of: {prompt}", prompt=prompt))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * 14
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self.prompt, Qt.TextElideMode.ElideRight, room))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class Examples(QWidget):
    """A sentence that teaches, and the prompts."""

    chosen = Signal(str)

    WIDEST = 480

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("examples")
        self._title = Title(tr(TITLE))
        self._teaching = QLabel(tr(TEACHING))
        self._teaching.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._teaching.setWordWrap(True)
        self._teaching.setProperty("role", "secondary")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._title)
        column.addWidget(self._teaching)
        column.addSpacing(theme.MEDIUM)
        column.addLayout(self._rows)

    def set_prompts(self, prompts: list[str]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for prompt in prompts:
            row = Example(prompt)
            row.clicked.connect(lambda _=False, prompt=prompt: self.chosen.emit(prompt))
            self._rows.addWidget(row)

    def is_empty(self) -> bool:
        return self._rows.count() == 0
