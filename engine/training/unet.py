"""The denoising network, trained together with the text encoder."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import numpy as np
import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.training.captions import write_caption
from engine.training.forward import (
    BETA_FIRST,
    BETA_LAST,
    STEPS,
    Forward,
    noise_loss,
    offset_noise,
    spread_times,
)
from engine.training.latents import Shelf, load_latents
from engine.training.loop import Moment, Trainer
from engine.training.plan import Plan, Shapes
from engine.training.polish import best_vae
from engine.training.scene import random_scene
from engine.training.scenes import sheet
from engine.training.start import go_on
from engine.training.text import build_text
from engine.training.vae import FRAMES
from engine.training.words import encode, load_words

_UNTOLD = 0.1
_OFFSET = 0.15
_LEAN = 0.6
#: What the sample sheets are asked for.
PROMPTS = (
    "a red sailing boat on the sea at sunset",
    "a red sailing boat on the sea at sunset",
    "a blue house in the snow with mountains",
    "a yellow hot air balloon over the desert",
    "a lighthouse at night with a full moon",
    "a purple sailing boat at night under a starry sky",
    "pine trees in the snow at sunrise",
    "a palm tree on an island in the sea by day",
    "a cactus in the desert at sunset with mountains",
    "a green house in a meadow in the rain",
    "a pink balloon over the sea at sunrise with clouds",
    "snowy mountains at night",
)


def build_unet(shapes: Shapes) -> UNet2DConditionModel:
    """Return an untrained UNet; every level but the first attends to the text."""
    shape = shapes.unet
    lower = len(shape.channels) - 1
    return UNet2DConditionModel(
        sample_size=shapes.vae.latent_side,
        in_channels=shapes.vae.latent_channels,
        out_channels=shapes.vae.latent_channels,
        layers_per_block=shape.layers,
        block_out_channels=shape.channels,
        down_block_types=("DownBlock2D", *("CrossAttnDownBlock2D",) * lower),
        up_block_types=(*("CrossAttnUpBlock2D",) * lower, "UpBlock2D"),
        cross_attention_dim=shapes.text.width,
        attention_head_dim=shape.heads,  # diffusers' old misnomer: the number of heads
        norm_num_groups=shape.groups,
    )


def build_scheduler() -> DDIMScheduler:
    """Return Stable Diffusion's schedule as every sampler is to read it."""
    return DDIMScheduler(
        num_train_timesteps=STEPS,
        beta_start=BETA_FIRST,
        beta_end=BETA_LAST,
        beta_schedule="scaled_linear",
        prediction_type="epsilon",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    )


class Denoiser(nn.Module):
    """UNet and text encoder as one model: eps_theta(x_t, t, words)."""

    def __init__(self, unet: nn.Module, text: nn.Module) -> None:
        super().__init__()
        self.unet, self.text = unet, text

    def forward(self, x_t: Tensor, t: Tensor, ids: Tensor) -> Tensor:
        """Return the predicted noise (B, C, h, w) for x_t, times (B,) and token ids (B, 77)."""
        words = self.text(ids).last_hidden_state
        predicted: Tensor = self.unet(x_t, t, words).sample
        return predicted


