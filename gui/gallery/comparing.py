"""Pictures of the gallery looked at side by side, in the place of the grid."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.errors import KnownError, Problem, problem_of
from engine.gallery.decoding import decode
from engine.gallery.entries import Entry
from engine.recipe import Pixels
from gui.gallery.catalogue import Catalogue
from gui.gallery.said import LABELS, value_of
from gui.viewer import Exhibit, Viewer
from gui.words import tr

_MOST_WORDS = 3


class Comparing(QWidget):
    """`left` says that the grid is wanted again."""

    left = Signal()
    troubled = Signal(Problem)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("comparing")
        self._catalogue = catalogue
        self._number = 0
        self.viewer = Viewer(tr("All pictures"))
        self.viewer.left.connect(self.left)
        self.setFocusProxy(self.viewer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.viewer)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Have these pictures read, and show them as soon as they are."""
        self._number += 1
        self.viewer.show_pictures([])
        paths = [self._catalogue.path(one) for one in entries]

        def read() -> list[Pixels | Problem]:
            return [_pixels(path) for path in paths]

        self._catalogue.do(read, partial(self._show, self._number, entries))

    def _show(
        self, number: int, entries: Sequence[Entry], found: Sequence[Pixels | Problem]
    ) -> None:
        if number != self._number:
            return  # others are wanted by now
        pairs = zip(entries, found, strict=True)
        good = [(entry, one) for entry, one in pairs if not isinstance(one, Problem)]
        names = labels([entry for entry, _ in good])
        shown = [Exhibit(name, one) for name, (_, one) in zip(names, good, strict=True)]
        self.viewer.show_pictures(shown)
        self.viewer.setFocus()
        for one in found:
            if isinstance(one, Problem):
                self.troubled.emit(one)

    @Slot()
    def clear(self) -> None:
        """Let go of the pictures."""
        self._number += 1
        self.viewer.show_pictures([])


def labels(entries: Sequence[Entry]) -> list[str]:
    """Return what tells pictures apart: those of their settings in which they differ."""
    told = [entry.facts.settings for entry in entries]
    differing = [key for key in LABELS if len({str(one.get(key, "")) for one in told}) > 1]
    names = []
    for entry, settings in zip(entries, told, strict=True):
        words = [_word(key, settings[key]) for key in differing if key in settings]
        names.append(", ".join(words[:_MOST_WORDS]) or entry.made.strftime("%H:%M:%S"))
    return names


def _word(key: str, value: object) -> str:
    """Return a setting in few words; a sampler needs none beside its name."""
    shown = value_of(key, value)
    return shown if key in {"sampler", "model"} else f"{tr(LABELS[key])} {shown[:24]}"


def _pixels(path: Path) -> Pixels | Problem:
    try:
        return decode(path)
    except KnownError as error:
        return problem_of(error)
