"""Pictures of other tools, made here as those tools make them, and pictures of nobody."""

import gzip
import json
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.draft import SizeRule
from engine.errors import PictureError
from engine.gallery.metadata import draft_from, interpret, read_metadata
from engine.gallery.store import open_picture
from engine.gallery.texts import read_texts
from engine.library.extras import at_hand

LAST_LINE = "Steps: 12, Sampler: DDIM, CFG scale: 6.5, Seed: 99, Size: 64x128, RNG: CPU"
INFOTEXT = f"a red fox\nNegative prompt: blur\n{LAST_LINE}"
SETTINGS = {
    "prompt": "a red fox",
    "negative_prompt": "blur",
    "sampler": "ddim",
    "steps": 12,
    "guidance": 6.5,
    "seed": 99,
    "width": 64,
    "height": 128,
}

COMFY = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 99,
            "steps": 12,
            "cfg": 6.5,
            "sampler_name": "dpmpp_2m",
            "scheduler": "karras",
            "denoise": 1.0,
            "model": ["10", 0],
            "positive": ["6", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 128}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["11", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blur", "clip": ["4", 1]}},
    "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "ink", "model": ["4", 0]}},
    "11": {"class_type": "PrimitiveString", "inputs": {"value": "a red fox"}},
}
SWARM = {
    "sui_image_params": {
        "prompt": "a red fox",
        "negativeprompt": "blur",
        "model": "sdxl",
        "seed": "99",
        "steps": "12",
        "cfgscale": 6.5,
        "width": 64,
        "height": 128,
        "sampler": "ddim",
        "scheduler": "normal",
        "swarm_version": "0.9",
    }
}
INVOKE = {
    "generation_mode": "txt2img",
    "positive_prompt": "a red fox",
    "negative_prompt": "blur",
    "width": 64,
    "height": 128,
    "seed": 99,
    "cfg_scale": 6.5,
    "steps": 12,
    "scheduler": "ddim",
    "model": {"key": "k", "hash": "h", "name": "sd-1", "base": "sd-1", "type": "main"},
    "loras": [{"model": {"name": "ink"}, "weight": 0.5}],
}
OLD_INVOKE = {
    "model_weights": "sd-1",
    "image": {
        "prompt": [{"prompt": "a red fox", "weight": 1}],
        "steps": 12,
        "cfg_scale": 6.5,
        "seed": 99,
        "width": 64,
        "height": 128,
        "sampler": "ddim",
    },
}
FOOOCUS = {
    "prompt": "a red fox",
    "negative_prompt": "blur",
    "styles": "[]",
    "steps": 12,
    "resolution": "(64, 128)",
    "guidance_scale": 6.5,
    "base_model": "juggernaut",
    "sampler": "ddim",
    "scheduler": "karras",
    "seed": "99",
}
RUINED = {
    "Prompt": "a red fox",
    "Negative": "blur",
    "steps": 12,
    "cfg": 6.5,
    "width": 64,
    "height": 128,
    "seed": 99,
    "sampler_name": "ddim",
    "scheduler": "simple",
    "base_model_name": "sdxl",
    "software": "RuinedFooocus",
}
NOVEL = {"uc": "blur", "steps": 12, "scale": 6.5, "seed": 99, "sampler": "ddim_v3"}
NOVEL |= {"width": 64, "height": 128}
EASY = {
    "prompt": "a red fox",
    "negative_prompt": "blur",
    "seed": "99",
    "use_stable_diffusion_model": "sd-1",
    "sampler_name": "ddim",
    "width": "64",
    "height": "128",
    "num_inference_steps": "12",
    "guidance_scale": "6.5",
}
DRAW = {"c": "a red fox", "uc": "blur", "model": "sd", "sampler": "DDIM", "seed": 99}
DRAW |= {"scale": 6.5, "steps": 12, "size": "64x128"}
XMP = """<x:xmpmeta><rdf:Description><exif:UserComment><rdf:Alt>
<rdf:li xml:lang="x-default">{}</rdf:li>
</rdf:Alt></exif:UserComment></rdf:Description></x:xmpmeta>"""


