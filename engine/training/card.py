"""The model card: what the starter model is, told from the record of its training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_CARD = """---
license: apache-2.0
library_name: diffusers
pipeline_tag: text-to-image
---

# Etascope's starter model

A very small latent diffusion model that draws flat "postcards" of {side} x {side} pixels: a sailing
boat, a house, a lighthouse, pine trees, a palm, a cactus or a hot air balloon, by the sea, in a
meadow, in the desert or in the snow, by day, at sunrise, at sunset or at night, under a clear,
cloudy, rainy or snowy sky, with sun or moon, with or without hills and mountains. It ships with
Etascope so that samplers can be compared without any download.

It knows nothing else. Words outside that small world do nothing or something odd.

## Use

    from diffusers import StableDiffusionPipeline
    pipe = StableDiffusionPipeline.from_pretrained("resources/starter", safety_checker=None)
    pipe("a red sailing boat on the sea at sunset", num_inference_steps=20, guidance_scale=4.5)

Guidance of 4 to 5 and 20 DDIM steps suit it; the size is {side} px.

## What it is made of

| part | parameters |
|---|---|
{parts}

The autoencoder makes {latent} latents, whitened: every channel has mean 0 and variance 1 over
the drawings, and `scaling_factor` is 1. The text encoder is a CLIP text tower with its own
byte-level vocabulary. The UNet predicts noise under Stable Diffusion's schedule (scaled linear,
0.00085 to 0.012, 1000 steps), trained with offset noise 0.15 and 10 % empty captions.

## How it was trained

All pictures were drawn by Etascope's own code (`engine/training/`), and all captions written by
it; there is no photograph, no artist's work and no text from anywhere else in it. The weights are
the exponential moving average of one run from random numbers, in {processes} process(es) on the
device "{device}" of a machine with {cores} cores (`training.json` has the curves and versions):

| stage | minutes (wall time) | samples seen |
|---|---|---|
{stages}

{quality}

`python -m engine.training` trains such a model from nothing.

## Limits

- Small things are soft: rain, stars, flowers, the lines of a mast.
- Sun and moon are missing, misshapen or doubled at times, and so are windows and doors.
- What a prompt leaves open is filled in from the same small world: rain at sunset, say.
- It cannot write, draw people or animals, or follow places such as "on the left".
- {side} px only; other sizes were not trained.

Licence: Apache-2.0.
"""


def write_card(folder: Path) -> None:
    """Write ``README.md`` from ``training.json`` in the same folder."""
    record = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    vae = record["shapes"]["vae"]
    side = vae["picture"]
    latent_side = side // 2 ** (len(vae["channels"]) - 1)
    text = _CARD.format(
        side=side,
        latent=f"{vae['latent_channels']} x {latent_side} x {latent_side}",
        processes=record["machine"]["processes"],
        device=record["machine"]["device"],
        cores=record["machine"]["cores"],
        parts=_rows({name: f"{count:,}" for name, count in record["parameters"].items()}),
        stages="\n".join(_stage_rows(record["stages"])),
        quality=_quality(record),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _rows(values: dict[str, str]) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in values.items())


def _stage_rows(stages: dict[str, Any]) -> list[str]:
    names = {
        "vae": "autoencoder",
        "text": "text encoder, naming",
        "unet": "UNet and text encoder",
        "polish": "decoder alone",
    }
    return [
        f"| {names[key]} | {stage['minutes']} | {int(stage['samples']):,} |"
        for key, stage in stages.items()
        if stage
    ]


def _quality(record: dict[str, Any]) -> str:
    """Only what was measured in this run."""
    lines = []
    trained = record["stages"]["polish"] or record["stages"]["vae"]
    if "psnr" in trained:
        figure = trained["psnr"]
        lines.append(f"- Autoencoder on 48 drawings it never saw: {figure:.1f} dB PSNR.")
    if "named" in record["stages"]["text"]:
        share = record["stages"]["text"]["named"]
        lines.append(f"- Attributes named right from new captions: {share:.1%} (before the UNet).")
    if "score" in record:
        lines += _score_lines(record["score"])
    return "\n".join(["Measured:", "", *lines]) if lines else ""


def _score_lines(score: dict[str, dict[str, float]]) -> list[str]:
    made, drawn = score["generated"], score["drawn"]
    count = int(score["pictures"]["count"])
    head = [
        f"- A small classifier on {count} pictures (DDIM 20, guidance 4.5), whose captions tell",
        "  of scenes that were not trained on, sees what a caption tells in this part of them:",
    ]
    table = [f"  {name} {made[name]:.2f} (on real drawings {drawn[name]:.2f})," for name in made]
    return [*head, *table[:-1], table[-1].rstrip(",") + "."]
