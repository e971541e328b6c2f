"""The samplers' menu, read from resources/samplers.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.errors import BadSetting
from engine.paths import RESOURCES

MOST_STEPS = 1000
"""The number of noise levels a checkpoint was trained on, and so the most steps there are."""


@dataclass(frozen=True, slots=True)
class EtaRange:
    """What eta does for one sampler, and the values it may take."""

    default: float
    lowest: float
    highest: float
    about: str


@dataclass(frozen=True, slots=True)
class SamplerEntry:
    """One sampler of the menu.

    `about` says in plain words what it is, `calls` the model calls for S steps. `eta` is None
    for samplers that have none, and `without_eta` then says why. The first of `schedules` is
    the default.
    """

    name: str
    label: str
    about: str
    calls: str
    schedules: tuple[str, ...]
    steps: int
    paper: str
    eta: EtaRange | None = None
    without_eta: str = ""

    def model_calls(self, steps: int) -> int:
        """Return the model evaluations (NFE) that `steps` steps cost."""
        return {"S": steps, "S + 1": steps + 1, "2S - 1": 2 * steps - 1}[self.calls]


@cache
def menu() -> dict[str, SamplerEntry]:
    """Return every sampler by name, in the order of the file."""
    with (RESOURCES / "samplers.toml").open("rb") as file:
        return {name: _entry(name, values) for name, values in tomllib.load(file).items()}


def entry(name: str) -> SamplerEntry:
    """Return one sampler; raise BadSetting naming all of them if there is none of that name."""
    try:
        return menu()[name]
    except KeyError:
        known = ", ".join(menu())
        raise BadSetting("sampler", f"There is no sampler {name!r}; choose from {known}.") from None


def _entry(name: str, values: dict[str, Any]) -> SamplerEntry:
    eta = EtaRange(**values.pop("eta")) if "eta" in values else None
    schedules = tuple(values.pop("schedules"))
    return SamplerEntry(name=name, eta=eta, schedules=schedules, **values)
