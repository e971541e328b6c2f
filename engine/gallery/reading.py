"""A reading: what a picture's text told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.recipe import Environment, Recipe, Unfinished


@dataclass(frozen=True, slots=True)
class Reading:
    """What the text in a picture told.

    `settings` has those of a recipe's keys that could be told, with values in range; `raw` is the
    text as found, `others` has what there is no key for, by the tool's own names, and `notes`
    says in plain sentences what was clamped, unknown or left out. `recipe` is there only when
    nothing was doubtful: it makes this very picture again, or all of it, if it was cancelled and
    so is `unfinished`.
    """

    tool: str
    settings: dict[str, Any]
    raw: str
    notes: tuple[str, ...] = ()
    recipe: Recipe | None = None
    environment: Environment | None = None
    noise_sha256: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    unfinished: Unfinished | None = None
