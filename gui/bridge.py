"""The engine's thread: commands go in, events come out as signals on the window's thread.

Nothing heavy is imported before `start`: the engine, and torch with it, is imported inside the
thread.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from queue import SimpleQueue
from typing import Protocol, assert_never

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.commands import (
    Cancel,
    CancelAll,
    Command,
    Decode,
    Job,
    JobId,
    Load,
    Move,
    Pause,
    Resume,
    Shutdown,
    Submit,
)
from engine.errors import Problem, problem_of
from engine.events import (
    Cancelled,
    Decoded,
    Event,
    Failed,
    Finished,
    Kept,
    Loaded,
    Loading,
    Noticed,
    Paused,
    Previewed,
    Recovered,
    Reordered,
    Resumed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.paths import current_paths
from gui.gently import gently
from gui.words import marked

Inbox = SimpleQueue[Command]

TRAJECTORY_BYTES = 2 * 10**9

LONGEST_GOODBYE = 2.5
"""Seconds from `part` on that the engine, perhaps in the middle of a model call, has to end."""


class Runs(Protocol):
    """What the bridge asks of an engine."""

    def run(self) -> Iterator[Event]: ...


MakeEngine = Callable[[Inbox], Runs]


def real_engine(inbox: Inbox, *, kept: int = TRAJECTORY_BYTES) -> Runs:
    """Import and make the engine; takes seconds, so only the engine's thread calls it.

    `kept` are the bytes that the paths of finished pictures may take on the disk.
    """
    with gently():
        from engine.archive import Archive
        from engine.gallery.index import NAME
        from engine.gallery.keepsakes import keepsakes
        from engine.loop import Engine
    data = current_paths().data
    archive = Archive(data / "trajectories", kept, partial(keepsakes, data / NAME))
    return Engine(inbox, archive=archive)


News = Stepped | Previewed
"""What is of no use any more once there is something newer of the same job."""


class Mailbox:
    """One place for each job's newest step and newest preview, so that neither ever queues up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[tuple[type[News], JobId], News] = {}
        self._last: dict[JobId, float] = {}
        self.pause = 0.0
        """Seconds between two previews of one job, at least; those in between are dropped."""

    def put(self, news: News) -> bool:
        """Keep `news` instead of older ones; return whether there is something to take at last."""
        with self._lock:
            if isinstance(news, Previewed) and not self._is_due(news.job):
                return False
            was_empty = not self._newest
            self._newest[type(news), news.job] = news
            return was_empty

    def _is_due(self, job: JobId) -> bool:
        now = time.monotonic()
        if now - self._last.get(job, -self.pause) < self.pause:
            return False
        self._last[job] = now
        return True

    def forget(self, job: JobId) -> None:
        """A job has ended: nothing is to be known of it any more."""
        with self._lock:
            self._last.pop(job, None)

    def empty(self) -> list[News]:
        """Take everything out."""
        with self._lock:
            taken = list(self._newest.values())
            self._newest.clear()
            return taken


