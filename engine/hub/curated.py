"""The models worth getting, from resources/checkpoints.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache

from engine.hub.names import MAIN
from engine.library.memory import Memory, fit
from engine.paths import RESOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One model: where it is, what it is, and in rounded figures how large.

    `parameters` are millions, `side` the pixels of the pictures it was made for. Without a
    `commit` the main branch is got.
    """

    repository: str
    label: str
    family: str
    gigabytes: float
    parameters: int
    side: int
    licence: str
    licence_page: str
    about: str
    commit: str = ""

    @property
    def revision(self) -> str:
        """What to ask for."""
        return self.commit or MAIN

    def fit(self, memory: Memory) -> str:
        """Return "fits", "slow" or "does not fit", as for a model that is here."""
        return fit(self.family, self.parameters * 10**6, memory)


@cache
def offers() -> tuple[Offer, ...]:
    """Return the list, the smallest first in the file's own order."""
    with (RESOURCES / "checkpoints.toml").open("rb") as file:
        return tuple(Offer(**one) for one in tomllib.load(file)["checkpoint"])
