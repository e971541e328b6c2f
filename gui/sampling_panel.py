"""The sampler and its numbers: steps, eta, guidance."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.draft import HIGHEST_GUIDANCE, Draft, Usual
from engine.menu import MOST_STEPS, SamplerEntry, entry, menu
from gui.retelling import retold
from gui.theme import MEDIUM, SMALL
from gui.widgets import Hint, NumberRow, SectionHead
from gui.widgets.described import described
from gui.words import marked, tr

_ABOUT_STEPS = marked(
    "How many steps lead from noise to the picture. More take longer and are finer."
)
_ABOUT_SCHEDULE = marked(
    "How the steps are spaced over the noise; the first is usual for the sampler."
)
_ABOUT_GUIDANCE = marked(
    "How strictly the picture follows the prompt. 1 asks the model only once a step."
)

_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 5
"""What a closed list shows at least; the open one shows all."""


class SamplingPanel(QWidget):
    """Edits the part of a draft that says how the noise is taken away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sampler = _samplers()
        self.schedule = described(QComboBox(), tr("Noise schedule"), tr(_ABOUT_SCHEDULE))
        self.schedule.setObjectName("schedule")
        self.about = Hint(lines=2)
        self.steps = NumberRow(
            tr("Steps"), "steps", lowest=1, highest=MOST_STEPS, step=1, decimals=0
        )
        self.eta = NumberRow(tr("Eta  η"), "eta", lowest=0, highest=1, step=0.05, decimals=2)
        self.guidance = NumberRow(
            tr("Guidance"), "guidance", lowest=1, highest=HIGHEST_GUIDANCE, step=0.5, decimals=1
        )
        self.steps.set_help(tr(_ABOUT_STEPS))
        self.guidance.set_help(tr(_ABOUT_GUIDANCE))
        self._lay_out()
        self._usual = Usual()
        self._usual_steps = True
        self._usual_eta = self.eta.value()
        self._remembered: tuple[Draft, dict[str, object]] | None = None
        self.sampler.currentIndexChanged.connect(self._sampler_chosen)
        self.schedule.activated.connect(self.changed)
        self.steps.changed.connect(self._steps_changed)
        self.eta.changed.connect(self.changed)
        self.guidance.changed.connect(self.changed)
        self._offer_schedules("default")
        self._adapt()

    def entry(self) -> SamplerEntry:
        """Return the sampler that is chosen."""
        return entry(str(self.sampler.currentData()))

    def values(self) -> dict[str, object]:
        """Return what of a draft is set here."""
        shown = self._shown()
        if self._remembered is None or self._remembered[1] != shown:
            return shown
        draft = self._remembered[0]  # only its checkpoint will tell what of it is usual
        return shown | {"schedule": draft.schedule, "steps": draft.steps}

    def _shown(self) -> dict[str, object]:
        chosen = self.entry()
        return {
            "sampler": chosen.name,
            "schedule": self._schedule(),
            "steps": None if self._usual_steps else round(self.steps.value()),
            "eta": None if chosen.eta is None else self.eta.value(),
            "guidance": self.guidance.value(),
        }

    def show_draft(self, draft: Draft) -> None:
        """Set every control as `draft` says."""
        self.sampler.setCurrentIndex(max(self.sampler.findData(draft.sampler), 0))
        chosen = self.entry()
        self._offer_schedules(draft.schedule)
        usual = self._usual.steps_of(chosen)
        self.steps.set_value(usual if draft.steps is None else draft.steps)
        self._usual_steps = round(self.steps.value()) == usual
        if chosen.eta is not None:
            self._usual_eta = chosen.eta.default
            self.eta.set_value(chosen.eta.default if draft.eta is None else draft.eta)
        self.guidance.set_value(draft.guidance)
        self._adapt()

    def remember(self, draft: Draft) -> None:
        """Set every control as at the last time, before its checkpoint has told what is usual."""
        self.show_draft(draft)
        self._remembered = draft, self._shown()

    def set_usual(self, usual: Usual) -> None:
        """Go by what another checkpoint is at its best with; what was set by hand stays."""
        before = _guidance_of(self._usual)
        remembered, self._remembered = self._remembered, None
        if usual == self._usual:
            return
        if remembered is not None and remembered[1] == self._shown():
            # Only now can be told what of it was usual for its checkpoint, and what was chosen.
            self._usual = usual
            self.show_draft(remembered[0])
            return
        schedule = self._schedule()
        self._usual = usual
        if self._usual_steps:
            self.steps.set_value(usual.steps_of(self.entry()))
        if self.guidance.value() == before:
            self.guidance.set_value(_guidance_of(usual))
        self._offer_schedules(schedule)
        self._adapt()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(SectionHead(tr("Sampling")))
        choice = QHBoxLayout()
        choice.setSpacing(SMALL)
        for box in (self.sampler, self.schedule):
            box.setSizeAdjustPolicy(_SHORT)
            box.setMinimumContentsLength(_LETTERS)
        choice.addWidget(self.sampler, 3)
        choice.addWidget(self.schedule, 2)
        column.addLayout(choice)
        column.addWidget(self.about)
        column.addSpacing(MEDIUM - SMALL)
        for row in (self.steps, self.eta, self.guidance):
            column.addWidget(row)

    @Slot()
    def _sampler_chosen(self) -> None:
        if self._usual_steps:
            self.steps.set_value(self._usual.steps_of(self.entry()))
        self._move_eta()
        self._offer_schedules("default")
        self._adapt()
        self.changed.emit()

    def _move_eta(self) -> None:
        """An eta that was left at one sampler's usual value becomes the next one's."""
        usual = self.entry().eta
        if usual is not None:
            if self.eta.value() == self._usual_eta:
                self.eta.set_value(usual.default)
            self._usual_eta = usual.default

    def _schedule(self) -> str:
        """Return the chosen schedule; the sampler's usual one goes by the name "default"."""
        usual = self.schedule.currentIndex() <= 0
        return "default" if usual else str(self.schedule.currentData())

    def _offer_schedules(self, chosen: str) -> None:
        """List what the sampler takes, and show `chosen`, or the usual one if it is not there."""
        self.schedule.clear()
        for name in self._usual.schedules_of(self.entry()):
            self.schedule.addItem(name, name)
        self.schedule.setCurrentIndex(max(self.schedule.findData(chosen), 0))

    @Slot()
    def _steps_changed(self) -> None:
        self._usual_steps = round(self.steps.value()) == self._usual.steps_of(self.entry())
        self._adapt()
        self.changed.emit()

    def _adapt(self) -> None:
        """Say what the choice means and costs; grey out what it does not take."""
        chosen = self.entry()
        steps = round(self.steps.value())
        calls = chosen.model_calls(steps)
        self.about.setText(
            tr(
                "{about} {steps}, {calls}.",
                about=retold(chosen.about),
                steps=tr("%n step(s)", n=steps),
                calls=tr("%n model call(s)", n=calls),
            )
        )
        self.eta.set_available(chosen.eta is not None, retold(chosen.without_eta))
        if chosen.eta is not None:
            self.eta.set_help(retold(chosen.eta.about))


def _guidance_of(usual: Usual) -> float:
    return Draft().guidance if usual.guidance is None else usual.guidance


def _samplers() -> QComboBox:
    box = QComboBox()
    box.setObjectName("sampler")
    for name, sampler in menu().items():
        box.addItem(retold(sampler.label), name)
        tip = f"{retold(sampler.about)}\n{sampler.paper}"
        box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    box.setMaxVisibleItems(box.count())  # none is to be looked for further down
    return described(box, tr("Sampler"), tr("The rule by which each step takes noise away."))