def text(key: str, value: object) -> tuple[bytes, bytes]:
    data = value if isinstance(value, str) else json.dumps(value)
    return b"tEXt", key.encode() + b"\0" + data.encode()


def international(key: str, value: str) -> tuple[bytes, bytes]:
    return b"iTXt", key.encode() + b"\0\0\0\0\0" + value.encode()


def compressed(key: str, value: str) -> tuple[bytes, bytes]:
    return b"zTXt", key.encode() + b"\0\0" + zlib.compress(value.encode())


def with_exif(path: Path, tag: int, value: object) -> Path:
    exif = Image.Exif()
    exif[0x010E] = "a picture"  # Pillow writes none into a PNG without an outer entry
    (exif.get_ifd(0x8769) if tag == 0x9286 else exif)[tag] = value
    Image.new("RGB", (8, 8), "olive").save(path, exif=exif)
    return path


def escaped(value: object) -> str:
    return json.dumps(value).replace('"', "&quot;")


@pytest.mark.parametrize(
    ("tool", "chunks"),
    [
        ("A1111", [text("parameters", INFOTEXT)]),
        ("A1111", [international("parameters", INFOTEXT)]),
        ("A1111", [compressed("parameters", INFOTEXT)]),
        ("Forge", [text("parameters", INFOTEXT + ", Version: f2.0.1v1.10.1")]),
        ("SD.Next", [text("parameters", INFOTEXT + ", App: SD.Next")]),
        ("SwarmUI", [text("parameters", SWARM)]),
        ("Fooocus", [text("parameters", FOOOCUS), text("fooocus_scheme", "fooocus")]),
        ("RuinedFooocus", [text("parameters", RUINED)]),
        ("InvokeAI", [text("invokeai_metadata", INVOKE)]),
        ("InvokeAI", [text("sd-metadata", OLD_INVOKE)]),
        ("Easy Diffusion", [text(key, value) for key, value in EASY.items()]),
        (
            "NovelAI",
            [text("Software", "NovelAI"), text("Description", "a red fox"), text("Comment", NOVEL)],
        ),
        ("Draw Things", [international("XML:com.adobe.xmp", XMP.format(escaped(DRAW)))]),
    ],
)
def test_pictures_of_other_tools_tell_their_settings(png_with, tool: str, chunks):
    reading = read_metadata(png_with(*chunks))
    assert reading.tool == tool
    told = {key: reading.settings.get(key) for key in SETTINGS}
    if "sd-metadata" in str(chunks):
        told["negative_prompt"] = "blur"  # which it had in the prompt itself
    told["prompt"] = told["prompt"].removesuffix(" <lora:ink:0.5>")  # named beside it
    assert told == SETTINGS
    assert reading.recipe is None
    assert at_hand(draft_from(reading))[0].resolve(SizeRule())[0].seed == 99
    assert read_metadata(png_with(*chunks, after=True)) == reading


def test_a_comfyui_graph_is_walked_back_from_its_sampler(png_with):
    reading = read_metadata(png_with(text("prompt", COMFY), text("workflow", {"nodes": []})))
    assert reading.tool == "ComfyUI"
    dpm = {"sampler": "dpmpp_2m", "schedule": "karras", "model": "v1-5.safetensors"}
    assert reading.settings == SETTINGS | dpm
    notes = " ".join(reading.notes)
    assert "LoRA" in notes
    assert "'v1-5.safetensors'" in notes


def test_a_second_pass_of_comfyui_does_not_hide_the_first():
    second = {
        "class_type": "KSampler",
        "inputs": COMFY["3"]["inputs"] | {"steps": 5, "latent_image": ["3", 0]},
    }
    reading = interpret({"prompt": json.dumps({"1": second} | COMFY)})
    assert reading.settings["steps"] == 12
    assert any("more than once" in note for note in reading.notes)


