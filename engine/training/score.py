"""How well pictures follow their prompts: a small classifier looks at what was generated.

The classifier learns to name a drawing's attributes; then it names those of generated pictures,
and we count how often it sees what the prompt had told. Its own errors on real drawings are
reported beside that, for they are the best that could be reached.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.training.captions import Caption, write_caption
from engine.training.export import load_pipeline
from engine.training.loop import Moment, Trainer
from engine.training.plan import Plan
from engine.training.scene import VALUES, Scene, random_scene
from engine.training.scenes import paint, to_unit
from engine.training.unet import generate
from engine.training.vae import HELD_OUT

_CHANNELS = (3, 24, 48, 96, 128)
#: A prompt is scored where it tells at least so many attributes.
_TELLING = 4


class Judge(nn.Module):
    """Names a picture's attributes; looks at it at half its size."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in pairwise(_CHANNELS):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(8, after), nn.SiLU()]
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(_CHANNELS[-1] * 16, 192))
        self.heads = nn.ModuleDict({name: nn.Linear(192, len(v)) for name, v in VALUES.items()})

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Return logits (B, values) of each attribute for (B, 3, 128, 128) in [-1, 1]."""
        seen = F.silu(self.body(F.avg_pool2d(pictures, 2)))
        return {name: head(seen) for name, head in self.heads.items()}


class JudgeStage:
    """Trains the classifier on fresh drawings."""

    name = "judge"
    decay = 0.99

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.machine.seed)
        self._plan = plan
        self.model: nn.Module = Judge().to(plan.machine.device)

    def rates(self, rate: float) -> dict[str, float]:
        """Return one rate for the whole model."""
        return {"": rate}

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the mean cross-entropy over all attributes of fresh drawings."""
        first = int(moment.numbers.integers(0, HELD_OUT - self._plan.batch))
        scenes = [random_scene(first + k) for k in range(self._plan.batch)]
        pictures = torch.from_numpy(to_unit(np.stack([paint(scene) for scene in scenes])))
        blur = 0.05 * torch.randn(pictures.shape, generator=moment.noise)
        named = self.model((pictures + blur).to(self._plan.machine.device))
        losses = [
            F.cross_entropy(named[name], _wanted(scenes, name).to(named[name].device))
            for name in VALUES
        ]
        return torch.stack(losses).mean(), self._plan.batch

    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return how many attributes of new drawings are named right (0-1), and no picture."""
        shares = real_shares(model, 256)
        return {"right": sum(shares.values()) / len(shares)}, np.zeros((8, 8, 3), dtype=np.uint8)


def real_shares(model: nn.Module, count: int) -> dict[str, float]:
    """Return the part of ``count`` new drawings whose attribute is named right, by attribute."""
    scenes = [random_scene(HELD_OUT + 5000 + k) for k in range(count)]
    captions = [Caption("", frozenset(VALUES))] * count
    return _shares(model, np.stack([paint(scene) for scene in scenes]), scenes, captions)


def prompts(count: int) -> tuple[list[Scene], list[Caption]]:
    """Return ``count`` scenes never trained on, with captions that tell most of them."""
    rng = random.Random("etascope score")
    scenes: list[Scene] = []
    captions: list[Caption] = []
    while len(scenes) < count:
        scene = random_scene(HELD_OUT + 9000 + rng.getrandbits(30))
        caption = write_caption(scene, rng)
        if len(caption.tells) >= _TELLING:
            scenes.append(scene)
            captions.append(caption)
    return scenes, captions


def score(plan: Plan, count: int = 96) -> dict[str, dict[str, float]]:
    """Generate ``count`` pictures and write ``score.json``; return it (shares from 0 to 1)."""
    device = plan.machine.device
    judge = Trainer(JudgeStage(plan), plan, 0).ema.model.eval()
    scenes, captions = prompts(count)
    pipeline = load_pipeline(plan).to(device)
    texts = [caption.text for caption in captions]
    made = [generate(pipeline, tuple(texts[k : k + 8]), seed=k) for k in range(0, count, 8)]
    report = {
        "generated": _shares(judge, np.concatenate(made), scenes, captions),
        "drawn": real_shares(judge, 512),
        "pictures": {"count": float(count)},
    }
    text = json.dumps(report, indent=1)
    (plan.work / "score.json").write_text(text + "\n", encoding="utf-8")
    return report


@torch.no_grad()
def _shares(
    model: nn.Module, pictures: NDArray[np.uint8], scenes: list[Scene], captions: list[Caption]
) -> dict[str, float]:
    device = next(model.parameters()).device
    named = model(torch.from_numpy(to_unit(pictures)).to(device))
    told, right = Counter[str](), Counter[str]()
    for name in VALUES:
        hits = (named[name].argmax(dim=1).cpu() == _wanted(scenes, name)).tolist()
        for hit, caption in zip(hits, captions, strict=True):
            told[name] += name in caption.tells
            right[name] += hit and name in caption.tells
    return {name: round(right[name] / max(told[name], 1), 3) for name in VALUES}


def _wanted(scenes: list[Scene], name: str) -> Tensor:
    return torch.tensor([VALUES[name].index(scene.attributes()[name]) for scene in scenes])


def train_judge(plan: Plan, rank: int) -> None:
    """Train the classifier in this process (one of ``plan.machine.processes``)."""
    Trainer(JudgeStage(plan), plan, rank).run()
