"""Prompts to conditioning, each encoded once.

Weights multiply what the encoder has made of a token, and the whole chunk is scaled back so that
its mean is what it was: the "original" emphasis of the AUTOMATIC1111 web UI (its
modules/sd_emphasis.py). With z (L, D) the states of a chunk and w (L) the tokens' weights,

    z' = w z * mean(z) / mean(w z).

Prompts in its form then mean here what they mean there; a prompt without weights is untouched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from engine.conditioning import PLAIN, Overlay
from engine.device import runs_on
from engine.errors import BadSetting
from engine.recipe import Part
from engine.wording.chunks import (
    MOST_CHUNKS,
    Chunk,
    Reader,
    lay_out,
    length_of,
    with_vectors,
)

Learned = Callable[[Part], Tensor]
"""An embedding to its vectors (n, D); raises CheckpointError if it cannot be used."""

_REMEMBERED = 64
_REMEMBERED_SETS = 8
_NO_MEAN = 1e-4
"""A mean below this part of the root mean square is rounding, and can restore nothing."""
_LOOSELY = 2.0
"""Tokens' own means differ; the scale may lie this factor outside of what the weights allow."""


def nothing_learned(part: Part) -> Tensor:
    """Refuse an embedding: who reads this way knows none."""
    raise BadSetting("embeddings", f"The embedding {part.name!r} cannot be used here.")


class PromptEncoder:
    """A CLIP tokenizer and text encoder, as Stable Diffusion uses them.

    The encoder reads `limit` tokens at once, of which two mark beginning and end; longer prompts
    are read in chunks (engine/wording/chunks.py), MOST_CHUNKS of them at most.
    """

    def __init__(self, tokenizer: Any, network: Any, learned: Learned = nothing_learned) -> None:
        self._layers = network if isinstance(network, Layers) else Layers(network)
        self._learned = learned
        self._reader = _reader(tokenizer)
        self.limit = self._reader.length
        self._vectors = lru_cache(_REMEMBERED_SETS)(self._stacked)
        self._laid_out = lru_cache(_REMEMBERED)(self._lay_out)
        self._states = lru_cache(_REMEMBERED)(self._encode_chunk)
        self._conditioning = lru_cache(_REMEMBERED)(self._join)

    def count(self, prompt: str, overlay: Overlay = PLAIN) -> int:
        """Return how many tokens the prompt has, the marks of beginning and end included."""
        return sum(len(chunk.ids) for chunk in self._laid_out(prompt, overlay.embeddings)) + 2

    def read(self, prompt: str, overlay: Overlay = PLAIN) -> int:
        """Return how many tokens of the prompt are read, the marks not included."""
        laid_out = self._laid_out(prompt, overlay.embeddings)
        return sum(len(chunk.ids) for chunk in laid_out[:MOST_CHUNKS])

    def chunks(self, prompt: str, overlay: Overlay = PLAIN) -> int:
        """Return in how many chunks the prompt is read, from 1 to MOST_CHUNKS."""
        return min(len(self._laid_out(prompt, overlay.embeddings)), MOST_CHUNKS)

    def encode(self, prompt: str, chunks: int = 1, overlay: Overlay = PLAIN) -> Tensor:
        """Return the conditioning (1, n limit, width) in the network's dtype, on its device.

        n is the number of the prompt's chunks; it is at least `chunks`, filled up with those of
        the empty prompt. The network wears the overlay's adapters. Asked for the same again, it
        returns the same tensor. Raises CheckpointError for an embedding that cannot be used.
        """
        return self._conditioning(prompt, max(chunks, self.chunks(prompt, overlay)), overlay)

    @torch.inference_mode()
    def _join(self, prompt: str, number: int, overlay: Overlay) -> Tensor:
        chunks = self._laid_out(prompt, overlay.embeddings)[:MOST_CHUNKS]
        states = [self._states(chunk, overlay) for chunk in chunks]
        states += [self._states(Chunk(), overlay)] * (number - len(states))
        return states[0] if number == 1 else torch.cat(states, dim=1)

    @torch.inference_mode()
    def _encode_chunk(self, chunk: Chunk, overlay: Overlay) -> Tensor:
        """Return the states (1, limit, width) of one chunk: alone, so that no other matters."""
        states = self._layers(self._words(chunk, overlay), overlay.clip_skip)
        if chunk.is_plain():
            return states
        return emphasized(states, torch.tensor(self._reader.weights(chunk)))

    def _words(self, chunk: Chunk, overlay: Overlay) -> "Words":
        """Return what the network is given of a chunk."""
        ids = self._reader.ids(chunk)
        learned = {place: -token - 1 for place, token in enumerate(ids) if token < 0}
        if not learned:
            return Words(torch.tensor([ids]))
        _, vectors = self._vectors(overlay.embeddings)
        spoken = [max(token, 0) for token in ids]
        return Words(torch.tensor([spoken]), tuple(learned), vectors[list(learned.values())])

    def _lay_out(self, prompt: str, embeddings: tuple[Part, ...]) -> tuple[Chunk, ...]:
        if not embeddings:
            return lay_out(prompt, self._reader)
        named, _ = self._vectors(embeddings)
        return lay_out(prompt, with_vectors(self._reader, named))

    def _stacked(self, embeddings: tuple[Part, ...]) -> tuple[dict[str, int], Tensor]:
        """Return how many vectors each name stands for, and all of them (N, D) in that order."""
        vectors = [self._learned(part) for part in embeddings]
        counts = {part.name: len(own) for part, own in zip(embeddings, vectors, strict=True)}
        return counts, torch.cat(vectors)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Token ids (1, L), and the learned vectors (n, D) that stand at some `places` among them."""

    ids: Tensor
    places: tuple[int, ...] = ()
    vectors: Tensor | None = None


class Layers:
    """A CLIP text model, asked for one of its layers, counted from its last."""

    def __init__(self, network: Any) -> None:
        self.network = network

    def __call__(self, words: Words, skip: int = 1) -> Tensor:
        """Return the states (1, L, D) of a layer, normalised as the last one's are.

        Raises BadSetting if there are not so many layers.
        """
        if skip == 1:
            states: Tensor = self.run(words)[0]
            return states
        normalised: Tensor = self.network.final_layer_norm(self.hidden(words, skip))
        return normalised

    def hidden(self, words: Words, skip: int) -> Tensor:
        """Return the states of a layer as they are within the network."""
        hidden: Sequence[Tensor] = self.run(words, output_hidden_states=True).hidden_states
        if skip >= len(hidden):
            last = len(hidden) - 1
            raise BadSetting("clip_skip", f"The clip skip is {last} at most here, not {skip}.")
        return hidden[-skip]

    def run(self, words: Words, **wanted: bool) -> Any:
        """Run the network, with the learned vectors in the place of what it knows."""
        ids = words.ids.to(runs_on(self.network))
        if words.vectors is None:
            return self.network(ids, **wanted)
        places, vectors = list(words.places), words.vectors

        def speak(_module: Any, _arguments: Any, known: Tensor) -> Tensor:
            known = known.clone()
            known[0, places] = vectors.to(known.device, known.dtype)
            return known

        hook = self.network.get_input_embeddings().register_forward_hook(speak)
        try:
            return self.network(ids, **wanted)
        finally:
            hook.remove()


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
