"""Latents of drawn scenes, made once: the UNet learns from these, not from pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from numpy.typing import NDArray
from tqdm import tqdm  # type: ignore[import-untyped]

from engine.training.loop import autocast
from engine.training.plan import Plan
from engine.training.scenes import SQUARE, TALL, WIDE, to_unit
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """Latents of one frame: (N, C, h, w) float16, and the numbers of their scenes."""

    latents: NDArray[np.float16]
    seeds: range


def cache_file(plan: Plan, frame: tuple[int, int], rank: int) -> Path:
    """Where process ``rank`` keeps its share of the latents of pictures of size ``frame``."""
    return plan.work / f"latents-{frame[0]}x{frame[1]}-{rank}.npy"


def share(plan: Plan, frame: tuple[int, int], rank: int) -> range:
    """The scenes that process ``rank`` draws and encodes: every process has as many.

    Of four scenes two are square, one is wide and one is tall; no scene is drawn twice.
    """
    quarter = max(1, plan.scenes // 4)
    first = {SQUARE: 0, WIDE: 2 * quarter, TALL: 3 * quarter}[frame]
    each = (2 * quarter if frame == SQUARE else quarter) // plan.machine.processes
    first += FIRST + rank * each
    return range(first, first + each)


@torch.no_grad()
def make_latents(plan: Plan, rank: int) -> None:
    """Draw and encode this process's share as (N, C, h, w) float16, unless it is there already."""
    # Without gradients this layout of memory encodes nearly twice as fast on a CPU.
    vae = finish_vae(plan)
    vae.to(device=plan.machine.device, memory_format=torch.channels_last)
    for frame in (SQUARE, WIDE, TALL):
        file, seeds = cache_file(plan, frame, rank), share(plan, frame, rank)
        made = _newer(file, plan.work / "vae-final.pt")
        if not made or len(np.load(file, mmap_mode="r")) != len(seeds):
            _fill(plan, vae, file, (seeds, frame))


def _fill(
    plan: Plan, vae: AutoencoderKL, file: Path, scenes: tuple[range, tuple[int, int]]
) -> None:
    seeds, frame = scenes
    blocks = []
    name = f"latents {frame[0]} x {frame[1]}"
    for start in tqdm(range(0, len(seeds), _BLOCK), desc=name, mininterval=5.0):
        pictures = torch.from_numpy(to_unit(draw(seeds[start : start + _BLOCK], frame)))
        placed = pictures.to(plan.machine.device, memory_format=torch.channels_last)
        with autocast(plan.machine):
            mean = vae.encode(placed).latent_dist.mode().contiguous()
        blocks.append(mean.float().cpu().numpy().astype(np.float16))
    part = file.with_suffix(".part.npy")
    np.save(part, np.concatenate(blocks))
    part.replace(file)


def load_latents(plan: Plan, frame: tuple[int, int]) -> Shelf:
    """Return all cached latents of pictures of size ``frame``, in the order of their scenes."""
    ranks = range(plan.machine.processes)
    latents = np.concatenate([np.load(cache_file(plan, frame, rank)) for rank in ranks])
    first = share(plan, frame, 0).start
    return Shelf(latents, range(first, first + len(latents)))


def _newer(made: Path, source: Path) -> bool:
    """Whether ``made`` is there and not older than what it was made from."""
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime
