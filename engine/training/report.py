"""The scores as people read them: the model card's lines and the tables in the docs."""

from __future__ import annotations

from typing import Any

from engine.training.card import write_card
from engine.training.follow import STEPS
from engine.training.frechet import TABLE
from engine.training.record import load_record, save_record
from engine.training.score import Scoring

Report = dict[str, Any]

#: Song, Meng and Ermon 2020, Table 1, CIFAR-10: FID at 10, 20, 50, 100 and 1000 steps.
_PAPER = {
    "DDIM, eta 0": (13.36, 6.84, 4.67, 4.16, 4.04),
    "DDIM, eta 0.2": (14.04, 7.11, 4.77, 4.25, 4.09),
    "DDIM, eta 0.5": (16.66, 8.35, 5.25, 4.46, 4.29),
    "DDIM, eta 1": (41.07, 18.36, 8.01, 5.78, 4.73),
    "DDPM, large variance": (367.43, 133.37, 32.72, 9.99, 3.17),
}
_STEPS = (10, 20, 50, 100, 1000)

_PAGE = """# How good is the starter model?

Measured by `python -m engine.training score` on the model in `resources/starter/`, with a small
classifier that was trained on drawings no other network has seen and never on a generated
picture. What the model is and how it was trained stands in
[its card](../resources/starter/README.md).

## Thirty prompts, thirty pictures

The first thirty held-out scenes, seeds 0 to 29, DDIM with {steps} steps. Nothing was chosen.

![Thirty pictures](starter-sheet.png)

{prompts}

## Does it show what the prompt says?

The share of pictures in which the classifier sees an attribute that the prompt names. DDIM,
{steps} steps, the guidance the program starts with, {pictures} prompts in each language for the
same scenes. The last column is the classifier's own figure on real drawings: the best there is.

{follow}

In the other sizes, all attributes together: {frames}.

## The shape of the DDIM paper's Table 1

Frechet distance to real drawings in the classifier's 64 features (scaled so that those of the
drawings have a variance of one), {count} pictures in each cell, guidance 1, the same prompts and
seeds everywhere; as many real drawings are {real} from the others. In brackets the paper's FID on
CIFAR-10, which is another measure on other pictures: only the order can be compared. With so few
pictures small differences mean nothing; an empty cell was not measured.

{table}

{ratio}

{order}

Where the order is not the paper's, the network is the reason and not the samplers:
`tests/engine/training/test_order.py` shows, in a world where every number is exact, that with a
network that is right eta 0 is the nearest at any step count, and that with one that is wrong where
there is much noise it is the farthest: a sampler that adds no noise never mends what it was told
first. How right this one is, by the slope of drawn latents over those it predicts from q(x_t | x_0)
({count} held-out drawings; 1 is right, below 1 says more than it knows):

{calibration}

## Is the autoencoder sharp?

PSNR of reconstructions of held-out scenes: {vae}.

## Does it only remember?

The distance (root mean square of 8-bit values at 32 x 32 pixels) from each of a hundred generated
pictures to the nearest of the drawings it was trained on, and the same for a hundred real
drawings that it never saw.

{duplicates}

The ten nearest generated pictures, above the drawings they come nearest to:

![Nearest drawings](starter-nearest.png)

## Words it does not know

Thirty prompts that are empty, in other languages, or nonsense. Neighbouring pixels differ by
{odd_roughest} of 255 in the roughest of these pictures, by {odd_drawn} in the roughest of two
hundred drawings, and would differ by {odd_noise} in noise.

![Odd prompts](starter-odd.png)
"""


def publish(scoring: Scoring, report: Report) -> None:
    """Write the scores into the model's record and card, and ``starter.md`` into the docs."""
    record = load_record(scoring.folder)
    save_record(scoring.folder, {**record, "score": _for_record(report)})
    write_card(scoring.folder)
    scoring.docs.mkdir(parents=True, exist_ok=True)
    (scoring.docs / "starter.md").write_text(page(report), encoding="utf-8")


