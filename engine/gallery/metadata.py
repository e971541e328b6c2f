"""What any tool wrote into a picture, as settings of ours."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.draft import Draft, SizeRule
from engine.errors import PictureError
from engine.gallery import own
from engine.gallery.decoding import check_whole
from engine.gallery.findings import shown
from engine.gallery.formats.families import findings_in
from engine.gallery.reading import Reading
from engine.gallery.stealth import hidden_texts
from engine.gallery.texts import read_texts
from engine.menu import menu
from engine.recipe import ADDED, added_from_dict

# Names that cannot be taken for a path: a picture must not choose which file is opened.
_MODEL_ID = re.compile(r"starter|\w[\w.-]*/\w[\w.-]*@[0-9a-f]{7,64}|sha256:[0-9a-f]{64}")


_PROMPTS = {"prompt", "negative_prompt"}
_UNESCAPED = re.compile(r"(?<!\\)\{")


def read_metadata(path: Path) -> Reading:
    """Read the settings in a picture of any tool.

    Raises PictureError, one sentence and one suggestion, if it cannot be read or carries none.
    """
    texts = read_texts(path)
    reading = interpret(texts)
    if reading is None and (hidden := hidden_texts(path)):
        reading = interpret(texts | hidden)
    if reading is None:
        check_whole(path)  # else what was there may be lost
        raise PictureError(
            f"{path} carries no settings that can be read.",
            "Many programs and sites strip them; choose the picture as its tool saved it.",
        )
    return reading


def interpret(texts: Mapping[str, str]) -> Reading | None:
    """Make sense of a picture's texts, by key; None if no tool is recognised. Never raises."""
    reading = own.read_own(texts.get(own.KEY, ""))
    if reading is None:
        findings = findings_in(texts)
        if findings is None:
            return None
        if own.KEY in texts:
            findings.note("Etascope's own text in it is damaged.")
        reading = Reading(
            tool=findings.tool,
            settings=findings.settings,
            raw=findings.raw,
            notes=tuple(findings.notes),
            others=findings.others,
        )
    _, unfit = _fitting(reading.settings)
    return replace(reading, notes=(*reading.notes, *unfit))


def draft_from(reading: Reading) -> Draft:
    """Return a draft with every setting of the reading that this version can honour.

    The rest is left at the usual; `reading.notes` says what that was.
    """
    fitting, _ = _fitting(reading.settings)
    if reading.tool != own.TOOL:
        fitting |= {key: _literal(fitting[key]) for key in _PROMPTS & fitting.keys()}
    branch = None if reading.recipe is None else reading.recipe.branch
    added = added_from_dict({key: fitting.pop(key) for key in ADDED if key in fitting})
    added.pop("embeddings", None)  # the prompts name them
    if added.get("clip_skip") == 1:  # what is usual for one family is another's last layer but one
        del added["clip_skip"]
    return Draft(**fitting, **added, branch=branch)


def _literal(prompt: str) -> str:
    """Escape braces that would be a wildcard here; in what other tools saved they are text."""
    return _UNESCAPED.sub(r"\\{", prompt) if "|" in prompt else prompt


def fitted(draft: Draft, sizes: SizeRule) -> tuple[Draft, str]:
    """Return a draft that a checkpoint can make, and a sentence if its own size was another.

    The shape is kept as nearly as the rule allows. Sides that nobody told stay so. A clip skip
    that is not among the model's layers is the usual one then, which is said too.
    """
    sized, notes = _sized(draft, sizes)
    skip = draft.clip_skip
    if skip is not None and not sizes.clip_skip <= skip <= sizes.layers:
        notes = f"{notes} Its clip skip of {skip} cannot be here; the usual one is used.".strip()
        sized = replace(sized, clip_skip=None)
    return sized, notes


def _sized(draft: Draft, sizes: SizeRule) -> tuple[Draft, str]:
    told = [side for side in (draft.width, draft.height) if side is not None]
    shrink = min(1.0, sizes.largest / max(told, default=1))
    width = _fitted_side(draft.width, shrink, sizes)
    height = _fitted_side(draft.height, shrink, sizes)
    if (width, height) == (draft.width, draft.height):
        return draft, ""
    now = " x ".join(str(side) for side in (width, height) if side is not None)
    was = " x ".join(map(str, told))
    note = f"This model cannot make its size of {was}; {now} is used."
    return replace(draft, width=width, height=height), note


def _fitted_side(side: int | None, shrink: float, sizes: SizeRule) -> int | None:
    if side is None:
        return None
    least, most = -(-sizes.smallest // sizes.step), sizes.largest // sizes.step
    return min(max(round(side * shrink / sizes.step), least), most) * sizes.step


def _fitting(settings: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the settings that this version can honour, and a sentence on each of the others."""
    fitting, notes = dict(settings), []
    model = fitting.get("model", "starter")
    if not _MODEL_ID.fullmatch(model):
        notes.append(f"Its model {shown(model)} is not one of Etascope's; choose one yourself.")
        del fitting["model"]
    entry = menu().get(fitting.get("sampler", ""))
    if entry is None:
        if "sampler" in fitting:
            notes.append(
                f"The sampler {shown(fitting['sampler'])} is not in this version; "
                "the usual one is taken."
            )
        # Of a sampler that is not known they say nothing about the usual one.
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
