"""Says what a scene shows, as people would type it: in English, in Chinese, now and then badly."""

from __future__ import annotations

import random

from engine.training import chinese, english
from engine.training.phrases import STYLE_TOLD, Caption
from engine.training.scene import Scene

_CHINESE = 0.36
#: How often words that mean nothing here stand in for a caption, or beside it.
_NOISE_ALONE, _NOISE_BESIDE = 0.02, 0.05
#: First and last letters of the scripts that nonsense is written in.
_SCRIPTS = (
    *[("a", "z")] * 4, ("0", "9"), ("а", "я"), ("α", "ω"), ("あ", "ん"), ("一", "龠"), ("가", "힣"),
    ("ء", "ي"), ("🌀", "🗿"),
)  # fmt: skip


def write_caption(scene: Scene, rng: random.Random, language: str = "any") -> Caption:
    """Return one of very many captions of ``scene``; it never says what the picture denies.

    ``language`` is "en", "zh" (Simplified Chinese) or "any"; only "any" adds words that mean
    nothing, from which the text encoder learns to let them pass.
    """
    if language == "any" and rng.random() < _NOISE_ALONE:
        return Caption(nonsense(rng), frozenset())
    chosen = language
    if chosen == "any":
        chosen = "zh" if rng.random() < _CHINESE else "en"
    describe = chinese.describe if chosen == "zh" else english.describe
    caption = describe(scene, rng, styled=rng.random() < STYLE_TOLD[scene.style])
    if language == "any" and rng.random() < _NOISE_BESIDE:
        both = [caption.text, nonsense(rng)]
        rng.shuffle(both)
        return Caption(rng.choice((" ", ", ")).join(both), caption.tells)
    return caption


def nonsense(rng: random.Random) -> str:
    """Return one to three words of random letters from one script."""
    first, last = rng.choice(_SCRIPTS)
    words = []
    for _ in range(rng.randint(1, 3)):
        letters = (chr(rng.randint(ord(first), ord(last))) for _ in range(rng.randint(2, 8)))
        words.append("".join(letters))
    return " ".join(words)