def page(report: Report) -> str:
    """Return the page of tables, in Markdown."""
    frechet, odd = report["frechet"], report["odd"]
    return _PAGE.format(
        steps=STEPS,
        prompts="\n".join(f"{k}. {p}" for k, p in enumerate(report["sheet"]["prompts"])),
        pictures=report["follow"]["pictures"],
        follow=follow_table(report["follow"]),
        frames=", ".join(
            f"{name} {share['generated']:.3f} (drawings {share['drawn']:.3f})"
            for name, share in report["frames"].items()
        ),
        count=int(frechet["pictures"]["count"]),
        real=frechet["real"]["distance"],
        table=frechet_table(frechet),
        ratio=ratio_line(frechet),
        order=order_lines(frechet),
        calibration=calibration_table(report["calibration"]),
        vae=vae_line(report["vae"]),
        duplicates=_duplicate_table(report["duplicates"]),
        odd_roughest=odd["roughest"],
        odd_drawn=odd["drawn"],
        odd_noise=odd["noise"],
    )


def vae_line(figures: Report) -> str:
    """Return the PSNR of each size, in words."""
    return ", ".join(f"{name}: {value} dB" for name, value in figures.items() if " x " in name)


def follow_table(follow: Report) -> str:
    """Return the shares by attribute: both languages beside real drawings."""
    lines = ["| attribute | English | Chinese | real drawings |", "|---|---|---|---|"]
    for name, drawn in follow["drawn"].items():
        lines.append(
            f"| {name} | {follow['en'][name]:.3f} | {follow['zh'][name]:.3f} | {drawn:.3f} |"
        )
    means = [sum(follow[k].values()) / len(follow[k]) for k in ("en", "zh", "drawn")]
    lines.append("| **all** | " + " | ".join(f"**{value:.3f}**" for value in means) + " |")
    return "\n".join(lines)


def frechet_table(frechet: Report) -> str:
    """Return the distances: a row for each sampler, the paper's figures in brackets."""
    lines = [
        "| | " + " | ".join(f"{s} steps" for s in _STEPS) + " |",
        "|---|" + "---|" * len(_STEPS),
    ]
    for row in TABLE:
        cells = []
        for place, steps in enumerate(_STEPS):
            measured = frechet[row.label].get(str(steps))
            paper = _PAPER.get(row.label)
            bracket = f" ({paper[place]:g})" if paper and measured is not None else ""
            cells.append("" if measured is None else f"{measured:.2f}{bracket}")
        lines.append(f"| {row.label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def ratio_line(frechet: Report) -> str:
    """Return the sentence about DDIM at 50 steps against large-variance DDPM at 1000."""
    short = frechet["DDIM, eta 0"].get("50")
    long = frechet["DDPM, large variance"].get("1000")
    if short is None or long is None:
        return "DDPM with the large variance at 1000 steps has not been measured on these weights."
    return (
        f"DDIM with eta 0 at 50 steps is {short / long:.2f} times as far from real drawings as "
        "large-variance DDPM at 1000 steps (the paper: 1.47)."
    )


def order_lines(frechet: Report) -> str:
    """Return, for each step count, the samplers from nearest to real drawings to farthest."""
    lines = ["From the nearest to the farthest, ours and the paper's:", ""]
    for place, steps in enumerate(_STEPS):
        ours = {label: frechet[label].get(str(steps)) for label in _PAPER}
        told = {label: value for label, value in ours.items() if value is not None}
        if len(told) < 2:
            continue
        mine = sorted(told, key=lambda label: told[label])
        papers = sorted(told, key=lambda label: _PAPER[label][place])
        same = "the same" if mine == papers else " < ".join(papers)
        lines.append(f"- {steps} steps: {' < '.join(mine)}; the paper: {same}.")
    return "\n".join(lines)


def calibration_table(slopes: Report) -> str:
    """Return the slope at each t, noisiest first."""
    head = "| t | " + " | ".join(slopes) + " |"
    figures = "| slope | " + " | ".join(f"{slope:.3f}" for slope in slopes.values()) + " |"
    return "\n".join((head, "|---|" + "---|" * len(slopes), figures))


def _duplicate_table(figures: Report) -> str:
    return "\n".join(
        (
            "| | median | least |",
            "|---|---|---|",
            f"| generated | {figures['generated_median']} | {figures['generated_least']} |",
            f"| real, never seen | {figures['held_out_median']} | {figures['held_out_least']} |",
        )
    )


def _for_record(report: Report) -> Report:
    return {
        name: report[name]
        for name in ("vae", "follow", "frames", "frechet", "calibration", "duplicates")
    }
