"""The text side of a checkpoint: its vocabularies, and SDXL's two encoders beside each other."""

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from transformers import CLIPTokenizer

from engine.conditioning import Conditioning, Text
from engine.library.plan import Vocabulary, unusable
from engine.library.vocabulary import read_vocabulary
from engine.prompts import Layers, Learned, PromptEncoder, Words, nothing_learned

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


class Penultimate(Layers):
    """A CLIP text model that answers with the states before its last layer, as SDXL wants it.

    They are not normalised, nor are those of the layers before.
    """

    def __call__(self, words: Words, skip: int = 2) -> Tensor:
        """Return the states (1, L, D) of the layer that is `skip`, or 2, from the end."""
        return self.hidden(words, max(skip, 2))


class SecondEncoder(PromptEncoder):
    """SDXL's second encoder, which adds its states to the first one's and sums the prompt up.

    With `zero_negative` an empty negative prompt is nothing at all rather than an empty sentence.
    """

    def __init__(
        self,
        tokenizer: Any,
        network: Any,
        learned: Learned = nothing_learned,
        *,
        zero_negative: bool,
    ) -> None:
        super().__init__(tokenizer, Penultimate(network), learned)
        self._zero_negative = zero_negative
        self.join = lru_cache(_REMEMBERED)(self._both)

    @torch.inference_mode()
    def _both(self, first: PromptEncoder, text: Text, chunks: int, negative: bool) -> Conditioning:  # noqa: FBT001
        """Return the conditioning: states (1, L, D1 + D2) of both encoders, `pooled` (1, P)."""
        parts = [one.encode(text.prompt, chunks, text.overlay) for one in (first, self)]
        states, pooled, worn = torch.cat(parts, dim=-1), self._sum(text), text.overlay.adapters
        if negative and self._zero_negative and not text.prompt:
            return Conditioning(torch.zeros_like(states), torch.zeros_like(pooled), worn)
        return Conditioning(states, pooled, worn)

    def _sum(self, text: Text) -> Tensor:
        """Return the projected state of the end of the prompt's first chunk."""
        chunk = self._laid_out(text.prompt, text.overlay.embeddings)[0]
        pooled: Tensor = self._layers.run(self._words(chunk, text.overlay)).text_embeds
        return pooled
