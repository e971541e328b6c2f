"""Latents of drawn scenes, made once: the UNet learns from these, not from pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from numpy.typing import NDArray
from tqdm import tqdm  # type: ignore[import-untyped]

from engine.training.plan import Plan
from engine.training.scenes import to_unit
from engine.training.vae import HELD_OUT, build_vae, draw, whiten

#: The first scene of the training set; the autoencoder's scenes are drawn from all numbers.
FIRST = 0
_BLOCK = 32


def finish_vae(plan: Plan) -> AutoencoderKL:
    """Return the trained autoencoder, its averaged weights whitened; kept as ``vae-final.pt``."""
    kept, trained = plan.work / "vae-final.pt", plan.work / "vae.pt"
    vae = build_vae(plan.shapes.vae)
    if _newer(kept, trained):
        vae.load_state_dict(torch.load(kept, map_location="cpu", weights_only=True))
        return vae
    state = torch.load(trained, map_location="cpu", weights_only=True)
    vae.load_state_dict(state["ema"]["model"])
    whiten(vae, draw(range(HELD_OUT + 1000, HELD_OUT + 1000 + min(512, plan.scenes))))
    torch.save(vae.state_dict(), kept.with_suffix(".part"))
    kept.with_suffix(".part").replace(kept)
    return vae


def cache_file(plan: Plan, rank: int) -> Path:
    """Where process ``rank`` keeps its share of the latents."""
    return plan.work / f"latents-{rank}.npy"


def share(plan: Plan, rank: int) -> range:
    """The scenes that process ``rank`` draws and encodes: every process has as many."""
    each = plan.scenes // plan.machine.processes
    return range(FIRST + rank * each, FIRST + (rank + 1) * each)


@torch.no_grad()
def make_latents(plan: Plan, rank: int) -> None:
    """Draw and encode this process's share as (N, C, h, w) float16, unless it is there already."""
    file, seeds = cache_file(plan, rank), share(plan, rank)
    if _newer(file, plan.work / "vae-final.pt") and len(np.load(file, mmap_mode="r")) == len(seeds):
        return
    # Without gradients this layout of memory encodes nearly twice as fast on a CPU.
    vae = finish_vae(plan)
    vae.to(device=plan.machine.device, memory_format=torch.channels_last)
    blocks = []
    for start in tqdm(range(0, len(seeds), _BLOCK), desc="latents", disable=rank != 0):
        pictures = torch.from_numpy(to_unit(draw(seeds[start : start + _BLOCK])))
        placed = pictures.to(plan.machine.device, memory_format=torch.channels_last)
        mean = vae.encode(placed).latent_dist.mode().contiguous()
        blocks.append(mean.cpu().numpy().astype(np.float16))
    part = file.with_suffix(".part.npy")
    np.save(part, np.concatenate(blocks))
    part.replace(file)


def load_latents(plan: Plan) -> tuple[NDArray[np.float16], range]:
    """Return all cached latents (N, C, h, w) and the numbers of their scenes, in the same order."""
    files = [cache_file(plan, rank) for rank in range(plan.machine.processes)]
    latents = np.concatenate([np.load(file) for file in files])
    return latents, range(FIRST, FIRST + len(latents))


def _newer(made: Path, source: Path) -> bool:
    """Whether ``made`` is there and not older than what it was made from."""
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime
