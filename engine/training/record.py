"""What a run was: versions, sizes, samples, minutes and a thinned curve, beside the weights."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import diffusers
import tokenizers
import torch
import transformers

from engine.training.plan import Plan
from engine.training.scenes import SQUARE, TALL, WIDE

_POINTS = 100
STAGES = ("vae", "text", "unet", "polish")


def write_record(plan: Plan, folder: Path, parameters: dict[str, int]) -> None:
    """Write ``training.json`` into ``folder`` from the curves in the work folder."""
    record = {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "diffusers": diffusers.__version__,
            "transformers": transformers.__version__,
            "tokenizers": tokenizers.__version__,
        },
        "machine": {
            **asdict(plan.machine),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
        },
        "data": {
            "source": "drawn by engine.training.scenes; no picture from anywhere else",
            "scenes_for_unet": plan.scenes,
            "sizes": [list(frame) for frame in (SQUARE, WIDE, TALL)],
        },
        "shapes": asdict(plan.shapes),
        "parameters": parameters,
        "stages": {name: _stage(plan.work / f"{name}.jsonl") for name in STAGES},
        "before": _before(plan.start),
    }
    save_record(folder, record)


def load_record(folder: Path) -> dict[str, Any]:
    """Return the record kept beside a model's weights."""
    record: dict[str, Any] = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    return record


def save_record(folder: Path, record: dict[str, Any]) -> None:
    """Write a record beside a model's weights."""
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (folder / "training.json").write_text(text + "\n", encoding="utf-8")


def _before(start: Path | None) -> dict[str, dict[str, float]]:
    """Return minutes and samples that each stage had been trained for when this run began."""
    if start is None or not (start / "training.json").exists():
        return {}
    record = load_record(start)
    earlier = record.get("before", {})
    totals = {}
    for name, stage in record["stages"].items():
        then, more = earlier.get(name, {}), stage or {}
        totals[name] = {
            key: round(then.get(key, 0) + more.get(key, 0), 1) for key in ("minutes", "samples")
        }
    return totals


def read_curve(file: Path) -> list[dict[str, float]]:
    """Return a curve's lines; what a killed run had written past its checkpoint is dropped."""
    if not file.exists():
        return []
    lines: list[dict[str, float]] = []
    for text in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        while lines and lines[-1]["step"] > line["step"]:
            lines.pop()
        lines.append(line)
    return lines


def _stage(file: Path) -> dict[str, Any]:
    lines = read_curve(file)
    if not lines:
        return {}
    losses = [line for line in lines if "loss" in line]
    figures = [line for line in lines if "psnr" in line or "named" in line]
    last = lines[-1]
    summary: dict[str, Any] = {
        "steps": last["step"],
        "samples": last["samples"],
        "minutes": round(last["seconds"] / 60.0, 1),
        "curve": [
            {"step": line["step"], "samples": line["samples"], "loss": line["loss"]}
            for line in _thin(losses)
        ],
    }
    for key in ("psnr", "named"):
        if figures and key in figures[-1]:
            summary[key] = figures[-1][key]
    return summary


def _thin(lines: list[dict[str, float]]) -> list[dict[str, float]]:
    """Return at most 100 points; each stands for the mean loss of the lines around it."""
    size = -(-len(lines) // _POINTS)
    chunks = [lines[k : k + size] for k in range(0, len(lines), size)] if lines else []
    return [
        {**chunk[-1], "loss": round(sum(line["loss"] for line in chunk) / len(chunk), 5)}
        for chunk in chunks
    ]
