"""The model card: what the starter model is, told from the record of its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.training.record import load_record

_CARD = """---
license: apache-2.0
library_name: diffusers
pipeline_tag: text-to-image
language: [en, zh]
---

# Etascope's starter model

A very small latent diffusion model that draws little scenes: sailing boats, houses, lighthouses,
hot air balloons, windmills, ducks, snowmen, pines, palms, cacti and the trees of each season; one,
two or three of them, on the left, in the middle or on the right, in eight colours; on the sea, in
a meadow, in the desert or in the snow; by day, at sunrise, at sunset or at night; in clear,
cloudy, rainy, snowy or foggy weather; with sun or moon, hills or mountains; as a flat postcard, a
watercolour, in neon or in pixels. Prompts may be English or Simplified Chinese. It ships with
Etascope so that samplers can be compared without any download.

It knows nothing else. Words outside that small world do nothing or something odd.

## Use

    from diffusers import StableDiffusionPipeline
    pipe = StableDiffusionPipeline.from_pretrained("resources/starter", safety_checker=None)
    pipe("two red sailing boats on the sea at sunset, watercolour", num_inference_steps=20,
         guidance_scale=5)

Guidance of 4 to 6 and 20 DDIM steps suit it. It was trained on {sizes} pixels.

## What it is made of

| part | parameters |
|---|---|
{parts}

The autoencoder makes {channels} channels of an eighth of the picture's side, whitened: every
channel has mean 0 and variance 1 over the drawings, and `scaling_factor` is 1. The text encoder
is a CLIP text tower with its own byte-level vocabulary. The UNet predicts noise under Stable
Diffusion's schedule (scaled linear, 0.00085 to 0.012, 1000 steps), trained with offset noise 0.15
and 10 % empty captions.

## How it was trained

All pictures were drawn by Etascope's own code (`engine/training/`), and all captions written by
it; there is no photograph, no artist's work and no text from anywhere else in it. The weights are
exponential moving averages, trained in {processes} process(es) on the device "{device}" of a
machine with {cores} cores, products in {dtype} (`training.json` has the curves and versions). A
second run goes on from the weights of the one before it; "before" counts those.

| stage | minutes (wall time) | samples seen | minutes before | samples before |
|---|---|---|---|---|
{stages}

{quality}

`python -m engine.training` trains such a model from nothing, `--from resources/starter` goes on
from this one.

## Limits

- Small things are soft: stars, flowers, the lines of a mast; three small things may melt into one.
- What a prompt leaves open is filled in from the same small world: rain at sunset, say.
- It cannot write, or draw people and places.
- Other sizes than those above work, the worse the farther away they are.

Licence: Apache-2.0.
"""
_STAGES = {
    "vae": "autoencoder",
    "text": "text encoder, naming",
    "unet": "UNet and text encoder",
    "polish": "decoder alone",
}


def write_card(folder: Path) -> None:
    """Write ``README.md`` from ``training.json`` in the same folder."""
    record = load_record(folder)
    text = _CARD.format(
        sizes=", ".join(f"{w} x {h}" for w, h in record["data"]["sizes"]),
        channels=record["shapes"]["vae"]["latent_channels"],
        processes=record["machine"]["processes"],
        device=record["machine"]["device"],
        dtype=record["machine"]["dtype"],
        cores=record["machine"]["cores"],
        parts="\n".join(f"| {name} | {count:,} |" for name, count in record["parameters"].items()),
        stages="\n".join(_stage_rows(record)),
        quality=_quality(record),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _stage_rows(record: dict[str, Any]) -> list[str]:
    rows = []
    for key, name in _STAGES.items():
        now, before = record["stages"].get(key) or {}, record["before"].get(key, {})
        if now or before:
            cells = [f"{part.get('minutes', 0)} | {int(part.get('samples', 0)):,}"
                     for part in (now, before)]  # fmt: skip
            rows.append(f"| {name} | {cells[0]} | {cells[1]} |")
    return rows


def _quality(record: dict[str, Any]) -> str:
    """Only what was measured on these weights."""
    if "score" not in record:
        return ""
    score = record["score"]
    follow, vae = score["follow"], score["vae"]
    lines = [
        f"- The autoencoder on {vae['pictures']} scenes it never saw: {vae['128 x 128']} dB PSNR."
    ]
    for language, name in (("en", "English"), ("zh", "Chinese")):
        share = sum(follow[language].values()) / sum(follow["drawn"].values())
        lines.append(f"- {name} prompts: {share:.1%} of what a classifier sees in real drawings.")
    worst = min(follow["drawn"], key=lambda name: follow["en"][name] / follow["drawn"][name])
    part = follow["en"][worst] / follow["drawn"][worst]
    lines.append(f"- The attribute that is followed least: {worst}, {part:.1%} of that.")
    return "\n".join(["Measured (all of it is in `docs/starter.md`):", "", *lines])
