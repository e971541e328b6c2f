"""What an empty Compare view shows: comparisons to begin with."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.compare.starts import STARTS, Start
from gui import theme
from gui.retelling import retold
from gui.widgets import Hint, Surface
from gui.widgets.described import described, named
from gui.words import tr

_WIDTH, _NARROWEST = 380, 160
_PADDING = 14
"""Between a button's edge and its words, as the stylesheet has it."""


class Begin(Surface):
    """Offers the starting points; `chosen` carries one."""

    chosen = Signal(Start)

    def __init__(self) -> None:
        super().__init__("canvas")
        self.setObjectName("begin")
        head = QLabel(tr("Compare samplers from the same noise, side by side."))
        hint = Hint(tr("Choose on the left what varies, or begin with one of these."))
        page = QWidget()
        page.setProperty("surface", "clear")
        column = QVBoxLayout(page)
        column.setSpacing(theme.SMALL)
        column.addStretch()
        for words in (head, hint):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addSpacing(theme.SMALL)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for number, start in enumerate(STARTS):
            buttons.addWidget(self._button(number, start))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(buttons, 100)  # as wide as they like to be, or as there is room for
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch()
        self._scroll(page)

    def _scroll(self, page: QWidget) -> None:
        """Show the page whole, or let it be scrolled where large type leaves too little room."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _button(self, number: int, start: Start) -> QPushButton:
        button = named(_StartButton(retold(start.name), retold(start.about)), f"begin-{number}")
        button.clicked.connect(partial(self.chosen.emit, start))
        return button


class _StartButton(QPushButton):
    """One starting point in two lines; what there is no room for is cut, and in the tooltip."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__(f"{name}\n{about}")
        self._lines = (name, about)
        self.setProperty("kind", "example")
        self.setMaximumWidth(max(_WIDTH, super().sizeHint().width()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        described(self, name, about)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, metrics = self.width() - 2 * _PADDING, QFontMetrics(self.font())
        cut = (metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in self._lines)
        self.setText("\n".join(cut))
