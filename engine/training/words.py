"""The tokenizer: byte-level BPE in CLIP's format, learnt from our own captions.

Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units"; the bytes,
each with and without the end-of-word mark, come first, so that any text can be written.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from torch import Tensor
from transformers import CLIPTokenizer

from engine.training.captions import write_caption
from engine.training.plan import TextShape
from engine.training.scene import random_scene

BOS, EOS, MARK = "<|startoftext|>", "<|endoftext|>", "</w>"


def corpus(count: int, seed: int) -> Iterator[str]:
    """Yield ``count`` captions of random scenes."""
    rng = random.Random(f"etascope corpus {seed}")
    for _ in range(count):
        yield write_caption(random_scene(rng.getrandbits(40)), rng).text


def learn_words(shape: TextShape, seed: int, captions: int = 20_000) -> CLIPTokenizer:
    """Return a tokenizer of at most ``shape.vocabulary`` tokens learnt from drawn captions."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    bytes_first = alphabet + [letter + MARK for letter in alphabet]
    merges = _merges(corpus(captions, seed), alphabet, shape.vocabulary)
    tokens = list(bytes_first)
    kept: list[tuple[str, str]] = []
    for left, right in merges:
        if len(tokens) >= shape.vocabulary - 2:
            break
        kept.append((left, right))
        if left + right not in tokens:
            tokens.append(left + right)
    vocabulary = {token: number for number, token in enumerate([*tokens, BOS, EOS])}
    return CLIPTokenizer(vocab=vocabulary, merges=kept, model_max_length=shape.length)


def _merges(texts: Iterator[str], alphabet: list[str], size: int) -> list[tuple[str, str]]:
    learner = Tokenizer(models.BPE(end_of_word_suffix=MARK))
    # Words end where CLIP's own splitting ends them, or merges would be learnt that never apply.
    clip = CLIPTokenizer(vocab=dict.fromkeys((BOS, EOS), 0), merges=[]).backend_tokenizer
    learner.normalizer, learner.pre_tokenizer = clip.normalizer, clip.pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=alphabet,
        end_of_word_suffix=MARK,
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    found = json.loads(learner.to_str())["model"]["merges"]
    return [(left, right) for left, right in found]


def save_words(tokenizer: CLIPTokenizer, folder: Path) -> None:
    """Write vocab.json, merges.txt and the configuration that ``CLIPTokenizer`` loads."""
    folder.mkdir(parents=True, exist_ok=True)
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    lines = ["#version: 0.2", *(" ".join(pair) for pair in model["merges"])]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": tokenizer.model_max_length,
        "bos_token": BOS,
        "eos_token": EOS,
        "pad_token": EOS,
        "unk_token": EOS,
    }
    special = {key: settings[key] for key in settings if key.endswith("_token")}
    for name, value in (
        ("vocab.json", model["vocab"]),
        ("tokenizer_config.json", settings),
        ("special_tokens_map.json", special),
    ):
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")


def load_words(folder: Path) -> CLIPTokenizer:
    """Return the tokenizer kept in ``folder``."""
    return CLIPTokenizer.from_pretrained(folder)


def encode(tokenizer: CLIPTokenizer, texts: Sequence[str], padding: str = "max_length") -> Tensor:
    """Return token ids (B, length), int64: BOS, the words, EOS, and EOS again as padding."""
    rows = tokenizer(
        list(texts), padding=padding, truncation=True, max_length=tokenizer.model_max_length
    )
    return torch.tensor(rows["input_ids"])
