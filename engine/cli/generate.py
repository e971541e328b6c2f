"""`etascope generate`: drafts to recipes to pictures on disk."""

import dataclasses
import json
import os
import queue
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, assert_never

from tqdm import tqdm  # type: ignore[import-untyped]

from engine.commands import Command, Destination, Job, JobId, Load, Shutdown, Submit
from engine.draft import Draft
from engine.errors import BadSetting, KnownError, Problem, StorageError
from engine.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Loaded,
    Noticed,
    Previewed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.gallery.metadata import draft_from, read_metadata
from engine.gallery.store import check_destination, gallery_folder
from engine.library import find
from engine.paths import DEFAULT_GALLERY

_DRAFT_OPTIONS = {
    "prompt": "prompt",
    "negative": "negative_prompt",
    "model": "model",
    "sampler": "sampler",
    "schedule": "schedule",
    "steps": "steps",
    "eta": "eta",
    "guidance": "guidance",
    "seed": "seed",
    "width": "width",
    "height": "height",
}


def run(arguments: Namespace) -> int:
    """Make the pictures that were asked for; returns the exit status."""
    draft = _draft(arguments)
    recipes = draft.resolve(find(draft.model).sizes())
    targets = list(_destinations(arguments, len(recipes)))
    jobs = [Job(recipe, target) for recipe, target in zip(recipes, targets, strict=True)]
    load = Load(draft.model, arguments.device, arguments.dtype)
    with _progress(sum(job.recipe.steps for job in jobs)) as bar:
        listener = _Listener(bar, as_json=arguments.json)
        for event in _events(load, jobs):
            listener.hear(event)
    return 1 if listener.failed else 0


def _draft(arguments: Namespace) -> Draft:
    """Return the settings in `--from`, if given, with every other option laid over them."""
    draft = Draft()
    if arguments.source is not None:
        reading = read_metadata(arguments.source)
        _say_all(reading.notes)
        draft = draft_from(reading)
    elif arguments.prompt is None:
        raise BadSetting("prompt", 'A prompt is needed; "" makes a picture without one.')
    given = {
        field: getattr(arguments, option)
        for option, field in _DRAFT_OPTIONS.items()
        if getattr(arguments, option) is not None
    }
    if "sampler" in given and given["sampler"] != draft.sampler:
        # What another sampler had for eta and schedule says nothing about this one.
        draft = dataclasses.replace(draft, eta=None, schedule="default")
    draft = dataclasses.replace(draft, **given, count=arguments.count)
    if draft.guidance == 1 and arguments.negative is None:
        # What a picture's own guidance made of its negative prompt, guidance 1 cannot.
        draft = dataclasses.replace(draft, negative_prompt="")
    return draft


def _destinations(arguments: Namespace, count: int) -> Iterator[Destination]:
    """Yield where each picture goes, having made sure that it can be written there."""
    out: Path | None = arguments.out
    if out is not None and arguments.gallery is not None:
        raise BadSetting("gallery", "A picture goes to --out or to a gallery, not to both.")
    # Unlike Path.is_dir this never raises, whatever may not be looked into.
    to_file = out is not None and not os.path.isdir(out)  # noqa: PTH112
    if out is not None and to_file and out.suffix.lower() != ".png":
        raise _not_a_target(out)
    gallery = DEFAULT_GALLERY if arguments.gallery is None else arguments.gallery
    folder = None if to_file else out or gallery_folder(gallery)
    _check_trajectory(arguments.trajectory, out if to_file else None)
    for number in range(1, count + 1):
        destination = Destination(
            folder=folder,
            file=_numbered(out, number, count) if to_file else None,
            force=arguments.force,
            trajectory=_numbered(arguments.trajectory, number, count),
        )
        check_destination(destination)
        yield destination


def _check_trajectory(trajectory: Path | None, picture: Path | None) -> None:
    if trajectory is None:
        return
    if not trajectory.name:
        raise BadSetting("trajectory", "The trajectory needs the name of a file.")
    if picture is not None and trajectory.absolute() == picture.absolute():
        raise BadSetting("trajectory", "The picture and its trajectory need two names.")


def _not_a_target(out: Path) -> KnownError:
    if out.suffix:
        return BadSetting("out", f"The file must end in .png, not {out.suffix}.")
    return StorageError(f"The folder {out} does not exist.", "Make it first, or name a .png file.")


def _numbered(path: Path | None, number: int, count: int) -> Path | None:
    if path is None or count == 1:
        return path
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def _events(load: Load, jobs: Sequence[Job]) -> Iterator[Event]:
    """Run the engine in this thread until every job has ended."""
    from engine.loop import Engine  # torch comes with it; wrong usage is told without waiting

    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    inbox.put(load)
    for job in jobs:
        inbox.put(Submit(job))
    left = len(jobs)
    for event in Engine(inbox).run():
        yield event
        if isinstance(event, Saved | Unsaved | Failed | Cancelled):
            left -= 1
        if left == 0 or (isinstance(event, Failed) and event.job is None):
            inbox.put(Shutdown())
            left = -1


def _progress(steps: int) -> tqdm:
    """Return a bar over all steps, on stderr and only where it is a terminal."""
    return tqdm(total=steps, unit="step", disable=not sys.stderr.isatty(), leave=False)


class _Listener:
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
            case _:
                assert_never(event)

    def _tell(self, finished: Finished, path: Path) -> None:
        self._bar.clear()
        line = json.dumps(_record(finished, path)) if self._as_json else str(path)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def _complain(self, problem: Problem) -> None:
        """Say it once, however many jobs it befell."""
        if problem in self._said:
            return
        self._said.add(problem)
        self._bar.clear()
        _say_all([f"{problem.message} {problem.advice} {problem.details}".strip()])


def _record(finished: Finished, path: Path) -> dict[str, Any]:
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


def _say_all(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        sys.stderr.write(f"etascope: {sentence}\n")
