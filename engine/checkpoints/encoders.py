"""The text side of a checkpoint: its vocabularies, and SDXL's two encoders beside each other."""

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from transformers import CLIPTokenizer

from engine.conditioning import Conditioning
from engine.library.plan import Vocabulary, unusable
from engine.library.vocabulary import read_vocabulary
from engine.prompts import PromptEncoder

_LENGTH = 77
_REMEMBERED = 64


def tokenizer(vocabulary: Vocabulary) -> Any:
    """Return the tokenizer, made from the words alone: no setting of theirs reaches the library."""
    words = read_vocabulary(vocabulary.folder)
    special = words.special | ({"pad_token": vocabulary.pad} if vocabulary.pad else {})
    try:
        return CLIPTokenizer(
            vocab=words.numbers, merges=words.merges, model_max_length=_LENGTH, **special
        )
    except Exception as error:  # the tokenizers library raises this very class
        raise unusable(vocabulary.folder, "the vocabulary in it is damaged") from error


class Penultimate:
    """A CLIP text model that answers with the states before its last layer, as SDXL wants it."""

    def __init__(self, network: Any) -> None:
        self._network = network

    @property
    def device(self) -> torch.device:
        """Where it runs."""
        device: torch.device = self._network.device
        return device

    def __call__(self, ids: Tensor) -> tuple[Tensor]:
        """Return the states (N, L, D) of token ids (N, L)."""
        return (self._network(ids, output_hidden_states=True).hidden_states[-2],)


class SecondEncoder(PromptEncoder):
    """SDXL's second encoder, which adds its states to the first one's and sums the prompt up.

    With `zero_negative` an empty negative prompt is nothing at all rather than an empty sentence.
    """

    def __init__(self, tokenizer: Any, network: Any, *, zero_negative: bool) -> None:
        super().__init__(tokenizer, Penultimate(network))
        self._whole = network
        self._zero_negative = zero_negative
        self.join = lru_cache(_REMEMBERED)(self._both)

    @torch.inference_mode()
    def _both(self, first: PromptEncoder, prompt: str, chunks: int, negative: bool) -> Conditioning:  # noqa: FBT001
        """Return the conditioning: states (1, L, D1 + D2) of both encoders, `pooled` (1, P)."""
        parts = [first.encode(prompt, chunks), self.encode(prompt, chunks)]
        states, pooled = torch.cat(parts, dim=-1), self._sum(prompt)
        if negative and self._zero_negative and not prompt:
            return Conditioning(torch.zeros_like(states), torch.zeros_like(pooled))
        return Conditioning(states, pooled)

    def _sum(self, prompt: str) -> Tensor:
        """Return the projected state of the end of the prompt's first chunk."""
        chunk = self._laid_out(prompt)[0]
        ids = torch.tensor([self._reader.ids(chunk)], device=self._whole.device)
        pooled: Tensor = self._whole(ids).text_embeds
        return pooled
