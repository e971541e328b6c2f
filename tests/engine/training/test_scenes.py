import random
from dataclasses import replace

import numpy as np
import pytest

from engine.training import chinese, english
from engine.training.captions import nonsense, write_caption
from engine.training.palette import NAMED
from engine.training.scene import VALUES, random_scene
from engine.training.scenes import SQUARE, TALL, WIDE, paint, sheet, to_bytes, to_unit

SCENES = [random_scene(seed) for seed in range(400)]


def test_a_seed_gives_the_same_scene_picture_and_caption_again():
    one, other = random_scene(11), random_scene(11)
    assert one == other
    assert np.array_equal(paint(one), paint(other))
    assert write_caption(one, random.Random(5)) == write_caption(other, random.Random(5))


def test_seeds_give_different_scenes():
    assert len(set(SCENES)) > 390


@pytest.mark.parametrize("size", [SQUARE, WIDE, TALL])
@pytest.mark.parametrize("style", VALUES["style"])
def test_every_style_is_drawn_in_every_size_and_fills_it(size, style):
    picture = paint(replace(SCENES[0], style=style), size)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8
    thirds = np.array_split(picture.reshape(size[1], -1), 3)
    assert all(part.std() > 5 for part in thirds)


def test_every_style_makes_another_picture_of_the_same_scene():
    pictures = [paint(replace(SCENES[3], style=style)).astype(int) for style in VALUES["style"]]
    for k, one in enumerate(pictures):
        assert all(np.abs(one - other).mean() > 4 for other in pictures[:k])


def test_pixel_art_is_made_of_squares():
    picture = paint(replace(SCENES[5], style="pixel"))
    squares = picture.reshape(32, 4, 32, 4, 3)
    assert np.array_equal(squares, np.broadcast_to(squares[:, :1, :, :1], squares.shape))


def test_every_value_of_every_attribute_is_drawn():
    drawn = {name: {scene.attributes()[name] for scene in SCENES} for name in VALUES}
    assert drawn == {name: set(values) for name, values in VALUES.items()}


def test_scenes_make_sense():
    for scene in SCENES:
        assert (scene.subject == "boat") <= (scene.ground == "sea")
        assert (scene.subject == "cactus") <= (scene.ground == "desert")
        assert (scene.subject == "snowman") <= (scene.ground == "snow")
        assert scene.overcast <= (scene.light == "none")
        assert (scene.light == "sun") <= (scene.time != "night")
        assert (scene.weather == "snowy") <= (scene.ground == "snow")
        assert (scene.weather == "rainy") <= (scene.ground != "snow")
        assert (scene.season == "winter") == (scene.ground == "snow")
        assert (scene.season == "none") == (scene.ground in ("sea", "desert"))
        assert (scene.count == "none") == (scene.subject == "none")


def things(scene):
    """Where the drawing with the subjects differs from the one without them, by column."""
    empty = replace(scene, subject="none", colour="none", count="none", place="none")
    return (paint(scene).astype(int) != paint(empty)).any(axis=(0, 2))


def lone_lighthouse(place):
    plain = {"weather": "clear", "light": "none", "relief": "none", "style": "postcard"}
    return replace(
        SCENES[0], time="day", ground="meadow", season="summer", subject="lighthouse",
        colour="red", count="one", place=place, **plain,
    )  # fmt: skip