class Bridge(QObject):
    """Owns the engine's thread and its inbox. Every signal carries the event of its name."""

    loading = Signal(Loading)
    loaded = Signal(Loaded)
    started = Signal(Started)
    stepped = Signal(Stepped)
    previewed = Signal(Previewed)
    finished = Signal(Finished)
    saved = Signal(Saved)
    unsaved = Signal(Unsaved)
    failed = Signal(Failed)
    cancelled = Signal(Cancelled)
    kept = Signal(Kept)
    noticed = Signal(Noticed)
    paused = Signal(Paused)
    resumed = Signal(Resumed)
    reordered = Signal(Reordered)
    recovered = Signal(Recovered)
    decoded = Signal(Decoded)

    _event = Signal(object)
    _mail = Signal()
    _crashed = Signal(Problem)

    def __init__(self, make_engine: MakeEngine = real_engine) -> None:
        super().__init__()
        self._make_engine = make_engine
        self._mailbox = Mailbox()
        self._inbox: Inbox = SimpleQueue()
        self._open: dict[JobId, None] = {}
        self._load: Load | None = None
        self._crashes = 0
        self._closed = False
        self._patience = 0.0
        self.keeps_cancelled = False
        """Whether what is cancelled from now on is kept as far as it has come."""
        self._thread: threading.Thread | None = None
        # Queued also when the emitter is this thread, so that nobody is answered while asking.
        queued = Qt.ConnectionType.QueuedConnection
        self._event.connect(self._dispatch, queued)
        self._mail.connect(self._deliver, queued)
        self._crashed.connect(self._recover, queued)

    def start(self) -> None:
        """Start the engine's thread; commands given before are waiting for it."""
        self._thread = threading.Thread(
            target=self._work, args=(self._inbox,), name="engine", daemon=True
        )
        self._thread.start()

    def show_previews_every(self, seconds: float) -> None:
        """Let previews of a job through this far apart at least; 0: all that can be shown."""
        self._mailbox.pause = seconds

    def load(self, model: str, device: str = "auto", dtype: str = "auto", memory: int = 0) -> None:
        self._load = Load(model, device, dtype, memory=memory)
        if self._crashes > 1:
            self._event.emit(Failed(None, _GONE))
        else:
            self._inbox.put(self._load)

    def submit(self, job: Job) -> None:
        self._open[job.id] = None
        if self._crashes > 1:
            self._event.emit(Failed(job.id, _GONE))
        else:
            self._inbox.put(Submit(job))

    def cancel(self, job: JobId) -> None:
        self._inbox.put(Cancel(job, self.keeps_cancelled))

    def cancel_all(self) -> None:
        self._inbox.put(CancelAll(self.keeps_cancelled))

    def pause(self, job: JobId | None = None) -> None:
        self._inbox.put(Pause(job))

    def resume(self, job: JobId | None = None) -> None:
        self._inbox.put(Resume(job))

    def move(self, job: JobId, place: int) -> None:
        self._inbox.put(Move(job, place))

    def decode(self, wish: Decode) -> None:
        self._inbox.put(wish)

    def part(self) -> None:
        """Tell the engine to end, without waiting for it."""
        if not self._closed:
            self._closed = True
            self._patience = time.monotonic() + LONGEST_GOODBYE
            self._inbox.put(Shutdown())

    def close(self) -> bool:
        """Shut the engine down; return whether its thread has ended."""
        self.part()
        if self._thread is None:
            return True
        self._thread.join(max(0.0, self._patience - time.monotonic()))
        return not self._thread.is_alive()

    def _work(self, inbox: Inbox) -> None:
        """Run the engine; the only code here that is not on the window's thread."""
        try:
            for event in self._make_engine(inbox).run():
                if self._closed:
                    continue
                if not isinstance(event, Stepped | Previewed):
                    self._event.emit(event)
                elif self._mailbox.put(event):
                    self._mail.emit()
        except Exception as error:  # noqa: BLE001 - top of the thread: beyond it nobody would hear
            if not self._closed:
                self._crashed.emit(problem_of(error))

    @Slot()
    def _deliver(self) -> None:
        for news in self._mailbox.empty():
            self._dispatch(news)

    @Slot(object)
    def _dispatch(self, event: Event) -> None:
        match event:
            case Loading():
                self.loading.emit(event)
            case Loaded():
                self.loaded.emit(event)
            case Started():
                self.started.emit(event)
            case Stepped():
                self.stepped.emit(event)
            case Previewed():
                self.previewed.emit(event)
            case Finished() | Failed() | Cancelled():
                self._dispatch_end(event)
            case Saved() | Unsaved() | Kept() | Noticed() | Decoded():
                self._dispatch_word(event)
            case Recovered() | Paused() | Resumed() | Reordered():
                self._dispatch_order(event)
            case _:
                assert_never(event)

    def _dispatch_word(self, event: Saved | Unsaved | Kept | Noticed | Decoded) -> None:
        match event:
            case Saved():
                self.saved.emit(event)
            case Unsaved():
                self.unsaved.emit(event)
            case Kept():
                self.kept.emit(event)
            case Noticed():
                self.noticed.emit(event)
            case Decoded():
                self.decoded.emit(event)
            case _:
                assert_never(event)

    def _dispatch_order(self, event: Recovered | Paused | Resumed | Reordered) -> None:
        match event:
            case Recovered(job):
                self._open[job.id] = None
                self.recovered.emit(event)
            case Paused():
                self.paused.emit(event)
            case Resumed():
                self.resumed.emit(event)
            case Reordered():
                self.reordered.emit(event)
            case _:
                assert_never(event)

    def _dispatch_end(self, event: Finished | Failed | Cancelled) -> None:
        if event.job is not None:
            self._open.pop(event.job, None)
            self._mailbox.forget(event.job)
        match event:
            case Finished():
                self.finished.emit(event)
            case Failed():
                self.failed.emit(event)
            case Cancelled():
                self.cancelled.emit(event)
            case _:
                assert_never(event)

    @Slot(Problem)
    def _recover(self, problem: Problem) -> None:
        """Fail what was open and start the engine once more, with an inbox of its own."""
        self._crashes += 1
        lost, self._open = self._open, {}
        for job in lost:
            self.failed.emit(Failed(job, problem))
        if not lost:
            self.failed.emit(Failed(None, problem))
        if self._crashes > 1 or self._closed:
            return
        self._inbox = SimpleQueue()
        if self._load is not None:
            self._inbox.put(self._load)
        self.start()


_GONE = Problem(
    marked("The part of Etascope that makes pictures has stopped."),
    marked("Please close Etascope and start it again."),
)
