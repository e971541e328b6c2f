"""Exponential moving average of weights: what is exported, for it is steadier than the last step.

Ho et al. 2020, "Denoising Diffusion Probabilistic Models", appendix B: a decay of 0.9999; a
run of a few thousand steps wants a shorter memory and a warm-up.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn


class Ema:
    """Keeps a copy of ``model`` that follows it with ``decay`` (0 copies it, 1 never moves)."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = copy.deepcopy(model).requires_grad_(requires_grad=False)
        self._decay = decay
        self._updates = 0

    @torch.no_grad()
    def follow(self, model: nn.Module) -> None:
        """Move the average towards ``model``; early updates move it further."""
        self._updates += 1
        decay = min(self._decay, (1 + self._updates) / (10 + self._updates))
        mine: list[Tensor] = list(self.model.parameters())
        its: list[Tensor] = list(model.parameters())
        torch._foreach_lerp_(mine, its, 1.0 - decay)

    def state(self) -> dict[str, object]:
        """Return what a checkpoint keeps."""
        return {"model": self.model.state_dict(), "updates": self._updates}

    def restore(self, state: dict[str, object]) -> None:
        """Take up a kept state."""
        self.model.load_state_dict(state["model"])  # type: ignore[arg-type]
        self._updates = int(state["updates"])  # type: ignore[call-overload]
