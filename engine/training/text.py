"""The text encoder, and its first lessons: naming what a caption tells.

A small CLIP text tower (Radford et al. 2021, "Learning Transferable Visual Models From Natural
Language Supervision", section 2.4). Telling attributes from captions takes a minute and spares
the UNet from learning its first words through noise.
"""

from __future__ import annotations

import random

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from engine.training.captions import write_caption
from engine.training.loop import Moment, Trainer
from engine.training.phrases import Caption
from engine.training.plan import Plan, TextShape
from engine.training.scene import VALUES, Scene, random_scene
from engine.training.start import go_on_reading
from engine.training.words import encode, load_words

_UNTOLD = -100


def build_text(shape: TextShape, tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """Return an untrained text encoder for the ids of ``tokenizer``."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=shape.width,
            intermediate_size=shape.width * 4,
            projection_dim=shape.width,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            max_position_embeddings=shape.length,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


class Namer(nn.Module):
    """A text encoder with one small classifier for each attribute of a scene."""

    def __init__(self, encoder: CLIPTextModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(v)) for name, v in VALUES.items()})

    def forward(self, ids: Tensor) -> dict[str, Tensor]:
        """Return logits (B, values) of each attribute for token ids (B, length)."""
        pooled = self.encoder(ids).pooler_output
        return {name: head(pooled) for name, head in self.heads.items()}


def targets(scenes: list[Scene], captions: list[Caption]) -> dict[str, Tensor]:
    """Return the index of each attribute's value (B,), or -100 where the caption is silent."""
    columns = {}
    for name, values in VALUES.items():
        rows = [
            values.index(scene.attributes()[name]) if name in caption.tells else _UNTOLD
            for scene, caption in zip(scenes, captions, strict=True)
        ]
        columns[name] = torch.tensor(rows)
    return columns


class TextStage:
    """Trains the encoder to name what captions tell."""

    name = "text"
    decay = 0.98

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.machine.seed)
        self._plan = plan
        self._tokenizer = load_words(plan.work / "tokenizer")
        encoder = build_text(plan.shapes.text, self._tokenizer)
        if plan.start is not None:
            go_on_reading(encoder, self._tokenizer, plan.start)
        self.model: nn.Module = Namer(encoder).to(plan.machine.device)

    def rates(self, rate: float) -> dict[str, float]:
        """Return one rate for the whole model."""
        return {"": rate}

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the mean cross-entropy over what the captions of a fresh batch tell."""
        rng = random.Random(int(moment.numbers.integers(2**62)))
        ids, wanted = self._lesson(rng, self._plan.batch)
        named = self.model(ids)
        parts = [
            F.cross_entropy(named[k], wanted[k], ignore_index=_UNTOLD, reduction="sum")
            for k in VALUES
        ]
        told = sum(int((w != _UNTOLD).sum()) for w in wanted.values())
        return torch.stack(parts).sum() / max(told, 1), self._plan.batch

    @torch.no_grad()
    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return how many of the told attributes are named right (0-1), and no picture."""
        ids, wanted = self._lesson(random.Random("etascope lesson"), 128)
        named = model(ids)
        right = sum(int((named[k].argmax(dim=1) == wanted[k]).sum()) for k in VALUES)
        told = sum(int((w != _UNTOLD).sum()) for w in wanted.values())
        return {"named": right / told}, np.zeros((8, 8, 3), dtype=np.uint8)

    def _lesson(self, rng: random.Random, count: int) -> tuple[Tensor, dict[str, Tensor]]:
        scenes = [random_scene(rng.getrandbits(40)) for _ in range(count)]
        captions = [write_caption(scene, rng) for scene in scenes]
        device = self._plan.machine.device
        # Nothing looks ahead in a CLIP text tower: padding cannot change what EOS has gathered.
        texts = [caption.text for caption in captions]
        ids = encode(self._tokenizer, texts, padding="longest").to(device)
        return ids, {k: v.to(device) for k, v in targets(scenes, captions).items()}


def train_text(plan: Plan, rank: int) -> None:
    """Give the text encoder its first lessons in this process."""
    Trainer(TextStage(plan), plan, rank).run()
