import random

import numpy as np
import pytest

from engine.training.captions import _SUBJECTS, write_caption
from engine.training.palette import NAMED
from engine.training.scene import VALUES, random_scene
from engine.training.scenes import paint, sheet, to_bytes, to_unit

SCENES = [random_scene(seed) for seed in range(400)]


def test_a_seed_gives_the_same_scene_picture_and_caption_again():
    one, other = random_scene(11), random_scene(11)
    assert one == other
    assert np.array_equal(paint(one), paint(other))
    assert write_caption(one, random.Random(5)) == write_caption(other, random.Random(5))


def test_seeds_give_different_scenes():
    assert len(set(SCENES)) > 390


def test_pictures_are_what_the_autoencoder_expects():
    picture = paint(SCENES[0])
    assert picture.shape == (128, 128, 3)
    assert picture.dtype == np.uint8


def test_every_value_of_every_attribute_is_drawn():
    drawn = {name: {scene.attributes()[name] for scene in SCENES} for name in VALUES}
    assert drawn == {name: set(values) for name, values in VALUES.items()}


def test_scenes_make_sense():
    for scene in SCENES:
        assert (scene.subject == "boat") <= (scene.ground == "sea")
        assert (scene.subject == "cactus") <= (scene.ground == "desert")
        assert scene.overcast <= (scene.light == "none")
        assert (scene.light == "sun") <= (scene.time != "night")
        assert (scene.sky == "snowy") <= (scene.ground == "snow")
        assert (scene.sky == "rainy") <= (scene.ground != "snow")


def test_captions_name_the_colour_that_is_there_and_no_other():
    rng = random.Random(0)
    for scene in SCENES:
        caption = write_caption(scene, rng)
        words = set(caption.text.lower().replace(",", " ").replace(".", " ").split())
        named = {colour for colour in NAMED if colour in words}
        told = {scene.colour} if "colour" in caption.tells else set()
        # Hills, fields and grass are green without having been asked.
        assert named - told <= {"green"}
        assert told <= named


def test_captions_name_the_subject_that_they_claim_to_tell():
    rng = random.Random(1)
    for scene in SCENES:
        caption = write_caption(scene, rng)
        if "subject" in caption.tells and scene.subject != "none":
            assert any(noun in caption.text.lower() for noun in _SUBJECTS[scene.subject])


def test_one_scene_is_worded_in_many_ways_short_and_long():
    rng = random.Random(2)
    texts = {write_caption(SCENES[0], rng).text for _ in range(300)}
    assert len(texts) > 200
    assert min(len(text.split()) for text in texts) <= 2
    assert max(len(text.split()) for text in texts) >= 12


def test_the_phrase_that_everybody_tries_first_is_among_the_captions():
    scenes = [s for s in (random_scene(k) for k in range(4000)) if s.subject == "boat"]
    red = next(s for s in scenes if s.colour == "red" and s.time == "sunset")
    rng = random.Random(3)
    texts = {write_caption(red, rng).text for _ in range(4000)}
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
