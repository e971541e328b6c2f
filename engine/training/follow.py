"""Do pictures show what their prompts say? Counted by the classifier, attribute by attribute."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.checkpoints import Model
from engine.draft import Draft, SizeRule
from engine.training.captions import write_caption
from engine.training.judge import Judge, named_right
from engine.training.phrases import Caption
from engine.training.pictures import make
from engine.training.scene import VALUES, Scene, random_scene
from engine.training.scenes import SQUARE, paint
from engine.training.vae import HELD_OUT

STEPS = 50
#: A prompt is scored where it tells at least so many attributes.
_TELLING = 4
Pictures = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Question:
    """A scene that nothing was trained on, its number, and one way to ask for it."""

    number: int
    scene: Scene
    caption: Caption


def questions(count: int, language: str) -> list[Question]:
    """Return ``count`` prompts in "en" or "zh"; both languages ask for the same scenes."""
    asked: list[Question] = []
    number = HELD_OUT + 9000
    while len(asked) < count:
        scene, rng = random_scene(number), random.Random(f"etascope score {number}")
        captions = (write_caption(scene, rng, language) for _ in range(50))
        caption = next((c for c in captions if len(c.tells) >= _TELLING), None)
        if caption is not None:
            asked.append(Question(number, scene, caption))
        number += 1
    return asked


def draw_answers(
    model: Model, asked: list[Question], steps: int = STEPS, frame: tuple[int, int] = SQUARE
) -> Pictures:
    """Return a picture for each question: DDIM, the guidance of the program, seeds from 0."""
    width, height = frame
    recipes = [
        Draft(
            prompt=question.caption.text, steps=steps, seed=seed, width=width, height=height
        ).resolve(SizeRule())[0]
        for seed, question in enumerate(asked)
    ]
    return make(model, recipes)


def shares(judge: Judge, pictures: Pictures, asked: list[Question]) -> dict[str, float]:
    """Return, for each attribute, in which part of the pictures that were to show it it is seen."""
    right = named_right(judge, pictures, [question.scene for question in asked])
    told = {n: np.array([n in question.caption.tells for question in asked]) for n in VALUES}
    return {
        name: round(float(right[name][told[name]].mean()), 4) if told[name].any() else 1.0
        for name in VALUES
    }


def drawn_shares(judge: Judge, count: int, frame: tuple[int, int] = SQUARE) -> dict[str, float]:
    """Return the classifier's own figures on real drawings, the best that could be reached."""
    scenes = [random_scene(HELD_OUT + 9000 + k) for k in range(count)]
    right = named_right(judge, np.stack([paint(scene, frame) for scene in scenes]), scenes)
    return {name: round(float(hits.mean()), 4) for name, hits in right.items()}


def mean(values: dict[str, float]) -> float:
    """Return the mean over the attributes."""
    return round(sum(values.values()) / len(values), 4)
