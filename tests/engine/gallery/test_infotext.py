"""A1111's text: theirs is understood, and ours is understood by their rules."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.formats.a1111 import read_infotext
from engine.gallery.infotext import infotext
from engine.recipe import Recipe

# A1111's rules as reference/features.md 4.1 states them, kept apart from our parser on purpose.
FIELD = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')


def as_a1111_reads(text: str) -> dict[str, str]:
    """What A1111 would make of a text."""
    *lines, last = text.strip().split("\n")
    if len(FIELD.findall(last)) < 3:
        lines, last = [*lines, last], ""
    told = {"Prompt": [], "Negative prompt": []}
    into = "Prompt"
    for line in map(str.strip, lines):
        negative = line.startswith("Negative prompt:")
        into = "Negative prompt" if negative else into
        told[into].append(line[16:].strip() if negative else line)
    fields = {key: "\n".join(lines) for key, lines in told.items()}
    for key, value in FIELD.findall(last):
        quoted = value[:1] == value[-1:] == '"'
        fields[key] = json.loads(value) if quoted else value
        if size := re.fullmatch(r"(\d+)x(\d+)", value):
            fields[f"{key}-1"], fields[f"{key}-2"] = size.groups()
    return fields


# Words that cannot be taken for the marks of the form itself.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).filter(
    lambda text: text == text.strip() and ":" not in text
)
recipes = st.builds(
    Recipe,
    prompt=st.lists(words.filter(bool), max_size=3).map("\n".join),
    negative_prompt=st.lists(words.filter(bool), max_size=3).map("\n".join),
    model=st.one_of(st.just("starter"), st.just("sha256:" + "ab" * 32), st.text(max_size=20)),
    sampler=st.sampled_from(["ddim", "ddpm", "plms"]),
    steps=st.integers(1, 1000),
    eta=st.floats(0, 1),
    guidance=st.floats(1, 30),
    seed=st.integers(0, 2**64 - 1),
    width=st.integers(8, 128).map(lambda k: 8 * k),
)

THEIRS = """portrait of a lighthouse keeper, <lora:inkwash:0.7>, (storm:1.2)
at night
Negative prompt: blurry, "lowres"
Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 965400086, \
Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, Clip skip: 2, Eta: 0.5, \
Lora hashes: "inkwash: 1f2e3d4c5b6a", Hires upscale: 2, Script: X/Y/Z plot, \
X Values: "DDIM, PLMS, Euler a", Version: v1.10.1"""


def test_our_text_has_exactly_their_form():
    recipe = Recipe(prompt="a cat\non a mat", negative_prompt="blur", seed=7, eta=0.5)
    lines = infotext(recipe).split("\n")
    assert lines[:3] == ["a cat", "on a mat", "Negative prompt: blur"]
    assert re.fullmatch(
        r"Steps: 20, Sampler: DDIM, Schedule type: Automatic, CFG scale: 5, Seed: 7, "
        r"Size: 128x128, Model: starter, Eta DDIM: 0.5, RNG: CPU, Version: Etascope( [\d.]+)?",
        lines[3],
    )


@pytest.mark.parametrize(("sampler", "eta"), [("ddim", 0.0), ("plms", None), ("tcd", 0.3)])
def test_eta_is_written_only_where_ddim_uses_it(sampler: str, eta: float | None):
    assert "Eta" not in infotext(Recipe(prompt="x", sampler=sampler, eta=eta)).split("Version")[0]


@given(recipes)
def test_a1111_understands_every_recipe_of_ours(recipe: Recipe):
    told = as_a1111_reads(infotext(recipe))
    assert told["Prompt"] == recipe.prompt
    assert told["Negative prompt"] == recipe.negative_prompt
    assert told["Model"] == recipe.model
    assert int(told["Steps"]) == recipe.steps
    assert int(told["Seed"]) == recipe.seed
    assert float(told["CFG scale"]) == recipe.guidance
    assert (int(told["Size-1"]), int(told["Size-2"])) == (recipe.width, recipe.height)
    assert float(told.get("Eta DDIM", 0)) == (recipe.eta if recipe.sampler == "ddim" else 0)
    assert told["RNG"] == "CPU"


@given(recipes)
def test_we_understand_ourselves(recipe: Recipe):
    findings = read_infotext(infotext(recipe))
    assert findings.tool == "Etascope"
    assert findings.notes == []
    for key, value in findings.settings.items():
        assert value == getattr(recipe, key), key
    told = {"prompt", "negative_prompt", "model", "sampler", "steps", "guidance", "seed"}
    assert told | {"width", "height"} <= findings.settings.keys()


def test_theirs_is_understood_and_what_is_not_ours_is_noted():
    findings = read_infotext(THEIRS)
    assert findings.tool == "A1111"
    assert findings.settings == {
        "prompt": "portrait of a lighthouse keeper, <lora:inkwash:0.7>, (storm:1.2)\nat night",
        "negative_prompt": 'blurry, "lowres"',
        "sampler": "dpmpp_2m",
        "schedule": "karras",
        "steps": 20,
        "guidance": 7.0,
        "seed": 965400086,
        "width": 512,
        "height": 768,
        "model": "v1-5-pruned-emaonly",
        "eta": 0.5,
        "clip_skip": 2,
    }
    notes = " ".join(findings.notes)
    for word in ("Hires upscale", "Script", "X Values", "another picture"):
        assert word in notes


@pytest.mark.parametrize(
    ("name", "sampler", "schedule"),
    [
        ("DPM++ 2M Karras", "dpmpp_2m", "karras"),
        ("DPM++ 2M SDE Karras", "dpmpp_2m_sde", "karras"),
        ("Euler a", "euler_a", None),
        ("k_euler_ancestral", "euler_a", None),
        ("dpmpp_2m_k", "dpmpp_2m", "karras"),
        ("uni_pc", "unipc", None),
        ("PLMS", "plms", None),
        ("pndm", "plms", None),
        ("DPM fast", None, None),
    ],
)
def test_sampler_names_of_all_tools_are_ours(name: str, sampler: str | None, schedule: str | None):
    findings = read_infotext(f"x\nSteps: 9, Sampler: {name}, CFG scale: 7, Seed: 1")
    assert findings.settings.get("sampler") == sampler
    assert findings.settings.get("schedule") == schedule
    assert any("sampler 'DPM fast'" in note for note in findings.notes) == (sampler is None)


def test_a_last_line_with_too_few_fields_is_prompt():
    findings = read_infotext("a cat\nsubject: cat, place: mat")
    assert findings.settings["prompt"] == "a cat\nsubject: cat, place: mat"
    assert "no line of settings" in findings.notes[0]


def test_lines_behind_the_fields_are_fields_too():
    text = "a cat\non a mat\nNegative prompt: blur\nSteps: 9, Sampler: DDIM, Seed: 3, RNG: CPU"
    behind = "Template: a {cat|dog}\non a mat\nNegative Template: blur"
    findings = read_infotext(f"{text}\n{behind}")
    assert findings.settings == read_infotext(text).settings
    assert findings.settings["prompt"] == "a cat\non a mat"
    assert findings.others["Template"] == "a {cat|dog}\non a mat"
    assert findings.others["Negative Template"] == "blur"
    assert findings.notes == []


def test_a_prompt_that_counts_its_steps_stays_a_prompt():
    text = "how to bake\nSteps: knead, rest, bake"
    assert read_infotext(text).settings["prompt"] == text


def test_civitais_unquoted_json_is_no_settings():
    resources = '[{"type":"lora","modelName":"a, Steps: 3, Seed: 4","weight":0.7}]'
    text = (
        f"x\nSteps: 25, Sampler: Undefined, CFG scale: 7, Seed: 5, Civitai resources: {resources}"
    )
    findings = read_infotext(f"{text}, Civitai metadata: {{}}")
    assert findings.tool == "Civitai"
    assert (findings.settings["steps"], findings.settings["seed"]) == (25, 5)


@pytest.mark.parametrize(
    ("field", "key", "value", "noted"),
    [
        ("Steps: 1e9", "steps", 1000, "out of range; 1000 is used"),
        ("Seed: 1e30", "seed", 2**64 - 1, "out of range"),
        ("Seed: " + "9" * 9999, "seed", 2**64 - 1, "out of range"),
        ("Seed: -1", "seed", None, "left out"),
        ("Seed: 18446744073709551615", "seed", 2**64 - 1, ""),
        ("Size: 100000x100000", "width", 16384, "out of range; 16384 is used"),
        ("Eta DDIM: nan", "eta", None, "left out"),
        ("Eta DDIM: inf", "eta", 1.0, "out of range; 1 is used"),
        ("CFG scale: -5", "guidance", 1.0, "out of range; 1 is used"),
        ("Steps: many\x1b[31m\u202e", "steps", None, r"'many\x1b[31m\u202e'"),
    ],
)
def test_absurd_values_are_clamped_and_told(field: str, key: str, value: object, noted: str):
    findings = read_infotext(f"x\nA1: 1, B2: 2, Sampler: DDIM, RNG: CPU, {field}")
    assert findings.settings.get(key) == value
    assert noted in " ".join(findings.notes)
    assert all(note.isprintable() and len(note) < 200 for note in findings.notes)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_no_text_is_too_strange(text: str):
    read_infotext(text)


@given(
    st.lists(st.sampled_from(['"', "\\", ",", ":", "{", "[", "]", "}", "aa", " ", "\n", "Seed"]))
)
def test_no_punctuation_is_too_strange(parts: list[str]):
    read_infotext("".join(parts))


@pytest.mark.parametrize(
    "part", ["a", " ", 'a: "', "aa:[", 'aa: "\\", ', "aa:{", "[", '"', ",", "aa: ", "-: "]
)
def test_no_text_takes_long(part: str):
    before = time.process_time()
    read_infotext(part * (10**6 // len(part)))
    assert time.process_time() - before < 10  # a quadratic search would take an hour
