"""Seed, size and count of the pictures to make; what is laid over the model."""

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.draft import Draft, SizeRule
from gui import theme
from gui.extras_panel import ExtrasPanel
from gui.widgets import ChipGroup, CountField, Hint, SectionHead, SeedField
from gui.widgets.buttons import FoldButton
from gui.widgets.described import described, label_of, named
from gui.widgets.fold import Fold
from gui.widgets.size_field import SizeField
from gui.words import marked, tr

SHAPES = {"1:1": 1.0, "3:2": 3 / 2, "2:3": 2 / 3, "16:9": 16 / 9}
_BY_HAND = marked("The size is set by hand, below.")

Size = tuple[int, int]

_SAME_RATIO = 0.02
_ROOMY = 18
"""Ems of width from which on the seed stands beside its label."""


class PicturePanel(QWidget):
    """Edits seed, size and count. The two size fields are the truth, the chips a short way."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = SizeRule()
        self.seed = SeedField("seed")
        self.shape = ChipGroup("shape", [(name, name) for name in SHAPES])
        self.count = CountField("count")
        about = tr("Show the settings that are seldom needed.")
        self.advanced = FoldButton("advanced", tr("Advanced"), about)
        self.custom = named(QCheckBox(tr("Size by hand")), "custom-size")
        self.width_field = SizeField("width", self._sizes)
        self.height_field = SizeField("height", self._sizes)
        self.extras = ExtrasPanel()
        self._more = QWidget()
        described(
            self.custom,
            tr("Size by hand"),
            tr("Set width and height in pixels instead of a shape."),
        )
        self._lay_out()
        self._connect()
        self._show_size((self._sizes.width, self._sizes.height))
        self.open_advanced(False)

    def values(self) -> dict[str, object]:
        """Return what of a draft is set here."""
        size = self._size()
        usual = size == (self._sizes.width, self._sizes.height)
        return {
            "seed": self.seed.value(),
            "width": None if usual else size[0],
            "height": None if usual else size[1],
            "count": self.count.value(),
            **self.extras.values(),
        }

    def show_draft(self, draft: Draft) -> None:
        """Set every control as `draft` says; a seed is shown locked."""
        self.seed.set_value(draft.seed)
        self.count.set_value(draft.count)
        self.extras.show_draft(draft)
        width = self._sizes.width if draft.width is None else draft.width
        self._show_size((width, self._sizes.height if draft.height is None else draft.height))

    def set_sizes(self, sizes: SizeRule) -> None:
        """Go by another checkpoint's sizes, keeping the shape or what was set by hand."""
        self._sizes = sizes
        self.extras.set_sizes(sizes)
        for field in (self.width_field, self.height_field):
            field.set_sizes(sizes)
        by_hand = self.custom.isChecked()
        self._show_size(self._size() if by_hand else size_of(SHAPES[self.shape.value()], sizes))

    @Slot(bool)
    def open_advanced(self, on: bool) -> None:
        """Show or hide what is seldom needed."""
        self.advanced.setChecked(on)
        self._more.setVisible(on)
        self.extras.setVisible(on)
        if on:
            self.extras.look_wanted.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(SectionHead(tr("Picture")))
        self._seed_row = _row(label_of(tr("Seed"), self.seed), self.seed)
        column.addLayout(self._seed_row)
        count = _group(label_of(tr("Count"), self.count), self.count)
        column.addLayout(Fold(self.shape, count, theme.SMALL))
        column.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addWidget(self.extras)
        sides = _group(self.width_field, Hint("×"), self.height_field)
        self._more.setLayout(Fold(self.custom, sides, theme.SMALL))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the seed under its label where the type leaves it too little room beside it."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY * QFontInfo(self.font()).pixelSize()
        way = QBoxLayout.Direction
        self._seed_row.setDirection(way.LeftToRight if roomy else way.TopToBottom)

    def _connect(self) -> None:
        self.seed.changed.connect(self.changed)
        self.count.changed.connect(self.changed)
        self.width_field.changed.connect(self.changed)
        self.height_field.changed.connect(self.changed)
        self.shape.changed.connect(self._shape_chosen)
        self.custom.clicked.connect(self._by_hand_chosen)
        self.advanced.toggled.connect(self.open_advanced)
        self.extras.changed.connect(self.changed)

    @Slot(str)
    def _shape_chosen(self, name: str) -> None:
        self._show_size(size_of(SHAPES[name], self._sizes))
        self.changed.emit()

    @Slot(bool)
    def _by_hand_chosen(self, by_hand: bool) -> None:
        self._set_by_hand(by_hand)
        if not by_hand:
            self._show_size(size_of(SHAPES[self.shape.value()], self._sizes))
        self.changed.emit()

    def _size(self) -> Size:
        return self.width_field.pixels(), self.height_field.pixels()

    def _show_size(self, size: Size) -> None:
        self.width_field.set_pixels(size[0])
        self.height_field.set_pixels(size[1])
        shape = next((n for n, ratio in SHAPES.items() if size_of(ratio, self._sizes) == size), "")
        if shape:
            self.shape.set_value(shape)
        self._set_by_hand(not shape)

    def _set_by_hand(self, by_hand: bool) -> None:
        self.custom.setChecked(by_hand)
        self.width_field.setEnabled(by_hand)
        self.height_field.setEnabled(by_hand)
        for name, ratio in SHAPES.items():
            self.shape.set_available(name, not by_hand, tr(_BY_HAND))
            if not by_hand:
                width, height = size_of(ratio, self._sizes)
                self.shape.set_tooltip(
                    name, tr("{width} × {height} pixels", width=width, height=height)
                )


def size_of(ratio: float, sizes: SizeRule) -> Size:
    """Return the trained size of that ratio, or about it and the usual area in whole steps."""
    for trained in sizes.trained:
        if math.isclose(trained[0] / trained[1], ratio, rel_tol=_SAME_RATIO):
            return trained
    width = _nearest(math.sqrt(sizes.width * sizes.height * ratio), sizes)
    return width, _nearest(width / ratio, sizes)


def _nearest(length: float, sizes: SizeRule) -> int:
    return min(max(round(length / sizes.step) * sizes.step, sizes.smallest), sizes.largest)


def _group(*widgets: QWidget) -> QWidget:
    """Return widgets that stay beside each other."""
    group = QWidget()
    row = _row(*widgets)
    row.setContentsMargins(0, 0, 0, 0)
    group.setLayout(row)
    return group


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    for widget in widgets:
        row.addWidget(widget)
    return row
