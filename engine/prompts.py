"""Prompts to conditioning, each encoded once."""

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

_REMEMBERED = 64


class PromptEncoder:
    """A CLIP tokenizer and text encoder, as Stable Diffusion uses them.

    Prompts are padded to the tokenizer's length and cut there: `limit` tokens, of which two mark
    beginning and end.
    """

    def __init__(self, tokenizer: Any, network: Any) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self.limit: int = tokenizer.model_max_length
        self.encode = lru_cache(_REMEMBERED)(self._encode)

    def count(self, prompt: str) -> int:
        """Return how many tokens the prompt has, the marks of beginning and end included."""
        return len(self._tokenizer(_speakable(prompt), verbose=False).input_ids)

    @torch.inference_mode()
    def _encode(self, prompt: str) -> Tensor:
        """Return the conditioning (1, limit, width) in the network's dtype, on its device."""
        ids = self._tokenizer(
            _speakable(prompt),
            padding="max_length",
            max_length=self.limit,
            truncation=True,
            return_tensors="pt",
        ).input_ids
        states: Tensor = self._network(ids.to(self._network.device))[0]
        return states


def _speakable(prompt: str) -> str:
    """Replace halves of surrogate pairs, which no encoding of text can carry."""
    return prompt.encode("utf-8", "replace").decode("utf-8")
