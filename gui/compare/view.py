"""The Compare view: set up on the left, live cells over one scrubber, the cell in hand right."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.compare.axes import Plan
from engine.compare.cost import cost
from engine.compare.starts import Start
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting, Problem, problem_of
from engine.recipe import Recipe
from gui.compare.begin import Begin
from gui.compare.cell_panel import CellPanel
from gui.compare.cells import OPEN, LiveCell, State
from gui.compare.cells_model import CellsModel
from gui.compare.comparison import Comparison
from gui.compare.frames import Frames
from gui.compare.grid import Grid
from gui.compare.inspector import Inspector
from gui.compare.plots import Plots
from gui.compare.reopening import Reopening
from gui.compare.saving import Saving
from gui.compare.scrubber import Scrubber
from gui.compare.setup_panel import SetupPanel
from gui.messages import Messages
from gui.session import Session
from gui.widgets import Hairline, Surface
from gui.widgets.described import described, named

_TELL_EVERY = 40  # ms


class CompareView(QWidget):
    """`recalled` carries the recipe of a cell whose settings are wanted in the Create view."""

    recalled = Signal(Recipe)
    wants_draft = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("compare")
        self.comparison = Comparison(session, parent=self)
        self.reopening = Reopening(session, self.comparison)
        self.frames = Frames(self)
        self.cells = CellsModel(self)
        self.setup = SetupPanel()
        self.grid = Grid(self.cells, self.frames)
        self.begin_with = Begin()
        self.inspector = Inspector(self.frames)
        self.scrubber = Scrubber(self.frames)
        self.panel = CellPanel()
        self.plots = Plots()
        folder = session.pictures.folder
        self.saving = Saving(self, self.comparison, self.plots, folder)
        self.pages = described(named(QComboBox(), "page"), "Page", "Which page of cells is shown.")
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
        if self._taken is None or draft != self._taken:
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
        except BadSetting as fault:
            self._show_fault(fault)
            self.setup.focus_fault(fault)
            return
        self.messages.hide()
        self.comparison.lay_out(chosen)
        self.frames.follow()
        self.comparison.run_missing()
        self._reckon()
        self.grid.setFocus()

    def escape(self) -> bool:
        """Go back to the grid; return whether there was anything to go back from."""
        if self.stack.currentWidget() not in {self.inspector, self.plots}:
            return False
        self._show_grid()
        return True

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
            "stop_all": self.comparison.stop_all,
            "save_sheet": self.saving.ask_sheet,
            "save_figures": partial(self.saving.ask_figures, self.cells.label),
            "open_grid": partial(self.saving.ask_open, self.reopening.open),
        }
        if what in with_all:
            with_all[what]()
        elif cell is not None:
            self._do_with(cell, what)

    def _do_with(self, cell: LiveCell, what: str) -> None:
        match what:
            case "open" if cell.reached:
                self.inspector.show_cell(cell, self.cells.label(cell))
                self.stack.setCurrentWidget(self.inspector)
                self.inspector.refresh()
                self.inspector.canvas.setFocus()
            case "reference" if cell.state is State.DONE:
                again = cell is self.comparison.reference
                self.comparison.refer_to(None if again else cell)
                self._show_reference()
            case "roll":
                self.comparison.roll(cell, secrets.randbelow(2**32))
            case "stop" if cell.state in OPEN:
                self.comparison.stop([cell])
            case "stop":
                self.comparison.run([cell])
            case "remove":
                self.comparison.remove(cell)
            case "use":
                self.recalled.emit(cell.recipe)
            case _:
                return
        self._show_cell()

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
            comparison = self.comparison
            self.plots.show_cells(comparison.plan, comparison.cells, self._current())

    def _show_grid(self) -> None:
        self.stack.setCurrentWidget(self.grid)
        self.grid.setFocus()

    # What happens

    @Slot()
    def _laid_out(self) -> None:
        comparison, page = self.comparison, max(self.pages.currentIndex(), 0)
        self.cells.show_cells(comparison.plan, comparison.cells)
        self._show_pages(page)
        self.frames.set_cells(comparison.cells)
        if self.stack.currentWidget() is self.begin_with or not comparison.cells:
            self.stack.setCurrentWidget(self.grid if comparison.cells else self.begin_with)
        if comparison.cells and self.grid.current() is None:
            self.grid.set_current(comparison.cells[0])
        self._show_reference()
        self._show_state()

    def _show_pages(self, page: int) -> None:
        names = self.cells.pages()
        self.pages.clear()
        self.pages.addItems(names)
        self.pages.setVisible(bool(names))
        if names:
            self.pages.setCurrentIndex(min(page, len(names) - 1))
            self._turn(self.pages.currentIndex())

    @Slot(int)
    def _turn(self, page: int) -> None:
        self.cells.show_cells(self.comparison.plan, self.comparison.cells, page)

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

    def _show_state(self) -> None:
        label = self.cells.label
        pairs = [f"{label(a)} and {label(b)} came out the same." for a, b in self.comparison.same()]
        self.panel.show_all(self.comparison.cells, pairs)
        self.setup.wait_and_reckon()

    @Slot()
    def _reckon(self) -> None:
        """Say what the comparison that is set up would take."""
        try:
            chosen = self.setup.plan()
        except BadSetting as fault:
            self.setup.show_fault(fault)
            return
        self._show_cost(chosen)

    def _show_cost(self, chosen: Plan) -> None:
        missing = self.comparison.missing(chosen)
        price = cost(missing, self.comparison.pace)
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
        self.compare()

    @Slot(SizeRule)
    def _on_sizes(self, sizes: SizeRule) -> None:
        self.setup.set_sizes(sizes, self._session.model)

    @Slot(Draft)
    def _on_opened(self, base: Draft) -> None:
        """A comparison was opened: what it was set up with is set up again."""
        plan = self.comparison.plan
        if plan is not None:
            self.setup.show_plan(base, plan.axes, plan.equal)
        self.frames.follow()

    @Slot(Path)
    def _written(self, path: Path) -> None:
        self.told.emit(f"Saved {path.name}")

    # Making it

    def _lay_out(self) -> None:
        for widget in (self.begin_with, self.grid, self.inspector, self.plots):
            self.stack.addWidget(widget)
        middle = Surface("canvas")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages)
        column.addWidget(self.stack, 1)
        column.addWidget(self.scrubber)
        self.pages.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.setup, Hairline(vertical=True), middle, Hairline(vertical=True)):
            row.addWidget(part)
        row.addWidget(self.panel)
        row.setStretchFactor(middle, 1)

    def _connect(self) -> None:
        comparison = self.comparison
        self._telling.timeout.connect(self._tell)
        self.setup.compare.connect(self.compare)
        self.setup.planned.connect(self._reckon)
        self.setup.from_create.connect(self.wants_draft)
        self.begin_with.chosen.connect(self._start)
        self.pages.activated.connect(self._turn)
        self.grid.chosen.connect(self._chosen)
        for page in (self.inspector, self.plots):
            page.left.connect(self._show_grid)
        self.plots.save_wanted.connect(self.saving.ask_plots)
        for part in (self.grid, self.panel):
            part.wanted.connect(self.do)
        self.frames.ready.connect(self.inspector.touch)
        comparison.laid_out.connect(self._laid_out)
        comparison.changed.connect(self._changed)
        self.reopening.opened.connect(self._on_opened)
        comparison.rested.connect(self._reckon)
        comparison.troubled.connect(self._report)
        comparison.keeper.written.connect(self._written)
        self._session.sizes_changed.connect(self._on_sizes)
