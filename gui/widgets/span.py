"""The values that a number may take: what is typed, what is shown, where on a slider."""

import math
from dataclasses import dataclass
from typing import TypedDict

from gui.words import tr


class Limits(TypedDict):
    """A span's fields by name."""

    lowest: float
    highest: float
    step: float
    decimals: int


@dataclass(frozen=True, slots=True)
class Span:
    """The values that a number may take."""

    lowest: float
    highest: float
    step: float
    decimals: int

    @property
    def words(self) -> str:
        lowest, highest = self.shown(self.lowest), self.shown(self.highest)
        return tr("from {lowest} to {highest}", lowest=lowest, highest=highest)

    @property
    def page(self) -> float:
        """Ten steps, but never more than a fifth of the way."""
        return self.step * max(1, min(10, round((self.highest - self.lowest) / self.step / 5)))

    @property
    def logarithmic(self) -> bool:
        """Whether small values deserve more of the slider."""
        return self.lowest > 0 and self.highest >= 100 * self.lowest

    def shown(self, value: float) -> str:
        """Return `value` with the span's decimals, or with more if it has more."""
        text = f"{value:.{self.decimals}f}"
        return text if math.isclose(float(text), value, abs_tol=1e-12) else f"{value:.10g}"

    def parsed(self, text: str) -> float | None:
        """Return the number typed, with a point or a comma; None if it is none of these values.

        A comma in a whole number is refused: it might part thousands.
        """
        if "_" in text:
            return None  # Python would take it for a number
        try:
            value = float(text.strip().replace(",", ".") if self.decimals else text) + 0.0  # not -0
        except ValueError:
            return None
        inside = self.lowest <= value <= self.highest
        return value if inside and (self.decimals > 0 or value.is_integer()) else None

    def clamped(self, value: float) -> float:
        return min(self.highest, max(self.lowest, round(value, 10)))

    def share(self, value: float) -> float:
        """Return how far along the slider `value` lies, 0 to 1."""
        if self.logarithmic:
            return math.log(value / self.lowest) / math.log(self.highest / self.lowest)
        return (value - self.lowest) / (self.highest - self.lowest)

    def at(self, share: float) -> float:
        """Return the value at `share` of the slider, on a step; large ones on round numbers."""
        share = min(1.0, max(0.0, share))
        if not self.logarithmic:
            value = self.lowest + share * (self.highest - self.lowest)
            return self.clamped(round(value / self.step) * self.step)
        value = self.lowest * (self.highest / self.lowest) ** share
        grain = self.step * (1 if value < 50 else 5 if value < 200 else 10)
        return self.clamped(round(value / grain) * grain)
