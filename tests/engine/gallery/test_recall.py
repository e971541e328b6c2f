"""`etascope inspect FILE` and `generate --from FILE`, of files of every family of tools."""

import json
from pathlib import Path

import pytest

from engine.cli.arguments import parse
from engine.cli.generate import draft_of
from engine.draft import Draft, SizeRule
from engine.gallery.metadata import fitted
from engine.library import find
from engine.wording.tags import without_tags
from tests.engine.gallery.foreign import SAMPLES, samples_of, written

FAMILIES = [pytest.param(samples_of(path), id=path.stem) for path in SAMPLES]
FIRSTS = [pytest.param(samples_of(path)[0], id=path.stem) for path in SAMPLES]


@pytest.mark.parametrize("samples", FAMILIES)
def test_inspect_tells_every_file_of_a_family(cli, tmp_path: Path, png_with, samples):
    for number, sample in enumerate(samples):
        path = written(tmp_path, number, sample["texts"], png_with)
        status, out, err = cli("inspect", str(path), "--json")
        found = json.loads(out)
        assert (status, err) == (0, "")
        assert (found["tool"], found["recipe"]) == (sample["tool"], sample["settings"])
        status, out, _ = cli("inspect", str(path))
        assert status == 0
        assert out.startswith(f"Made by {sample['tool']}.")
        assert str(sample["settings"]["seed"]) in out
        assert all(line.isprintable() for line in out.splitlines())


def test_what_there_is_no_setting_for_is_shown_and_kept(cli, tmp_path: Path, png_with):
    text = "x\nSteps: 9, Sampler: DDIM, Seed: 3, Odd key: \x1b[31mred, Wide: " + "w" * 500
    path = str(png_with((b"tEXt", b"parameters\0" + text.encode())))
    out = cli("inspect", path)[1]
    assert "It also says:" in out
    assert "Odd key: \\x1b[31mred" in out
    assert max(map(len, out.splitlines())) < 250
    others = json.loads(cli("inspect", path, "--json")[1])["others"]
    assert others == {"Odd key": "\x1b[31mred", "Wide": "w" * 500}


@pytest.mark.parametrize("samples", FAMILIES)
def test_from_takes_every_file_of_a_family(tiny_starter, tmp_path: Path, png_with, capsys, samples):
    for number, sample in enumerate(samples):
        path = written(tmp_path, number, sample["texts"], png_with)
        draft = draft_of(parse(["generate", "--from", str(path)]))
        recipe = draft.resolve(find(draft.model).sizes())[0]
        told = sample["settings"]
        assert (recipe.prompt, recipe.seed) == (without_tags(told["prompt"]), told["seed"])
        assert recipe.steps == told.get("steps", recipe.steps)
        assert recipe.sampler == told.get("sampler", "ddim")
        said = capsys.readouterr().err
        assert ("cannot make its size" in said) == (draft.width != told.get("width"))


@pytest.mark.parametrize("sample", FIRSTS)
def test_a_picture_is_made_from_another_tools_file(cli, tmp_path: Path, png_with, sample):
    path = written(tmp_path, 0, sample["texts"], png_with)
    options = ("--steps", "1", "--width", "64", "--height", "64", "--dtype", "float32")
    status, out, _ = cli("generate", "--from", str(path), *options, "--out", "new.png", "--json")
    assert status == 0
    assert json.loads(out)["recipe"]["seed"] == sample["settings"]["seed"]
    assert json.loads(cli("inspect", "new.png", "--json")[1])["tool"] == "Etascope"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("samples", FAMILIES)
def test_a_picture_is_made_from_every_file(cli, tmp_path: Path, png_with, samples):
    for number, sample in enumerate(samples):
        path = written(tmp_path, number, sample["texts"], png_with)
        options = ("--steps", "1", "--width", "64", "--height", "64", "--dtype", "float32")
        status, out, _ = cli("generate", "--from", str(path), *options, "--json")
        assert status == 0
        assert json.loads(out)["recipe"]["prompt"] == sample["settings"]["prompt"]


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((512, 768), (512, 768)),
        ((832, 1216), (704, 1024)),
        ((2048, 2048), (1024, 1024)),
        ((513, 515), (512, 512)),
        ((16384, 1), (1024, 64)),
        ((None, 4096), (None, 1024)),
        ((None, None), (None, None)),
    ],
)
def test_a_size_that_a_model_cannot_make_becomes_the_nearest_of_its_shape(size, fits):
    width, height = size
    sizes = SizeRule()
    draft, note = fitted(Draft(width=width, height=height), sizes)
    assert (draft.width, draft.height) == fits
    assert bool(note) == (size != fits)
    draft.resolve(sizes)


def test_a_size_that_is_given_is_not_the_pictures(tiny_starter, tmp_path, png_with, capsys):
    sample = samples_of(SAMPLES[0])[0]
    path = str(written(tmp_path, 0, sample["texts"], png_with))
    draft = draft_of(parse(["generate", "--from", path, "--width", "64", "--height", "4096"]))
    assert (draft.width, draft.height) == (64, 4096)  # which resolve refuses, naming the option
    assert "cannot make its size" not in capsys.readouterr().err