@pytest.mark.parametrize(("place", "third"), [("left", 0), ("middle", 1), ("right", 2)])
def test_a_thing_stands_where_its_scene_says(place, third):
    columns = np.flatnonzero(things(lone_lighthouse(place)))
    assert int(columns.mean() // (128 / 3)) == third


@pytest.mark.parametrize(("count", "number"), [("one", 1), ("two", 2), ("three", 3)])
def test_there_are_as_many_things_as_the_scene_counts(count, number):
    changed = things(replace(lone_lighthouse("none"), count=count))
    starts = np.flatnonzero(changed[1:] & ~changed[:-1])
    assert len(starts) == number


def test_english_captions_name_the_colour_that_is_there_and_no_other():
    rng = random.Random(0)
    for scene in SCENES:
        caption = write_caption(scene, rng, "en")
        words = set(caption.text.lower().replace(",", " ").replace(".", " ").split())
        named = {colour for colour in NAMED if colour in words}
        told = {scene.colour} if "colour" in caption.tells else set()
        # Hills and trees are green without having been asked.
        assert named - told <= {"green"}
        assert told <= named


def test_chinese_captions_name_the_colour_that_is_there():
    rng = random.Random(0)
    for scene in SCENES:
        caption = write_caption(scene, rng, "zh")
        if "colour" in caption.tells:
            assert any(word in caption.text for word in chinese._COLOURS[scene.colour])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_captions_name_the_subject_that_they_claim_to_tell(language):
    rng = random.Random(1)
    trees = [name for names in english._SEASON_TREES.values() for pair in names for name in pair]
    trees += chinese._SEASON_TREES.values()
    for scene in SCENES:
        caption = write_caption(scene, rng, language)
        if "subject" in caption.tells and scene.subject != "none":
            pairs = english.SUBJECTS[scene.subject]
            nouns = [noun for pair in pairs for noun in pair] + trees
            nouns += chinese.SUBJECTS[scene.subject][0]
            assert any(noun in caption.text.lower() for noun in nouns)


@pytest.mark.parametrize(("language", "two"), [("en", ("two", "pair", "2")), ("zh", ("两", "2"))])
def test_captions_tell_a_number_only_with_the_word_for_it(language, two):
    rng = random.Random(2)
    for scene in (s for s in SCENES if s.count == "two"):
        caption = write_caption(scene, rng, language)
        assert ("count" in caption.tells) == any(word in caption.text.lower() for word in two)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_asks_for_no_style_is_to_get_a_postcard(language):
    rng = random.Random(3)
    silent = [s.style for s in SCENES if "style" not in write_caption(s, rng, language).tells]
    assert silent.count("postcard") > 0.85 * len(silent)


def test_a_third_of_the_captions_are_chinese_and_a_few_are_nonsense():
    rng = random.Random(4)
    captions = [write_caption(scene, rng) for scene in SCENES * 5]
    share = sum(any("\u4e00" <= c <= "\u9fff" for c in cap.text) for cap in captions) / len(
        captions
    )
    assert 0.3 < share < 0.45
    assert 0.005 < sum(not caption.tells for caption in captions) / len(captions) < 0.05
    assert len({nonsense(rng) for _ in range(50)}) == 50


def test_one_scene_is_worded_in_many_ways_short_and_long():
    rng = random.Random(2)
    texts = {write_caption(SCENES[0], rng, "en").text for _ in range(300)}
    assert len(texts) > 200
    assert min(len(text.split()) for text in texts) <= 2
    assert max(len(text.split()) for text in texts) >= 12


def test_the_phrase_that_everybody_tries_first_is_among_the_captions():
    scenes = [s for s in (random_scene(k) for k in range(4000)) if s.subject == "boat"]
    red = next(s for s in scenes if (s.colour, s.time, s.count) == ("red", "sunset", "one"))
    rng = random.Random(3)
    plain = replace(red, style="postcard", light="none", relief="none")
    texts = {write_caption(plain, rng, "en").text for _ in range(6000)}
    assert "a red sailing boat on the sea at sunset" in texts


def test_night_is_darker_than_day():
    brightness = {
        time: np.mean([paint(s).mean() for s in SCENES if s.time == time][:12])
        for time in ("day", "night")
    }
    assert brightness["night"] < 0.55 * brightness["day"]


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255])
def test_bytes_survive_the_way_to_the_network_and_back(value):
    pictures = np.full((2, 4, 6, 3), value, dtype=np.uint8)
    assert np.array_equal(to_bytes(to_unit(pictures)), pictures)


def test_a_sheet_holds_every_picture():
    page = sheet(np.stack([paint(scene) for scene in SCENES[:5]]), 3)
    assert page.shape == (2 * 130, 3 * 130, 3)
