"""Twenty pictures' texts of each family of tools, as those tools publish their forms."""

import json
from pathlib import Path

import pytest

from engine.draft import SizeRule
from engine.gallery.metadata import draft_from, fitted, interpret, read_metadata
from engine.library.extras import at_hand
from engine.wording.tags import without_tags
from tests.engine.gallery.foreign import SAMPLES, samples_of, written

FAMILIES = {
    "a1111",
    "civitai",
    "comfyui",
    "drawthings",
    "easydiffusion",
    "fooocus",
    "invokeai",
    "novelai",
    "sdcpp",
    "sdnext",
    "swarmui",
}
CASES = [
    pytest.param(number, sample, id=f"{path.stem}-{number}")
    for path in SAMPLES
    for number, sample in enumerate(samples_of(path))
]


def test_there_are_twenty_samples_of_every_family():
    assert {path.stem for path in SAMPLES} >= FAMILIES
    for path in SAMPLES:
        samples = samples_of(path)
        assert len(samples) >= 20, path.stem
        assert len({json.dumps(sample["texts"]) for sample in samples}) == len(samples)


@pytest.mark.parametrize(("number", "sample"), CASES)
def test_the_settings_are_told(number: int, sample: dict[str, object]):
    reading = interpret(sample["texts"])
    assert reading.tool == sample["tool"]
    assert reading.settings == sample["settings"]
    for words in sample["notes"]:
        assert any(words in note for note in reading.notes), (words, reading.notes)
    assert reading.recipe is None


@pytest.mark.parametrize(("number", "sample"), CASES)
def test_a_file_of_it_makes_a_recipe(tmp_path: Path, png_with, number: int, sample):
    path = written(tmp_path, number, sample["texts"], png_with)
    reading = read_metadata(path)
    assert (reading.tool, reading.settings) == (sample["tool"], sample["settings"])
    sizes = SizeRule()
    draft, _ = at_hand(draft_from(reading))
    recipe = fitted(draft, sizes)[0].resolve(sizes)[0]
    assert recipe.seed == sample["settings"]["seed"]
    assert recipe.prompt == without_tags(sample["settings"]["prompt"])


@pytest.mark.parametrize(("number", "sample"), CASES)
def test_no_word_that_a_tool_wrote_is_lost(number: int, sample: dict[str, object]):
    reading = interpret(sample["texts"])
    kept = reading.raw + "".join(reading.others.values())
    assert all(text in kept for text in sample["texts"].values())
