"""ComfyUI's graphs where they are odd: what cannot be told is said, and never made up."""

import json

import pytest

from engine.draft import SizeRule
from engine.gallery.metadata import draft_from, interpret
from engine.gallery.reading import Reading


def node(kind: str, **inputs: object) -> dict[str, object]:
    return {"class_type": kind, "inputs": inputs}


def graph(**changed: object) -> dict[str, object]:
    """The graph that ComfyUI starts with; keywords are inputs of its sampler."""
    wired = {
        "positive": ["6", 0],
        "negative": ["7", 0],
        "latent_image": ["5", 0],
        "model": ["4", 0],
    }
    told = {"seed": 9, "steps": 12, "cfg": 6.5, "sampler_name": "ddim", "scheduler": "normal"}
    return {
        "3": node("KSampler", **(wired | told | changed)),
        "4": node("CheckpointLoaderSimple", ckpt_name="m.safetensors"),
        "5": node("EmptyLatentImage", width=64, height=128, batch_size=1),
        "6": node("CLIPTextEncode", text="a fox", clip=["4", 1]),
        "7": node("CLIPTextEncode", text="blur", clip=["4", 1]),
        "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
        "9": node("SaveImage", images=["8", 0]),
    }


def read(values: object, key: str = "prompt", **texts: str) -> Reading:
    return interpret({key: json.dumps(values)} | texts)


def test_a_seed_that_a_node_computes_is_not_another_nodes():
    values = graph(seed=["20", 0]) | {
        "20": node("Random Math", a=["21", 0], b=["22", 0]),
        "21": node("Wildcards", seed=4, text="x"),
        "22": node("X"),
    }
    reading = read(values)
    assert "seed" not in reading.settings
    assert any("seed comes out of a node" in note for note in reading.notes)


def test_a_width_that_comes_from_a_picture_is_said_to():
    values = graph()
    values["5"]["inputs"]["width"] = ["30", 0]
    values["30"] = node("GetImageSize", image=["31", 0], other=1)
    values["31"] = node("LoadImage", image="/etc/passwd")
    reading = read(values)
    assert "width" not in reading.settings
    assert reading.settings["height"] == 128
    assert any("width comes out of a node" in note for note in reading.notes)


def test_a_batch_shares_its_seed_and_that_is_said():
    values = graph()
    assert not any("batch" in note for note in read(values).notes)
    values["5"]["inputs"]["batch_size"] = 4
    assert any("batch" in note for note in read(values).notes)


def test_two_prompts_of_a_pipe_stay_two():
    values = graph()
    values["3"] = node("easy kSampler", pipe=["40", 0], steps=12, seed=9)
    values["40"] = node("easy fullLoader", positive="a fox", negative="blur", ckpt_name="m")
    reading = read(values)
    assert reading.settings["prompt"] == "a fox"
    assert reading.settings["negative_prompt"] == "blur"


def test_a_controlnet_that_hands_on_both_prompts_does_not_mix_them():
    values = graph(positive=["50", 0], negative=["50", 1])
    values["50"] = node("ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0])
    reading = read(values)
    assert reading.settings["prompt"] == "a fox"
    assert reading.settings["negative_prompt"] == "blur"


def test_a_graph_within_a_comment_is_found_and_the_drawing_is_kept():
    reading = read({"prompt": graph(), "workflow": {"nodes": []}}, "UserComment")
    assert reading.settings["seed"] == 9
    assert '"workflow"' in reading.raw
    drawing = json.dumps({"nodes": [{"type": "KSampler"}]})
    assert read(graph(), workflow=drawing).others["workflow"] == drawing


def test_a_drawing_alone_is_kept_and_said_to_be_no_more():
    drawing = json.dumps({"nodes": [{"type": "KSampler"}]})
    reading = interpret({"workflow": drawing})
    assert (reading.tool, reading.settings, reading.raw) == ("ComfyUI", {}, drawing)
    assert any("only the drawing" in note for note in reading.notes)


def test_a_saver_that_writes_a1111s_text_too_is_taken_at_its_word():
    text = "a hen\nSteps: 3, Sampler: euler, CFG scale: 2, Seed: 5, Size: 8x8, Version: ComfyUI"
    reading = read(graph(), parameters=text)
    assert (reading.tool, reading.settings["seed"]) == ("ComfyUI", 5)
    assert json.loads(reading.others["prompt"]) == graph()


def test_of_two_samplers_the_one_that_was_saved_is_read():
    values = {"1": graph(seed=1)["3"] | {}, **graph()}
    assert read(values).settings["seed"] == 9
    del values["9"], values["8"]
    assert read(values).settings["seed"] == 1  # nothing says which; the first


@pytest.mark.parametrize("prompt", ["{red|green} fox", "{a {b|c} d}", "x | {y", r"\{a|b} {c|d}"])
def test_braces_of_another_tool_are_text_and_no_wildcard(prompt: str):
    values = graph()
    values["6"]["inputs"]["text"] = prompt
    reading = read(values)
    assert reading.settings["prompt"] == prompt
    drawn = {
        recipe.prompt.replace("\\{", "{")
        for seed in range(5)
        for recipe in draft_from(read(graph(seed=seed) | {"6": values["6"]})).resolve(SizeRule())
    }
    assert drawn == {prompt.replace("\\{", "{")}
