"""LoRAs, VAEs and clip skips as other tools tell them, and as nobody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.findings import Findings
from engine.gallery.formats.laid_over import loras_in, take_loras, take_skip, take_vae
from engine.gallery.metadata import draft_from, interpret

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=9), one, max_size=3),
)


@pytest.fixture
def findings():
    return Findings("Another")


@pytest.mark.parametrize(
    ("told", "skip"),
    [(2, 2), (-2, 2), ("2", 2), ("-3", 3), (True, 2), ("True", 2), (False, None), (1, None),
     (-1, None), (0, None), (None, None), ("x", None), (2.5, None), (10**9, 256),
     (0.0, None), ("1.0", None), ("-2.0", 2), (float("nan"), None)],
)  # fmt: skip
def test_a_clip_skip_counts_as_a1111_counts_it(findings, told, skip):
    take_skip(findings, told)
    assert findings.settings.get("clip_skip") == skip


@pytest.mark.parametrize("told", [None, "", "None", "Automatic", "Default (model)", "Baked VAE"])
def test_the_model_s_own_vae_is_none_to_be_named(findings, told):
    take_vae(findings, told)
    assert (findings.settings, findings.notes) == ({}, [])


@pytest.mark.parametrize(
    ("values", "prompt"),
    [
        ({"loras": [{"model": {"name": "ink"}, "weight": 0.75}]}, "a fox <lora:ink:0.75>"),
        ({"loras": [{"lora": {"model_name": "ink"}, "weight": 1}]}, "a fox <lora:ink:1>"),
        ({"loras": [["a/ink.safetensors", -0.5, "1f"]]}, "a fox <lora:ink:-0.5>"),
        ({"loras": ["ink"], "loraweights": ["0.7"]}, "a fox <lora:ink:0.7>"),
        ({"lora_combined_1": "ink.safetensors : 0.1"}, "a fox <lora:ink:0.1>"),
        ({"use_lora_model": '["ink", "b"]', "lora_alpha": "[0.5]"},
         "a fox <lora:ink:0.5> <lora:b:1>"),
        ({"loras": []}, "a fox"),
    ],
)  # fmt: skip
def test_loras_are_named_in_the_prompt(findings, values, prompt):
    findings.take("prompt", "a fox")
    assert take_loras(findings, loras_in(values)[0])
    assert findings.settings["prompt"] == prompt


def test_a_lora_that_the_prompt_names_already_is_not_named_twice(findings):
    findings.take("prompt", "a fox <lora:Ink:0.3>")
    assert take_loras(findings, [("ink.safetensors", 0.9)])
    assert findings.settings["prompt"] == "a fox <lora:Ink:0.3>"


@pytest.mark.parametrize("lora", [("in>k", 1), ("ink", "x"), ("ink", 99), (7, 1), ("", 1)])
def test_a_lora_that_no_prompt_can_name_is_told_of(findings, lora):
    assert not take_loras(findings, [lora])
    assert findings.settings == {}


@given(st.dictionaries(
    st.sampled_from(["loras", "loraweights", "use_lora_model", "lora_alpha", "lora_combined_1"]),
    ANYTHING,
), ANYTHING)  # fmt: skip
def test_nothing_that_a_text_may_hold_is_too_odd(values, other):
    findings = Findings("Another")
    take_loras(findings, loras_in(values)[0])
    take_skip(findings, other)
    take_vae(findings, other)
    assert findings.settings.get("clip_skip", 2) >= 2


def test_they_reach_the_draft():
    text = '{"sui_image_params": {"prompt": "a fox", "loras": ["ink"], "loraweights": ["0.7"], '
    text += '"clipstopatlayer": -2, "vae": "clear.safetensors"}}'
    draft = draft_from(interpret({"parameters": text}))
    assert draft.prompt == "a fox <lora:ink:0.7>"
    assert (draft.clip_skip, draft.vae.name) == (2, "clear")
