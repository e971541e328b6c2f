"""The bar under the grid: how many pictures there are, and what can be done with those selected."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets import IconButton
from gui.widgets.elided import Elided
from gui.words import tr

LEAST_WORDS = 120
"""Pixels kept for the words; where there is less room the buttons have icons only."""


class ActionBar(QWidget):
    """`wanted` names what is to be done with the pictures selected."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gallery-actions")
        self.words = Elided("gallery-count")
        self.buttons = {name: _button(name, *about) for name, about in _about().items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.words, 1)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self.wanted.emit, name))
            row.addWidget(button)
        self.show_counts(0, 0)

    def show_counts(self, selected: int, total: int) -> None:
        """Say how many pictures there are, and offer what can be done with those selected."""
        if selected:
            words = tr("{selected} of {total} selected", selected=_n(selected), total=_n(total))
        else:
            words = tr("1 picture") if total == 1 else tr("{total} pictures", total=_n(total))
        self.words.say(words)
        for name in ("move", "trash"):
            self.buttons[name].setEnabled(selected > 0)
        self.buttons["compare"].setEnabled(2 <= selected <= 9)
        for name in ("export", "slideshow"):
            self.buttons[name].setEnabled(total > 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        for name, button in self.buttons.items():
            if name != "slideshow":
                button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        room = self.width() - LEAST_WORDS - 2 * theme.LARGE
        needed = sum(one.sizeHint().width() + theme.SMALL for one in self.buttons.values())
        if needed > room:
            for button in self.buttons.values():
                button.setToolButtonStyle(style.ToolButtonIconOnly)


def _about() -> dict[str, tuple[str, str, str]]:
    """Return icon, words and tip of each button."""
    return {
        "compare": (
            "columns",
            tr("Compare"),
            tr("Look at 2 to 9 selected pictures side by side (C)."),
        ),
        "slideshow": ("play", tr("Slideshow"), tr("Show one after the other, large (F5).")),
        "export": ("export", tr("Export"), tr("Give pictures away: as files or as a page (X).")),
        "move": ("folder", tr("Move to"), tr("Move the selected pictures to a gallery (M).")),
        "trash": ("trash", tr("Delete"), tr("Put the selected pictures into the trash (Del).")),
    }


def _button(name: str, icon: str, words: str, tip: str) -> IconButton:
    button = IconButton(f"selected-{name}", icon, words, tip)
    button.setText(words)
    return button


def _n(count: int) -> str:
    return f"{count:,}"
