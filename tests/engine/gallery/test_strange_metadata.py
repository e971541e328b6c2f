"""Texts of nobody: ten thousand samples spoilt at random, and each setting of each tool absurd."""

import contextlib
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import HIGHEST_GUIDANCE, Draft, SizeRule
from engine.errors import BadSetting, PictureError
from engine.gallery.findings import LONGEST_EDGE
from engine.gallery.metadata import draft_from, fitted, interpret, read_metadata
from engine.menu import MOST_STEPS, menu
from engine.recipe import MOST_SKIP, SEED_COUNT, added_from_dict
from tests.engine.gallery.foreign import SAMPLES, samples_of

TEXTS_OF_TOOLS = [sample["texts"] for path in SAMPLES for sample in samples_of(path)]

GENERATED = 10_000

RANGES = {
    "steps": (1, MOST_STEPS),
    "seed": (0, SEED_COUNT - 1),
    "width": (1, LONGEST_EDGE),
    "height": (1, LONGEST_EDGE),
    "guidance": (1.0, HIGHEST_GUIDANCE),
    "eta": (0.0, 1.0),
    "clip_skip": (1, MOST_SKIP),
}

TEXTS = {"prompt", "negative_prompt", "model", "sampler", "schedule"}

HOSTILE = [
    *(10**9, 10**5, 10**30, -1, -(10**40), 0, 1e308, 5e-324, 0.5, True, False, None),
    *(float("nan"), float("inf"), -float("inf"), "nan", "-inf", "1e999", "9" * 5000, "٣٠", "1_0"),
    *("", " ", "\0", "\x1b[2J\x1b]0;x\x07", "\u202egnp.exe", "\ud83d", "\udc00x", "a" * 3000),
    *("<img src=file:///etc/passwd>", "http://127.0.0.1:9/x", "../../etc/passwd", "\\\\nas\\x"),
    *("<lora:../../x:1>", "__import__('os')", "${HOME}", "%s%n", "{{7*7}}", "100000x100000"),
    *([], {}, [[]], [{}], ["3", 0], ["nowhere", 1], [0, 0], ["3"], {"name": {}}, {"prompt": []}),
    json.loads("[" * 300 + "]" * 300),
]

_watched: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    reaching = ("socket.", "subprocess.", "urllib.", "os.", "shutil.", "tempfile.", "ctypes.")
    if _watched is not None and (event in {"open", "exec", "import"} or event.startswith(reaching)):
        _watched.append(f"{event} {arguments}")


sys.addaudithook(_watch)  # it cannot be taken away again, but it sleeps


@contextlib.contextmanager
def nothing_reached() -> Iterator[None]:
    """Fail if Python opens a file or a socket, starts a program or runs code of a text's."""
    global _watched  # noqa: PLW0603 - a hook takes no arguments of ours
    menu()
    _watched = []
    try:
        yield
        seen = _watched
    finally:
        _watched = None
    assert not seen


def spoilt(values: object, chance: random.Random, depth: int = 0) -> object:
    """The same JSON with one value in it replaced, taken out or moved."""
    if not isinstance(values, dict | list) or not values or depth > 6 or chance.random() < 0.15:
        return chance.choice(HOSTILE)
    at = chance.choice(list(values) if isinstance(values, dict) else range(len(values)))
    copy = values.copy()
    if chance.random() < 0.1:
        del copy[at]
    elif chance.random() < 0.1 and isinstance(copy, dict):
        copy[chance.choice(list(values))] = values[at]  # wires cross and close to rings
    else:
        copy[at] = spoilt(values[at], chance, depth + 1)
    return copy


