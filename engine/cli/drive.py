"""Drive the engine from a terminal: jobs in, its events as lines and a bar out."""

import json
import queue
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, assert_never

from tqdm import tqdm  # type: ignore[import-untyped]

from engine.commands import Command, Job, JobId, Load, Shutdown, Submit
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Decoded,
    Event,
    Failed,
    Finished,
    Loaded,
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


def events(load: Load, jobs: Sequence[Job], *, together: bool = True) -> Iterator[Event]:
    """Run the engine in this thread until every job has ended: all together or one by one."""
    from engine.loop import Engine  # torch comes with it; wrong usage is told without waiting

    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    inbox.put(load)
    waiting = iter(jobs)
    for job in islice(waiting, None if together else 1):
        inbox.put(Submit(job))
    left = len(jobs)
    for event in Engine(inbox).run():
        yield event
        if isinstance(event, Saved | Unsaved | Failed | Cancelled):
            left -= 1
            for job in islice(waiting, 1):
                inbox.put(Submit(job))
        if left == 0 or (isinstance(event, Failed) and event.job is None):
            inbox.put(Shutdown())
            left = -1


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
            case Loaded() | Started() | Previewed() | Cancelled():
                pass
            case Recovered() | Paused() | Resumed() | Reordered() | Decoded():
                pass
            case _:
                assert_never(event)

    def _tell(self, finished: Finished, path: Path) -> None:
        self._bar.clear()
        line = json.dumps(record(finished, path)) if self._as_json else str(path)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

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


def say_all(sentences: Sequence[str]) -> None:
    """Say each on stderr, in a line of its own."""
    for sentence in sentences:
        sys.stderr.write(f"etascope: {sentence}\n")
