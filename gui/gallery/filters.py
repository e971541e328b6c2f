"""Filters by click: each puts a term into the search, and takes it out again."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from engine.gallery.facets import Counted, Facets
from engine.gallery.query import written
from engine.menu import menu
from gui import theme
from gui.gallery import typed
from gui.gallery.said import model_names
from gui.widgets import SectionHead
from gui.widgets.described import described
from gui.words import tr

MOST_OF_A_KIND = 8
"""Chips for samplers, models and tags, the most frequent ones."""

_COLUMN = 7
"""Ems of width for a column of chips."""
_NARROWEST = 56
_GAP = 6
_AROUND = 2 * (theme.SMALL + 1)
"""Pixels that a chip has beside its words."""
_TICK = "✓ "


class FilterChip(QPushButton):
    """A term as a button; ticked while the search has it. What does not fit is cut."""

    def __init__(self, name: str, label: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(f"filter-{name}")
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._label = label
        described(self, label, tip)
        self.toggled.connect(self._cut)
        self._cut()

    def _cut(self) -> None:
        tick = _TICK if self.isChecked() else ""
        metrics = QFontMetrics(self.font())
        room = self.width() - _AROUND - metrics.horizontalAdvance(tick)
        cut = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, max(room, 24))
        self.setText(f"{tick}{cut}".replace("&", "&&"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Filters(QWidget):
    """`edited` carries the text of the search as a click has made it."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filters")
        self._text = ""
        self._facets = Facets()
        self._columns = 2
        self._shown: object = None
        self._chips: list[tuple[FilterChip, str, str, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)
        self.show_facets(Facets())

    def show_facets(self, facets: Facets) -> None:
        """Offer what there is; what is ticked stays, also if it is no longer there."""
        self._facets = facets
        groups = _groups(facets)
        wide = frozenset(chip for _, chips in groups for chip in chips if self._is_wide(chip))
        if (groups, self._columns, wide) == self._shown:
            return
        self._shown = groups, self._columns, wide
        self._clear()
        for head, chips in groups:
            self._column.addWidget(SectionHead(head))
            grid = QGridLayout()
            grid.setSpacing(_GAP)
            place = 0
            for one in chips:
                across = self._columns if len(chips) == 1 or one in wide else 1
                place += -place % across  # one that takes a whole line begins one
                grid.addWidget(self._chip(*one), *divmod(place, self._columns), 1, across)
                place += across
            for column in range(self._columns):
                grid.setColumnStretch(column, 1)
            self._column.addLayout(grid)
            self._column.addSpacing(theme.TINY)
        self.show_text(self._text)

    def _is_wide(self, chip: "Chip") -> bool:
        """Whether a chip's words have no room in a column, ticked or not."""
        column = (self.width() - (self._columns - 1) * _GAP) // self._columns
        return QFontMetrics(self.font()).horizontalAdvance(_TICK + chip[-1]) + _AROUND > column

    def show_text(self, text: str) -> None:
        """Tick what a search asks for."""
        self._text = text
        for chip, how, key, value in self._chips:
            if how == "listed":
                wanted = {one.casefold() for one in typed.values(text, key)}
                chip.setChecked(value.casefold() in wanted)
            else:
                chip.setChecked(typed.holds(text, value))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns = 2 if self.width() >= 2 * _COLUMN * QFontInfo(self.font()).pixelSize() else 1
        self.show_facets(self._facets)

    def chip(self, name: str) -> FilterChip | None:
        """Return a chip by its object name, without "filter-"."""
        return self.findChild(FilterChip, f"filter-{name}")

    def _chip(self, how: str, key: str, value: str, label: str) -> FilterChip:
        name = value if how != "listed" else f"{key}-{value}"
        tip = tr("Show only these pictures: {term}", term=_term(how, key, value))
        chip = FilterChip(name, label, tip)
        chip.clicked.connect(partial(self._click, how, key, value))
        self._chips.append((chip, how, key, value))
        return chip

    def _click(self, how: str, key: str, value: str, _checked: bool = False) -> None:
        if how == "listed":
            text = typed.listed(self._text, key, value)
        elif how == "one" and not typed.holds(self._text, value):
            text = typed.replaced(self._text, key, value)
        else:
            text = typed.toggled(self._text, value)
        self.edited.emit(text)

    def _clear(self) -> None:
        self._chips.clear()
        _empty(self._column)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QGridLayout):
            _empty(inner)


Chip = tuple[str, str, str, str]
"""How it is put in ("each", "one" of its key, or "listed"), its key, the term or value, a label."""


def _groups(facets: Facets) -> list[tuple[str, list[Chip]]]:
    """Return the chips to offer, under their heads."""
    today = date.today()  # noqa: DTZ011 - the user's own day
    week, month = today - timedelta(days=6), today - timedelta(days=29)
    first: list[Chip] = [
        ("each", "is", "is:favourite", tr("Favourites")),
        ("each", "is", "is:grid", tr("Comparisons")),
        *(("one", "rating", f"rating>={stars}", f"★ {stars}+") for stars in (3, 4)),
        ("one", "made", f"on:{today}", tr("Today")),
        ("one", "made", f"after:{week}", tr("7 days")),
        ("one", "made", f"after:{month}", tr("30 days")),
    ]
    found = [(tr("Filter"), first)]
    samplers = {name: entry.label for name, entry in menu().items()}
    kinds: tuple[tuple[str, str, Counted, dict[str, str]], ...] = (
        (tr("Samplers"), "sampler", facets.samplers, samplers),
        (tr("Models"), "model", facets.models, model_names()),
        (tr("Tags"), "tag", facets.tags, {}),
    )
    for head, key, values, known in kinds:
        names = [value for value, _ in values[:MOST_OF_A_KIND]]
        order = {name: number for number, name in enumerate(known)}
        names.sort(key=lambda name: (order.get(name, len(order)), name.casefold()))
        chips: list[Chip] = [("listed", key, name, known.get(name, name)) for name in names]
        if chips:
            found.append((head, chips))
    return found


def _term(how: str, key: str, value: str) -> str:
    return written(key, value) if how == "listed" else value
