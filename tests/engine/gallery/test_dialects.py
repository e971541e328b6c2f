"""Forms in which tools have written their settings here and there, and what is made of them."""

import json

import pytest

from engine.gallery.metadata import interpret
from engine.gallery.reading import Reading

FIELDS = "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 64x64"


def a1111(text: str) -> Reading:
    return interpret({"parameters": text})


def node(kind: str, **inputs: object) -> dict[str, object]:
    return {"class_type": kind, "inputs": inputs}


def comfy(**changed: dict[str, object]) -> Reading:
    graph = {
        "3": node("KSampler", seed=9, steps=12, cfg=6.5, sampler_name="ddim", scheduler="normal"),
        "4": node("CheckpointLoaderSimple", ckpt_name="m.safetensors"),
        "5": node("EmptyLatentImage", width=64, height=128, batch_size=1),
        "6": node("CLIPTextEncode", text="a fox", clip=["4", 1]),
        "7": node("CLIPTextEncode", text="blur", clip=["4", 1]),
    }
    graph["3"]["inputs"] |= {
        key: [to, 0]
        for key, to in (("positive", "6"), ("negative", "7"), ("latent_image", "5"), ("model", "4"))
    }
    return interpret({"prompt": json.dumps(graph | changed)})


def noted(reading: Reading, words: str) -> bool:
    return any(words in note for note in reading.notes)


def test_a_saver_that_writes_other_capitals_is_understood():
    reading = a1111(
        "a fox\nNegative prompt: b\nSteps: 20, Sampler: euler_karras, CFG Scale: 7.5, Seed: 5, "
        "Size: 512x512, Model hash: ab, Model: m, Version: ComfyUI"
    )
    assert reading.settings["guidance"] == 7.5
    assert (reading.settings["sampler"], reading.settings["schedule"]) == ("euler", "karras")
    assert not noted(reading, "Left out")


def test_a_mark_of_byte_order_is_no_part_of_the_prompt():
    assert a1111(f"\ufeffa fox\r\n{FIELDS}\r\n").settings["prompt"] == "a fox"


@pytest.mark.parametrize(
    ("prompt", "resources", "said"),
    [
        (
            "a fox",
            '[{"type":"checkpoint","modelName":"m"},{"type":"lora","modelName":"ink"}]',
            True,
        ),
        ("a <LoRA:ink:0.5> fox", '[{"type":"lora","modelName":"ink"}]', False),
        ("a fox", '[{"type":"checkpoint","modelName":"m"}]', False),
        ("a fox", '[{"type":[1]},7,null,{"type":{}},{}]', True),
        ("a fox", "{", False),
    ],
)
def test_what_civitai_laid_over_the_model_is_told(prompt: str, resources: str, said: bool):
    reading = a1111(f"{prompt}\n{FIELDS}, Civitai resources: {resources}, Civitai metadata: {{}}")
    assert reading.tool == "Civitai"
    assert noted(reading, "Left out") == said
    assert noted(reading, "lora ink") == (said and "ink" in resources)


def test_a_prompt_that_wildcards_came_to_is_read_where_they_are_encoded():
    told = {"wildcard_text": "__animal__", "populated_text": "a red fox", "mode": "populate"}
    encode = node("ImpactWildcardEncode", **told, seed=77, model=["4", 0], clip=["4", 1])
    reading = comfy(**{"6": encode})
    assert reading.settings["prompt"] == "a red fox"
    assert (reading.settings["negative_prompt"], reading.settings["seed"]) == ("blur", 9)
    del encode["inputs"]["populated_text"]
    assert comfy(**{"6": encode}).settings["prompt"] == "__animal__"


def test_guidance_that_is_told_to_the_model_is_said_to_be_left_out():
    guided = node("FluxGuidance", guidance=3.5, conditioning=["8", 0])
    reading = comfy(**{"6": guided, "8": node("CLIPTextEncode", text="a hen")})
    assert reading.settings["prompt"] == "a hen"
    assert noted(reading, "FluxGuidance")


@pytest.mark.parametrize(
    "text",
    [
        '"a "red" fox, -s 5 [blur]" -s50 -S7 -W512 -H768 -C7.5 -Ak_euler_a -n1 -b1',
        '"a "red" fox, -s 5 [blur]" -s50 -b1 -W512 -H768 -C7.5 -mk_euler_a -S7',
        '"a "red" fox, -s 5 [blur]" -s 50 -S 7 -W 512 -H 768 -C 7.5 -A k_euler_a',
    ],
)
def test_the_first_command_lines_of_invokeai_had_no_blanks(text: str):
    reading = interpret({"Dream": text})
    assert reading.settings == {
        "prompt": 'a "red" fox, -s 5',
        "negative_prompt": "blur",
        "steps": 50,
        "seed": 7,
        "width": 512,
        "height": 768,
        "guidance": 7.5,
        "sampler": "euler_a",
    }
    assert reading.notes == ()


def test_several_loras_of_easy_diffusion_are_named_however_they_are_listed():
    told = {"prompt": "a", "num_inference_steps": "9", "lora_alpha": "[0.5, 0.7]"}
    for listed in ("['ink', 'x.safetensors']", '["ink", "x.safetensors"]'):
        reading = interpret(told | {"use_lora_model": listed})
        assert reading.settings["prompt"] == "a <lora:ink:0.5> <lora:x:0.7>"
    reading = interpret(told | {"use_lora_model": "['it's', [']"})
    assert reading.settings["prompt"] == "a"
    assert noted(reading, "use_lora_model")


def test_easy_diffusions_labels_are_all_known():
    labels = {"Stable Diffusion model": "m", "Guidance Scale": "7", "Steps": "9", "Prompt": "a"}
    reading = interpret(
        labels | {"LoRA model": "ink", "LoRA Strength": "0.5", "Seamless Tiling": "xy"}
    )
    assert reading.settings["prompt"] == "a <lora:ink:0.5>"
    assert noted(reading, "tiling")
