"""The Create view: controls on the left, the stage in the middle, the newest pictures right."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.draft import Draft
from engine.errors import BadSetting, Problem, problem_of
from engine.gallery.metadata import draft_from
from engine.gallery.reading import Reading
from engine.gallery.store import Stored
from engine.recipe import Recipe
from engine.trajectory import Trajectory
from gui import theme
from gui.controls import Controls
from gui.reel import Reel
from gui.session import Session
from gui.stage import Stage
from gui.strip import Strip
from gui.widgets import Hairline, Surface

EXAMPLES = [
    "a red sailing boat on the sea at sunset with clouds",
    "three yellow balloons over a meadow at sunrise, watercolour",
    "a white lighthouse by the sea under a starry sky, neon",
]


RECALLS = {"P": "prompt", "S": "seed", "A": "all"}
STRIP_WIDTH = 212


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture tells of its settings; `known` are the keys of `draft` that it told."""

    draft: Draft
    known: frozenset[str]
    notes: tuple[str, ...] = ()

    def lacks(self, what: str) -> bool:
        """Whether there is nothing of `what` to be recalled."""
        return not self.known if what == "all" else what not in self.known


NOTHING_TOLD = Told(Draft(), frozenset())


class CreateView(QWidget):
    """Shows the running picture, unless the user is looking at another."""

    troubled = Signal(Problem)
    generated = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("create")
        self.controls = Controls()
        self.stage = Stage()
        self.strip = Strip()
        self._session = session
        self._follows = True
        self._wanted: Path | None = None
        self._told: Told | None = None
        self._marked: Path | None = None
        self._lay_out()
        self._connect()

    def draft(self) -> Draft:
        """Return what is set; its seed is None while a new one is drawn each time."""
        return self.controls.draft()

    @Slot()
    def generate(self) -> None:
        """Send the draft off, or say what is wrong with it."""
        try:
            self.controls.check()
            recipes = self._session.generate(self.controls.draft())
        except BadSetting as error:
            self.controls.show_fault(error)
            self.troubled.emit(problem_of(error))
            return
        self.controls.picture.seed.show_drawn(recipes[0].seed)
        self._follow()
        self.generated.emit()

    @Slot(str)
    def recall(self, what: str) -> None:
        """Take "prompt", "seed" or "all" from the picture on show into the controls."""
        told = self._told
        if told is None:
            return
        if told.lacks(what):
            self.troubled.emit(_not_told(what))
            return
        draft = recalled(self.controls.kept_draft(), told.draft, what)
        try:
            _in_effect(draft).resolve(self._session.sizes)
        except BadSetting as error:
            self.troubled.emit(problem_of(error))
            return
        self.controls.show_draft(draft)
        if what == "all" and told.notes:
            self.troubled.emit(Problem(" ".join(told.notes)))

    @Slot()
    def show_next(self) -> None:
        self._show_neighbour(1)

    @Slot()
    def show_previous(self) -> None:
        self._show_neighbour(-1)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.controls, Hairline(vertical=True), self.stage):
            row.addWidget(widget)
        row.setStretchFactor(self.stage, 1)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(_beside(self.strip))
        self.stage.canvas.set_examples(EXAMPLES)
        self.strip.set_model(self._session.pictures)
        for key, what in RECALLS.items():
            shortcut = QShortcut(QKeySequence(key), self.strip)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.recall, what))
        self._count_pictures()

    def _connect(self) -> None:
        session, canvas, pictures = self._session, self.stage.canvas, self._session.pictures
        self.controls.generate.connect(self.generate)
        canvas.example_chosen.connect(self._make_example)
        canvas.previous_wanted.connect(self.show_previous)
        canvas.next_wanted.connect(self.show_next)
        canvas.recall_wanted.connect(self.recall)
        self.strip.chosen.connect(self._chosen)
        session.sizes_changed.connect(self.controls.set_sizes)
        session.progressed.connect(self._on_progressed)
        session.begun.connect(self._on_begun)
        session.grew.connect(self._on_grew)
        session.settled.connect(self._on_settled)
        session.saved.connect(self._on_saved)
        pictures.opened.connect(self._on_opened)
        pictures.remembered.connect(self._on_remembered)
        pictures.modelReset.connect(self._count_pictures)
        pictures.rowsInserted.connect(self._count_pictures)
        pictures.rowsRemoved.connect(self._mark_again)

    # The running picture.

    def _follow(self) -> None:
        """Show what is being made from now on."""
        self._follows, self._wanted = True, None
        reel = self._session.running_reel()
        if reel is None:
            waits_for = "the model" if not self._session.ready else "the first step"
            self.stage.canvas.set_busy_text(f"Waiting for {waits_for}…")
        elif reel is not self.stage.reel:
            self._show_reel(reel)

    @Slot(Reel)
    def _on_begun(self, reel: Reel) -> None:
        if self._follows and reel is self._session.running_reel():
            self._show_reel(reel)

    @Slot(Reel, int)
    def _on_grew(self, reel: Reel, step: int) -> None:
        if reel is self.stage.reel:
            self.stage.step_arrived(step)

    @Slot(Reel)
    def _on_settled(self, reel: Reel) -> None:
        if reel is self.stage.reel:
            self.stage.settled()
        following = self._session.running_reel()
        if self._follows and following is not None and following is not self.stage.reel:
            self._show_reel(following)

    def _show_reel(self, reel: Reel) -> None:
        self.stage.canvas.set_busy_text("")
        self._told = told_by_recipe(reel.recipe)
        self._mark(reel.path)
        self.stage.show_reel(reel)

    @Slot(Reel)
    def _on_saved(self, reel: Reel) -> None:
        if reel is self.stage.reel:
            self._wanted = reel.path
            self._mark(reel.path)

    @Slot()
    def _on_progressed(self) -> None:
        if not len(self._session.jobs):
            self.stage.canvas.set_busy_text("")

    # Pictures that are there.

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        self._show_path(self._session.pictures.path(index.row()))

    def _show_path(self, path: Path) -> None:
        self._mark(path)
        self._follows, self._wanted = False, path
        self.stage.canvas.set_busy_text("")
        reel = self._session.shelf.by_path(path)
        if reel is not None:
            self._show_reel(reel)
        else:
            self._session.pictures.open(path)

    def _mark(self, path: Path | None) -> None:
        """Put the strip's ring round the picture on show."""
        self._marked = path
        row = None if path is None else self._session.pictures.row_of(path)
        index = QModelIndex() if row is None else self._session.pictures.index(row)
        self.strip.set_current(index)

    @Slot()
    def _mark_again(self) -> None:
        """Keep the ring off a neighbour when its picture has left the strip."""
        self._mark(self._marked)

    @Slot(Stored)
    def _on_opened(self, stored: Stored) -> None:
        if stored.path == self._wanted:
            self._told = told_by_reading(stored.reading)
            self.stage.show_picture(stored.pixels)

    @Slot(Stored, Trajectory)
    def _on_remembered(self, stored: Stored, path: Trajectory) -> None:
        """The way of an older picture can be scrubbed again."""
        reel = self._session.remember(stored, path) if stored.path == self._wanted else None
        if reel is not None:
            self._show_reel(reel)

    def _show_neighbour(self, step: int) -> None:
        pictures = self._session.pictures
        row = None if self._wanted is None else pictures.row_of(self._wanted)
        wanted = 0 if row is None else row + step
        if 0 <= wanted < pictures.rowCount():
            self._show_path(pictures.path(wanted))

    @Slot()
    def _count_pictures(self) -> None:
        pictures = self._session.pictures
        self.strip.set_heading(pictures.folder.name, pictures.total)

    @Slot(str)
    def _make_example(self, prompt: str) -> None:
        self.controls.prompt.set_text(prompt)
        self.controls.prompt.setFocus()
        self.generate()


