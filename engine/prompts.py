"""Prompts to conditioning, each encoded once.

Weights multiply what the encoder has made of a token, and the whole chunk is scaled back so that
its mean is what it was: the "original" emphasis of the AUTOMATIC1111 web UI (its
modules/sd_emphasis.py). With z (L, D) the states of a chunk and w (L) the tokens' weights,

    z' = w z * mean(z) / mean(w z).

Prompts in its form then mean here what they mean there; a prompt without weights is untouched.
"""

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from engine.wording.chunks import MOST_CHUNKS, Chunk, Reader, lay_out, length_of

_REMEMBERED = 64
_NO_MEAN = 1e-4
"""A mean below this part of the root mean square is rounding, and can restore nothing."""
_LOOSELY = 2.0
"""Tokens' own means differ; the scale may lie this factor outside of what the weights allow."""


class PromptEncoder:
    """A CLIP tokenizer and text encoder, as Stable Diffusion uses them.

    The encoder reads `limit` tokens at once, of which two mark beginning and end; longer prompts
    are read in chunks (engine/wording/chunks.py), MOST_CHUNKS of them at most.
    """

    def __init__(self, tokenizer: Any, network: Any) -> None:
        self._network = network
        self._reader = reader = _reader(tokenizer)
        self.limit = reader.length
        self._laid_out = lru_cache(_REMEMBERED)(lambda prompt: lay_out(prompt, reader))
        self._states = lru_cache(_REMEMBERED)(self._encode_chunk)
        self._conditioning = lru_cache(_REMEMBERED)(self._join)

    def count(self, prompt: str) -> int:
        """Return how many tokens the prompt has, the marks of beginning and end included."""
        return sum(len(chunk.ids) for chunk in self._laid_out(prompt)) + 2

    def read(self, prompt: str) -> int:
        """Return how many tokens of the prompt are read, the marks not included."""
        return sum(len(chunk.ids) for chunk in self._laid_out(prompt)[:MOST_CHUNKS])

    def chunks(self, prompt: str) -> int:
        """Return in how many chunks the prompt is read, from 1 to MOST_CHUNKS."""
        return min(len(self._laid_out(prompt)), MOST_CHUNKS)

    def encode(self, prompt: str, chunks: int = 1) -> Tensor:
        """Return the conditioning (1, n limit, width) in the network's dtype, on its device.

        n is the number of the prompt's chunks; it is at least `chunks`, filled up with those of
        the empty prompt. Asked for the same again, it returns the same tensor.
        """
        return self._conditioning(prompt, max(chunks, self.chunks(prompt)))

    @torch.inference_mode()
    def _join(self, prompt: str, number: int) -> Tensor:
        chunks = self._laid_out(prompt)[:MOST_CHUNKS]
        states = [self._states(chunk) for chunk in chunks]
        states += [self._states(Chunk())] * (number - len(states))
        return states[0] if number == 1 else torch.cat(states, dim=1)

    @torch.inference_mode()
    def _encode_chunk(self, chunk: Chunk) -> Tensor:
        """Return the states (1, limit, width) of one chunk: alone, so that no other matters."""
        ids = torch.tensor([self._reader.ids(chunk)], device=self._network.device)
        states: Tensor = self._network(ids)[0]
        if chunk.is_plain():
            return states
        return emphasized(states, torch.tensor(self._reader.weights(chunk)))


def emphasized(states: Tensor, weights: Tensor) -> Tensor:
    """Return the states z (1, L, D) weighted by w (L), their mean restored; in z's dtype.

    Where there is no mean to speak of, or the scale that restores it lies far outside of 1/max(w)
    to 1/min(w), the root mean square is restored instead.
    """
    z, w = states.float(), weights.to(states.device).float()
    weighted = z * w[:, None]
    mean, scale = z.mean(), z.mean() / weighted.mean()
    strength, weighted_strength = z.square().mean().sqrt(), weighted.square().mean().sqrt()
    lowest, highest = 1 / (_LOOSELY * w.max()), _LOOSELY / w.min().clamp(min=0.1)
    if mean.abs() < _NO_MEAN * strength or not lowest <= scale <= highest:
        scale = strength / weighted_strength
    return (weighted * scale).to(states.dtype)


def _reader(tokenizer: Any) -> Reader:
    def tokenize(text: str) -> tuple[list[int], list[int]]:
        found = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return found.input_ids, [end for _, end in found.offset_mapping]

    return Reader(
        tokenize,
        length_of(tokenizer.model_max_length),
        tokenizer.bos_token_id,
        tokenizer.eos_token_id,
        tokenizer.pad_token_id,
        tokenizer.get_vocab().get(",</w>"),
    )
