"""The left panel: a draft to edit, and the button that sends it off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.styles import Style, apply_styles
from gui.branch_note import BranchNote
from gui.picture_panel import PicturePanel
from gui.prompt_edit import PromptField, TokenCount
from gui.prompt_menu import PromptMenu
from gui.prompt_reader import PromptReader
from gui.retelling import retold
from gui.sampling_panel import SamplingPanel
from gui.shares import NARROWEST_CONTROLS
from gui.style_menu import StyleMenu
from gui.theme import LARGE, SMALL
from gui.widgets import (
    CountField,
    Hint,
    NumberRow,
    PrimaryButton,
    SectionHead,
    SeedField,
    Surface,
)
from gui.widgets.described import described
from gui.widgets.size_field import SizeField
from gui.words import marked, plain, tr

ABOUT_PROMPT = marked(
    "Say in words what the picture should show.\n"
    "Ctrl+Up and Ctrl+Down make selected words stronger and weaker."
)
ABOUT_NEGATIVE = marked("Say what should stay out of the picture.")
WITHOUT_NEGATIVE = marked("Needs a guidance above 1.")
BUILT_IN = marked("This model takes none.")


class Controls(Surface):
    """Shows and edits one draft."""

    changed = Signal()
    generate = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("controls")
        self.reader = PromptReader()
        self.prompt = PromptField("prompt", tr("what the picture should show"), 4, self.reader)
        self.tokens = TokenCount("prompt-tokens")
        self.styles = StyleMenu(self.kept_draft)
        self.menu = PromptMenu(self.kept_draft)
        self.negative = NegativePrompt(self.reader)
        self.sampling = SamplingPanel()
        self.picture = PicturePanel()
        self.branch = BranchNote()
        self.button = PrimaryButton(tr("Generate"), "Ctrl+↵")
        self.button.setObjectName("generate")
        described(self.prompt, tr("Prompt"), tr(ABOUT_PROMPT))
        described(self.button, tr("Generate"), tr("Make pictures of these settings (Ctrl+Enter)."))
        self._takes_guidance = False
        self._shown = 0
        self._lay_out()
        self.show_draft(Draft())
        for part in (self.prompt, self.negative, self.sampling, self.picture, self.branch):
            part.changed.connect(self.changed)
        self.prompt.was_read.connect(self.tokens.show_read)
        self.styles.style_chosen.connect(self.lay_round)
        self.sampling.guidance.changed.connect(self._adapt)
        self.button.clicked.connect(self.generate)

    def draft(self) -> Draft:
        """Return what is set; the seed is None while a new one is wanted each time."""
        values: dict[str, Any] = {
            "prompt": self.prompt.text(),
            "negative_prompt": self.negative.text() if self.negative.is_available() else "",
            **self.sampling.values(),
            **self.picture.values(),
            "branch": self.branch.value(),
        }
        return Draft(**values)

    def kept_draft(self) -> Draft:
        """Return what is set, and with it the text of a negative prompt that is greyed."""
        return replace(self.draft(), negative_prompt=self.negative.text())

    def adapting(self) -> Callable[[], Draft]:
        """Return what gives the draft of now once the model's sizes are known.

        That has the words and the seed of now, all else as it is set then: the next prompt may be
        half typed. After another draft was shown it is that one: it was asked for before.
        """
        asked, count = self.kept_draft(), self._shown

        def adapted() -> Draft:
            now = self.draft()
            if count != self._shown:
                return now
            negative = asked.negative_prompt if self.negative.is_available() else ""
            return replace(now, prompt=asked.prompt, negative_prompt=negative, seed=asked.seed)

        return adapted

    def remember(self, draft: Draft) -> None:
        """Set every control as at the last time, before the sizes of its model are known."""
        self.show_draft(draft)
        self.sampling.remember(draft)

    def show_draft(self, draft: Draft) -> None:
        """Set every control as `draft` says."""
        self.prompt.set_text(draft.prompt)
        self.negative.set_text(draft.negative_prompt)
        self.sampling.show_draft(draft)
        self.picture.show_draft(draft)
        self.branch.show_branch(draft.branch)
        self._shown += 1
        self._adapt()

    @Slot(Style)
    def lay_round(self, style: Style) -> None:
        """Lay a style round the prompts; Ctrl+Z in each takes it off again."""
        before = (self.prompt.text(), self.negative.text())
        prompt, negative = apply_styles([style], *before)
        self.prompt.set_text(prompt)
        self.negative.set_text(negative)
        self.prompt.setFocus()

    @Slot()
    def _adapt(self) -> None:
        """Grey the negative prompt where it would do nothing."""
        reason = "" if self.sampling.guidance.value() > 1 else tr(WITHOUT_NEGATIVE)
        if self._takes_guidance:
            reason = tr(BUILT_IN)
        self.negative.set_available(not reason, reason)

    def set_sizes(self, sizes: SizeRule) -> None:
        """Go by what another checkpoint makes, and how."""
        self.picture.set_sizes(sizes)
        self.sampling.set_usual(sizes.usual)
        self._takes_guidance = sizes.takes_guidance
        self._adapt()

    def check(self) -> None:
        """Raise BadSetting if a field holds something that it refused."""
        for key, field in self._fields().items():
            problem = field.problem()
            if problem:
                raise BadSetting(key, problem)

    def show_fault(self, error: BadSetting) -> None:
        """Lead the user to the field where something is wrong; the field itself says what."""
        if error.field in {"width", "height", "adapters", "vae", "clip_skip"}:
            self.picture.open_advanced(True)
        prompts: dict[str, PromptField | NegativePrompt] = {
            "prompt": self.prompt,
            "negative_prompt": self.negative,
        }
        if error.field in prompts:
            prompts[error.field].show_problem(retold(error.message))
        field = (prompts | self._fields()).get(error.field)
        if field is not None:
            field.setFocus()

    def take_width(self, width: int) -> None:
        """Be `width` pixels wide, or as many more as the contents need at least."""
        self._wanted = width
        self._grow()

    @Slot()
    def _grow(self) -> None:
        self.setFixedWidth(max(self._wanted, self._scroll.minimumWidth()))

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
        self._wanted = NARROWEST_CONTROLS
        self._scroll = scroll = Column(self._column())
        scroll.grown.connect(self._grow)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(LARGE, SMALL, LARGE, LARGE)
        foot.setSpacing(SMALL)
        foot.addWidget(self.branch)
        foot.addWidget(self.button)
        outer.addLayout(foot)
        self.take_width(NARROWEST_CONTROLS)

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(LARGE, LARGE, LARGE, SMALL)
        column.setSpacing(SMALL)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(SectionHead(tr("Prompt")))
        head.addWidget(self.tokens, 1)
        head.addWidget(self.styles)
        head.addWidget(self.menu)
        column.addLayout(head)
        column.addWidget(self.prompt)
        column.addWidget(self.negative)
        column.addSpacing(SMALL)
        column.addWidget(self.sampling)
        column.addSpacing(SMALL)
        column.addWidget(self.picture)
        column.addStretch(1)
        return column


class NegativePrompt(QWidget):
    """The negative prompt under its label; where it would do nothing it is greyed and says why."""

    changed = Signal()

    def __init__(self, reader: PromptReader) -> None:
        super().__init__()
        self.edit = PromptField("negative-prompt", tr("what it should not be"), 1, reader)
        self.tokens = TokenCount("negative-tokens")
        self.reason = Hint()
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._label = QLabel(tr("Negative prompt"))
        self._label.setBuddy(self.edit)
        described(self.edit, tr("Negative prompt"), tr(ABOUT_NEGATIVE))
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.changed.connect(self._on_changed)
        self.edit.was_read.connect(self.tokens.show_read)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.set_text(text)

    def is_available(self) -> bool:
        """Whether it has an effect."""
        return self.edit.isEnabled()

    def set_available(self, ok: bool, reason: str) -> None:
        """Let it be edited, or grey it in its place with its text and show the reason."""
        self.edit.setEnabled(ok)
        self._label.setEnabled(ok)
        self.show_problem(reason)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong beside the label and in the tooltip; "" for nothing."""
        self.reason.setText(problem)
        self.reason.setVisible(bool(problem))
        self.tokens.setVisible(not problem)
        for part in (self, self.edit, self._label):
            part.setToolTip(plain(problem or tr(ABOUT_NEGATIVE)))
        self.edit.setAccessibleDescription(problem or tr(ABOUT_NEGATIVE))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self._label)
        head.addWidget(self.reason, 1)
        head.addWidget(self.tokens, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(self.edit)

    @Slot()
    def _on_changed(self) -> None:
        if self.is_available():
            self.show_problem("")
        self.changed.emit()


class Column(QScrollArea):
    """Scrolls a page up and down; its scroll bar takes the page's margin, so nothing moves.

    `grown` tells that it must be wider now, or may be narrower.
    """

    grown = Signal()

    def __init__(self, column: QVBoxLayout) -> None:
        super().__init__()
        self._column = column
        self._page = page = QWidget()
        page.setLayout(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._page:
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """What was laid out unseen was measured before the style had its say."""
        super().showEvent(event)
        self._column.invalidate()
        self._fit()

    def _fit(self) -> None:
        """Be never narrower than what the page holds now: in another type, say."""
        taken = LARGE - self._column.contentsMargins().right()
        least = self._page.minimumSizeHint().width() + taken
        if least != self.minimumWidth():
            self.setMinimumWidth(least)
            self.grown.emit()

    @Slot(int, int)
    def _make_room(self, _: int, highest: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if highest else 0
        margins = self._column.contentsMargins()
        margins.setRight(max(LARGE - bar, 0))
        self._column.setContentsMargins(margins)
