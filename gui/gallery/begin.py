"""What stands in the place of the grid where there is nothing to show, and why."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from gui import theme
from gui.widgets import Hint, Title
from gui.widgets.described import described, named
from gui.widgets.icon_label import IconLabel
from gui.words import tr

_WIDEST = 520

NOTHING, EMPTY, UNFOUND, OFFLINE, WAITING = "nothing", "empty", "unfound", "offline", "waiting"


class Begin(QWidget):
    """`wanted` is what its button offers: "create", "clear" the search, or "again"."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gallery-begin")
        self.state = ""
        self._offer = ""
        self._title = named(Title(), "begin-title")
        self._words = named(Hint(), "begin-words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = named(QPushButton(), "begin-button")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.wanted.emit(self._offer))
        self._lay_out()
        self.show_state(NOTHING)

    def show_state(self, state: str, about: str = "") -> None:
        """Say why there is nothing; `about` is the folder, or what was searched for."""
        title, words, offer, button = _said(state, about)
        self.state, self._offer = state, offer
        self._title.setText(title)
        self._words.setText(words)
        if offer:
            described(self.button, button, button)
            self.button.setText(button)
        self.button.setVisible(bool(offer))
        self.setAccessibleName(f"{title} {words}")
        self._fit()

    def title(self) -> str:
        return self._title.text()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.MEDIUM)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(theme.icon("picture", "secondary"), 40), 0, middle)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(theme.SMALL)
        column.addWidget(self.button, 0, middle)
        page = QWidget()
        page.setProperty("surface", "clear")
        outer = QVBoxLayout(page)
        outer.addStretch(2)
        row = QHBoxLayout()  # an alignment would reckon the height for the whole width
        row.addStretch()
        row.addWidget(inner)
        row.addStretch()
        outer.addLayout(row)
        outer.addStretch(3)
        self._inner = inner
        area = named(QScrollArea(), "begin-area")  # large type, a long path, a small window
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Have room for every line of the words; what is too high for the window is scrolled."""
        self._inner.setFixedWidth(max(min(_WIDEST, self.width() - 3 * theme.LARGE), 100))
        width = self._inner.width() - 2 * theme.SMALL
        for label in (self._title, self._words):
            label.setMinimumHeight(max(label.heightForWidth(width), 0))


def _said(state: str, about: str) -> tuple[str, str, str, str]:
    """Return title, sentence, what the button offers and what it says."""
    return {
        NOTHING: (
            tr("Your pictures will be here"),
            tr(
                "Every picture you make is kept in a gallery, an ordinary folder of PNG files. "
                "Pictures of other tools are welcome: put them into a folder in\n{folder}",
                folder=about,
            ),
            "create",
            tr("Make a picture"),
        ),
        EMPTY: (
            tr("This gallery is empty"),
            tr(
                "Drag pictures onto its name, or choose it in Create as the one where new "
                "pictures go."
            ),
            "target",
            tr("Put new pictures here"),
        ),
        UNFOUND: (
            tr("Nothing found"),
            tr("No picture fits “{about}”.", about=about[:200]),
            "clear",
            tr("Clear the search"),
        ),
        OFFLINE: (
            tr("The pictures cannot be reached"),
            tr("Is the disk there? Nothing is forgotten: {folder}", folder=about),
            "again",
            tr("Look again"),
        ),
        WAITING: (tr("Looking at the pictures…"), "", "", ""),
    }[state]
