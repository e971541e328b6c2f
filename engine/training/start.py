"""Going on from a finished model: the networks of a stage take over its weights.

This is how a starter model gets a second session of training, and how a user's own model of the
same shape would be fine-tuned.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import CLIPTokenizer

_TOKENS = "embeddings.token_embedding.weight"


def go_on(model: nn.Module, folder: Path) -> None:
    """Give ``model`` the weights kept in ``folder``, in place.

    Raises ``ValueError`` where a weight has another shape there, or is missing.
    """
    kept = _kept(folder)
    for name, own in model.state_dict().items():
        if name not in kept or kept[name].shape != own.shape:
            raise ValueError(f"{folder} holds no {name} of shape {tuple(own.shape)}")
        own.copy_(kept[name])


def go_on_reading(text: nn.Module, words: CLIPTokenizer, model: Path) -> None:
    """Give a text encoder for ``words`` the weights of the one in ``model``, in place.

    A token that both vocabularies know keeps its embedding; a new one begins as it was made.
    """
    kept = _kept(model / "text_encoder")
    before = CLIPTokenizer.from_pretrained(model / "tokenizer").get_vocab()
    own = text.state_dict()
    for name, value in own.items():
        if name.endswith(_TOKENS):
            _translate(value, words.get_vocab(), kept[name], before)
        else:
            value.copy_(kept[name])


def _translate(
    rows: Tensor, vocabulary: dict[str, int], kept: Tensor, before: dict[str, int]
) -> None:
    for token, number in vocabulary.items():
        if token in before:
            rows[number] = kept[before[token]]


def _kept(folder: Path) -> dict[str, Tensor]:
    parts: dict[str, Tensor] = {}
    for file in sorted(folder.glob("*.safetensors")):
        parts.update(load_file(file))
    return {name: value.to(torch.float32) for name, value in parts.items()}
