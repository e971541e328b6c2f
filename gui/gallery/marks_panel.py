"""What the user thinks of pictures: a heart, stars and tags, of one or of many at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from engine.gallery.marks import HIGHEST_RATING, Mark
from gui import theme
from gui.widgets.described import described, named
from gui.words import tr


class MarksPanel(QWidget):
    """`favoured`, `rated` and `tagged` say what is wanted of all pictures that are shown."""

    favoured = Signal(bool)
    rated = Signal(int)
    tagged = Signal(tuple, tuple)
    """Tags to put on, and to take off."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("marks")
        self._rating = 0
        self._shared: tuple[str, ...] = ()
        self.heart = _button("favourite")
        self.heart.setCheckable(True)
        self.heart.clicked.connect(self.favoured)
        self.stars = [_button(f"star-{stars}") for stars in range(1, HIGHEST_RATING + 1)]
        for stars, button in enumerate(self.stars, 1):
            button.clicked.connect(lambda _=False, stars=stars: self._rate(stars))
        self.tags = described(
            named(QLineEdit(), "tags"),
            tr("Tags"),
            tr("Words of your own, with commas between them; found again as tag:word (T)."),
        )
        self.tags.setPlaceholderText(tr("Tags, with commas"))
        self.tags.editingFinished.connect(self._tag)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.tags.setCompleter(completer)
        self._lay_out()
        self.show_marks([Mark()])

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show what is thought of some pictures; where they differ, what all have."""
        favourite = bool(marks) and all(mark.favourite for mark in marks)
        ratings = {mark.rating for mark in marks}
        self._rating = ratings.pop() if len(ratings) == 1 else 0
        self.heart.setChecked(favourite)
        self.heart.setIcon(theme.icon("heart" if favourite else "heart-line", "text"))
        tip = tr("A favourite; click to take that back (F).")
        tip = tip if favourite else tr("Make it a favourite (F).")
        described(self.heart, tr("Favourite"), tip)
        for stars, button in enumerate(self.stars, 1):
            lit = stars <= self._rating
            button.setIcon(theme.icon("star-full" if lit else "star", "text"))
            name = tr("1 star") if stars == 1 else tr("{count} stars", count=stars)
            described(
                button, name, tr("{name} ({count}); 0 takes them off.", name=name, count=stars)
            )
        first = marks[0].tags if marks else ()
        self._shared = tuple(tag for tag in first if all(tag in mark.tags for mark in marks))
        if not self.tags.hasFocus() or not self.tags.isModified():
            self.tags.setText(", ".join(self._shared))

    def rating(self) -> int:
        """Return the stars that are lit."""
        return self._rating

    def offer_tags(self, tags: Sequence[str]) -> None:
        self._known.setStringList(list(tags))

    def _rate(self, stars: int) -> None:
        self.rated.emit(0 if stars == self._rating else stars)

    @Slot()
    def _tag(self) -> None:
        if not self.tags.isModified():
            return
        self.tags.setModified(False)
        lines = [" ".join(part.split()) for part in self.tags.text().replace("，", ",").split(",")]
        wanted = tuple(dict.fromkeys(line for line in lines if line))
        on = tuple(tag for tag in wanted if tag not in self._shared)
        off = tuple(tag for tag in self._shared if tag not in wanted)
        if on or off:
            self.tagged.emit(on, off)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.heart)
        row.addSpacing(theme.SMALL)
        for button in self.stars:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(row)
        column.addWidget(self.tags)


def _button(name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setProperty("kind", "small")
    side = QFontMetrics(button.font()).height() + 2
    button.setIconSize(QSize(side, side))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
