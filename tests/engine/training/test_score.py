import json

import numpy as np
import pytest
import torch

from engine.training import duplicates, follow, frechet
from engine.training.__main__ import parse
from engine.training.judge import FEATURES, Judge, named_right
from engine.training.plan import Budget, Plan
from engine.training.report import (
    _PAPER,
    follow_table,
    frechet_table,
    order_lines,
    ratio_line,
)
from engine.training.run import TINY, run
from engine.training.scene import VALUES, random_scene
from engine.training.scenes import SQUARE, TALL, WIDE, paint
from engine.training.vae import HELD_OUT


def cloud(seed, mean=0.0, spread=1.0):
    rng = np.random.default_rng(seed)
    return (mean + spread * rng.normal(size=(4000, 8))).astype(np.float32)


def test_the_distance_of_a_cloud_to_itself_is_nothing():
    assert frechet.distance(cloud(0), cloud(0)) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(("mean", "spread"), [(0.5, 1.0), (0.0, 2.0), (1.0, 0.5)])
def test_the_distance_of_two_normal_clouds_is_the_closed_form(mean, spread):
    expected = 8 * (mean**2 + (spread - 1.0) ** 2)
    measured = frechet.distance(cloud(1), cloud(2, mean, spread))
    assert measured == pytest.approx(expected, rel=0.08)


@pytest.mark.parametrize("frame", [SQUARE, WIDE, TALL])
def test_the_classifier_looks_at_every_size(frame):
    pictures = np.stack([paint(random_scene(k), frame) for k in range(2)])
    right = named_right(Judge().eval(), pictures, [random_scene(k) for k in range(2)])
    assert set(right) == set(VALUES)
    assert all(hits.shape == (2,) for hits in right.values())
    assert Judge().features(torch.zeros(3, 3, frame[1], frame[0])).shape == (3, FEATURES)


def test_both_languages_are_asked_for_the_same_scenes_and_none_was_trained_on():
    english, chinese = follow.questions(40, "en"), follow.questions(40, "zh")
    assert sum(a.number == b.number for a, b in zip(english, chinese, strict=True)) >= 38
    assert all(question.number >= HELD_OUT for question in english)
    assert all(len(question.caption.tells) >= 4 for question in english + chinese)
    assert all(text.isascii() for text in (q.caption.text for q in english))
    assert not any(text.isascii() for text in (q.caption.text for q in chinese))


class Knowing(torch.nn.Module):
    """A classifier that always sees the first value of every attribute."""

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, pictures):
        first = {name: torch.zeros(len(pictures), len(v)) for name, v in VALUES.items()}
        for logits in first.values():
            logits[:, 0] = 1.0
        return first


def test_a_share_counts_only_what_prompts_tell():
    asked = follow.questions(30, "en")
    pictures = np.zeros((30, 128, 128, 3), dtype=np.uint8)
    shares = follow.shares(Knowing(), pictures, asked)
    told = [question for question in asked if "time" in question.caption.tells]
    expected = sum(q.scene.time == VALUES["time"][0] for q in told) / len(told)
    assert shares["time"] == pytest.approx(expected, abs=1e-4)


def test_a_training_scene_is_recognised_as_its_own_duplicate(tmp_path):
    plan = Plan(work=tmp_path, budget=Budget(), shapes=TINY, scenes=64)
    pictures = np.stack([paint(random_scene(7)), paint(random_scene(HELD_OUT))])
    near = duplicates.nearest(plan, pictures)
    assert (near.distance[0], near.scene[0]) == (0.0, 7)
    assert near.distance[1] > 5.0


def test_the_table_has_the_papers_rows_and_leaves_empty_what_was_not_measured():
    measured = {row.label: {"10": 1.5} for row in frechet.TABLE}
    table = frechet_table(measured)
    assert set(_PAPER) < {row.label for row in frechet.TABLE}
    assert "| DDIM, eta 0 | 1.50 (13.36) |  |  |  |  |" in table
    assert "has not been measured" in ratio_line(measured)


def test_the_ratio_is_that_of_fifty_steps_to_a_thousand():
    measured = {"DDIM, eta 0": {"50": 3.0}, "DDPM, large variance": {"1000": 2.0}}
    assert "1.50 times" in ratio_line(measured)


def test_the_order_is_told_beside_the_papers():
    measured = {label: {} for label in _PAPER}
    measured["DDIM, eta 0"] = {"10": 3.0, "20": 1.0}
    measured["DDIM, eta 1"] = {"10": 2.0, "20": 2.0}
    lines = order_lines(measured)
    assert "10 steps: DDIM, eta 1 < DDIM, eta 0; the paper: DDIM, eta 0 < DDIM, eta 1." in lines
    assert "20 steps: DDIM, eta 0 < DDIM, eta 1; the paper: the same." in lines
    assert "50 steps" not in lines


def test_languages_stand_beside_real_drawings():
    share = dict.fromkeys(VALUES, 0.5)
    table = follow_table({"en": share, "zh": share, "drawn": dict.fromkeys(VALUES, 1.0)})
    assert "| time | 0.500 | 0.500 | 1.000 |" in table
    assert "| **all** | **0.500** | **0.500** | **1.000** |" in table


@pytest.mark.slow
def test_a_model_is_scored_and_its_card_and_docs_say_so(tmp_path):
    home = f"--work {tmp_path}/work --out {tmp_path}/out --docs {tmp_path}/docs"
    common = f"--tiny --device cpu --processes 1 --dtype float32 {home}"
    assert run(parse(f"all --samples 4 --scenes 16 {common}".split())) == 0
    words = f"score --pictures 4 --most-steps 10 --samples 16 {common}"
    assert run(parse(words.split())) == 0
    page = (tmp_path / "docs" / "starter.md").read_text(encoding="utf-8")
    assert "| **all** |" in page
    assert "has not been measured" in page
    record = json.loads((tmp_path / "out" / "training.json").read_text())
    assert record["score"]["frechet"]["pictures"]["count"] == 4
    assert "what a classifier sees in real drawings" in (tmp_path / "out" / "README.md").read_text()
    for name in ("starter-sheet.png", "starter-nearest.png", "starter-odd.png"):
        assert (tmp_path / "docs" / name).exists()
