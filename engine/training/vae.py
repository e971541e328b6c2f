"""The autoencoder: pictures to small latents, an eighth of the side, and back.

Kingma and Welling 2014, "Auto-Encoding Variational Bayes", with the weak KL term of Rombach et
al. 2022, "High-Resolution Image Synthesis with Latent Diffusion Models", section 3.1.
"""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.training.loop import Moment, Trainer
from engine.training.plan import Plan, VaeShape
from engine.training.scene import random_scene
from engine.training.scenes import SQUARE, TALL, WIDE, paint, sheet, to_bytes, to_unit
from engine.training.start import go_on

_KL = 3e-4
_WHOLE_FROM = 0.7
#: Half of the pictures are square; the others teach the networks that edges come anywhere.
FRAMES = (SQUARE, SQUARE, WIDE, TALL)
#: Scenes with these numbers are looked at, never trained on.
HELD_OUT = 1_000_000_000


def build_vae(shape: VaeShape) -> AutoencoderKL:
    """Return an untrained autoencoder of ``shape``."""
    levels = len(shape.channels)
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=shape.channels,
        layers_per_block=1,
        latent_channels=shape.latent_channels,
        norm_num_groups=shape.groups,
        sample_size=shape.picture,
        mid_block_add_attention=False,
        scaling_factor=1.0,
    )


def reconstruction_loss(made: Tensor, real: Tensor) -> Tensor:
    """Return how far ``made`` is from ``real``, both (B, 3, H, W) in [-1, 1].

    L1 keeps edges, the squares punish small things that vanish, the differences of neighbours
    keep thin lines sharp, and 4 x 4 means keep the colour of areas.
    """
    gap = made - real
    edges = gap.diff(dim=2).abs().mean() + gap.diff(dim=3).abs().mean()
    areas = F.avg_pool2d(gap, 4).square().mean()
    return gap.abs().mean() + gap.square().mean() + 0.5 * edges + 2.0 * areas


def psnr(made: NDArray[np.uint8], real: NDArray[np.uint8]) -> float:
    """Return the peak signal-to-noise ratio over all pictures, in dB."""
    error = np.square(made.astype(np.float64) - real.astype(np.float64)).mean()
    return 10.0 * math.log10(255.0**2 / max(float(error), 1e-9))


def draw(seeds: range, size: tuple[int, int] = SQUARE) -> NDArray[np.uint8]:
    """Return the pictures of these scenes, (N, height, width, 3)."""
    return np.stack([paint(random_scene(seed), size) for seed in seeds])


@torch.no_grad()
def round_trip(vae: AutoencoderKL, pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return what is left of (N, H, W, 3) pictures after encoding and decoding the mean."""
    device = next(vae.parameters()).device
    made = []
    for start in range(0, len(pictures), 16):
        real = torch.from_numpy(to_unit(pictures[start : start + 16])).to(device)
        made.append(vae.decode(vae.encode(real).latent_dist.mode()).sample.cpu().numpy())
    return to_bytes(np.concatenate(made))


class VaeStage:
    """Trains on fresh drawings: crops of half the side first, whole pictures at the end."""

    name = "vae"
    decay = 0.995

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.machine.seed)
        self._plan = plan
        self._vae = build_vae(plan.shapes.vae).to(plan.machine.device)
        self.model: nn.Module = self._vae
        if plan.start is not None:
            go_on(self._vae, plan.start / "vae")
        self._shown = draw(range(HELD_OUT, HELD_OUT + 48))

    def rates(self, rate: float) -> dict[str, float]:
        """Return one rate for all: every name begins with nothing."""
        return {"": rate}

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the loss of a batch of crops, or of a third as many whole pictures."""
        real = torch.from_numpy(to_unit(self._batch(moment))).to(self._plan.machine.device)
        posterior = self._vae.encode(real).latent_dist
        noise = torch.randn(posterior.mean.shape, generator=moment.noise).to(real.device)
        made = self._vae.decode(posterior.mean + posterior.std * noise).sample
        divergence = 0.5 * (posterior.mean.square() + posterior.var - 1.0 - posterior.logvar)
        return reconstruction_loss(made, real) + _KL * divergence.mean(), len(real)

    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return the PSNR on scenes never trained on, and drawings above reconstructions."""
        made = round_trip(cast("AutoencoderKL", model), self._shown)
        rows = [half[k : k + 12] for k in range(0, 24, 12) for half in (self._shown, made)]
        return {"psnr": psnr(made, self._shown)}, sheet(np.concatenate(rows), 12)

    def _batch(self, moment: Moment) -> NDArray[np.uint8]:
        batch, numbers = self._plan.batch, moment.numbers
        frame = FRAMES[int(moment.shared.integers(len(FRAMES)))]
        if moment.spent >= _WHOLE_FROM:
            return self._scenes(numbers, max(1, batch // 3), frame)
        crop = self._plan.shapes.vae.picture // 2
        # Corners come in steps of a latent position's 8 px, and the edges are met often.
        steps = ((frame[1] - crop) // 8, (frame[0] - crop) // 8)
        corners = [[int(numbers.integers(-1, n + 2).clip(0, n)) * 8 for n in steps]
                   for _ in range(batch)]  # fmt: skip
        scenes = self._scenes(numbers, -(-batch // 2), frame).repeat(2, axis=0)[:batch]
        crops = [p[y : y + crop, x : x + crop] for p, (y, x) in zip(scenes, corners, strict=True)]
        return np.stack(crops)

    def _scenes(
        self, numbers: np.random.Generator, count: int, frame: tuple[int, int]
    ) -> NDArray[np.uint8]:
        first = int(numbers.integers(0, HELD_OUT - count))
        return draw(range(first, first + count), frame)


@torch.no_grad()
def whiten(vae: AutoencoderKL, pictures: NDArray[np.uint8]) -> None:
    """Give every latent channel mean 0 and variance 1 over ``pictures``, in place and exactly.

    The pipeline only multiplies latents by one number, so the shift and scale of each channel
    are folded into the 1 x 1 convolutions on both sides of the latent: pictures stay the same.
    """
    mean, deviation = _statistics(vae, pictures)
    quant, post = vae.quant_conv, vae.post_quant_conv
    channels = len(mean)
    quant.weight[:channels] /= deviation[:, None, None, None]
    quant.bias[:channels] = (quant.bias[:channels] - mean) / deviation
    quant.bias[channels:] -= 2.0 * deviation.log()
    post.bias += post.weight[:, :, 0, 0] @ mean
    post.weight *= deviation[None, :, None, None]


def _statistics(vae: AutoencoderKL, pictures: NDArray[np.uint8]) -> tuple[Tensor, Tensor]:
    device = next(vae.parameters()).device
    means, spreads = [], []
    for start in range(0, len(pictures), 16):
        real = torch.from_numpy(to_unit(pictures[start : start + 16])).to(device)
        posterior = vae.encode(real).latent_dist
        means.append(posterior.mean)
        spreads.append(posterior.var.mean(dim=(0, 2, 3)))
    latents = torch.cat(means)
    variance = latents.var(dim=(0, 2, 3)) + torch.stack(spreads).mean(dim=0)
    return latents.mean(dim=(0, 2, 3)), variance.sqrt()


def train_vae(plan: Plan, rank: int) -> None:
    """Train the autoencoder of ``plan`` in this process (one of ``plan.machine.processes``)."""
    Trainer(VaeStage(plan), plan, rank).run()
