"""Writes the starter model: diffusers' Stable Diffusion layout, safetensors in float16."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
from torch import nn

from engine.training.card import write_card
from engine.training.plan import Plan
from engine.training.record import write_record
from engine.training.text import build_text
from engine.training.unet import Denoiser, assemble, build_unet
from engine.training.words import load_words, save_words

#: What the whole folder may weigh.
LIMIT = 30_000_000


def load_denoiser(plan: Plan) -> Denoiser:
    """Return the averaged UNet and text encoder of the latest checkpoint, on the CPU."""
    words = load_words(plan.work / "tokenizer")
    model = Denoiser(build_unet(plan.shapes), build_text(plan.shapes.text, words))
    state = torch.load(plan.work / "unet.pt", map_location="cpu", weights_only=True)
    model.load_state_dict(state["ema"]["model"])
    return model.eval()


def load_pipeline(plan: Plan) -> StableDiffusionPipeline:
    """Return the pipeline of the latest checkpoint, in float32."""
    return assemble(plan, load_denoiser(plan))


def export(plan: Plan, out: Path) -> None:
    """Write the latest checkpoint to ``out``, complete or not at all.

    Raises ``ValueError`` where the folder would weigh more than ``LIMIT`` bytes.
    """
    pipeline = load_pipeline(plan)
    parts = {"vae": pipeline.vae, "text_encoder": pipeline.text_encoder, "unet": pipeline.unet}
    sizes = {name: _count(part) for name, part in parts.items()}
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    pipeline.to(torch.float16).save_pretrained(part, safe_serialization=True)
    shutil.rmtree(part / "tokenizer", ignore_errors=True)
    save_words(load_words(plan.work / "tokenizer"), part / "tokenizer")
    _load_as_float32(part / "text_encoder" / "config.json")
    for file in part.rglob("*.safetensors"):
        file.chmod(0o644)
    write_record(plan, part, sizes)
    write_card(part)
    weight = sum(file.stat().st_size for file in part.rglob("*") if file.is_file())
    if weight > LIMIT:
        raise ValueError(f"the model weighs {weight} bytes, more than {LIMIT}")
    _swap(part, out)


def _load_as_float32(config: Path) -> None:
    """Let the text encoder load in float32, as diffusers' own models do whatever is in the file."""
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings["dtype"] = "float32"
    config.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _swap(part: Path, out: Path) -> None:
    """Put ``part`` in the place of ``out`` by two renames."""
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.replace(old)
    part.replace(out)
    shutil.rmtree(old, ignore_errors=True)


def _count(part: nn.Module) -> int:
    return sum(parameter.numel() for parameter in part.parameters())
