"""Other tools' ways of writing a prompt: told where they mean nothing here, else not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.formats.prompting import not_understood
from engine.gallery.metadata import interpret

TOOLS = ["A1111", "ComfyUI", "InvokeAI", "NovelAI", "SwarmUI", "Draw Things"]


@pytest.mark.parametrize(
    ("tool", "prompt", "says"),
    [
        ("A1111", "a fox <lyco:inkwash:0.7>", "LoRAs"),
        ("A1111", "a fox <lyco:../../etc/passwd:1>", "LoRAs"),
        ("SD.Next", "a <hypernet:x:1> fox", "LoRAs"),
        ("A1111", "a [fox:dog:0.4] runs", "step to step"),
        ("A1111", "a [fox:8] runs", "step to step"),
        ("Forge", "a [fox|dog] runs", "step to step"),
        ("A1111", "a fox AND a dog :1.2", "AND"),
        ("ComfyUI", "a fox, embedding:badhand-v4", "embeddings"),
        ("NovelAI", "{{1girl}}, rain", "NovelAI"),
        ("NovelAI", "1.2::artist:someone ::, rain", "NovelAI"),
        ("InvokeAI", "a fox++ in snow", "InvokeAI"),
        ("InvokeAI", "a fox, (red fur)--, snow", "InvokeAI"),
        ("InvokeAI", '("a fox", "a dog").blend(1, 0.5)', "InvokeAI"),
        ("SwarmUI", "a <random:fox,dog> runs", "angle brackets"),
    ],
)
def test_what_is_only_text_here_is_told(tool: str, prompt: str, says: str):
    assert [sentence for sentence in not_understood(tool, prompt) if says in sentence]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "a fox, 85mm, f/1.8; snow",
        "(masterpiece:1.2), ((best)), [lowres], a well-known place",
        "C++ is a language? no, a fox - red - in snow",
        "a < b and c > d, 16:9, at 10:30",
        "a fox <lora:inkwash:0.7>",
        "Sand AND",
        "水墨画，雾中的黄山",
    ],
)
def test_what_means_the_same_here_is_not_remarked_on(tool: str, prompt: str):
    if tool == "InvokeAI" and "C++" in prompt:
        prompt = prompt.replace("C++", "C")
    assert list(not_understood(tool, prompt)) == []


def test_the_notes_reach_the_reading():
    text = "a <lyco:x:1>\nNegative prompt: a [b:c:0.5]\nSteps: 1, Sampler: DDIM, Seed: 1"
    notes = " ".join(interpret({"parameters": text}).notes)
    assert "LoRAs" in notes
    assert "step to step" in notes


@given(st.sampled_from(TOOLS), st.text(st.sampled_from("<>[]{}:|+-.a1 AND()\n"), max_size=80))
def test_no_prompt_is_too_strange(tool: str, prompt: str):
    assert all(sentence.endswith(".") for sentence in not_understood(tool, prompt))


@pytest.mark.parametrize(
    "part", ["[", "[a:", ":", "<lora:", "<a", "+", "a-", "1", "1:", "[:1]", " AND"]
)
@pytest.mark.parametrize("tool", ["A1111", "InvokeAI", "NovelAI"])
def test_no_prompt_takes_long(tool: str, part: str):
    before = time.process_time()
    list(not_understood(tool, part * (10**6 // len(part))))
    assert time.process_time() - before < 5