def _beside(strip: Strip) -> Surface:
    """Return the panel that the strip lies on."""
    panel = Surface("panel")
    panel.setFixedWidth(STRIP_WIDTH)
    column = QVBoxLayout(panel)
    column.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.TINY, 0)
    column.addWidget(strip)
    return panel


def told_by_recipe(recipe: Recipe) -> Told:
    """Return what a picture of our own tells: everything."""
    values = recipe.to_dict()
    return Told(Draft(**values), frozenset(values))


def told_by_reading(reading: Reading | None) -> Told:
    """Return what a file tells, of whatever tool it is; None: it tells nothing."""
    if reading is None:
        return NOTHING_TOLD
    if reading.recipe is not None:
        return told_by_recipe(reading.recipe)
    return Told(draft_from(reading), frozenset(reading.settings), reading.notes)


def recalled(draft: Draft, source: Draft, what: str) -> Draft:
    """Return `draft` with the prompts, the seed, or all the settings of a picture."""
    if what == "prompt":
        return replace(draft, prompt=source.prompt, negative_prompt=source.negative_prompt)
    if what == "seed":
        return replace(draft, seed=source.seed)
    return replace(source, model=draft.model, count=draft.count)


def _in_effect(draft: Draft) -> Draft:
    """Leave out the negative prompt where the controls will show it greyed."""
    return draft if draft.guidance > 1 else replace(draft, negative_prompt="")


def _not_told(what: str) -> Problem:
    lacking = "no settings that can be read" if what == "all" else f"no {what} that can be read"
    return Problem(f"This picture carries {lacking}.", "Nothing has been changed.")
