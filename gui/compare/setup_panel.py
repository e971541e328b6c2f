"""The left panel: what varies, what is the same for all, and what it will cost."""

import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from engine.compare.axes import EQUALS, Axis, Equal, Plan, Weights, plan
from engine.compare.cost import Cost, Pace
from engine.compare.starts import STARTS, Start
from engine.compare.weights import weighed
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.menu import entry
from engine.recipe import Recipe
from gui import theme
from gui.compare.axis_editor import NOTHING, AxisEditor
from gui.compare.costing import cost_words, same_words, there_words
from gui.compare.spoken import axes_line
from gui.controls import Column
from gui.prompt_edit import PromptField, TokenCount
from gui.prompt_reader import PromptReader
from gui.retelling import retold
from gui.sizes import SizesReader, StillReading
from gui.widgets import (
    ChipGroup,
    Hint,
    IconButton,
    PrimaryButton,
    SectionHead,
    Surface,
)
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import tr

_DOT = "  ·  "
_LOW = 26
"""Ems of height below which there is room for nothing under the scrolled part but the button."""
_PAUSE = 150  # ms without a key before costs are reckoned again


class SetupPanel(Surface):
    """Edits a comparison before it is run. `planned` says that it may be another one now."""

    compare = Signal()
    planned = Signal()
    from_create = Signal()

    def __init__(
        self, pace: Pace, reader: PromptReader | None = None, rules: SizesReader | None = None
    ) -> None:
        super().__init__("panel")
        self.setObjectName("compare-setup")
        self._base = Draft(seed=secrets.randbelow(2**32))
        self._sizes = SizeRule()
        self._model = self._base.model
        self._taken: Draft | None = None
        self._again = False
        self.rules = rules or SizesReader(parent=self)
        self._pace = pace
        self._weights: Weights = ()
        self._deeper: tuple[Axis, ...] = ()
        self.reader = reader or PromptReader()
        about = tr("what the pictures should show")
        self.prompt = PromptField("compare-prompt", about, 3, self.reader)
        self.tokens = TokenCount("compare-tokens")
        self.starts = named(QPushButton(tr("Examples")), "compare-starts")
        self.take = IconButton("compare-take", "copy", "", "")
        self.dice = IconButton(
            "compare-dice",
            "dice",
            tr("Other noise"),
            tr("Begin from other noise: draw a new seed."),
        )
        self.same = Hint(lines=2)
        self.without = Elided("compare-negative")
        self.across = AxisEditor("across", tr("Across"))
        self.down = AxisEditor("down", tr("Down"))
        self.pages = AxisEditor("pages", tr("Pages"))
        self.equal = ChipGroup(
            "equal",
            [("steps", tr("steps")), ("calls", tr("model calls")), ("time", tr("time"))],
            wraps=True,
        )
        self.cost = Hint(lines=3)
        self.button = PrimaryButton(tr("Compare"), "Ctrl+↵")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._describe()
        self._lay_out()
        self._connect()
        self.set_start(STARTS[2])

    # What is set

    def base(self) -> Draft:
        """Return what all cells have in common, but for the axes."""
        return replace(self._base, prompt=self.prompt.text())

    def set_base(self, draft: Draft) -> None:
        """Take over settings, but for the model: that is the window's.

        A seed is drawn for good where they have none. They are wanted again, `from_create`, when
        the model or its sizes are others: then what was set here since stays.
        """
        seed = self._base.seed if draft.seed is None else draft.seed
        # The usual steps are not the same for all samplers; these are to be.
        steps = draft.steps or self._sizes.usual.steps_of(entry(draft.sampler))
        ours = replace(draft, model=self._model, count=1, branch=None)
        fresh = replace(ours, seed=seed, steps=steps)
        kept = self._set_here(fresh) if self._again else {}
        self._taken, self._base = fresh, replace(fresh, **kept)
        if self._base.prompt != self.prompt.text():
            self.prompt.set_text(self._base.prompt)
        self._changed()

    def _set_here(self, fresh: Draft) -> dict[str, Any]:
        """Return what was set here since settings were taken, but for what is `fresh` in Create."""
        before, now = self._taken or fresh, self.base()
        return {
            key: getattr(now, key)
            for key in ("prompt", "seed", "sampler", "schedule", "eta", "steps")
            if getattr(now, key) != getattr(before, key)
            and (key == "steps" or getattr(fresh, key) == getattr(before, key))
        }

    def set_sizes(self, sizes: SizeRule, model: str) -> None:
        """Take note of another model and the sizes that it makes."""
        other = (sizes, model) != (self._sizes, self._model)
        self._sizes, self._model = sizes, model
        self._base = replace(self._base, model=model)
        if other and self._taken is not None:  # other steps and guidance are usual
            self._again = True
            self.from_create.emit()
            self._again = False
        self._changed()

    def set_start(self, start: Start) -> None:
        """Set up a ready-made comparison."""
        base = self.base()
        if start.sampler is not None:
            base = replace(base, sampler=start.sampler, eta=None, schedule="default")
        self._base = base if start.steps is None else replace(base, steps=start.steps)
        if self._taken is not None and start.steps is not None:
            self._taken = replace(self._taken, steps=None)  # they are no longer Create's
        self._deeper, self._weights = (), ()
        self.equal.set_value(start.equal)
        self._set_axes(start)
        self._changed()

    def _set_axes(self, start: Start) -> None:
        for editor, (field, text) in (
            (self.across, start.across),
            (self.down, start.down),
            (self.pages, (NOTHING, "")),
        ):
            editor.set_axis(field, text)

    def show_plan(self, base: Draft, shown: Plan) -> None:
        """Show how a comparison that is there was set up; axes beyond three stay as they are."""
        # As it was typed, perhaps with wildcards in it: the cells' prompts have none.
        prompts = [str(one.values[0]) for one in shown.axes if one.field == "prompt"]
        base = replace(base, prompt=(*prompts, base.prompt)[0])
        self._base, self._taken = base, None
        self._deeper, self._weights = shown.axes[3:], shown.weights
        self.prompt.set_text(base.prompt)
        self.equal.set_value(shown.equal)
        for editor, one in zip(self._editors(), (*shown.axes, None, None, None)[:3], strict=True):
            editor.show_axis(one, base.prompt)
        self._changed()

    def plan(self) -> Plan:
        """Return the comparison that is set up. Raises BadSetting, and marks what is wrong.

        Raises StillReading while the sizes of a model are not known; it is `planned` once they are.
        """
        base, axes = self.base(), []
        for editor in self._editors():
            try:
                one = editor.axis(base.prompt)
            except BadSetting as fault:
                editor.show_problem(retold(fault.message))
                raise
            editor.show_problem("")
            axes += [] if one is None else [one]
        axes += self._deeper
        equal: Equal = next(one for one in EQUALS if one == self.equal.value())
        # Once weighed, kinds keep their weights: what is there stays what it is.
        known, sizes = self._weights, self._sizes_of
        weights = weighed(base, axes, sizes, self._pace, known) if equal == "time" else ()
        self._weights = weights
        return plan(base, axes, sizes, equal=equal, weights=weights)

    def _sizes_of(self, model: str) -> SizeRule:
        """Return the sizes of one of the models that are compared. Raises as `plan` does."""
        return self._sizes if model == self._model else self.rules.of(model)

    def focus_fault(self, fault: BadSetting) -> None:
        """Lead the user to where something is wrong."""
        for editor in self._editors():
            if editor.chosen() == fault.field:
                editor.values.setFocus()
                return
        if fault.field == "equal":
            self.equal.focus()
        else:
            self.prompt.setFocus()

    # What is said

    def show_cost(self, chosen: Plan, missing: list[Recipe], cost: Cost, on_way: int) -> None:
        """Say what pressing the button would take; `on_way` cells run or wait."""
        there = len(chosen.cells) - len(missing)
        self.button.set_text(tr("Run the missing") if there else tr("Compare"))
        self.button.setEnabled(bool(missing))
        lines = [cost_words(cost, there)] if missing else [there_words(there, on_way)]
        reasons = Counter(skip.reason for skip in chosen.skipped)
        lines += [
            f"{tr('%n place(s) left empty.', n=n)} {retold(why)}" for why, n in reasons.items()
        ][:1]
        self._say("\n".join(lines), "secondary")

    @Slot()
    def wait_and_reckon(self) -> None:
        """Have costs reckoned again in a moment, once however often this is said."""
        if not self._pause.isActive():
            self._pause.start()

    def show_fault(self, fault: BadSetting) -> None:
        """Say why there is nothing to compare."""
        self.button.set_text(tr("Compare"))
        self.button.setEnabled(True)
        self._say(retold(fault.message), "warning")

    def _say(self, words: str, role: str) -> None:
        self.cost.setText(words)
        self.cost.setAccessibleName(words)
        if self.cost.property("role") != role:
            self.cost.setProperty("role", role)
            self.cost.style().polish(self.cost)

    def _editors(self) -> tuple[AxisEditor, AxisEditor, AxisEditor]:
        return self.across, self.down, self.pages

    @Slot()
    def _changed(self) -> None:
        fields = [editor.chosen() for editor in self._editors()]
        for number, editor in enumerate(self._editors()):
            editor.offer_all_but({*fields[:number], *fields[number + 1 :]} - {NOTHING})
        self._show_same()
        self._pause.start()

    def _show_same(self) -> None:
        varies = {editor.chosen() for editor in self._editors()}
        sizes = self._sizes
        with suppress(BadSetting, StillReading):  # of a model that is gone, told with the cost
            sizes = self._sizes_of(self._base.model)
        words = _DOT.join(same_words(self._base, sizes, varies))
        negative = " ".join(self._base.negative_prompt.split())
        self.without.say(tr("Negative prompt: {words}", words=negative))
        self.without.setVisible(bool(negative))
        if self._deeper:
            words += "\n" + tr("Also varies: {axes}", axes=axes_line(self._deeper))
        self.same.setText(words)

    @Slot()
    def _on_read(self) -> None:
        self._show_same()
        self.wait_and_reckon()

    @Slot()
    def _draw_seed(self) -> None:
        self._base = replace(self._base, seed=secrets.randbelow(2**32))
        self._changed()

    # Making it

    def _describe(self) -> None:
        described(self.prompt, tr("Prompt"), tr("Say in words what all the pictures should show."))
        described(self.starts, tr("Examples"), tr("Comparisons to begin with."))
        about = tr("Take prompt and settings over from the Create view.")
        described(self.take, tr("Take from Create"), about)
        about = tr("What samplers have in common beside each other.")
        described(self.equal, tr("What is equal"), about)
        self._describe_equal()
        about = tr("Make all the pictures, side by side (Ctrl+Enter).")
        described(self.button, tr("Compare"), about)
        about = tr("What the comparison will take on this machine.")
        described(self.cost, tr("Cost"), about)
        self.starts.setProperty("kind", "quiet")
        self.take.setProperty("kind", "small")
        chooser = QMenu(self.starts)
        for start in STARTS:
            action = chooser.addAction(retold(start.name))
            action.setToolTip(retold(start.about))
            action.triggered.connect(partial(self.set_start, start))
        chooser.setToolTipsVisible(True)
        self.starts.setMenu(chooser)
        self.across.head.addWidget(self.starts)

    def _describe_equal(self) -> None:
        tip = self.equal.set_tooltip
        tip("steps", tr("Every sampler takes as many steps as the axes say."))
        tip(
            "calls",
            tr(
                "The steps are counted in model calls: every sampler asks the model as often. "
                "Heun asks twice a step and so takes half the steps."
            ),
        )
        tip(
            "time",
            tr(
                "The steps are counted in model calls of the first cell, and every cell takes as "
                "long as they do, as was measured on this machine."
            ),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(_row(SectionHead(tr("Same for all")), self.tokens, self.take))
        column.addWidget(self.prompt)
        column.addLayout(_row(self.same, self.dice))
        column.addWidget(self.without)
        for number, editor in enumerate(self._editors()):
            column.addSpacing(theme.TINY)
            column.addWidget(editor)
            if number == 1:
                column.addLayout(_row(_secondary(tr("Equal")), self.equal))
        column.addStretch()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.cost)
        foot.addWidget(self.button)
        self._foot, self._scrolled, self._low = foot, column, False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.column = Column(column)
        outer.addWidget(self.column, 1)
        outer.addLayout(foot)
        order = [self.take, self.prompt, self.dice, self.starts, self.across.field]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the cost scrolled with the rest where it would leave that too little room."""
        super().resizeEvent(event)
        low = self.height() < _LOW * QFontInfo(self.font()).pixelSize()
        if low != self._low:
            self._low = low
            (self._scrolled.addWidget if low else partial(self._foot.insertWidget, 0))(self.cost)

    def _connect(self) -> None:
        for part in (self.prompt, *self._editors(), self.equal):
            part.changed.connect(self._changed)
        self.prompt.was_read.connect(self.tokens.show_read)
        self.dice.clicked.connect(self._draw_seed)
        self.take.clicked.connect(self.from_create)
        self.button.clicked.connect(self.compare)
        self._pause.timeout.connect(self.planned)
        self.rules.read.connect(self._on_read)


def _row(*parts: QWidget) -> QHBoxLayout:
    """Return widgets beside each other; texts and chips take what room there is."""
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    for part in parts:
        stretches = isinstance(part, Hint | TokenCount | ChipGroup)
        row.addWidget(part, int(stretches), Qt.AlignmentFlag.AlignVCenter)
    return row


def _secondary(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "secondary")
    return label
