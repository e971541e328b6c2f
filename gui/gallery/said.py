"""What is said of pictures in words: their settings as lines, for the panel and for copying."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from engine.errors import KnownError
from engine.gallery.entries import Entry
from engine.gallery.findings import plain
from engine.gallery.infotext import infotext
from engine.gallery.own import TOOL
from engine.gallery.reading import Reading
from engine.library import all_names
from engine.menu import menu
from engine.recipe import ADDED, added_from_dict
from gui.retelling import retold
from gui.words import marked, tr

Line = tuple[str, str]
"""A label and a value."""

MOST_LINES = 100
"""Lines of what a file tells that are shown; all of it is in its raw text."""

LONGEST = 4000
"""Characters of a text that are shown; all of it can be copied."""

LABELS = {
    "negative_prompt": marked("Negative"),
    "model": marked("Model"),
    "sampler": marked("Sampler"),
    "schedule": marked("Schedule"),
    "steps": marked("Steps"),
    "eta": marked("Eta η"),
    "guidance": marked("Guidance"),
    "seed": marked("Seed"),
}
_LONG_WORD = re.compile(r"\S{30}(?=\S)")


def model_names() -> dict[str, str]:
    """Return what the models that are known, or once were, are called, by their ids."""
    with suppress(KnownError, OSError):
        return all_names()
    return {}


def prompt_of(entry: Entry) -> str:
    return str(entry.facts.settings.get("prompt", ""))


def lines_of(entry: Entry, reading: Reading | None = None) -> list[Line]:
    """Return what the index knows of a picture, and what its file says it was made with."""
    told = entry.facts.settings
    found = [(tr(label), value_of(key, told[key])) for key, label in LABELS.items() if key in told]
    found += [] if reading is None else _added_lines(reading)
    facts = entry.facts
    if facts.width and facts.height:
        found.append((tr("Size"), f"{facts.width} × {facts.height}"))
    found.append((tr("Made"), when(entry.made)))
    if facts.device:
        found.append((tr("On"), f"{facts.device.upper()} · {facts.dtype}"))
    if facts.tool and facts.tool != TOOL:
        found.append((tr("Tool"), facts.tool))
    return [*found, (tr("Gallery"), entry.gallery), (tr("File"), entry.name)]


def _added_lines(reading: Reading) -> list[Line]:
    """Return what was laid over the model, what a picture branched from, and how far it came."""
    try:
        added = added_from_dict(reading.settings)
    except ValueError:
        added = {}
    found = [(tr("LoRA"), f"{one.name} × {plain(one.weight)}") for one in added.get("adapters", ())]
    found += [(tr("Embedding"), one.name) for one in added.get("embeddings", ())]
    if (vae := added.get("vae")) is not None:
        found.append((tr("VAE"), vae.name))
    if (skip := added.get("clip_skip")) is not None:
        found.append((tr("Clip skip"), str(skip)))
    recipe, reached = reading.recipe, reading.unfinished
    if recipe is not None and recipe.branch is not None:
        found.append((tr("Branched"), tr("after step {step}", step=recipe.branch.step)))
    if reached is not None:
        words = tr("after step {step} of {steps}", step=reached.step, steps=reached.steps)
        found.append((tr("Cancelled"), words))
    return found


def more_lines(reading: Reading | None) -> list[Line]:
    """Return what a file tells beyond that, under the names of the tool that wrote it."""
    if reading is None:
        return []
    known = {*LABELS, *ADDED, "prompt", "width", "height"}
    more = [(name, str(value)) for name, value in reading.settings.items() if name not in known]
    more += reading.others.items()
    found = [(name, value) for name, value in more if value]
    beyond = len(found) - MOST_LINES
    found = found[:MOST_LINES]
    if beyond > 0:
        found.append(("…", tr("{count} more in the raw text", count=beyond)))
    if reading.environment is not None:
        found += [(name, version) for name, version in reading.environment.versions]
    return found


def common_lines(entries: Sequence[Entry]) -> list[Line]:
    """Return what several pictures have in common, and in what they differ."""
    found = []
    for key, label in LABELS.items():
        values = {value_of(key, one.facts.settings.get(key, "")) for one in entries}
        if values - {""}:
            shown = values.pop() if len(values) == 1 else tr("{count} values", count=len(values))
            found.append((tr(label), shown))
    return found


def settings_text(entry: Entry, reading: Reading | None) -> str:
    """Return a picture's settings as text that this and other programs can read."""
    if reading is not None and reading.recipe is not None:
        return infotext(reading.recipe)
    if reading is not None and reading.raw:
        return reading.raw
    lines = [f"{label}: {value}" for label, value in lines_of(entry)]
    return "\n".join([prompt_of(entry), *lines]).strip()


def everything_text(entry: Entry, reading: Reading | None) -> str:
    """Return all that there is to tell of a picture, in the words of the panel."""
    lines = [*lines_of(entry, reading), *more_lines(reading)]
    told = [prompt_of(entry), *(f"{label}: {value}" for label, value in lines)]
    if reading is not None:
        told += [*map(retold, reading.notes), reading.raw]
    return "\n".join(filter(None, told))


def when(made: datetime, now: datetime | None = None) -> str:
    """Return a moment as people say it."""
    now = now or datetime.now().astimezone()
    clock = f"{made:%H:%M}"
    days = (now.date() - made.date()).days
    if days == 0:
        return tr("today {clock}", clock=clock)
    if timedelta(days=days) == timedelta(days=1):
        return tr("yesterday {clock}", clock=clock)
    return f"{made:%Y-%m-%d} {clock}"


def size_of(count: int) -> str:
    """Return so many bytes as people say them."""
    size, units = float(count), ["B", "kB", "MB", "GB", "TB"]
    while size >= 999.5 and len(units) > 1:
        size /= 1000
        units.pop(0)
    shown = f"{size:.1f}" if size < 9.95 and units[0] != "B" else f"{size:.0f}"
    return f"{shown} {units[0]}"


def cut(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def breakable(text: str) -> str:
    """Return text that can be broken into lines also where a word is very long."""
    return _LONG_WORD.sub(lambda found: f"{found[0]}\u200b", text)


def value_of(key: str, value: object) -> str:
    """Return a setting as it is shown."""
    if key == "sampler" and str(value) in menu():
        return retold(menu()[str(value)].label)
    if key == "model":
        return model_names().get(str(value), str(value))
    if key == "seed" and isinstance(value, int):
        return f"{value:,}".replace(",", "\u2009")
    return plain(value) if isinstance(value, float) else str(value)
