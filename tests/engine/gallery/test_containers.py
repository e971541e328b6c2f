"""Texts where tools really put them in a file, whether they belong there or not."""

import json
from pathlib import Path

import pytest
from PIL import Image

from engine.cli.main import main
from engine.errors import PictureError
from engine.gallery.metadata import read_metadata

FOOOCUS = json.dumps(
    {
        "prompt": "a fox",
        "negative_prompt": "blur",
        "base_model": "m",
        "guidance_scale": 4,
        "steps": 30,
        "resolution": "(1152, 896)",
        "seed": "12",
        "sampler": "dpmpp_2m_sde_gpu",
        "scheduler": "karras",
        "version": "Fooocus v2.5.5",
    }
)
INFOTEXT = (
    "a fox\nNegative prompt: blur\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 12, "
    "CFG scale: 4, Size: 1152x896, Model: m, Version: Fooocus v2.5.5"
)


@pytest.mark.parametrize("suffix", ["jpg", "webp", "avif"])
@pytest.mark.parametrize(("scheme", "text"), [("fooocus", FOOOCUS), ("a1111", INFOTEXT)])
def test_fooocus_writes_its_comment_into_the_outer_table(
    tmp_path: Path, suffix: str, scheme: str, text: str
):
    exif = Image.Exif()  # exactly as its own saver does it
    exif[0x9286], exif[0x0131], exif[0x927C] = text, "Fooocus v2.5.5", scheme
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    reading = read_metadata(path)
    assert reading.tool == "Fooocus"
    assert reading.settings == {
        "prompt": "a fox",
        "negative_prompt": "blur",
        "model": "m",
        "sampler": "dpmpp_2m_sde",
        "schedule": "karras",
        "steps": 30,
        "seed": 12,
        "guidance": 4.0,
        "width": 1152,
        "height": 896,
    }


@pytest.mark.parametrize(
    ("head", "coding"),
    [
        (b"JIS\0\0\0\0\0", "iso2022_jp"),
        (b"JIS\0\0\0\0\0", "utf-8"),
        (b"UNICODE\0", "utf-8"),
        (b"UNICODE\0", "utf-16-le"),
        (b"ASCII\0\0\0", "utf-8"),
    ],
)
def test_a_comment_is_read_by_what_it_is_not_only_by_what_it_says(
    tmp_path: Path, head: bytes, coding: str
):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = head + INFOTEXT.replace("fox", "猫").encode(coding)
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    assert read_metadata(path).settings["prompt"] == "a 猫"


def test_a_damaged_png_is_said_to_be_damaged_not_to_carry_nothing(tmp_path: Path, capsys):
    path = tmp_path / "a.png"
    Image.new("RGB", (64, 64)).save(path)
    data = path.read_bytes()
    with pytest.raises(PictureError, match="carries no settings"):
        read_metadata(path)
    for damaged in (data[: len(data) // 2], data[:8] + b"\xff" * 400, data[:8]):
        path.write_bytes(damaged)
        with pytest.raises(PictureError, match="cannot be read as a PNG"):
            read_metadata(path)
    assert main(["inspect", str(path)]) == 1
    assert "damaged" in capsys.readouterr().err