class UnetStage:
    """Noise prediction on cached latents, with newly worded captions each time."""

    name = "unet"
    decay = 0.998

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.machine.seed)
        self._plan = plan
        self._tokenizer = load_words(plan.work / "tokenizer")
        self._shelves = [load_latents(plan, frame) for frame in FRAMES]
        self._forward = Forward(plan.machine.device)
        text, unet = build_text(plan.shapes.text, self._tokenizer), build_unet(plan.shapes)
        _take_lessons(text, plan.work / "text.pt")
        if plan.start is not None:
            go_on(unet, plan.start / "unet")
        if plan.machine.device == "cpu":
            # The fused attention of torch has a slow backward pass there, for rows this short.
            unet.set_attn_processor(AttnProcessor())
        self.model: nn.Module = Denoiser(unet, text).to(plan.machine.device)

    def rates(self, rate: float) -> dict[str, float]:
        """The text encoder has had its lessons and moves at half the UNet's rate."""
        return {"unet.": rate, "text.": rate / 2}

    def loss(self, moment: Moment) -> tuple[Tensor, int]:
        """Return the weighted noise loss of a batch at stratified times, more of them noisy."""
        device = self._plan.machine.device
        shelf = self._shelves[int(moment.shared.integers(len(self._shelves)))]
        batch = self._batch(shelf)
        chosen = moment.numbers.integers(0, len(shelf.seeds), batch)
        x_0 = torch.from_numpy(shelf.latents[chosen].astype(np.float32)).to(device)
        seeds = [shelf.seeds[k] for k in chosen]
        ids = encode(self._tokenizer, self._captions(seeds, moment.numbers)).to(device)
        t = spread_times(batch, moment.noise, _LEAN).to(device)
        eps = offset_noise(tuple(x_0.shape), _OFFSET, moment.noise).to(device)
        predicted = self.model(self._forward.noised(x_0, eps, t), t, ids)
        return noise_loss(predicted, eps, self._forward.weights(t)), batch

    def judge(self, model: nn.Module) -> tuple[dict[str, float], NDArray[np.uint8]]:
        """Return no figures, and what ``model`` makes of a dozen prompts."""
        pipeline = assemble(self._plan, cast("Denoiser", model))
        return {}, sheet(generate(pipeline, PROMPTS, self._plan.sheet_steps), 6)

    def _batch(self, shelf: Shelf) -> int:
        """Larger pictures come in smaller batches, so that every step takes about as long."""
        area: int = shelf.latents[0, 0].size
        square = self._plan.shapes.vae.latent_side**2
        return max(1, self._plan.batch * square // area)

    def _captions(self, seeds: list[int], numbers: np.random.Generator) -> list[str]:
        """New wordings of the chosen scenes; one in ten is empty, for guidance.

        Ho and Salimans 2022, "Classifier-Free Diffusion Guidance", algorithm 1.
        """
        rng = random.Random(int(numbers.integers(2**62)))
        return [
            "" if rng.random() < _UNTOLD else write_caption(random_scene(seed), rng).text
            for seed in seeds
        ]


def assemble(plan: Plan, denoiser: Denoiser) -> StableDiffusionPipeline:
    """Return the whole model as diffusers' pipeline (shared weights, on the CPU for sampling)."""
    pipeline = StableDiffusionPipeline(
        vae=best_vae(plan).to(plan.machine.device),
        text_encoder=denoiser.text,
        tokenizer=load_words(plan.work / "tokenizer"),
        unet=denoiser.unet,
        scheduler=build_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def generate(
    pipeline: StableDiffusionPipeline, prompts: tuple[str, ...], steps: int = 20, seed: int = 0
) -> NDArray[np.uint8]:
    """Return a picture for each prompt, (N, H, W, 3): guidance 4.5, seeds ``seed`` onwards."""
    noise = [torch.Generator().manual_seed(seed + k) for k in range(len(prompts))]
    made = pipeline(
        list(prompts),
        num_inference_steps=steps,
        guidance_scale=4.5,
        generator=noise,
        output_type="np",
    )
    pictures: NDArray[np.uint8] = (made.images * 255.0).round().astype(np.uint8)
    return pictures


def _take_lessons(text: nn.Module, kept: Path) -> None:
    if kept.exists():
        state = torch.load(kept, map_location="cpu", weights_only=True)
        lessons = state["ema"]["model"]
        start = "encoder."
        own = {k[len(start) :]: v for k, v in lessons.items() if k.startswith(start)}
        text.load_state_dict(own)


def train_unet(plan: Plan, rank: int) -> None:
    """Train UNet and text encoder in this process (one of ``plan.machine.processes``)."""
    Trainer(UnetStage(plan), plan, rank).run()
