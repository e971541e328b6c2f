"""Is the network right where it is noisy? What it predicts there, against what was drawn.

The best prediction of x_0 is its mean given x_t, and the error of a mean is at right angles to it:
over many pictures <x_0, x0> / <x0, x0> is 1. Below 1 the network says more than it knows, above 1
less; either way a sampler that adds no noise never mends what it was told first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL
from torch import Tensor

from engine.checkpoints import Model
from engine.conditioning import Conditioning
from engine.samplers.implicit import predict_x0
from engine.training.captions import write_caption
from engine.training.forward import Forward
from engine.training.scene import random_scene
from engine.training.scenes import to_unit
from engine.training.vae import HELD_OUT, draw

TIMES = (999, 951, 851, 751, 651, 501, 251)
_FIRST = HELD_OUT + 30_000
_BLOCK = 16


def calibration(model: Model, folder: Path, count: int) -> dict[str, float]:
    """Return the slope of x_0 over its prediction at each of ``TIMES``.

    Over ``count`` held-out scenes, each noised as q(x_t | x_0) has it and asked for by one caption.
    """
    noise, forward = torch.Generator().manual_seed(0), Forward()
    scenes = list(_encoded(model, folder, range(_FIRST, _FIRST + count)))
    slopes = {}
    for t in TIMES:
        along = against = 0.0
        for x_0, words in scenes:
            times = torch.full((len(x_0),), t)
            eps = torch.randn(x_0.shape, generator=noise)
            x_t = forward.noised(x_0, eps, times)
            answer = model.denoise(x_t, times.float(), words)
            x0 = predict_x0(x_t, answer, float(forward.alpha_bar[t]))
            along += float((x_0 * x0).sum())
            against += float(x0.square().sum())
        slopes[str(t)] = round(along / against, 3)
    return slopes


def _encoded(model: Model, folder: Path, seeds: range) -> Iterator[tuple[Tensor, Conditioning]]:
    """Yield blocks of latents (B, C, h, w) with their conditioning."""
    vae: Any = AutoencoderKL
    vae = vae.from_pretrained(folder / "vae", use_safetensors=True).float()
    for start in range(0, len(seeds), _BLOCK):
        block = seeds[start : start + _BLOCK]
        with torch.inference_mode():
            mean = vae.encode(torch.from_numpy(to_unit(draw(block)))).latent_dist.mode()
        captions = [write_caption(random_scene(k), random.Random(k), "en").text for k in block]
        words = [model.encode(caption).states for caption in captions]
        yield mean * vae.config.scaling_factor, Conditioning(torch.cat(words))
