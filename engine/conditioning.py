"""What rows of the model call are told beside x and t."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.recipe import Adapter, Part, Recipe
from engine.wording.embeddings import names_in


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a checkpoint before it reads a prompt: see engine.recipe.Recipe."""

    adapters: tuple[Adapter, ...] = ()
    embeddings: tuple[Part, ...] = ()
    clip_skip: int = 1


PLAIN = Overlay()
"""Nothing: the checkpoint as it is."""


@dataclass(frozen=True, slots=True)
class Text:
    """A prompt, and what is laid over the checkpoint that reads it."""

    prompt: str
    overlay: Overlay = PLAIN


def text_of(recipe: Recipe, prompt: str) -> Text:
    """Return one of a recipe's prompts, with those of its embeddings that are named there.

    So two pictures of one negative prompt have one answer for it, whatever else they say.
    """
    named = names_in(prompt, [part.name for part in recipe.embeddings])
    embeddings = tuple(part for part in recipe.embeddings if part.name in named)
    return Text(prompt, Overlay(recipe.adapters, embeddings, recipe.clip_skip))


@dataclass(frozen=True, slots=True, eq=False)
class Conditioning:
    """The words of N rows: `states` (N, L, D) and, for SDXL, their sum `pooled` (N, P).

    `adapters` are the LoRAs that the network wears while it answers all of these rows. Networks
    that take guidance in are told its `scales`, one for each row; for others there are none.
    """

    states: Tensor
    pooled: Tensor | None = None
    adapters: tuple[Adapter, ...] = ()
    scales: tuple[float, ...] = ()

    def __getitem__(self, rows: slice) -> "Conditioning":
        """Return some of the rows."""
        pooled = None if self.pooled is None else self.pooled[rows]
        return Conditioning(self.states[rows], pooled, self.adapters, self.scales[rows])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the states."""
        return tuple(self.states.shape)

    @property
    def kind(self) -> tuple[object, ...]:
        """What must be the same in rows that share a call: all shapes but the number, the LoRAs."""
        parts = (self.states, self.pooled)
        shapes = tuple(tuple(part.shape[1:]) for part in parts if part is not None)
        return (*shapes, self.adapters)


def joined(rows: Sequence[Conditioning]) -> Conditioning:
    """Return conditionings of one kind as one, in their order."""
    pooled = [row.pooled for row in rows if row.pooled is not None]
    states = torch.cat([row.states for row in rows])
    scales = tuple(scale for row in rows for scale in row.scales)
    return Conditioning(states, torch.cat(pooled) if pooled else None, rows[0].adapters, scales)