def test_a_graph_of_single_purpose_nodes_is_read_too():
    graph = {
        "1": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
        "2": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 12}},
        "3": {"class_type": "RandomNoise", "inputs": {"noise_seed": 99}},
        "4": {
            "class_type": "CFGGuider",
            "inputs": {"cfg": 6.5, "positive": ["6", 0], "negative": ["7", 0]},
        },
        "9": {
            "class_type": "SamplerCustomAdvanced",
            "inputs": {"noise": ["3", 0], "guider": ["4", 0], "sampler": ["1", 0]}
            | {"sigmas": ["2", 0], "latent_image": ["5", 0]},
        },
    }
    nodes = {key: COMFY[key] for key in ("4", "5", "6", "7", "11")} | graph
    reading = interpret({"prompt": json.dumps(nodes)})
    assert reading.settings | {"sampler": "ddim"} == SETTINGS | {"schedule": "trailing"} | {
        key: reading.settings[key] for key in reading.settings if key == "model"
    }


@pytest.mark.parametrize("suffix", ["jpg", "webp", "png", "avif"])
@pytest.mark.parametrize(
    "comment",
    [
        b"UNICODE\0" + INFOTEXT.encode("utf-16-be"),
        b"UNICODE\0" + INFOTEXT.encode("utf-16-le"),
        b"UNICODE\0" + INFOTEXT.encode("utf-16"),
        b"ASCII\0\0\0" + INFOTEXT.encode(),
        bytes(8) + INFOTEXT.encode(),
        INFOTEXT.encode(),
    ],
)
def test_exif_comments_are_read_in_every_coding(tmp_path: Path, suffix: str, comment: bytes):
    reading = read_metadata(with_exif(tmp_path / f"a.{suffix}", 0x9286, comment))
    assert reading.settings == SETTINGS | {"eta": 0.0}


def test_comfyui_in_a_webps_camera_name_is_read(tmp_path: Path):
    path = with_exif(tmp_path / "a.webp", 0x0110, "prompt:" + json.dumps(COMFY))
    assert read_metadata(path).tool == "ComfyUI"


def test_draw_things_in_a_jpegs_xmp_is_read(tmp_path: Path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path, xmp=XMP.format(escaped(DRAW)).encode())
    assert read_metadata(path).tool == "Draw Things"


@pytest.mark.parametrize("tag", [0x010D, 0x010E, 0x010F, 0x0110])
@pytest.mark.parametrize("word", ["prompt", "Prompt"])
def test_comfyui_in_any_of_the_borrowed_tags_is_read(tmp_path: Path, tag: int, word: str):
    path = with_exif(tmp_path / "a.webp", tag, f"{word}:{json.dumps(COMFY)}")
    assert read_metadata(path).settings["seed"] == 99


def test_xmp_is_read_from_elements_and_attributes(tmp_path: Path):
    forms = {
        "<dc:description><rdf:Alt><rdf:li xml:lang='en'>a &lt;b&gt;</rdf:li></rdf:Alt>"
        "</dc:description>": {"xmp:description": "a <b>"},
        '<rdf:Description exif:UserComment="{&quot;a&quot;: 1}"/>': {"xmp": '{"a": 1}'},
        "<sdcpp:parameters>a\nSteps: 3</sdcpp:parameters>": {"xmp:parameters": "a\nSteps: 3"},
        "<dc:description>never closed": {},
        "<rdf:li>of nothing</rdf:li>": {},
    }
    for number, (packet, told) in enumerate(forms.items()):
        path = tmp_path / f"{number}.webp"
        Image.new("RGB", (8, 8)).save(path, xmp=f"<x:xmpmeta>{packet}</x:xmpmeta>".encode())
        assert read_texts(path) == told


