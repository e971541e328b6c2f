"""Drive the engine from a terminal: jobs in, its events as lines and a bar out."""

import json
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, assert_never

from tqdm import tqdm  # type: ignore[import-untyped]

from engine.cli.keeping import archive_for
from engine.commands import CancelAll, Command, Job, JobId, Load, Shutdown, Submit
from engine.errors import Problem
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

Inbox = queue.SimpleQueue[Command]


def events(
    load: Load, jobs: Sequence[Job], *, together: bool = True, keep: bool = False
) -> Iterator[Event]:
    """Run the engine in this thread until every job has ended: all together or one by one.

    With `keep` an interrupt cancels the jobs, and keeps what those that run have come to; another
    one ends all. Raises KeyboardInterrupt at the end if any was cancelled, or not begun. What goes
    to a gallery has its path kept, as in the window.
    """
    from engine.loop import Engine  # torch comes with it; wrong usage is told without waiting

    inbox: Inbox = queue.SimpleQueue()
    inbox.put(load)
    waiting = iter(jobs)
    for job in islice(waiting, None if together else 1):
        inbox.put(Submit(job))
    left, is_whole = len(jobs), True
    with _keeping(inbox) if keep else nullcontext(threading.Event()) as interrupted:
        for event in Engine(inbox, archive=archive_for(jobs)).run():
            yield event
            if isinstance(event, Saved | Unsaved | Failed | Cancelled):
                missed = len(tuple(waiting)) if interrupted.is_set() else 0  # they are not begun
                is_whole = is_whole and not (missed or isinstance(event, Cancelled))
                left -= 1 + missed
                for job in islice(waiting, 1):
                    inbox.put(Submit(job))
            if left == 0 or (isinstance(event, Failed) and event.job is None):
                inbox.put(Shutdown())
                left = -1
    if not is_whole:
        raise KeyboardInterrupt


@contextmanager
def _keeping(inbox: Inbox) -> Iterator[threading.Event]:
    """Let the first interrupt cancel and keep, unless interrupts are not heard at all.

    Yields what is set by it.
    """
    interrupted = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if before in {signal.SIG_IGN, None}:
        yield interrupted
        return

    def cancel(_signal: int, _frame: FrameType | None) -> None:
        interrupted.set()
        inbox.put(CancelAll(keep=True))
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, cancel)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def progress(steps: int) -> tqdm:
    """Return a bar over all steps, on stderr and only where it is a terminal."""
    return tqdm(total=steps, unit="step", disable=not sys.stderr.isatty(), leave=False)


class Listener:
    """Turns the engine's events into lines: pictures on stdout, everything else on stderr."""

    def __init__(self, bar: tqdm, *, as_json: bool) -> None:
        self.failed = False
        self._bar = bar
        self._as_json = as_json
        self._finished: dict[JobId, Finished] = {}
        self._said: set[Problem] = set()

    def hear(self, event: Event) -> None:
        """Say what the event means for the user, if anything."""
        match event:
            case Stepped():
                self._bar.update()
            case Finished():
                self._finished[event.job] = event
            case Saved(job, path):
                self._tell(self._finished.pop(job), path)
            case Unsaved(_, problem) | Failed(_, problem):
                self.failed = True
                self._complain(problem)
            case Noticed(_, problem):
                self._complain(problem)
            case Kept():
                self._tell_kept(event)
            case Loading() | Loaded() | Started() | Previewed() | Cancelled():
                pass
            case Recovered() | Paused() | Resumed() | Reordered() | Decoded():
                pass
            case _:
                assert_never(event)

    def _tell(self, finished: Finished, path: Path) -> None:
        self._write(json.dumps(record(finished, path)) if self._as_json else str(path))

    def _tell_kept(self, kept: Kept) -> None:
        about = {"file": str(kept.path), "partial": asdict(kept.reached)}
        self._write(json.dumps(about) if self._as_json else str(kept.path))
        reached = f"step {kept.reached.step} of {kept.reached.steps}"
        say_all([f"cancelled after {reached}; {kept.path.name} shows how far it had come."])

    def _write(self, line: str) -> None:
        self._bar.clear()
        write(line)

    def _complain(self, problem: Problem) -> None:
        """Say it once, however many jobs it befell."""
        if problem in self._said:
            return
        self._said.add(problem)
        self._bar.clear()
        say_all([f"{problem.message} {problem.advice} {problem.details}".strip()])


def record(finished: Finished, path: Path) -> dict[str, Any]:
    """Return what `--json` says of a picture."""
    environment = finished.picture.environment
    return {
        "file": str(path),
        "recipe": finished.picture.recipe.to_dict(),
        "seconds": round(finished.seconds, 4),
        "nfe": finished.nfe,
        "device": environment.device,
        "dtype": environment.dtype,
        "backend": environment.backend,
    }


def printable(text: str, *, keep: str = "") -> str:
    """Escape what a terminal would obey rather than show: a picture may be anybody's."""
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in text)


def write(line: str) -> None:
    """Write a line to stdout, for whoever reads it to have at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say_all(sentences: Sequence[str]) -> None:
    """Say each on stderr, in a line of its own."""
    for sentence in sentences:
        sys.stderr.write(f"etascope: {sentence}\n")
