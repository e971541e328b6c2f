"""The Create view: controls on the left, the stage in the middle, the newest pictures right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.draft import Draft
from engine.errors import BadSetting, Problem, problem_of
from engine.gallery.metadata import fitted
from engine.gallery.store import Stored
from engine.recipe import Recipe
from engine.trajectory import Trajectory
from gui.canvas.examples import EXAMPLES
from gui.controls import Controls
from gui.presets import Preset
from gui.recalling import (
    KEYS,
    Told,
    check_draft,
    not_told,
    recalled,
    told_by_reading,
    told_by_recipe,
)
from gui.reel import Reel
from gui.retelling import retold
from gui.session import Session
from gui.shares import controls_width, strip_width
from gui.sharpener import Sharpener
from gui.stage import Stage
from gui.strip import Strip, on_panel
from gui.toast import Toast
from gui.trash import Thrown, Trash
from gui.widgets import Hairline
from gui.widgets.fitting import Fitting
from gui.widgets.keys import add_key
from gui.words import tr


class CreateView(QWidget):
    """Shows the running picture, unless the user is looking at another."""

    troubled = Signal(Problem)
    generated = Signal()
    dropped = Signal(Stored)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("create")
        self.controls = Controls()
        self.stage = Stage()
        self.strip = Strip()
        self.trash = Trash(self)
        self.toast = Toast(self.stage.canvas)
        self._sharpener = Sharpener(session.bridge, self)
        self._session = session
        self._follows = True
        self._wanted: Path | None = None
        self._told: Told | None = None
        self._marked: Path | None = None
        self._dropped: Path | None = None
        self._lay_out()
        self._connect()
        Fitting(self, self._share_out)

    def draft(self) -> Draft:
        """Return what is set; its seed is None while a new one is drawn each time."""
        return self.controls.draft()

    @Slot()
    def generate(self) -> None:
        """Send the draft off, or say what is wrong with it."""
        session, model = self._session, self._session.model
        asked, adapted = self.controls.draft(), self.controls.adapting()

        def submit() -> tuple[Recipe, ...]:
            there = model == session.model  # another may have been chosen meanwhile
            return session.generate(adapted() if there else asked, model)

        self._send(submit, model)

    @Slot()
    def branch(self) -> None:
        """Go on from the step on show with what is set now."""
        reel, step = self.stage.reel, self.stage.timeline.position()
        if reel is not None and self.stage.branch.isEnabled():
            self._send(lambda: self._session.branch(self.controls.draft(), reel, step))

    def _send(self, submit: Callable[[], tuple[Recipe, ...]], model: str = "") -> None:
        session, deed = self._session, partial(self._submit, submit)
        if not (session.rules.once_read(model, deed) if model else session.when_sized(deed)):
            self._follow()

    def _submit(self, submit: Callable[[], tuple[Recipe, ...]]) -> None:
        try:
            self.controls.check()
            recipes = submit()
        except BadSetting as error:
            self._on_progressed()
            self.controls.show_fault(error)
            self.troubled.emit(problem_of(error))
            return
        self.controls.menu.used(recipes[0].prompt)
        self.controls.picture.seed.show_drawn(recipes[0].seed)
        self._follow()
        self.generated.emit()

    @Slot(str)
    def recall(self, what: str) -> None:
        """Take "prompt", "seed" or "all" from the picture on show into the controls."""
        if self._told is not None:
            self.apply(self._told, what)

    def apply(self, told: Told, what: str = "all") -> None:
        """Take the settings that a picture tells, or some of them."""
        self._session.when_sized(partial(self._apply, told, what))

    def _apply(self, told: Told, what: str) -> None:
        told = self.suited(told)
        if told.lacks(what):
            self.troubled.emit(not_told(what))
            return
        taken = self._take(recalled(self.controls.kept_draft(), told.draft, what))
        if taken and what in {"all", "rest"} and told.notes:
            self.troubled.emit(Problem(" ".join(retold(note) for note in told.notes)))

    def suited(self, told: Told) -> Told:
        """Return what a picture tells as the model at hand can make it."""
        return told.suited(self._session.sizes, self._session.model)

    def take_dropped(self, path: Path) -> None:
        """Have a picture read; `dropped` follows, or what is wrong with it."""
        self._dropped = path
        self._session.pictures.open(path)

    @Slot(Preset)
    def take_preset(self, preset: Preset) -> None:
        self._session.when_sized(partial(self._take_preset, preset))

    def _take_preset(self, preset: Preset) -> None:
        draft, note = fitted(preset.applied(self.controls.kept_draft()), self._session.sizes)
        if self._take(draft) and note:
            self.troubled.emit(Problem(retold(note)))

    def _take(self, draft: Draft) -> bool:
        """Set the controls, unless the draft could not be made; return whether it could."""
        try:
            check_draft(draft, self._session.sizes)
        except BadSetting as error:
            self.troubled.emit(problem_of(error))
            return False
        self.controls.show_draft(draft)
        return True

    @Slot()
    def throw_away(self) -> None:
        """Take the picture on show off the strip; after a while its file goes to the trash."""
        pictures, path = self._session.pictures, self._marked
        row = None if path is None else pictures.row_of(path)
        if path is None or row is None:
            return
        pictures.take_out(row)
        self.trash.throw(Thrown(path, row))
        self._say_thrown()
        if pictures.rowCount():
            self._show_path(pictures.path(min(row, pictures.rowCount() - 1)))
            return
        self._marked = self._wanted = self._told = None
        self.stage.show_picture(None)
        if len(self._session.jobs):
            self._follow()

    @Slot()
    def have_back(self) -> None:
        """Undo the last throwing away."""
        thrown = self.trash.undo()
        if thrown is not None:
            self._session.pictures.put_back(thrown.path, thrown.row)
            self._show_path(thrown.path)
            self._say_thrown()

    def _say_thrown(self) -> None:
        count = len(self.trash.held())
        if not count:
            self.toast.hide()
            return
        self.toast.say(tr("%n picture(s) thrown away", n=count))

    @Slot(Path, Problem)
    def _on_stuck(self, path: Path, problem: Problem) -> None:
        self._session.pictures.add(path)
        self.troubled.emit(problem)

    @Slot()
    def show_next(self) -> None:
        self._show_neighbour(1)

    @Slot()
    def show_previous(self) -> None:
        self._show_neighbour(-1)

    def _share_out(self) -> None:
        width, em = self.width(), QFontInfo(self.font()).pixelSize()
        self.controls.take_width(controls_width(width, em))
        strip = strip_width(width, em, self.controls.minimumWidth())
        self._side.setFixedWidth(max(strip, self._side.minimumSizeHint().width()))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.controls, Hairline(vertical=True), self.stage):
            row.addWidget(widget)
        row.setStretchFactor(self.stage, 1)
        row.addWidget(Hairline(vertical=True))
        self._side = on_panel(self.strip)
        row.addWidget(self._side)
        self.stage.canvas.set_examples([tr(prompt) for prompt in EXAMPLES])
        self.strip.set_model(self._session.pictures)
        for key, what in KEYS.items():
            add_key(key, self.strip, partial(self.recall, what))
        for part in (self.strip, self.stage):
            add_key("B", part, self.branch)
            add_key("X", part, self.stage.turn_noisy)
            add_key("N", part, self.stage.forward.click)
            add_key("Del", part, self.throw_away)
            add_key("Ctrl+Z", part, self.have_back)
        for place in (self.stage.canvas, self.stage.timeline):
            space = add_key("Space", place, self.stage.play.click)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)  # buttons in it have their own
        self._count_pictures()

    def _connect(self) -> None:
        session, canvas, pictures = self._session, self.stage.canvas, self._session.pictures
        self.controls.generate.connect(self.generate)
        self.controls.menu.prompt_chosen.connect(self._take_prompt)
        self.controls.menu.preset_chosen.connect(self.take_preset)
        self.stage.branch_wanted.connect(self.branch)
        self.stage.rested.connect(self._sharpener.sharpen)
        self._sharpener.sharpened.connect(self.stage.sharpened)
        self.toast.undo.connect(self.have_back)
        self.trash.emptied.connect(self.toast.hide)
        self.trash.stuck.connect(self._on_stuck)
        canvas.example_chosen.connect(self._make_example)
        canvas.previous_wanted.connect(self.show_previous)
        canvas.next_wanted.connect(self.show_next)
        canvas.recall_wanted.connect(self.recall)
        self.strip.chosen.connect(self._chosen)
        self.controls.styles.troubled.connect(self.troubled)
        session.loading.connect(self._on_loading)
        session.loaded.connect(self._on_loaded)
        self.controls.picture.extras.use(session.extras)
        session.enders += [self.controls.reader.close, self.controls.styles.file.close]
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
        pictures.rowsRemoved.connect(self._count_pictures)

    @Slot()
    def _on_loading(self) -> None:
        self.controls.reader.use(self._session.model)

    @Slot()
    def _on_loaded(self) -> None:
        """Only now can the steps of a picture be shown that was chosen before."""
        if self._wanted is not None and self.stage.reel is None:
            self._session.pictures.open(self._wanted)

    # The running picture.

    def _follow(self) -> None:
        """Show what is being made from now on."""
        self._follows, self._wanted = True, None
        reel = self._session.running_reel()
        if reel is None:
            first = tr("Waiting for the first step…")
            self.stage.canvas.set_busy_text(
                first if self._session.ready else tr("Waiting for the model…")
            )
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

    def show_run(self, reel: Reel, step: int) -> None:
        """Show a run of another view at one of its steps, to be gone on from there."""
        self._follows, self._wanted = False, reel.path
        self._show_reel(reel)
        self.stage.go_to(step)

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
        if stored.path == self._dropped:
            self._dropped = None
            self._session.when_sized(partial(self.dropped.emit, stored))
        elif stored.path == self._wanted:
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
    def _take_prompt(self, prompt: str) -> None:
        self.controls.prompt.set_text(prompt)
        self.controls.prompt.setFocus()

    @Slot(str)
    def _make_example(self, prompt: str) -> None:
        self._take_prompt(prompt)
        self.generate()