def scratched(text: str, chance: random.Random) -> str:
    """The same text with a value or a stretch of it replaced, cut or doubled."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice([0, 1, 5, 40]))
    put = chance.choice(
        [str(chance.choice(HOSTILE)), text[start:end] * 2, '"', "}", ", Seed: ", ""]
    )
    colon = text.rfind(": ", 0, start)
    if chance.random() < 0.6 and colon >= 0:  # exactly a field's value
        start, comma = colon + 2, text.find(",", colon)
        end = comma if comma >= 0 else len(text)
    return text[:start] + put + (text[end:] if chance.random() < 0.9 else "")


def generated(chance: random.Random) -> dict[str, str]:
    """The texts of one picture, once or a few times spoilt."""
    texts = dict(chance.choice(TEXTS_OF_TOOLS))
    for _ in range(chance.choice([1, 1, 2, 4])):
        key = chance.choice(list(texts))
        values = None
        with contextlib.suppress(ValueError):
            values = json.loads(texts[key])
        if isinstance(values, dict) and chance.random() < 0.85:
            text = json.dumps(spoilt(values, chance))
            if chance.random() < 0.1:
                text = text.replace("{", '{"seed": 1, "seed": "x", ', 1)  # keys twice
            texts[key] = text
        else:
            texts[key] = scratched(texts[key], chance)
        if chance.random() < 0.05:
            texts[chance.choice(["parameters", "prompt", "Comment", "xmp"])] = texts.pop(key)
    return texts


def check(texts: dict[str, str]) -> bool:
    """Whether a tool was recognised; fails unless all it told is sound."""
    reading = interpret(texts)
    if reading is None:
        return False
    assert reading.settings.keys() <= RANGES.keys() | TEXTS | {"vae"}
    for key, value in reading.settings.items():
        if key == "vae":
            added_from_dict({"vae": value})
            continue
        if key in TEXTS:
            assert isinstance(value, str)
            continue
        lowest, highest = RANGES[key]
        assert type(value) is (float if key in {"guidance", "eta"} else int)
        assert lowest <= value <= highest
        if key in {"steps", "seed", "width", "height"} and value == highest:
            assert any(key in note and "out of range" in note for note in reading.notes)
    assert all(note.isprintable() and len(note) < 1000 for note in reading.notes)
    assert all(isinstance(text, str) for text in reading.others.values())
    draft, _ = fitted(draft_from(reading), SizeRule())
    with contextlib.suppress(BadSetting):  # a prompt's own weights, a negative one at guidance 1
        draft.resolve(SizeRule())
    return True


def test_ten_thousand_spoilt_texts_are_read_soundly_and_nothing_is_reached():
    chance = random.Random(20260101)
    documents = [generated(chance) for _ in range(GENERATED)]
    with nothing_reached():
        recognised = sum(map(check, documents))
    assert recognised > 0.8 * GENERATED  # else it would not be the settings that were tried


def test_the_watch_sees_a_file_that_is_opened(tmp_path: Path):
    with pytest.raises(AssertionError), nothing_reached():
        (tmp_path / "x").write_text("x")


def a1111(key: str, value: object) -> dict[str, str]:
    names = {"steps": "Steps", "seed": "Seed", "guidance": "CFG scale"}
    fields = {"Steps": 20, "Sampler": "Euler a", "CFG scale": 7, "Seed": 1, "Size": "512x512"}
    if key in {"width", "height"}:
        fields["Size"] = f"{value}x64" if key == "width" else f"64x{value}"
    else:
        fields[names[key]] = value
    return {"parameters": "a fox\n" + ", ".join(f"{k}: {v}" for k, v in fields.items())}


def of_json(place: str, marks: dict[str, object], **names: str):
    def texts(key: str, value: object) -> dict[str, str]:
        told = marks | {"seed": 1, names.get(key, key): value}
        return {place: json.dumps(told)}

    return texts


def swarm(key: str, value: object) -> dict[str, str]:
    name = {"guidance": "cfgscale"}.get(key, key)
    return {"parameters": json.dumps({"sui_image_params": {"prompt": "a", name: value}})}


def comfy(key: str, value: object) -> dict[str, str]:
    name = {"guidance": "cfg"}.get(key, key)
    sampler = {"seed": 1, "steps": 9, "cfg": 7, "positive": ["6", 0], "latent_image": ["5", 0]}
    size = {"width": 64, "height": 64}
    for inputs in (sampler, size):
        if name in inputs:
            inputs[name] = value
    nodes = {
        "3": {"class_type": "KSampler", "inputs": sampler},
        "5": {"class_type": "EmptyLatentImage", "inputs": size},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}},
    }
    return {"prompt": json.dumps(nodes)}


def dream(key: str, value: object) -> dict[str, str]:
    switch = {"steps": "s", "seed": "S", "width": "W", "height": "H", "guidance": "C"}[key]
    return {"Dream": f'"a fox" -A ddim -{switch} {value}'}


def easy(key: str, value: object) -> dict[str, str]:
    name = {"steps": "num_inference_steps", "guidance": "guidance_scale"}.get(key, key)
    return {"prompt": "a", "num_inference_steps": "9"} | {name: str(value)}


TOOLS = {
    "A1111": a1111,
    "SwarmUI": swarm,
    "ComfyUI": comfy,
    "InvokeAI 1": dream,
    "InvokeAI 2": of_json(
        "sd-metadata", {"prompt": "a", "sampler": "ddim", "cfg_scale": 7}, guidance="cfg_scale"
    ),
    "InvokeAI 3": of_json(
        "invokeai_metadata", {"positive_prompt": "a", "cfg_scale": 7}, guidance="cfg_scale"
    ),
    "Fooocus": of_json(
        "parameters", {"base_model": "m", "guidance_scale": 4}, guidance="guidance_scale"
    ),
    "Easy Diffusion": easy,
    "NovelAI": of_json("Comment", {"uc": "", "scale": 5, "steps": 28}, guidance="scale"),
    "Draw Things": of_json("xmp", {"c": "a", "uc": ""}, guidance="scale"),
    "Civitai": lambda key, value: {
        "UserComment": json.dumps(
            {
                "extraMetadata": json.dumps(
                    {"prompt": "a", {"guidance": "cfgScale"}.get(key, key): value}
                )
            }
        )
    },
}

SIDELESS = {"Fooocus", "Draw Things"}  # theirs is one text, see below

ABSURD = [
    ("steps", 10**9, MOST_STEPS),
    ("steps", 0, 1),
    ("steps", -7, 1),
    ("seed", 10**30, SEED_COUNT - 1),
    ("seed", int("9" * 99), SEED_COUNT - 1),
    ("guidance", 1e9, HIGHEST_GUIDANCE),
    ("guidance", -3, 1.0),
    ("guidance", "nan", None),
    ("steps", "many", None),
    ("seed", -1, None),
    ("width", 10**5, LONGEST_EDGE),
    ("height", 10**5, LONGEST_EDGE),
]


@pytest.mark.parametrize(
    ("tool", "key", "value", "used"),
    [
        (tool, key, *rest)
        for tool in TOOLS
        for key, *rest in ABSURD
        if not (tool in SIDELESS and key in {"width", "height"})
    ],
)
def test_absurd_settings_of_every_tool_are_clamped_and_told(tool, key, value, used):
    reading = interpret(TOOLS[tool](key, value))
    assert reading.tool.split()[0] == tool.split()[0]
    assert reading.settings.get(key) == used
    words = "out of range" if used is not None else "left out"
    assert any(key in note and words in note for note in reading.notes)


@pytest.mark.parametrize("size", ["100000x100000", "(100000, 100000)", f"{'9' * 30}x1"])
def test_sizes_in_one_text_are_clamped_and_told(size: str):
    for place, marks in (
        ("parameters", {"base_model": "m", "guidance_scale": 4, "resolution": size}),
        ("xmp", {"c": "a", "uc": "", "size": size}),
    ):
        reading = interpret({place: json.dumps(marks)})
        assert reading.settings["width"] == LONGEST_EDGE
        assert any("width" in note and "out of range" in note for note in reading.notes)


@pytest.mark.parametrize(
    "text",
    [
        '{"sui_image_params":' * 10**5,
        '{"seed":' + "9" * 10**6 + ', "c": "a", "uc": ""}',
        '{"c": "' + "x" * 10**6 + '", "uc": ""}',
        '"' + "[" * 10**6 + '" -s 5',
        '"' + "[a" * 10**6,
        "x -s " + "-" * 10**6,
        "a\n" + "-" * 10**6 + "\nSteps: 1, Seed: 1, Sampler: x",
        "<rdf:li" * 10**5,
    ],
)
@pytest.mark.parametrize("key", ["parameters", "Dream", "xmp:description", "Comment"])
def test_no_text_of_megabytes_takes_long(key: str, text: str):
    before = time.process_time()
    interpret({key: text, "xmp:CreatorTool": "Draw Things"})
    assert time.process_time() - before < 3


def test_no_depth_is_read_that_cannot_be_kept():
    """A value just shallow enough to be read may be too deep to be written a little further on."""
    told = 0
    for depth in range(1, sys.getrecursionlimit() + 50):
        reading = interpret(
            {"xmp": '{"c": "", "uc": "", "deep": ' + "[" * depth + "]" * depth + "}"}
        )
        told += reading is not None and "deep" in reading.others
    assert told > 100


def test_digits_without_end_are_clamped():
    text = '{"c": "a", "uc": "", "steps": 7, "seed":' + "9" * 10**5 + "}"
    reading = interpret({"xmp": text})
    assert reading.settings["seed"] == SEED_COUNT - 1
    assert reading.settings["steps"] == 7


keys = st.sampled_from(
    ["etascope", "parameters", "UserComment", "Comment", "prompt", "xmp", "sd-metadata", "Dream"]
)

fields = st.sampled_from(
    """
    recipe image prompt seed steps sampler scheduler size c uc scale cfg_scale inputs class_type
    positive latent_image sui_image_params num_inference_steps positive_prompt guidance_scale
    base_model resolution text extraMetadata Comment v4_prompt caption base_caption 1 2 noise
    """.split()  # noqa: SIM905 - a list literal is one name a line
)

leaves = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9)

documents = st.recursive(
    leaves | st.sampled_from(["1", "2"]).map(lambda name: [name, 0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(keys, st.dictionaries(fields, documents).map(json.dumps) | st.text()))
def test_no_texts_are_too_strange(texts: dict[str, str]):
    check(texts)


@given(st.binary(max_size=300))
def test_no_bytes_in_a_text_chunk_are_too_strange(png_with, data: bytes):
    with contextlib.suppress(PictureError):
        path = png_with((b"tEXt", b"parameters\0" + data), (b"iTXt", b"prompt\0\0\0\0\0" + data))
        assert isinstance(draft_from(read_metadata(path)), Draft)