def test_fooocuss_scheme_is_read_where_cameras_have_their_notes(tmp_path: Path):
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9286: INFOTEXT.encode(), 0x927C: b"a1111"})
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=exif)
    assert read_metadata(tmp_path / "a.jpg").tool == "Fooocus"
    exif.get_ifd(0x8769)[0x927C] = b"Nikon\0\2\x10"
    Image.new("RGB", (8, 8)).save(tmp_path / "b.jpg", exif=exif)
    assert read_metadata(tmp_path / "b.jpg").tool == "A1111"


@pytest.mark.parametrize("words", ["Screenshot", "Shot at: f/8, ISO: 100, Lens: 50mm"])
def test_a_cameras_own_comment_is_no_prompt(tmp_path: Path, words: str):
    with pytest.raises(PictureError, match="carries no settings"):
        read_metadata(with_exif(tmp_path / "a.jpg", 0x9286, b"ASCII\0\0\0" + words.encode()))
    Image.new("RGB", (8, 8)).save(tmp_path / "b.jpg", comment=words)
    with pytest.raises(PictureError, match="carries no settings"):
        read_metadata(tmp_path / "b.jpg")


def test_a_jpegs_comment_is_read(tmp_path: Path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", comment=INFOTEXT)
    assert read_metadata(tmp_path / "a.jpg").settings["seed"] == 99


def test_utf8_where_latin1_belongs_is_understood(png_with):
    reading = read_metadata(png_with(text("parameters", f"Füchse 🦊\n{LAST_LINE}")))
    assert reading.settings["prompt"] == "Füchse 🦊"


def test_a_picture_without_settings_says_so(png_with):
    with pytest.raises(PictureError, match="carries no settings"):
        read_metadata(png_with(text("Title", "holiday")))


def test_a_damaged_chunk_of_ours_falls_back_to_the_text_beside_it(png_with):
    reading = read_metadata(png_with(text("etascope", '{"ver'), text("parameters", INFOTEXT)))
    assert reading.settings["seed"] == 99
    assert "Etascope's own text in it is damaged." in reading.notes


def test_what_a_recall_leaves_out_is_told():
    reading = interpret({"parameters": INFOTEXT.replace("DDIM", "PLMS") + ", Eta: 0.5, Model: sd"})
    assert any("PLMS cannot take its eta" in note for note in reading.notes)
    assert any("Its model 'sd'" in note for note in reading.notes)


@pytest.mark.parametrize("key", ["etascope", "parameters", "prompt"])
@pytest.mark.parametrize("deep", ['{"a":' * 10**5, '{"recipe":' + "[" * 10**5, "[" * 10**6])
def test_deep_json_is_no_trouble(key: str, deep: str):
    interpret({key: deep})


@given(st.binary(max_size=200))
def test_no_exif_comment_is_too_strange(tmp_path: Path, comment: bytes):
    path = with_exif(tmp_path / "a.jpg", 0x9286, comment)
    with suppress(PictureError):
        read_metadata(path)


@given(st.sampled_from([b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP"]), st.binary(max_size=200))
def test_no_chunk_is_too_strange(png_with, make_picture, kind: bytes, data: bytes):
    path = png_with((kind, data), (kind, b"parameters\0\0\0\0" + data))
    assert open_picture(path).pixels.shape == (24, 24, 3)


def test_a_text_bomb_hides_neither_pixels_nor_other_texts(png_with):
    bomb = zlib.compress(bytes(100 * 2**20), 9)
    path = png_with(
        (b"zTXt", b"bomb\0\0" + bomb),
        (b"iTXt", b"parameters\0\1\0\0\0" + bomb),
        text("Comment", "x" * (9 * 2**20)),
        text("invokeai_metadata", INVOKE),
    )
    stored = open_picture(path)
    assert stored.pixels.shape == (24, 24, 3)
    assert stored.reading is not None
    assert stored.reading.tool == "InvokeAI"


def test_gzip_where_zlib_belongs_is_left_out(png_with):
    with pytest.raises(PictureError):
        read_metadata(png_with((b"zTXt", b"parameters\0\0" + gzip.compress(INFOTEXT.encode()))))
