"""A last lesson for the decoder alone: the latents stay what the UNet has learnt.

The decoder sees latents a little off, as a sampler makes them, and whole pictures; the encoder
no longer moves, so nothing that was trained on its latents has to be trained again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from torch import Tensor, nn

from engine.training.latents import finish_vae
from engine.training.loop import Moment, Trainer
from engine.training.plan import Plan
from engine.training.scenes import to_unit
from engine.training.vae import VaeStage, reconstruction_loss

#: Standard deviation of what is added to the (white) latents.
_OFF = 0.1


class PolishStage(VaeStage):
    """Trains ``decoder`` and ``post_quant_conv`` of the finished autoencoder."""

    name = "polish"

    def __init__(self, plan: Plan) -> None:
        super().__init__(replace(plan, start=None))
        self._plan = plan
        self._vae = finish_vae(plan).to(plan.machine.device)
        for part in (self._vae.encoder, self._vae.quant_conv):
            part.requires_grad_(requires_grad=False)
        self.model: nn.Module = self._vae

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the reconstruction loss from latents that are a little off."""
        real = torch.from_numpy(to_unit(self._batch(moment))).to(self._plan.machine.device)
        with torch.no_grad():
            mean = self._vae.encode(real).latent_dist.mode()
        noise = torch.randn(mean.shape, generator=moment.noise).to(real.device)
        made = self._vae.decode(mean + _OFF * noise).sample
        return reconstruction_loss(made, real), len(real)


def train_polish(plan: Plan, rank: int) -> None:
    """Polish the decoder in this process (one of ``plan.machine.processes``)."""
    Trainer(PolishStage(plan), plan, rank).run()


def best_vae(plan: Plan) -> AutoencoderKL:
    """Return the autoencoder to ship: with the polished decoder where there is one."""
    vae = finish_vae(plan)
    file: Path = plan.work / "polish.pt"
    if file.exists():
        state = torch.load(file, map_location="cpu", weights_only=True)
        vae.load_state_dict(state["ema"]["model"])
    return vae
