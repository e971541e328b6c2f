"""What a picture's text tells, checked value by value: types, ranges, names; doubts are noted."""

import dataclasses
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.draft import HIGHEST_GUIDANCE
from engine.gallery.names import known_sampler, known_schedule
from engine.menu import MOST_STEPS, menu
from engine.recipe import MOST_SKIP, SEED_COUNT, added_from_dict

LONGEST_EDGE = 16384
"""The widest or highest picture that a text is believed to describe, in pixels."""

_MOST_DIGITS = 99
_TEXTS = ("prompt", "negative_prompt", "model")
_WHOLE = {
    "steps": (1, MOST_STEPS),
    "seed": (0, SEED_COUNT - 1),
    "width": (1, LONGEST_EDGE),
    "height": (1, LONGEST_EDGE),
    "clip_skip": (1, MOST_SKIP),
}


class Findings:
    """Settings of one picture, by our recipe's keys, and notes on what was doubtful.

    `raw` is the text in which they were found; `others` keeps what we have no key for, as text.
    """

    def __init__(self, tool: str, raw: str = "") -> None:
        self.tool = tool
        self.raw = raw
        self.settings: dict[str, Any] = {}
        self.others: dict[str, str] = {}
        self.notes: list[str] = []

    def note(self, sentence: str) -> None:
        """Add a sentence, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def take(self, key: str, value: object) -> None:
        """Keep `value` under a recipe's key: clamped into its range, named as we name it.

        None tells nothing. What cannot be used is left out and noted; nothing is ever raised.
        """
        if value is None:
            return
        if key in _TEXTS:
            self._text(key, value)
        elif key == "sampler":
            self._sampler(value)
        elif key == "schedule":
            self._schedule(value)
        elif key == "vae":
            self._vae(value)
        else:
            self._number(key, value)

    def size(self, value: object) -> None:
        """Take width and height from one text, such as "512x768" or "(512, 768)"."""
        if value is None:
            return
        sides = re.findall(r"\d{1,30}", value[:99]) if isinstance(value, str) else []
        if len(sides) == 2:
            self.take("width", sides[0])
            self.take("height", sides[1])
        else:
            self._left_out("size", value)

    def keep(self, values: Mapping[str, object]) -> None:
        """Keep what there is no setting for, under the other tool's names."""
        for key, value in values.items():
            self.others[key] = value if isinstance(value, str) else _as_json(value)

    def left_out(self, keys: Iterable[str]) -> None:
        """Note settings of the other tool that there are none of here."""
        names = [shown(key).strip("'\"") for key in keys][:12]
        if names:
            self.note(f"Left out, as Etascope has no such setting: {', '.join(names)}.")

    def _left_out(self, key: str, value: object) -> None:
        self.note(f"Its {_words(key)} {shown(value)} means nothing here and was left out.")

    def _text(self, key: str, value: object) -> None:
        if isinstance(value, str):
            self.settings[key] = value
        else:
            self._left_out(key, value)

    def _sampler(self, value: object) -> None:
        sampler, schedule = known_sampler(value) if isinstance(value, str) else (None, None)
        if sampler is None:
            self._left_out("sampler", value)
        else:
            self.settings["sampler"] = sampler
        if schedule is not None:
            self._schedule(schedule)

    def _schedule(self, value: object) -> None:
        schedule = known_schedule(value) if isinstance(value, str) else None
        if schedule is None:
            self._left_out("schedule", value)
        elif schedule != "default":
            self.settings["schedule"] = schedule

    def _vae(self, value: object) -> None:
        """Keep a VAE's name, without the folders before it and its ending."""
        name = re.split(r"[\\/]", value)[-1] if isinstance(value, str) else value
        try:
            added = added_from_dict({"vae": {"name": _without_ending(name), "sha256": ""}})
        except ValueError:
            self._left_out("vae", value)
        else:
            self.settings["vae"] = dataclasses.asdict(added["vae"])

    def _number(self, key: str, value: object) -> None:
        number = _numeric(value, whole=key in _WHOLE)
        if number is None or (key == "seed" and number < 0):  # -1 is "by chance"
            self._left_out(key, value)
            return
        lowest, highest = _range(key)
        within = min(max(number, lowest), highest)
        if within != number:
            self.note(f"Its {_words(key)} {shown(value)} is out of range; {plain(within)} is used.")
        self.settings[key] = within if key in _WHOLE else float(within)


def _without_ending(name: object) -> object:
    return re.sub(r"\.(safetensors|pt|ckpt|bin)$", "", name) if isinstance(name, str) else name


def shown(value: object) -> str:
    """Return a value from a picture as short printable text: no escapes, nothing right-to-left."""
    if not isinstance(value, str | int | float):
        return f"(a {type(value).__name__})"
    text = repr(value[:60] if isinstance(value, str) else value)
    return text if len(text) <= 60 else text[:59] + "…"


def plain(number: float) -> str:
    """Return a number as people write it: 5 for 5.0, otherwise every digit that it has."""
    return str(number).removesuffix(".0")


def parsed(text: str) -> Any:
    """Return what a JSON text says, or None if it is none that can be read."""
    try:
        return json.loads(text, parse_int=_bounded)
    except (ValueError, RecursionError):
        return None


def _as_json(value: object) -> str:
    try:
        return json.dumps(value)
    except RecursionError:  # it was read a little higher up the stack
        return "(nested too deep)"


def _bounded(digits: str) -> float:
    """Read a whole number; one with more digits than any setting has is without end."""
    if len(digits) <= _MOST_DIGITS:
        return int(digits)
    return -math.inf if digits.startswith("-") else math.inf


def _words(key: str) -> str:
    return key.replace("_", " ")


def _range(key: str) -> tuple[float, float]:
    if key == "guidance":
        return 1.0, HIGHEST_GUIDANCE
    if key == "eta":
        return 0.0, max(entry.eta.highest for entry in menu().values() if entry.eta)
    return _WHOLE[key]


def _numeric(value: object, *, whole: bool) -> float | None:
    """Return a number that `value` is or spells, perhaps infinite; None if it is none."""
    if isinstance(value, str):
        value = _spelt(value.strip()[:_MOST_DIGITS])
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    if not whole or isinstance(value, int) or math.isinf(value):
        return value
    return int(value) if value.is_integer() else None


def _spelt(text: str) -> float | None:
    try:
        return int(text)  # first, because a float cannot hold a seed of 64 bits
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
