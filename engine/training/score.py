"""Scores of an exported model: what it follows, how near real drawings it is, what it copies."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from diffusers import AutoencoderKL
from numpy.typing import NDArray
from PIL import Image

from engine.checkpoints import Model
from engine.draft import Draft, SizeRule
from engine.training import duplicates, follow, frechet
from engine.training.calibration import calibration
from engine.training.captions import nonsense, write_caption
from engine.training.judge import Judge, load_judge
from engine.training.pictures import load_model, make
from engine.training.plan import Plan
from engine.training.scene import random_scene
from engine.training.scenes import SQUARE, TALL, WIDE, sheet
from engine.training.vae import HELD_OUT, draw, psnr, round_trip

Pictures = NDArray[np.uint8]
Report = dict[str, Any]

_SHEET = 30
_COLUMNS = 6
_ODD = ("", " ", "qwertz", "der Hund schläft", "un chat noir", "красная лодка", "赤い船", "빨간 배",
        "🌀🗿", "x", "2", "lorem ipsum dolor sit amet", "NOT A PICTURE", "cat", "a spaceship",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scoring:
    """What is scored: the model's folder, how many pictures, how long the table's runs may be."""

    folder: Path
    docs: Path
    pictures: int = 200
    most_steps: int = 1000


def score(plan: Plan, scoring: Scoring) -> Report:
    """Score the model in ``scoring.folder``; keep ``score.json`` and sheets; return the figures.

    A killed table goes on where it was; another model begins all over.
    """
    _forget_another_model(plan, scoring.folder)
    judge, model = load_judge(plan), load_model(scoring.folder, plan.machine)
    report: Report = _kept(plan)
    steps: tuple[tuple[str, Callable[[], Report]], ...] = (
        ("vae", lambda: _vae_figures(scoring)),
        ("follow", lambda: _follow_figures(model, judge, scoring.pictures)),
        ("frames", lambda: _frame_figures(model, judge, scoring.pictures // 4)),
        ("calibration", lambda: calibration(model, scoring.folder, scoring.pictures)),
        ("duplicates", lambda: _duplicate_figures(plan, model, scoring)),
        ("odd", lambda: _odd_figures(model, scoring.docs)),
        ("sheet", lambda: _sheet(model, scoring.docs)),
    )
    for name, measure in steps:
        if name not in report:
            report[name] = measure()
            _keep(plan, report)
    frechet.fill_table(plan, scoring.folder, scoring.pictures, scoring.most_steps)
    report["frechet"] = frechet.read_table(plan)
    _keep(plan, report)
    return report


def _forget_another_model(plan: Plan, folder: Path) -> None:
    weights = (folder / "unet" / "diffusion_pytorch_model.safetensors").read_bytes()
    digest, mark = hashlib.sha256(weights).hexdigest(), plan.work / "frechet" / "model.txt"
    if mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    shutil.rmtree(mark.parent, ignore_errors=True)
    (plan.work / "score.json").unlink(missing_ok=True)
    mark.parent.mkdir(parents=True)
    mark.write_text(digest, encoding="utf-8")


def _kept(plan: Plan) -> Report:
    file = plan.work / "score.json"
    kept: Report = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return kept


def _keep(plan: Plan, report: Report) -> None:
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    (plan.work / "score.json").write_text(text, encoding="utf-8")


def _vae_figures(scoring: Scoring) -> Report:
    """PSNR of reconstructions of held-out scenes, by frame and over all of them."""
    vae: Any = AutoencoderKL
    vae = vae.from_pretrained(scoring.folder / "vae", use_safetensors=True).float()
    seeds = range(HELD_OUT + 7000, HELD_OUT + 7000 + min(100, scoring.pictures))
    pairs = {frame: (draw(seeds, frame), round_trip(vae, draw(seeds, frame))) for frame in
             (SQUARE, WIDE, TALL)}  # fmt: skip
    figures = {_named(frame): round(psnr(made, real), 2) for frame, (real, made) in pairs.items()}
    return {**figures, "pictures": len(seeds)}


def _follow_figures(model: Model, judge: Judge, count: int) -> Report:
    """Shares of attributes seen, in English and Chinese, beside those of real drawings."""
    report: Report = {"pictures": count, "drawn": follow.drawn_shares(judge, 5 * count)}
    for language in ("en", "zh"):
        asked = follow.questions(count, language)
        report[language] = follow.shares(judge, follow.draw_answers(model, asked), asked)
    return report


def _frame_figures(model: Model, judge: Judge, count: int) -> Report:
    """Mean share of attributes seen in pictures of the other sizes, beside real drawings."""
    asked = follow.questions(count, "en")
    return {
        _named(frame): {
            "generated": follow.mean(
                follow.shares(judge, follow.draw_answers(model, asked, frame=frame), asked)
            ),
            "drawn": follow.mean(follow.drawn_shares(judge, 5 * count, frame)),
        }
        for frame in (WIDE, TALL)
    }


def _duplicate_figures(plan: Plan, model: Model, scoring: Scoring) -> Report:
    asked = follow.questions(min(100, scoring.pictures), "en")
    made = follow.draw_answers(model, asked, steps=20)
    real = np.concatenate([draw(range(s, s + 1)) for s in (q.number for q in asked)])
    near = duplicates.nearest(plan, made)
    _save(scoring.docs / "starter-nearest.png", duplicates.closest_pairs(made, near))
    return duplicates.report(near, duplicates.nearest(plan, real))


def _odd_figures(model: Model, docs: Path) -> Report:
    """How rough pictures of odd prompts are, beside drawings and noise."""
    rng = random.Random("etascope odd")
    prompts = [*_ODD, *(nonsense(rng) for _ in range(_SHEET - len(_ODD)))]
    recipes = [Draft(prompt=p, steps=20, seed=k).resolve(SizeRule())[0]
               for k, p in enumerate(prompts)]  # fmt: skip
    made = make(model, recipes)
    _save(docs / "starter-odd.png", sheet(made, _COLUMNS * 2 - 2))
    noise = np.random.default_rng(0).integers(0, 256, made.shape, dtype=np.uint8)
    drawn = draw(range(HELD_OUT + 8000, HELD_OUT + 8200))
    return {
        "roughest": round(float(_roughness(made).max()), 2),
        "drawn": round(float(_roughness(drawn).max()), 2),
        "noise": round(float(_roughness(noise).min()), 2),
        "prompts": prompts,
    }


def _roughness(pictures: Pictures) -> NDArray[np.float64]:
    """Return by how much neighbouring pixels of each picture differ on average, (N,)."""
    values = pictures.astype(np.float64)
    down, across = (np.abs(np.diff(values, axis=axis)).mean(axis=(1, 2, 3)) for axis in (1, 2))
    return np.asarray((down + across) / 2)


def _sheet(model: Model, docs: Path) -> Report:
    """Thirty pictures of the first thirty held-out scenes, seeds 0 to 29, not chosen."""
    prompts = []
    for k in range(_SHEET):
        scene, rng = random_scene(HELD_OUT + k), random.Random(f"etascope sheet {k}")
        captions = (write_caption(scene, rng, "zh" if k % 5 == 4 else "en") for _ in range(50))
        prompts.append(next((c.text for c in captions if len(c.tells) >= 3), ""))
    recipes = [Draft(prompt=p, steps=follow.STEPS, seed=k).resolve(SizeRule())[0]
               for k, p in enumerate(prompts)]  # fmt: skip
    made = make(model, recipes)
    _save(docs / "starter-sheet.png", sheet(made, _COLUMNS))
    return {"prompts": prompts}


def _save(file: Path, page: Pictures) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(page).save(file, optimize=True)


def _named(frame: tuple[int, int]) -> str:
    return f"{frame[0]} x {frame[1]}"
