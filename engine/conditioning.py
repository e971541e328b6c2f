"""What rows of the model call are told beside x and t."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Conditioning:
    """The words of N rows: `states` (N, L, D) and, for SDXL, their sum `pooled` (N, P)."""

    states: Tensor
    pooled: Tensor | None = None

    def __getitem__(self, rows: slice) -> "Conditioning":
        """Return some of the rows."""
        return Conditioning(self.states[rows], None if self.pooled is None else self.pooled[rows])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the states."""
        return tuple(self.states.shape)

    @property
    def kind(self) -> tuple[tuple[int, ...], ...]:
        """What must be the same in rows that share a call: all shapes, the number apart."""
        parts = (self.states, self.pooled)
        return tuple(tuple(part.shape[1:]) for part in parts if part is not None)


def joined(rows: Sequence[Conditioning]) -> Conditioning:
    """Return conditionings of equal shapes as one, in their order."""
    pooled = [row.pooled for row in rows if row.pooled is not None]
    states = torch.cat([row.states for row in rows])
    return Conditioning(states, torch.cat(pooled) if pooled else None)
