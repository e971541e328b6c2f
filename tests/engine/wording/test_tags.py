"""LoRAs named in prompts: found, taken out, looked up."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import Draft, SizeRule, like
from engine.errors import BadSetting
from engine.extras import Anything
from engine.recipe import Adapter, Part, recipe_from_dict
from engine.wording.tags import blanked, lora_tags, places, tag, without_tags

ANY = SizeRule(extras=Anything())
NAMES = st.text(
    st.characters(exclude_characters="<>:{|}\\", exclude_categories=("C", "Z")), min_size=1
)
WEIGHTS = st.floats(-10, 10).map(lambda number: round(number, 4))
WORDS = st.text(st.sampled_from("ab (),.<>:\n[]loraé"), max_size=12)


def test_a_tag_is_no_part_of_the_words():
    prompt = "a boat <lora:Ink wash:0.7> at sea, <LORA:wax><lora:oil:-.5>"
    found = lora_tags("prompt", prompt)
    assert found == (("Ink wash", 0.7), ("wax", 1.0), ("oil", -0.5))
    assert without_tags(prompt) == "a boat at sea,"


@given(st.lists(st.tuples(NAMES, WEIGHTS), max_size=4), st.data())
def test_every_tag_that_is_written_is_read(loras, data):
    parts = [data.draw(st.sampled_from(["a boat", "", " at sea, "])) for _ in range(len(loras) + 1)]
    prompt = parts[0] + "".join(
        tag(name, weight) + rest for (name, weight), rest in zip(loras, parts[1:], strict=True)
    )
    assert list(lora_tags("prompt", prompt)) == loras
    words = without_tags(prompt)
    assert words.split() == " ".join(parts).split()
    assert not lora_tags("prompt", words)


@given(st.lists(WORDS | st.sampled_from(["<lora:a:1>", "<lora:b>", "<lora:"]), max_size=6))
def test_no_prompt_is_too_strange(parts):
    prompt = "".join(parts)
    blank = blanked(prompt)
    assert len(blank) == len(prompt)
    assert re.sub(r"\s", "", blank) == re.sub(r"\s", "", without_tags(prompt))
    with contextlib.suppress(BadSetting):  # a tag that makes no sense
        assert len(lora_tags("prompt", prompt)) == len(places(prompt))


@pytest.mark.parametrize("said", ["", ":1", "a:x", "a:1:2", "a:1:lbw=B", "a:", "a:1e3", "a:11"])
def test_a_tag_that_makes_no_sense_is_refused_in_a_sentence(said):
    with pytest.raises(BadSetting, match="LoRA"):
        Draft(prompt=f"a <lora:{said}>").resolve(ANY)


def test_a_lora_in_the_negative_prompt_is_refused():
    with pytest.raises(BadSetting, match="named in the negative prompt") as refused:
        Draft(negative_prompt="rain <lora:ink>").resolve(ANY)
    assert refused.value.field == "negative_prompt"


def test_one_that_is_not_there_is_refused_and_not_ignored():
    with pytest.raises(BadSetting, match="There is no LoRA 'ink'"):
        Draft(prompt="<lora:ink>").resolve(SizeRule())
    with pytest.raises(BadSetting, match="There is no LoRA 'ink'"):
        Draft(adapters=(Adapter("ink"),)).resolve(SizeRule())
    with pytest.raises(BadSetting, match="There is no VAE 'clear'"):
        Draft(vae=Part("clear")).resolve(SizeRule())


def test_one_that_is_named_twice_is_refused():
    with pytest.raises(BadSetting, match="named twice"):
        Draft(prompt="<lora:ink:1> <lora:Ink:0.5>").resolve(ANY)
    with pytest.raises(BadSetting, match="named twice"):
        Draft(prompt="<lora:ink>", adapters=(Adapter("ink", "", 0.5),)).resolve(ANY)


def test_each_picture_has_the_lora_that_its_wildcard_chose():
    draft = Draft(prompt="a {<lora:ink:0.5> boat|moon}", seed=1, count=20)
    recipes = draft.resolve(ANY)
    assert {(one.prompt, one.adapters) for one in recipes} == {
        ("a boat", (Adapter("ink", "", 0.5),)),
        ("a moon", ()),
    }


def test_a_recipe_comes_back_from_its_values():
    draft = Draft(
        prompt="a boat",
        adapters=(Adapter("ink", "ab" * 32, 0.5),),
        vae=Part("clear", "cd" * 32),
        clip_skip=2,
        seed=1,
    )
    (recipe,) = draft.resolve(ANY)
    assert recipe_from_dict(recipe.to_dict()) == recipe
    assert like(recipe).resolve(ANY) == (recipe,)
    assert like(recipe).adapters == draft.adapters
