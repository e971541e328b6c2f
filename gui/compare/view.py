"""The Compare view: set up on the left, live cells over one scrubber, the cell in hand right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.compare.axes import Plan
from engine.compare.coinciding import same_by_definition
from engine.compare.cost import cost
from engine.compare.starts import Start
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting, Problem, problem_of
from engine.recipe import Recipe
from gui.compare.begin import Begin
from gui.compare.cell_menu import CellMenu, change
from gui.compare.cell_panel import CellPanel
from gui.compare.cells import LiveCell, State, wanted
from gui.compare.cells_model import CellsModel
from gui.compare.comparison import Comparison
from gui.compare.frames import Frames
from gui.compare.grid import Grid
from gui.compare.inspector import Inspector
from gui.compare.judging import Judge
from gui.compare.pages import Pages
from gui.compare.plots import Plots
from gui.compare.reopening import Reopening
from gui.compare.saving import Saving
from gui.compare.scrubber import Scrubber
from gui.compare.setup_panel import SetupPanel
from gui.compare.sides import Sides
from gui.messages import Messages
from gui.prompt_reader import PromptReader
from gui.reel import Reel
from gui.session import Session
from gui.sizes import StillReading
from gui.widgets import Surface
from gui.words import tr

_TELL_EVERY = 40  # ms


class CompareView(QWidget):
    """`recalled` carries the recipe of a cell whose settings are wanted in the Create view.

    `branched` carries a cell's run and the step of it that is to be gone on from there.
    """

    recalled = Signal(Recipe)
    branched = Signal(Reel, int)
    wants_draft = Signal()
    told = Signal(str)

    def __init__(self, session: Session, reader: PromptReader | None = None) -> None:
        super().__init__()
        self.setObjectName("compare")
        self.comparison = Comparison(session, parent=self)
        self.reopening = Reopening(session, self.comparison)
        self.frames = Frames(self)
        self.cells = CellsModel(self)
        self.setup = SetupPanel(self.comparison.pace, reader, session.rules)
        self.grid = Grid(self.cells, self.frames)
        self.begin_with = Begin()
        self.inspector = Inspector(self.frames)
        self.scrubber = Scrubber(self.frames)
        self.panel = CellPanel()
        self.plots = Plots()
        self.judge = Judge(self.comparison, self.cells.label)
        self.saving = Saving(self, self.comparison, self.plots)
        self.pages = Pages(self)
        self.stack = QStackedWidget()
        self._session = session
        self._taken: Draft | None = None
        self._news: dict[LiveCell, None] = {}
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_EVERY)
        self._lay_out()
        self.messages = Messages(self.stack)
        self._connect()
        self._reckon()

    # From the window

    def begin(self) -> None:
        """Open what was compared last."""
        self.reopening.begin()

    def shown(self, draft: Draft) -> None:
        """The view comes to the front; what was changed in Create since then is taken over."""
        if self._taken is None and self.comparison.cells:
            self._taken = draft  # what was opened meanwhile is set up as it was made
        elif draft != self._taken:
            self.take(draft)
        if self.stack.currentWidget() is self.begin_with:
            self.setup.prompt.setFocus()
        else:
            self._show_grid()

    def take(self, draft: Draft) -> None:
        """Take the Create view's settings for all cells."""
        self._taken = draft
        self.setup.set_base(draft)

    @Slot()
    def compare(self) -> None:
        """Run what is set up: all of it, or what is missing."""
        try:
            chosen = self.setup.plan()
        except StillReading as wait:
            self.setup.rules.once_read(wait.model, partial(self._session.when_sized, self.compare))
            return
        except BadSetting as fault:
            self._show_fault(fault)
            self.sides.show_setup()
            self.setup.focus_fault(fault)
            return
        self.messages.step_aside()
        self.comparison.lay_out(chosen)
        self.frames.follow()
        self.comparison.run_missing()
        self._reckon()
        self.grid.setFocus()

    def escape(self) -> bool:
        """Go back to the grid; return whether there was anything to go back from."""
        if self.stack.currentWidget() not in {self.inspector, self.plots, self.judge}:
            return False
        self._show_grid()
        return True

    def set_calm(self, calm: bool) -> None:
        """Move slowly and only where asked to, for who is troubled by motion."""
        self.inspector.set_calm(calm)
        self.scrubber.set_calm(calm)

    def close_down(self) -> None:
        """Write what is new, at the end."""
        self.comparison.close()

    # The cell in hand

    @Slot(str)
    def do(self, what: str) -> None:
        """Do what is wanted with the current cell, or with all."""
        cell = self._current()
        with_all: dict[str, Callable[[], None]] = {
            "plots": self._show_plots,
            "judge": self._show_judge,
            "stop_all": self.comparison.stop_all,
            "noisy": self.scrubber.turn_noisy,
            "save_sheet": self.saving.ask_sheet,
            "save_figures": partial(self.saving.ask_figures, self.cells.label),
            "save_film": partial(self.saving.ask_film, self.frames),
            "open_grid": partial(self.saving.ask_open, self.reopening.open),
        }
        if what in with_all:
            with_all[what]()
        elif cell is not None:
            self._do_with(cell, what)

    def _do_with(self, cell: LiveCell, what: str) -> None:
        match what:
            case "open" if cell.reached:
                chosen = [one for one in self.grid.selected() if one.reached]
                self.inspector.show_cells(chosen, cell, self.cells.label)
                self.stack.setCurrentWidget(self.inspector)
                self.inspector.setFocus()
            case "reference" if cell.state is State.DONE:
                again = cell is self.comparison.reference
                self.comparison.refer_to(None if again else cell)
                self._show_reference()
            case "branch" if cell.reel is not None and cell.reached:
                self.reopening.recall(cell.reel)
                self.branched.emit(cell.reel, self.frames.step(cell))
            case "use":
                self.recalled.emit(cell.recipe)
            case _:
                change(self.comparison, [cell, *self.grid.selected()], what)
                if what == "pin":
                    self._show_reference()
                    self._turn(self.pages.page())
        self._show_cell()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        """Offer what can be done with the cell under the mouse, or with the current one."""
        view, cell = self.grid.viewport(), self._current()
        if cell is None:
            return
        box = self.grid.visualRect(self.grid.currentIndex())
        spot = place if box.contains(place) else box.center()
        CellMenu(cell, self.do, self.grid).open_at(view.mapToGlobal(spot))

    def _current(self) -> LiveCell | None:
        return self.grid.current()

    @Slot(object)
    def _chosen(self, cell: LiveCell | None) -> None:
        self.scrubber.set_cell(cell)
        self._show_cell()

    def _show_cell(self) -> None:
        cell, reference = self._current(), self.comparison.reference
        label = "" if cell is None else self.cells.label(cell)
        against = None if reference is None else self.cells.label(reference)
        self.panel.show_cell(cell, label, against)

    def _show_reference(self) -> None:
        self.grid.set_reference(self.comparison.reference)
        self.inspector.set_reference(self.comparison.reference)

    def _show_plots(self) -> None:
        self.stack.setCurrentWidget(self.plots)
        self._draw_plots()
        self.plots.back.setFocus()

    def _draw_plots(self) -> None:
        """Draw the plots anew, where they are on show."""
        if self.stack.currentWidget() is self.plots:
            cells, current = self.comparison.cells, self._current()
            placed = [cell for cell in cells if cell.at]
            self.plots.show_cells(
                self.comparison.plan, placed, current if current in placed else None
            )

    def _show_judge(self) -> None:
        self.stack.setCurrentWidget(self.judge)
        self.judge.open()

    @Slot()
    def _keep_blind(self) -> None:
        """While pictures are judged nothing beside them tells whose they are."""
        blind = self.stack.currentWidget() is self.judge
        self.scrubber.setHidden(blind)
        self.sides.set_blind(blind)
        self.pages.allow(self.stack.currentWidget() is self.grid)

    def _show_grid(self) -> None:
        self.stack.setCurrentWidget(self.grid)
        self.grid.setFocus()

    # What happens

    @Slot()
    def _laid_out(self) -> None:
        comparison, here = self.comparison, self._current()
        self.cells.show_cells(comparison.plan, comparison.cells)
        self.pages.offer(self.cells.pages())
        self._turn(self.pages.page())
        self.frames.set_cells(comparison.cells)
        if self.stack.currentWidget() is self.begin_with or not comparison.cells:
            self.stack.setCurrentWidget(self.grid if comparison.cells else self.begin_with)
        if here is not None:
            self.grid.set_current(here)
        if comparison.cells and self.grid.current() is None:
            self.grid.setCurrentIndex(self.cells.index(0, 0))
        self._show_reference()
        self._show_state()
        self.judge.refresh()

    @Slot(int)
    def _turn(self, page: int) -> None:
        """Show another page, the same place of it in hand."""
        here, columns = self.grid.currentIndex(), self.cells.columnCount()
        row, column = here.row(), here.column()
        self.cells.show_cells(self.comparison.plan, self.comparison.cells, page)
        column += self.cells.columnCount() - columns  # that of pinned cells comes and goes
        self.grid.setCurrentIndex(self.cells.index(row, max(column, 0)))

    @Slot(LiveCell)
    def _changed(self, cell: LiveCell) -> None:
        """Take note; many cells change many times a second, and are told of together."""
        self.frames.touch(cell)
        self._news[cell] = None
        if not self._telling.isActive():
            self._telling.start()

    @Slot()
    def _tell(self) -> None:
        news, self._news = self._news, {}
        if not all(map(self.frames.knows, news)):
            self.frames.relink()
        self.scrubber.tell(news)
        if self._current() in news:
            self._show_cell()
        if any(cell.state is not State.RUNNING or cell.reached < 2 for cell in news):
            self._show_state()
            self._draw_plots()
            self.judge.refresh()

    def _show_state(self) -> None:
        label, pairs = self.cells.label, self.comparison.same()
        blamed = [
            tr("{one} and {other} came out the same.", one=label(a), other=label(b))
            for a, b in pairs
            if not same_by_definition(a.recipe, b.recipe)
        ]
        expected = [
            tr("{one} and {other} are the same by definition.", one=label(a), other=label(b))
            for a, b in pairs
            if same_by_definition(a.recipe, b.recipe)
        ]
        self.panel.show_all(self.comparison.cells, blamed, expected)
        self.setup.wait_and_reckon()

    @Slot()
    def _reckon(self) -> None:
        """Say what the comparison that is set up would take."""
        try:
            chosen = self.setup.plan()
        except StillReading:
            return  # it is reckoned again then
        except BadSetting as fault:
            self.setup.show_fault(fault)
            return
        self._show_cost(chosen)

    def _show_cost(self, chosen: Plan) -> None:
        chosen = wanted(chosen, self.comparison.cells)
        missing = self.comparison.missing(chosen)
        price = cost(missing, self.comparison.pace, self._session.in_memory)
        self.setup.show_cost(chosen, missing, price, self.comparison.open_count())

    def _show_fault(self, fault: BadSetting) -> None:
        self.setup.show_fault(fault)
        self.messages.report(problem_of(fault))

    @Slot(Problem)
    def _report(self, problem: Problem) -> None:
        self.messages.report(problem)

    @Slot(Start)
    def _start(self, start: Start) -> None:
        self.setup.set_start(start)
        self._session.when_sized(self.compare)

    @Slot(SizeRule)
    def _on_sizes(self, sizes: SizeRule) -> None:
        self.setup.set_sizes(sizes, self._session.model)

    @Slot(Draft)
    def _on_opened(self, base: Draft) -> None:
        """A comparison was opened: what it was set up with is set up again."""
        plan = self.comparison.plan
        if plan is not None:
            self.setup.show_plan(base, plan)
        self.frames.follow()

    @Slot(Path)
    def _written(self, path: Path) -> None:
        self.told.emit(tr("Saved {name}", name=path.name))

    # Making it

    def _lay_out(self) -> None:
        for widget in (self.begin_with, self.grid, self.inspector, self.plots, self.judge):
            self.stack.addWidget(widget)
        middle = Surface("canvas")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.pages.placed())
        column.addWidget(self.stack, 1)
        column.addWidget(self.scrubber)
        self.sides = Sides(self.setup, middle, self.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sides)

    def _connect(self) -> None:
        comparison = self.comparison
        self._telling.timeout.connect(self._tell)
        self.setup.compare.connect(partial(self._session.when_sized, self.compare))
        self.setup.planned.connect(self._reckon)
        self.setup.from_create.connect(self.wants_draft)
        self.begin_with.chosen.connect(self._start)
        self.pages.activated.connect(self._turn)
        self.stack.currentChanged.connect(self._keep_blind)
        self.grid.chosen.connect(self._chosen)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        for page in (self.inspector, self.plots, self.judge):
            page.left.connect(self._show_grid)
        self.plots.save_wanted.connect(self.saving.ask_plots)
        for part in (self.grid, self.panel):
            part.wanted.connect(self.do)
        self.frames.ready.connect(self.inspector.touch)
        self.saving.film_with(self.panel, self._written, self._report)
        self._session.enders += [self.frames.close, self.saving.filming.close]
        self.scrubber.zoom_with(self.grid, self.stack)
        comparison.laid_out.connect(self._laid_out)
        comparison.changed.connect(self._changed)
        self.reopening.opened.connect(self._on_opened)
        comparison.rested.connect(self._reckon)
        comparison.troubled.connect(self._report)
        comparison.keeper.written.connect(self._written)
        self._session.sizes_changed.connect(self._on_sizes)
