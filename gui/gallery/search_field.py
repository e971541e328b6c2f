"""The field for searching, in which terms are completed; under it what was not understood."""

import re

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from engine.gallery.facets import Facets
from engine.gallery.query import SORTS, STATES, parse, written
from engine.menu import menu
from gui import theme
from gui.gallery.said import model_names
from gui.retelling import retold
from gui.widgets import Hint
from gui.widgets.described import described, named
from gui.words import tr

PAUSE = 60
"""Milliseconds after a key before it is searched."""

_KEYS = ("sampler:", "model:", "tag:", "steps>=", "eta>", "guidance>=", "seed:", "rating>=", "is:")
_MORE = ("after:", "before:", "on:", "negative:", "schedule:", "width>=", "height>=", "gallery:")
_LAST = re.compile(r'(?:[^\s"]|"[^"]*"?)*$')


class SearchEdit(QLineEdit):
    """One line that completes the term under the cursor; Down goes to what was found.

    `undo_wanted` is Ctrl+Z where nothing that was typed could be undone.
    """

    left = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "gallery-search")
        described(self, tr("Search"), _help())
        self.setPlaceholderText(tr("Search: boat  sampler:ddim  steps>=20  is:favourite"))
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self._terms = QStringListModel(self)
        self._matching = QSortFilterProxyModel(self)
        self._matching.setSourceModel(self._terms)
        self._completer = QCompleter(self._matching, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._offer)

    def offer_terms(self, terms: list[str]) -> None:
        """Set what may be completed."""
        self._terms.setStringList(terms)

    def offered(self) -> list[str]:
        """Return what is offered for the term under the cursor."""
        model = self._completer.completionModel()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def _typed(self) -> str:
        """Return what has been typed of the term under the cursor."""
        found = _LAST.search(self.text()[: self.cursorPosition()])
        return found[0].removeprefix("-") if found else ""

    @Slot()
    def _offer(self) -> None:
        typed = self._typed()
        if len(typed) < 2:
            self._popup.hide()
            return
        self._completer.setCompletionPrefix(typed)
        if self._completer.completionCount() and self.offered() != [typed]:
            self._completer.complete()
        else:
            self._popup.hide()

    @Slot(str)
    def _complete(self, term: str) -> None:
        """Put a term in the place of what was typed of it."""
        at = self.cursorPosition()
        begin = at - len(self._typed())
        more = "" if term[-1] in ":=<>" else " "
        self.setText(f"{self.text()[:begin]}{term}{more}{self.text()[at:].lstrip()}")
        self.setCursorPosition(begin + len(term) + len(more))
        self.textEdited.emit(self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)


class SearchField(QWidget):
    """`searched` comes a moment after the text was changed, or at once by `set_text`."""

    searched = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = SearchEdit()
        self.note = named(Hint(), "search-note")
        self.note.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self.edit.textEdited.connect(self._pause.start)
        self.edit.left.connect(self.left)
        self.setFocusProxy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.edit)
        column.addWidget(self.note)
        self.offer(Facets())

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Search for something else, at once."""
        self.edit.setText(text)
        self._search()

    def offer(self, facets: Facets) -> None:
        """Complete terms with what there is."""
        found = [f"is:{state}" for state in STATES] + [f"sort:{one}" for one in SORTS]
        found += [f"sampler:{name}" for name in menu()]
        for key, values in (("model", facets.models), ("tag", facets.tags)):
            found += [written(key, value) for value, _ in values]
        called = model_names()
        found += [written("model", called[model]) for model, _ in facets.models if model in called]
        terms = dict.fromkeys([*_KEYS, *_MORE, *found])
        self.edit.offer_terms(sorted(terms))

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        notes = parse(self.text()).notes
        note = retold(notes[0]) if notes else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.edit.setAccessibleDescription(note or _help())
        self.searched.emit(self.text())


def _help() -> str:
    return tr(
        "Words of the prompt, in any language, and terms: sampler:ddim eta>0.3 steps<=20 seed:7 "
        "model:starter after:2026-01-01 rating>=4 is:favourite tag:sea -boat (Ctrl+F)."
    )
