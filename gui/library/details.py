"""The panel beside the cards: all of the chosen model, and what can be done with it."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from engine.library.catalogue import Listed
from gui import theme
from gui.library.card import Card, size_of
from gui.retelling import retold
from gui.widgets import Hint, PrimaryButton, Surface
from gui.widgets.buttons import text_button
from gui.widgets.described import described, named
from gui.words import tr

_BREAK = "\u200b"
"""Takes no room; a line may end there."""


class Lines(QLabel):
    """Lines of text whose words may be broken; copied, they are whole again."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QAction(tr("Copy"), self)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @Slot()
    def copy(self) -> None:
        """Put what is selected, or else all, on the clipboard."""
        text = self.selectedText() or self.text()
        QGuiApplication.clipboard().setText(text.replace(_BREAK, "").replace("\u2029", "\n"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class Details(Surface):
    """Shows one card, and asks for what is wanted with it."""

    use_wanted = Signal(Listed)
    get_wanted = Signal(Card)
    check_wanted = Signal(Listed)
    remove_wanted = Signal(Listed)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("model_details")
        self._card: Card | None = None
        self._title = QLabel()  # not a SectionHead: a name keeps its small letters
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._about = Hint()
        about = tr("All that is known of it; it can be copied.")
        self._facts = described(named(Lines(), "model_facts"), tr("Model"), about)
        self.use = named(PrimaryButton(tr("Use this model"), tr("Enter")), "use_model")
        self.get = named(PrimaryButton(tr("Get it"), tr("Enter")), "get_model")
        self.check = text_button(
            "check_model", tr("Check it"), tr("Is it whole, and can it be used?")
        )
        self.remove = text_button(
            "remove_model", tr("Take off the list"), tr("Its files stay where they are.")
        )
        self._lay_out()
        self._connect()
        self.show_card(None)

    def show_card(self, card: Card | None) -> None:
        """Show a card, or nothing."""
        self._card = card
        listed = card.listed if card else None
        self._title.setText(_breakable(card.title) if card else "")
        self._about.setText(card.about if card else "")
        self._about.setVisible(bool(card and card.about))
        self._facts.setText("\n".join(_facts(card)) if card else "")
        self.use.setVisible(listed is not None)
        self.use.setEnabled(bool(listed and listed.usable))
        self.get.setVisible(bool(card and card.wanted))
        self.check.setVisible(listed is not None)
        self.check.setEnabled(bool(listed and not listed.away))
        removable = bool(listed and listed.origin != "starter")
        self.remove.setVisible(removable)
        if listed is not None and listed.origin == "folder":
            self.remove.setText(tr("Take its folder off the list"))
        else:
            self.remove.setText(tr("Take off the list"))

    def least_width(self) -> int:
        """Return the pixels of width that its buttons need."""
        return self._page.minimumSizeHint().width()

    def act(self) -> None:
        """Do what Enter does: use the model, or get it."""
        button = self.get if self.get.isVisibleTo(self) else self.use
        if button.isVisibleTo(self):
            button.click()

    def _connect(self) -> None:
        self.use.clicked.connect(lambda: self._ask(self.use_wanted.emit))
        self.check.clicked.connect(lambda: self._ask(self.check_wanted.emit))
        self.remove.clicked.connect(lambda: self._ask(self.remove_wanted.emit))
        self.get.clicked.connect(self._get)

    def _ask(self, emit: Callable[[Listed], object]) -> None:
        if self._card is not None and self._card.listed is not None:
            emit(self._card.listed)

    def _get(self) -> None:
        if self._card is not None and self._card.wanted is not None:
            self.get_wanted.emit(self._card)

    def _lay_out(self) -> None:
        self._page = page = QWidget()
        page.setProperty("surface", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for widget in (self._title, self._about, self._facts):
            column.addWidget(widget)
        column.addSpacing(theme.MEDIUM)
        for button in (self.use, self.get, self.check, self.remove):
            column.addWidget(button)
        column.addStretch()
        area = described(QScrollArea(), tr("Model"), tr("The chosen model."))
        area.setObjectName("model_details_area")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def _facts(card: Card) -> list[str]:
    """Return what is told of a card, a line each."""
    lines = [card.line, card.state]
    listed = card.listed
    if listed is None:
        lines += [tr("Licence: {licence}", licence=card.foot), _breakable(card.licence_page)]
        if card.wanted is not None:
            lines.append(_breakable(card.wanted.repository))
            if card.gigabytes:
                lines.append(tr("{size} to download", size=size_of(1e9 * card.gigabytes)))
        return [line for line in lines if line]
    if listed.licence:
        lines.append(tr("Licence: {licence}", licence=listed.licence))
    if listed.source:
        lines.append(tr("From: {source}", source=_breakable(listed.source)))
    lines += [_breakable(str(listed.path)), _breakable(retold(listed.problem))]
    return [line for line in lines if line]


def _breakable(text: str) -> str:
    """Return a path or a name with places where a line may end."""
    return re.sub(r"([/\\_.-])", rf"\1{_BREAK}", text)
