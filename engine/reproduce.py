"""Make a picture again from its file, and say how like it is, and where it parted."""

import queue
import tempfile
from collections.abc import Callable
from pathlib import Path

from engine.commands import DEVICES, DTYPES, Command, Destination, Job, Load, Shutdown, Submit
from engine.device import choose
from engine.errors import DeviceError, KnownError
from engine.events import Failed, Finished, Saved, Stepped, Unsaved
from engine.gallery.store import open_picture
from engine.loop import Engine
from engine.recipe import Environment, Recipe
from engine.remade import Reproduction, judged, recipe_to_remake


def reproduce(path: Path, stepped: Callable[[int, int], None] | None = None) -> Reproduction:
    """Make the picture in a file again, on the device it was made on if that is here.

    `stepped` is told each step and how many there are. Raises PictureError if the file does not
    tell everything that decided it, and the engine's own errors.
    """
    stored = open_picture(path)
    recipe = recipe_to_remake(stored)
    where = stored.reading.environment if stored.reading else None
    again = _run(recipe, where, stepped or (lambda _step, _steps: None))
    return judged(stored, again.picture, again.trajectory)


def _run(
    recipe: Recipe, environment: Environment | None, stepped: Callable[[int, int], None]
) -> Finished:
    """Run one job alone; what it saves goes to a folder that is thrown away."""
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    inbox.put(_load(recipe, environment))
    finished: Finished | None = None
    with tempfile.TemporaryDirectory() as folder:
        inbox.put(Submit(Job(recipe, Destination(file=Path(folder) / "again.png"))))
        for event in Engine(inbox, previews=False).run():
            match event:
                case Stepped():
                    stepped(event.step, event.steps)
                case Finished():
                    finished = event
                case Saved() | Unsaved():
                    inbox.put(Shutdown())
                case Failed(_, problem):
                    raise KnownError(problem.message, problem.advice)
    if finished is None:
        raise KnownError("The picture was not finished.", "Try again.")
    return finished


def _load(recipe: Recipe, environment: Environment | None) -> Load:
    """Ask for the device and dtype of the first time, or whatever there is."""
    device, dtype = (environment.device, environment.dtype) if environment else ("", "")
    if device not in DEVICES or dtype not in DTYPES:  # a file may say anything
        return Load(recipe.model, exact=True)
    try:
        choose(device, dtype)
    except DeviceError:
        device = "auto"
    return Load(recipe.model, device, dtype, exact=True)
