"""`etascope generate`: drafts to recipes to pictures on disk."""

import dataclasses
import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from engine.cli.drive import Listener, events, progress, say_all
from engine.cli.extras import chosen
from engine.commands import Destination, Job, Load
from engine.draft import Draft
from engine.errors import BadSetting, KnownError, StorageError
from engine.export.moving import KINDS
from engine.gallery.metadata import draft_from, fitted, read_metadata
from engine.gallery.store import check_destination, gallery_folder
from engine.library import find
from engine.library.extras import at_hand
from engine.paths import DEFAULT_GALLERY
from engine.styles import apply_styles, named_styles, read_styles, styles_path
from engine.trajectory import SUFFIX

_TRAJECTORIES = (SUFFIX, *KINDS)
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
    "clip_skip": "clip_skip",
}


def run(arguments: Namespace) -> int:
    """Make the pictures that were asked for; returns the exit status."""
    draft = draft_of(arguments)
    recipes = draft.resolve(find(draft.model).sizes())
    targets = list(_destinations(arguments, len(recipes)))
    jobs = [Job(recipe, target) for recipe, target in zip(recipes, targets, strict=True)]
    load = Load(draft.model, arguments.device, arguments.dtype, arguments.exact)
    with progress(sum(job.recipe.steps for job in jobs)) as bar:
        listener = Listener(bar, as_json=arguments.json)
        for event in events(load, jobs, keep=arguments.keep_partial):
            listener.hear(event)
    return 1 if listener.failed else 0


def draft_of(arguments: Namespace) -> Draft:
    """Return the settings in `--from`, if given, with every other option laid over them."""
    draft = Draft()
    if arguments.source is not None:
        reading = read_metadata(arguments.source)
        say_all(reading.notes)
        draft, notes = at_hand(draft_from(reading))
        say_all(notes)
        draft = _of_a_size(draft, arguments)
    elif arguments.prompt is None:
        raise BadSetting("prompt", 'A prompt is needed; "" makes a picture without one.')
    given = {
        field: getattr(arguments, option)
        for option, field in _DRAFT_OPTIONS.items()
        if getattr(arguments, option) is not None
    }
    given |= chosen(arguments)
    if "model" in given:
        given["model"] = find(given["model"]).id  # it may have been a path
    if arguments.source is None and "guidance" not in given:
        usual = find(given.get("model", draft.model)).sizes().usual.guidance
        given |= {} if usual is None else {"guidance": usual}
    if "sampler" in given and given["sampler"] != draft.sampler:
        # What another sampler had for eta and schedule says nothing about this one.
        draft = dataclasses.replace(draft, eta=None, schedule="default")
    draft = dataclasses.replace(draft, **given, count=arguments.count)
    if draft.guidance == 1 and arguments.negative is None:
        # What a picture's own guidance made of its negative prompt, guidance 1 cannot.
        draft = dataclasses.replace(draft, negative_prompt="")
    return _styled(draft, arguments.style or [])


def _styled(draft: Draft, names: list[str]) -> Draft:
    """Lay the styles of these names round the draft's prompts."""
    styles = named_styles(read_styles(styles_path()), names)
    prompt, negative = apply_styles(styles, draft.prompt, draft.negative_prompt)
    if draft.guidance == 1 and negative != draft.negative_prompt:
        say_all(["the negative prompt of the style is left out: guidance 1 cannot use it."])
        negative = draft.negative_prompt
    return dataclasses.replace(draft, prompt=prompt, negative_prompt=negative)


def _of_a_size(draft: Draft, arguments: Namespace) -> Draft:
    """Fit a picture's size to the model that will make it; a side that was given is not its own."""
    own = dataclasses.replace(
        draft,
        width=draft.width if arguments.width is None else None,
        height=draft.height if arguments.height is None else None,
    )
    model = draft.model if arguments.model is None else arguments.model
    draft, note = fitted(own, find(model).sizes())
    say_all([note] if note else [])
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
    check_trajectory(arguments.trajectory)
    for number in range(1, count + 1):
        destination = Destination(
            folder=folder,
            file=numbered(out, number, count) if to_file else None,
            force=arguments.force,
            trajectory=numbered(arguments.trajectory, number, count),
        )
        check_destination(destination)
        if arguments.keep_partial:
            check_destination(destination.of_partial())
        yield destination


def check_trajectory(trajectory: Path | None) -> None:
    """Raise BadSetting if `--trajectory` names no file of a kind that can hold one."""
    if trajectory is not None and trajectory.suffix.lower() not in _TRAJECTORIES:
        kinds = ", ".join(_TRAJECTORIES)
        raise BadSetting("trajectory", f"The trajectory must end in one of {kinds}.")


def _not_a_target(out: Path) -> KnownError:
    if out.suffix:
        return BadSetting("out", f"The file must end in .png, not {out.suffix}.")
    return StorageError(f"The folder {out} does not exist.", "Make it first, or name a .png file.")


def numbered(path: Path | None, number: int, count: int) -> Path | None:
    """Return the path of one of `count` files: as it is for one, else with its number."""
    if path is None or count == 1:
        return path
    return path.with_name(f"{path.stem}-{number}{path.suffix}")
