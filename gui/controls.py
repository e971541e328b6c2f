"""The left panel: a draft to edit, and the button that sends it off."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from gui.picture_panel import PicturePanel
from gui.sampling_panel import SamplingPanel
from gui.theme import LARGE, SMALL
from gui.widgets import (
    CountField,
    NumberRow,
    PrimaryButton,
    PromptEdit,
    SectionHead,
    SeedField,
    Surface,
)
from gui.widgets.described import described
from gui.widgets.size_field import SizeField

NARROWEST = 352


class Controls(Surface):
    """Shows and edits one draft."""

    changed = Signal()
    generate = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("controls")
        self.prompt = PromptEdit("prompt", "what the picture should show", 4)
        self.negative = PromptEdit("negative-prompt", "what it should not be", 1)
        self.sampling = SamplingPanel()
        self.picture = PicturePanel()
        self.button = PrimaryButton("Generate", "Ctrl+↵")
        self.button.setObjectName("generate")
        described(self.prompt, "Prompt", "Say in words what the picture should show.")
        described(self.negative, "Negative prompt", "Say what should stay out of the picture.")
        described(self.button, "Generate", "Make pictures of these settings (Ctrl+Enter).")
        self._lay_out()
        self.show_draft(Draft())
        for part in (self.prompt, self.negative, self.sampling, self.picture):
            part.changed.connect(self.changed)
        self.button.clicked.connect(self.generate)

    def draft(self) -> Draft:
        """Return what is set; the seed is None while a new one is wanted each time."""
        values: dict[str, Any] = {
            "prompt": self.prompt.text(),
            "negative_prompt": self.negative.text(),
            **self.sampling.values(),
            **self.picture.values(),
        }
        return Draft(**values)

    def show_draft(self, draft: Draft) -> None:
        """Set every control as `draft` says."""
        self.prompt.set_text(draft.prompt)
        self.negative.set_text(draft.negative_prompt)
        self.sampling.show_draft(draft)
        self.picture.show_draft(draft)

    def set_sizes(self, sizes: SizeRule) -> None:
        self.picture.set_sizes(sizes)

    def check(self) -> None:
        """Raise BadSetting if a field holds something that it refused."""
        for key, field in self._fields().items():
            problem = field.problem()
            if problem:
                raise BadSetting(key, problem)

    def show_fault(self, error: BadSetting) -> None:
        """Lead the user to the field where something is wrong; the field itself says what."""
        if error.field in {"width", "height"}:
            self.picture.open_advanced(True)
        field = self._fields().get(error.field)
        if field is not None:
            field.setFocus()

    def _fields(self) -> dict[str, NumberRow | SeedField | SizeField | CountField]:
        """Return what can hold something wrong, by the recipe's keys."""
        return {
            "steps": self.sampling.steps,
            "eta": self.sampling.eta,
            "guidance": self.sampling.guidance,
            "seed": self.picture.seed,
            "count": self.picture.count,
            "width": self.picture.width_field,
            "height": self.picture.height_field,
        }

    def _lay_out(self) -> None:
        scroll = Column(self._column())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(LARGE, SMALL, LARGE, LARGE)
        foot.addWidget(self.button)
        outer.addLayout(foot)
        self.setFixedWidth(max(NARROWEST, scroll.minimumWidth()))

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(LARGE, LARGE, LARGE, SMALL)
        column.setSpacing(SMALL)
        column.addWidget(SectionHead("Prompt"))
        column.addWidget(self.prompt)
        column.addWidget(QLabel("Negative prompt"))
        column.addWidget(self.negative)
        column.addSpacing(SMALL)
        column.addWidget(self.sampling)
        column.addSpacing(SMALL)
        column.addWidget(self.picture)
        column.addStretch()
        return column


class Column(QScrollArea):
    """Scrolls a page up and down; its scroll bar takes the page's margin, so nothing moves."""

    def __init__(self, column: QVBoxLayout) -> None:
        super().__init__()
        self._column = column
        page = QWidget()
        page.setLayout(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self.setMinimumWidth(page.minimumSizeHint().width())
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    @Slot(int, int)
    def _make_room(self, _: int, highest: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if highest else 0
        margins = self._column.contentsMargins()
        margins.setRight(max(LARGE - bar, 0))
        self._column.setContentsMargins(margins)
