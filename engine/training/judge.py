"""A small classifier that names what a drawing shows, and whose features measure likeness.

It learns from drawings that no other network has seen, and never from a generated picture, so
that it cannot learn to overlook a generator's faults.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.training.loop import Moment, Trainer
from engine.training.plan import Plan
from engine.training.scene import VALUES, Scene, random_scene
from engine.training.scenes import paint, to_unit
from engine.training.vae import FRAMES, HELD_OUT

#: The classifier's own scenes, far from those of the other networks and of every score.
_OWN = 2 * HELD_OUT
_CHANNELS = (3, 32, 64, 96, 128)
#: Few, so that the covariance of two hundred pictures' features is not singular.
FEATURES = 64


class Judge(nn.Module):
    """Names a picture's attributes; looks at it at half its size, whatever that is."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in pairwise(_CHANNELS):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(8, after), nn.SiLU()]
        layers += [nn.Conv2d(after, after, 3, 1, 1), nn.GroupNorm(8, after), nn.SiLU()]
        self.body = nn.Sequential(*layers)
        self.narrow = nn.Linear(_CHANNELS[-1] * 16, FEATURES)
        self.heads = nn.ModuleDict({n: nn.Linear(FEATURES, len(v)) for n, v in VALUES.items()})

    def features(self, pictures: Tensor) -> Tensor:
        """Return (B, 64) features of (B, 3, H, W) pictures in [-1, 1]."""
        seen = F.adaptive_avg_pool2d(self.body(F.avg_pool2d(pictures, 2)), 4)
        narrow: Tensor = self.narrow(seen.flatten(1))
        return narrow

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Return logits (B, values) of each attribute for (B, 3, H, W) in [-1, 1]."""
        seen = F.silu(self.features(pictures))
        return {name: head(seen) for name, head in self.heads.items()}


class JudgeStage:
    """Trains the classifier on fresh drawings."""

    name = "judge"
    decay = 0.995

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.machine.seed)
        self._plan = plan
        self.model: nn.Module = Judge().to(plan.machine.device)

    def rates(self, rate: float) -> dict[str, float]:
        """Return one rate for the whole model."""
        return {"": rate}

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the mean cross-entropy over all attributes of fresh drawings."""
        first = _OWN + int(moment.numbers.integers(0, HELD_OUT))
        frame = FRAMES[int(moment.shared.integers(len(FRAMES)))]
        scenes = [random_scene(first + k) for k in range(self._plan.batch)]
        pictures = torch.from_numpy(to_unit(np.stack([paint(s, frame) for s in scenes])))
        pictures += 0.05 * torch.randn(pictures.shape, generator=moment.noise)
        named = self.model(pictures.to(self._plan.machine.device))
        losses = [
            F.cross_entropy(named[name], indices(scenes, name).to(named[name].device))
            for name in VALUES
        ]
        return torch.stack(losses).mean(), self._plan.batch

    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return how many attributes of new drawings are named right (0-1), and no picture."""
        scenes = [random_scene(HELD_OUT + 5000 + k) for k in range(256)]
        right = named_right(model, np.stack([paint(scene) for scene in scenes]), scenes)
        share = float(np.mean([hits.mean() for hits in right.values()]))
        return {"right": share}, np.zeros((8, 8, 3), dtype=np.uint8)


def indices(scenes: list[Scene], name: str) -> Tensor:
    """Return the index of each scene's value of one attribute, (N,)."""
    return torch.tensor([VALUES[name].index(scene.attributes()[name]) for scene in scenes])


@torch.no_grad()
def named_right(
    model: nn.Module, pictures: NDArray[np.uint8], scenes: list[Scene]
) -> dict[str, NDArray[np.bool_]]:
    """Return for each attribute whether the classifier sees in each picture what its scene says."""
    device = next(model.parameters()).device
    parts = [
        model(torch.from_numpy(to_unit(pictures[k : k + 64])).to(device))
        for k in range(0, len(pictures), 64)
    ]
    return {
        name: np.asarray(
            torch.cat([part[name] for part in parts]).argmax(dim=1).cpu() == indices(scenes, name)
        )
        for name in VALUES
    }


@torch.no_grad()
def features(model: Judge, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the features (N, 64) of (N, H, W, 3) pictures."""
    device = next(model.parameters()).device
    parts = [
        model.features(torch.from_numpy(to_unit(pictures[k : k + 64])).to(device)).cpu().numpy()
        for k in range(0, len(pictures), 64)
    ]
    return np.concatenate(parts)


def train_judge(plan: Plan, rank: int) -> None:
    """Train the classifier in this process (one of ``plan.machine.processes``)."""
    Trainer(JudgeStage(plan), plan, rank).run()


def load_judge(plan: Plan) -> Judge:
    """Return the trained classifier."""
    model = Judge()
    state = torch.load(plan.work / "judge.pt", map_location="cpu", weights_only=True)
    model.load_state_dict(state["ema"]["model"])
    return model.to(plan.machine.device).eval()
