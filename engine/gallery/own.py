"""Our own chunk, `etascope`: everything about a picture, as JSON."""

import json
import re
from dataclasses import asdict
from typing import Any

from engine.gallery.findings import Findings, parsed
from engine.gallery.reading import Reading
from engine.recipe import ADDED, Environment, Picture, Recipe, Unfinished, recipe_from_dict

KEY = "etascope"
TOOL = "Etascope"
VERSION = 1
"""Of the chunk's form. A reader takes what it knows of later ones, and says so."""

GRID = "grid"
"""The chunk's `kind` in the labelled picture of a comparison; a single picture has none."""


PARTIAL = "partial"
"""The key of `step` and `steps` in the chunk of a picture that was cancelled there."""


def own_text(picture: Picture) -> str:
    """Return the chunk of a picture: its recipe, where it was computed, and its noise."""
    about = {
        "version": VERSION,
        "recipe": picture.recipe.to_dict(),
        "environment": picture.environment.to_dict(),
        "noise_sha256": picture.noise_sha256,
    }
    if picture.unfinished is not None:
        about[PARTIAL] = asdict(picture.unfinished)
    return json_text(about)


def json_text(about: dict[str, Any]) -> str:
    """Return the values as JSON that any file can hold as UTF-8."""
    text = json.dumps(about, ensure_ascii=False)
    # Halves of a surrogate pair have no UTF-8; JSON's own escape brings them back.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def read_own(text: str) -> Reading | None:
    """Read what `own_text` wrote, perhaps in a later version; None if there is nothing to read."""
    about = parsed(text)
    if not isinstance(about, dict):
        return None
    findings = Findings(TOOL)
    if about.get("version") != VERSION:
        findings.note("It was written by another version of Etascope; not all of it may be known.")
    is_grid = about.get("kind") == GRID
    if is_grid:
        findings.note("It is the grid of a comparison; its first picture's settings are taken.")
    values = about.get("base" if is_grid else "recipe")
    recipe = _recipe(findings, values) if isinstance(values, dict) else None
    noise = about.get("noise_sha256")
    return Reading(
        tool=findings.tool,
        settings=findings.settings,
        raw=text,
        notes=tuple(findings.notes),
        recipe=recipe,
        environment=environment_from(about.get("environment")),
        noise_sha256=noise
        if isinstance(noise, str) and re.fullmatch("[0-9a-f]{64}", noise)
        else "",
        unfinished=_unfinished(about.get(PARTIAL)),
    )


def _unfinished(values: object) -> Unfinished | None:
    """Return how far a cancelled picture had come; None for one that was finished."""
    match values:
        case {"step": int(step), "steps": int(steps)} if 0 < step < steps:
            return Unfinished(step, steps)
    return None


def _recipe(findings: Findings, values: dict[str, Any]) -> Recipe | None:
    """Take all settings; return a recipe if they are complete, in range and all of ours."""
    names = [name for name in Recipe.__dataclass_fields__ if name not in ADDED]
    for key in names:
        if key in {"sampler", "schedule"} and isinstance(values.get(key), str):
            findings.settings[key] = values[key]  # these are our names, also those yet to come
        else:
            findings.take(key, values.get(key))
    findings.left_out(key for key in values if key not in names and key not in ADDED)
    try:
        recipe = recipe_from_dict(values)
    except (ValueError, RecursionError):
        findings.note("Its recipe is not complete.")
        return None
    whole = recipe.to_dict()
    findings.settings |= {key: whole[key] for key in ADDED if key in whole and key != "branch"}
    told = {"eta": None} | findings.settings
    if recipe.branch is not None:
        told["branch"] = whole["branch"]
    return recipe if told == whole and not findings.notes else None


def environment_from(values: object) -> Environment | None:
    """Return where the picture was computed, if all of it is text as it should be."""
    if not isinstance(values, dict):
        return None
    versions = values.get("versions", {})
    places = [values.get(key) for key in ("device", "dtype", "backend")]
    if not isinstance(versions, dict):
        return None
    device, dtype, backend = (place if isinstance(place, str) else "" for place in places)
    pairs = tuple((name, v) for name, v in versions.items() if isinstance(v, str))
    return Environment(device, dtype, backend, pairs, tiled=values.get("tiled") is True)
