"""What any tool wrote into a picture, as settings of ours."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.draft import Draft
from engine.errors import PictureError
from engine.gallery import own
from engine.gallery.comfy import is_graph, read_graph
from engine.gallery.dialects import read_values
from engine.gallery.findings import Findings, parsed, shown
from engine.gallery.infotext import read_infotext
from engine.gallery.reading import Reading
from engine.gallery.texts import read_texts
from engine.menu import menu

# Where texts with settings are found, the most telling first.
_JSON_KEYS = (
    "parameters",
    "UserComment",
    "invokeai_metadata",
    "sd-metadata",
    "Comment",
    "prompt",
    "xmp",
)
_INFOTEXT_KEYS = ("parameters", "UserComment", "postprocessing", "comment")

# Names that cannot be taken for a path: a picture must not choose which file is opened.
_MODEL_ID = re.compile(r"starter|\w[\w.-]*/\w[\w.-]*@[0-9a-f]{7,64}|sha256:[0-9a-f]{64}")


def read_metadata(path: Path) -> Reading:
    """Read the settings in a picture of any tool.

    Raises PictureError, one sentence and one suggestion, if it cannot be read or carries none.
    """
    reading = interpret(read_texts(path))
    if reading is None:
        raise PictureError(
            f"{path} carries no settings that can be read.",
            "Many programs and sites strip them; choose the picture as its tool saved it.",
        )
    return reading


def interpret(texts: Mapping[str, str]) -> Reading | None:
    """Make sense of a picture's texts, by key; None if no tool is recognised. Never raises."""
    reading = own.read_own(texts.get(own.KEY, ""))
    if reading is None:
        findings, raw = _of_other_tools(texts)
        if findings is None:
            return None
        if own.KEY in texts:
            findings.note("Etascope's own text in it is damaged.")
        reading = Reading(findings.tool, findings.settings, raw, tuple(findings.notes))
    _, unfit = _fitting(reading.settings)
    return replace(reading, notes=(*reading.notes, *unfit))


def draft_from(reading: Reading) -> Draft:
    """Return a draft with every setting of the reading that this version can honour.

    The rest is left at the usual; `reading.notes` says what that was.
    """
    fitting, _ = _fitting(reading.settings)
    branch = None if reading.recipe is None else reading.recipe.branch
    return Draft(**fitting, branch=branch)


def _of_other_tools(texts: Mapping[str, str]) -> tuple[Findings | None, str]:
    """Try the ways of all tools, in the order in which they tell most; also return the text."""
    for key in _JSON_KEYS:
        findings = _from_json(key, texts)
        if findings is not None:
            return findings, texts[key]
    for key in _INFOTEXT_KEYS:
        if texts.get(key, "").strip():
            return read_infotext(texts[key]), texts[key]
    raw = "\n".join(f"{key}: {text}" for key, text in texts.items())
    return read_values(texts), raw


def _from_json(key: str, texts: Mapping[str, str]) -> Findings | None:
    text = texts.get(key, "").strip()
    values = parsed(text) if text.startswith("{") else None
    if not isinstance(values, dict):
        return None
    if is_graph(values):
        return read_graph(values)
    if key == "Comment" and "Description" in texts:  # where NovelAI has its prompt
        values = {"prompt": texts["Description"]} | values
    return read_values(values)


def _fitting(settings: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the settings that this version can honour, and a sentence on each of the others."""
    fitting, notes = dict(settings), []
    model = fitting.get("model", "starter")
    if not _MODEL_ID.fullmatch(model):
        notes.append(f"Its model {shown(model)} is not one of Etascope's; choose one yourself.")
        del fitting["model"]
    sampler = fitting.get("sampler", "ddim")
    entry = menu().get(sampler)
    if entry is None:
        notes.append(
            f"The sampler {shown(sampler)} is not in this version; the usual one is taken."
        )
        for key in ("sampler", "schedule", "eta"):
            fitting.pop(key, None)
        return fitting, notes
    if fitting.get("schedule", "default") not in ("default", *entry.schedules):
        notes.append(f"{entry.label} has no schedule {shown(fitting.pop('schedule'))} here.")
    eta, limits = fitting.get("eta"), entry.eta
    if eta is not None and not (limits and limits.lowest <= eta <= limits.highest):
        notes.append(f"{entry.label} cannot take its eta {shown(eta)}.")
        del fitting["eta"]
    return fitting, notes
