"""The sheet over the bottom right corner: every job that runs, waits or failed, and its keys."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.commands import JobId
from gui import theme
from gui.queue_model import Row
from gui.queue_rows import QueueRows
from gui.session import Session
from gui.throttle import Throttle
from gui.widgets import Hairline, Hint, IconButton, SectionHead, Surface
from gui.widgets.described import described, named
from gui.words import marked, tr

EMPTY = marked(
    "Nothing runs and nothing waits.\n"
    "Press Ctrl+Enter again while a picture is made, and the next one waits here."
)
KEYS = marked("Space pauses, Alt+Up and Alt+Down move, Del cancels, R tries again.")
_WIDEST, _HIGHEST = 34, 40
"""Ems of width and height that the sheet takes at most."""
_MOST = 0.8
"""Share of the window that it takes at most, if what is in it needs no more."""
_SEEN = 30  # ms


class JobList(QListView):
    """The jobs. What a key asks for is said by the key's name in `asked`."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("queue-list")
        self.setAccessibleName(tr("Jobs"))
        self.setToolTip(tr("The pictures being made and those that wait. {keys}", keys=tr(KEYS)))
        self.setAccessibleDescription(tr(KEYS))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setItemDelegate(QueueRows(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        wishes = {
            (Qt.Key.Key_Space, False): "pause",
            (Qt.Key.Key_Delete, False): "cancel",
            (Qt.Key.Key_R, False): "retry",
            (Qt.Key.Key_Up, True): "up",
            (Qt.Key.Key_Down, True): "down",
        }
        wish = wishes.get((Qt.Key(event.key()), alt))
        if wish is None:
            super().keyPressEvent(event)
        else:
            self.asked.emit(wish)


class QueuePanel(Surface):
    """Lies over the corner of `host`, above `floor`. `closed` is emitted when it is put away.

    `held` says that something is held back, or let go on.
    """

    closed = Signal()
    held = Signal()

    def __init__(self, session: Session, host: QWidget, floor: QWidget) -> None:
        super().__init__("sheet", host)
        self.setObjectName("queue_panel")
        self.setAccessibleName(tr("Queue"))
        self._session, self._host, self._floor = session, host, floor
        self._jobs = session.jobs
        self.list = JobList()
        self.list.setModel(self._jobs)
        self._empty = Hint(tr(EMPTY), 3)
        self.hold = _button("pause-all", tr("Pause all"))
        self.clear = described(
            _button("cancel-all", tr("Cancel all")),
            tr("Cancel all"),
            tr("Stop everything that runs or waits."),
        )
        self.again = described(
            _button("retry-all", tr("Retry failed")),
            tr("Retry failed"),
            tr("Try again what has failed."),
        )
        self.close_button = IconButton(
            "queue-close", "close", tr("Close"), tr("Close the queue (Esc).")
        )
        self.tools = {
            "pause": IconButton("job-pause", "pause", tr("Pause"), ""),
            "up": IconButton("job-up", "up", tr("Move up"), tr("Make it sooner (Alt+Up).")),
            "down": IconButton(
                "job-down", "down", tr("Move down"), tr("Make it later (Alt+Down).")
            ),
            "retry": IconButton(
                "job-retry", "retry", tr("Try again"), tr("Try again what failed (R).")
            ),
            "cancel": IconButton(
                "job-cancel", "trash", tr("Cancel"), tr("Take it off the queue (Del).")
            ),
        }
        self._lay_out()
        self._connect()
        self.hide()
        host.installEventFilter(self)
        self._offer()

    def open(self) -> None:
        """Show the sheet and take the keyboard."""
        self._offer()
        self._place()
        self.show()
        self.raise_()
        if not self.list.currentIndex().isValid() and self._jobs.rowCount():
            self.list.setCurrentIndex(self._jobs.index(0))
        (self.list if self._jobs.rowCount() else self.close_button).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    @Slot()
    def put_away(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @Slot()
    def refresh(self) -> None:
        """Bring what can be seen up to date; while the sheet is away nothing can."""
        if not self.isHidden():
            self._offer()
            self._place()  # a button may say something longer now

    def _offer(self) -> None:
        """Offer what makes sense for what is there and what is selected."""
        jobs = self._jobs
        there = jobs.rowCount() > 0
        self._pages.setCurrentWidget(self.list if there else self._empty_page)
        self._say_hold(jobs.all_paused)
        self.hold.setEnabled(len(jobs) > 0 or jobs.all_paused)
        self.clear.setEnabled(len(jobs) > 0)
        self.again.setVisible(bool(jobs.failures()))
        rows = self._selected()
        held = bool(rows) and all(row.paused for row in rows)
        self._say_pause(held)
        open_rows = [row for row in rows if row.problem is None]
        self.tools["pause"].setEnabled(bool(open_rows) and not jobs.all_paused)
        self.tools["retry"].setEnabled(any(row.problem is not None for row in rows))
        self.tools["cancel"].setEnabled(bool(rows))
        for name in ("up", "down"):
            self.tools[name].setEnabled(len(rows) == 1 and rows[0].waits)

    @override
    def event(self, event: QEvent) -> bool:
        """Esc puts the sheet away before it means anything to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Lie in the bottom right corner, as large as there is room for."""
        least, em = self.minimumSizeHint(), QFontInfo(self.font()).pixelSize()
        right, bottom = self._host.width() - theme.MEDIUM, self._floor.y() - theme.MEDIUM
        width = max(least.width(), round(min(_WIDEST * em, _MOST * right)))
        height = max(least.height(), round(min(_HIGHEST * em, _MOST * bottom)))
        width, height = min(width, right - theme.MEDIUM), min(height, bottom - theme.MEDIUM)
        self.setGeometry(right - width, bottom - height, width, height)

    # What the keys and buttons do

    @Slot(str)
    def do(self, wish: str) -> None:
        """Do to the selected jobs what a key or a button asks for."""
        deeds: dict[str, Callable[[list[Row]], None]] = {
            "pause": self._pause,
            "cancel": self._cancel,
            "retry": self._retry,
            "up": lambda rows: self._move(rows, -1),
            "down": lambda rows: self._move(rows, 1),
        }
        rows = self._selected()
        if rows:
            deeds[wish](rows)
            self.refresh()

    def _pause(self, rows: list[Row]) -> None:
        change = self._session.resume if all(row.paused for row in rows) else self._session.pause
        for row in rows:
            if row.problem is None and not self._jobs.all_paused:
                change(row.job.id)
        self.held.emit()

    def _cancel(self, rows: list[Row]) -> None:
        place = min(self.list.currentIndex().row(), self._jobs.rowCount() - len(rows) - 1)
        for row in rows:
            self._session.cancel(row.job.id)
        self._select(place)

    def _retry(self, rows: list[Row]) -> None:
        self._retry_jobs(row.job.id for row in rows if row.problem is not None)

    def _retry_jobs(self, jobs: Iterable[JobId]) -> None:
        for job in list(jobs):
            self._session.retry(job)

    def _move(self, rows: list[Row], by: int) -> None:
        if len(rows) == 1:
            self._jobs.move_by(rows[0].job.id, by)
            self.list.scrollTo(self.list.currentIndex())

    @Slot()
    def _hold_all(self) -> None:
        (self._session.resume if self._jobs.all_paused else self._session.pause)()
        self.refresh()
        self.held.emit()

    @Slot()
    def _cancel_all(self) -> None:
        self._session.cancel_all()
        self.refresh()

    @Slot()
    def _retry_all(self) -> None:
        self._retry_jobs(self._jobs.failures())
        self.refresh()

    def _selected(self) -> list[Row]:
        numbers = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self._jobs.row(number) for number in numbers]

    def _select(self, number: int) -> None:
        if 0 <= number < self._jobs.rowCount():
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self._jobs.index(number), chosen)

    def _say_hold(self, paused: bool) -> None:
        words = tr("Resume all") if paused else tr("Pause all")
        tip = tr("Let everything go on.") if paused else tr("Hold everything back where it is.")
        self.hold.setText(words)
        described(self.hold, words, tip)

    def _say_pause(self, held: bool) -> None:
        button = self.tools["pause"]
        button.setIcon(theme.icon("play" if held else "pause"))
        words = tr("Resume") if held else tr("Pause")
        tip = tr("Let it go on (Space).") if held else tr("Hold it back where it is (Space).")
        described(button, words, tip)

    # Putting it together

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(SectionHead(tr("Queue")))
        head.addStretch()
        for button in (self.again, self.hold, self.clear, self.close_button):
            head.addWidget(button)
        self._empty_page = QWidget()
        page = QVBoxLayout(self._empty_page)
        page.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        page.addWidget(self._empty)
        page.addStretch()
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty_page)
        self._pages.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        for button in self.tools.values():
            foot.addWidget(button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(self._pages, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.put_away)
        self.hold.clicked.connect(self._hold_all)
        self.clear.clicked.connect(self._cancel_all)
        self.again.clicked.connect(self._retry_all)
        self.list.asked.connect(self.do)
        for wish, button in self.tools.items():
            button.clicked.connect(lambda _=False, wish=wish: self.do(wish))
        self.list.selectionModel().selectionChanged.connect(self.refresh)
        changes = Throttle(self.refresh, _SEEN, self)
        jobs = self._jobs
        for signal in (jobs.rowsInserted, jobs.rowsRemoved, jobs.rowsMoved, jobs.dataChanged):
            signal.connect(changes.ask)


def _button(name: str, text: str) -> QPushButton:
    button = named(QPushButton(text), name)
    button.setAutoDefault(False)
    return button
