"""The left panel: what varies, what is the same for all, and what it will cost."""

import secrets
from collections import Counter
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from engine.compare.axes import Axis, Equal, Plan, plan
from engine.compare.cost import Cost
from engine.compare.starts import STARTS, Start
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.gallery.findings import plain
from engine.menu import entry
from engine.recipe import Recipe
from gui import theme
from gui.compare.axis_editor import NOTHING, AxisEditor
from gui.controls import Column
from gui.widgets import (
    ChipGroup,
    Hint,
    IconButton,
    PrimaryButton,
    PromptEdit,
    SectionHead,
    Surface,
)
from gui.widgets.described import described, named

WIDTH = 304
_DOT = "  ·  "
_PAUSE = 150  # ms without a key before costs are reckoned again


class SetupPanel(Surface):
    """Edits a comparison before it is run. `planned` says that it may be another one now."""

    compare = Signal()
    planned = Signal()
    from_create = Signal()

    def __init__(self) -> None:
        super().__init__("panel")
        self.setObjectName("compare-setup")
        self._base = Draft(seed=secrets.randbelow(2**32))
        self._sizes = SizeRule()
        self._fault: BadSetting | None = None
        self.prompt = PromptEdit("compare-prompt", "what the pictures should show", 3)
        self.starts = named(QPushButton("Examples"), "compare-starts")
        self.take = named(QPushButton("From Create"), "compare-take")
        self.dice = IconButton(
            "compare-dice", "dice", "Other noise", "Begin from other noise: draw a new seed."
        )
        self.same = Hint(lines=2)
        self.across = AxisEditor("across", "Across")
        self.down = AxisEditor("down", "Down")
        self.pages = AxisEditor("pages", "Pages")
        self.equal = ChipGroup("equal", [("steps", "Equal steps"), ("calls", "Equal model calls")])
        self.cost = Hint(lines=3)
        self.button = PrimaryButton("Compare", "Ctrl+↵")
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
        """Take over settings; a seed is drawn for good where they have none."""
        seed = self._base.seed if draft.seed is None else draft.seed
        # The usual steps are not the same for all samplers; these are to be.
        steps = entry(draft.sampler).steps if draft.steps is None else draft.steps
        self._base = replace(draft, seed=seed, steps=steps, count=1, branch=None)
        self.prompt.set_text(draft.prompt)
        self._changed()

    def set_sizes(self, sizes: SizeRule, model: str) -> None:
        """Take note of another model and the sizes that it makes."""
        self._sizes = sizes
        self._base = replace(self._base, model=model)
        self._changed()

    def set_start(self, start: Start) -> None:
        """Set up a ready-made comparison."""
        base = self.base()
        if start.sampler is not None:
            base = replace(base, sampler=start.sampler, eta=None, schedule="default")
        self._base = base if start.steps is None else replace(base, steps=start.steps)
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

    def show_plan(self, base: Draft, axes: tuple[Axis, ...], equal: Equal) -> None:
        """Show how a comparison that is there was set up."""
        self._base = base
        self.prompt.set_text(base.prompt)
        self.equal.set_value(equal)
        for editor, one in zip(self._editors(), (*axes, None, None, None)[:3], strict=True):
            editor.show_axis(one, base.prompt)
        self._changed()

    def plan(self) -> Plan:
        """Return the comparison that is set up. Raises BadSetting, and marks what is wrong."""
        equal: Equal = "calls" if self.equal.value() == "calls" else "steps"
        base, axes = self.base(), []
        for editor in self._editors():
            try:
                one = editor.axis(base.prompt)
            except BadSetting as fault:
                editor.show_problem(fault.message)
                raise
            editor.show_problem("")
            axes += [] if one is None else [one]
        return plan(base, axes, lambda _: self._sizes, equal=equal)

    def focus_fault(self, fault: BadSetting) -> None:
        """Lead the user to where something is wrong."""
        for editor in self._editors():
            if editor.chosen() == fault.field:
                editor.values.setFocus()
                return
        self.prompt.setFocus()

    # What is said

    def show_cost(self, chosen: Plan, missing: list[Recipe], cost: Cost, on_way: int) -> None:
        """Say what pressing the button would take; `on_way` cells run or wait."""
        there = len(chosen.cells) - len(missing)
        self.button.set_text("Compare" if not there else "Run the missing")
        self.button.setEnabled(bool(missing))
        lines = [_cost_words(cost, there)] if missing else [_there_words(there, on_way)]
        reasons = Counter(skip.reason for skip in chosen.skipped)
        lines += [f"{_counted(n, 'place')} left empty. {why}" for why, n in reasons.items()][:1]
        self._say("\n".join(lines), "secondary")

    def wait_and_reckon(self) -> None:
        """Have costs reckoned again in a moment, once however often this is said."""
        if not self._pause.isActive():
            self._pause.start()

    def show_fault(self, fault: BadSetting) -> None:
        """Say why there is nothing to compare."""
        self.button.set_text("Compare")
        self.button.setEnabled(True)
        self._say(fault.message, "warning")

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
        self.same.setText(_DOT.join(_same_words(self._base, self._sizes, varies)))

    @Slot()
    def _draw_seed(self) -> None:
        self._base = replace(self._base, seed=secrets.randbelow(2**32))
        self._changed()

    # Making it

    def _describe(self) -> None:
        described(self.prompt, "Prompt", "Say in words what all the pictures should show.")
        described(self.starts, "Examples", "Comparisons to begin with.")
        described(
            self.take, "Take from Create", "Take prompt and settings over from the Create view."
        )
        described(self.equal, "What is equal", "What samplers have in common beside each other.")
        self.equal.set_tooltip("steps", "Every sampler takes as many steps as the axes say.")
        self.equal.set_tooltip(
            "calls",
            "Every sampler asks the model as often; Heun asks twice a step and so takes half the "
            "steps. The calls are what takes the time, so this is equal time as well.",
        )
        described(self.button, "Compare", "Make all the pictures, side by side (Ctrl+Enter).")
        described(self.cost, "Cost", "What the comparison will take on this machine.")
        self.starts.setProperty("kind", "quiet")
        self.take.setProperty("kind", "quiet")
        chooser = QMenu(self.starts)
        for start in STARTS:
            action = chooser.addAction(start.name)
            action.setToolTip(start.about)
            action.triggered.connect(partial(self.set_start, start))
        chooser.setToolTipsVisible(True)
        self.starts.setMenu(chooser)
        self.across.head.addWidget(self.starts)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(_row(SectionHead("Same for all"), None, self.take))
        column.addWidget(self.prompt)
        column.addLayout(_row(self.same, self.dice))
        for number, editor in enumerate(self._editors()):
            column.addSpacing(theme.TINY)
            column.addWidget(editor)
            if number == 1:
                column.addWidget(self.equal)
        column.addStretch()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.cost)
        foot.addWidget(self.button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = Column(column)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        self.setFixedWidth(max(WIDTH, scroll.minimumWidth()))

    def _connect(self) -> None:
        for part in (self.prompt, *self._editors(), self.equal):
            part.changed.connect(self._changed)
        self.dice.clicked.connect(self._draw_seed)
        self.take.clicked.connect(self.from_create)
        self.button.clicked.connect(self.compare)
        self._pause.timeout.connect(self.planned)


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Return widgets beside each other; None stands for room between them."""
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            stretches = isinstance(part, Hint)
            row.addWidget(part, int(stretches), Qt.AlignmentFlag.AlignVCenter)
    return row


def _same_words(base: Draft, sizes: SizeRule, varies: set[str]) -> list[str]:
    """Return what all cells have in common, beside the prompt."""
    sampler = entry(base.sampler)
    alone = "sampler" not in varies
    usual = None if sampler.eta is None else sampler.eta.default
    eta = usual if base.eta is None else base.eta
    words = {
        "sampler": sampler.label,
        "schedule": sampler.schedules[0] if base.schedule == "default" else base.schedule,
        "steps": _counted(sampler.steps if base.steps is None else base.steps, "step"),
        "eta": "" if eta is None else f"η {plain(eta)}",
        "guidance": f"guidance {plain(base.guidance)}",
        "seed": f"seed {base.seed}",
        "size": f"{base.width or sizes.width} × {base.height or sizes.height}",
    }
    without = {"schedule", "eta"} if not alone else set()
    return [word for key, word in words.items() if word and key not in varies | without]


def _cost_words(cost: Cost, there: int) -> str:
    new = "more " if there else ""
    words = [_counted(cost.pictures, f"{new}picture"), _counted(cost.calls, "model call")]
    words.append(
        "time not measured yet" if cost.seconds is None else f"about {_time(cost.seconds)}"
    )
    if cost.memory is not None:
        words.append(f"{_size(cost.memory)} of memory")
    return _DOT.join(words)


def _there_words(there: int, on_way: int) -> str:
    if on_way:
        return f"{there - on_way} of {_counted(there, 'picture')} done, the others on their way."
    return f"All {_counted(there, 'picture')} are there."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number:,} {word}s".replace(",", " ")


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def _size(amount: int) -> str:
    megabytes = amount / 2**20
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1024:.1f} GB"
