import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from hypothesis import given
from hypothesis import strategies as st
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
)

from engine.checkpoints.encoders import Penultimate, SecondEncoder, tokenizer
from engine.commands import Destination, Job
from engine.lanes import Lane, answer, together
from engine.library.plan import Vocabulary
from engine.prompts import PromptEncoder, emphasized
from engine.recipe import Recipe
from engine.wording.chunks import MOST_CHUNKS
from tests.tiny import write_tokenizer

SHORT = [
    "",
    "a boat",
    "Ein Boot, größer als 3.5 m!",
    "红色的帆船（夕阳）",
    "it's\n two\tlines",
    "x" * 75,
]


@pytest.fixture(scope="module")
def pipeline(tiny_resources):
    """Diffusers' own pipeline over the tiny checkpoint."""
    folder = tiny_resources / "starter"
    return StableDiffusionPipeline.from_pretrained(folder, safety_checker=None)


def conditioning(pipeline, prompt, negative=None):
    with torch.no_grad():
        return pipeline.encode_prompt(prompt, "cpu", 1, negative is not None, negative)


@pytest.mark.parametrize("prompt", SHORT)
def test_a_plain_prompt_is_encoded_bit_for_bit_as_diffusers_encodes_it(
    tiny_model, pipeline, prompt
):
    expected, _ = conditioning(pipeline, prompt)
    assert torch.equal(tiny_model.prompts.encode(prompt), expected)


@given(st.text(alphabet=st.characters(exclude_characters="()[]\\:", codec="utf-8"), max_size=30))
def test_any_short_prompt_without_brackets_is_what_diffusers_makes_of_it(
    tiny_model, pipeline, prompt
):
    if tiny_model.prompts.count(prompt) <= tiny_model.prompts.limit and "BREAK" not in prompt:
        expected, _ = conditioning(pipeline, prompt)
        assert torch.equal(tiny_model.prompts.encode(prompt), expected)


def test_the_same_prompt_is_encoded_once(tiny_model):
    assert tiny_model.prompts.encode("a cat") is tiny_model.prompts.encode("a cat")
    assert tiny_model.prompts.encode("a cat") is tiny_model.prompts.encode("a cat", 1)


def test_tokens_are_counted_with_both_marks(tiny_model):
    assert tiny_model.prompts.count("") == 2
    assert tiny_model.prompts.count("abc") == 5  # the tiny tokenizer knows single letters alone
    assert tiny_model.prompts.count("(abc:1.2)") == 5


def test_ten_thousand_words_are_read_as_far_as_the_encoder_goes(tiny_model):
    long = "boat " * 10_000
    assert tiny_model.prompts.count(long) == 40_002
    assert tiny_model.prompts.read(long) == 75 * MOST_CHUNKS
    assert tiny_model.prompts.encode(long).shape == (1, 77 * MOST_CHUNKS, 16)


def test_a_long_prompt_is_its_chunks_one_behind_the_other(tiny_model, pipeline):
    prompt = "a" * 75 + "b" * 75 + "c"
    whole = tiny_model.prompts.encode(" ".join(prompt))
    parts = [conditioning(pipeline, " ".join(part))[0] for part in ("a" * 75, "b" * 75, "c")]
    assert torch.equal(whole, torch.cat(parts, dim=1))


def test_break_begins_a_new_chunk(tiny_model, pipeline):
    parts = [conditioning(pipeline, part)[0] for part in ("a boat", "the sea")]
    together = tiny_model.prompts.encode("a boat BREAK the sea")
    assert torch.equal(together, torch.cat(parts, dim=1))


def test_a_shorter_prompt_is_filled_up_with_the_empty_prompt(tiny_model, pipeline):
    parts = [conditioning(pipeline, part)[0] for part in ("rain", "")]
    assert torch.equal(tiny_model.prompts.encode("rain", 2), torch.cat(parts, dim=1))


@pytest.mark.parametrize("bias", [-0.1, 0.05])
def test_a_weight_multiplies_a_tokens_states_and_the_mean_is_restored(tiny_resources, bias):
    """By hand, in float64: "a (b:1.5) c" has the weight at the second of its tokens."""
    folder = tiny_resources / "starter"
    network = CLIPTextModel.from_pretrained(folder / "text_encoder").eval()
    # As trained encoders do, and random ones do not, it has a mean.
    torch.nn.init.constant_(network.final_layer_norm.bias, bias)
    prompts = PromptEncoder(CLIPTokenizer.from_pretrained(folder / "tokenizer"), network)
    plain = prompts.encode("a b c").double().numpy()
    weights = np.ones(77)
    weights[2] = 1.5
    expected = plain * weights[:, None]
    expected *= plain.mean() / expected.mean()
    np.testing.assert_allclose(prompts.encode("a (b:1.5) c"), expected, rtol=1e-4)


def test_a_weight_of_one_changes_nothing(tiny_model):
    plain = tiny_model.prompts.encode("a b c")
    assert torch.equal(tiny_model.prompts.encode("(a b:1.0) [(c)]"), plain)


def test_weights_count_within_their_own_chunk_alone(tiny_model):
    weighted = tiny_model.prompts.encode("(a boat:1.4) BREAK the sea")
    plain = tiny_model.prompts.encode("a boat BREAK the sea")
    assert torch.equal(weighted[:, 77:], plain[:, 77:])
    assert not torch.equal(weighted[:, :77], plain[:, :77])


@given(
    st.integers(0, 10**6),
    st.lists(st.floats(0, 10), min_size=5, max_size=5),
    st.floats(-1, 1),
)
def test_weighted_states_never_grow_out_of_proportion(seed, given_weights, offset):
    """Their mean may be nothing at all, and then restoring it would divide by nothing."""
    states = torch.randn(1, 6, 8, generator=torch.Generator().manual_seed(seed))
    states += offset - states.mean()
    weights = torch.tensor([1.0, *given_weights])
    result = emphasized(states, weights)
    assert torch.isfinite(result).all()
    largest = 20 * max(1.0, *given_weights)
    assert (result.abs() <= states.abs() * largest + 1e-6).all()


def test_states_without_a_mean_keep_their_strength_instead():
    states = torch.tensor([[[1.0, -1.0], [2.0, -2.0]]])
    result = emphasized(states, torch.tensor([1.0, 2.0]))
    torch.testing.assert_close(result.square().mean(), states.square().mean())
    torch.testing.assert_close(result[0, 1] / result[0, 0], torch.tensor([4.0, 4.0]))


def test_the_tokenizers_own_length_counts(tiny_resources):
    folder = tiny_resources / "starter"
    words = CLIPTokenizer.from_pretrained(folder / "tokenizer", model_max_length=12)
    network = CLIPTextModel.from_pretrained(folder / "text_encoder").eval()
    prompts = PromptEncoder(words, network)
    assert prompts.limit == 12
    assert prompts.encode("a b c d e f g h i j").shape == (1, 12, 16)
    assert prompts.encode("a b c d e f g h i j k").shape == (1, 24, 16)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_text_is_too_strange_to_encode(tiny_model, text):
    """Surrogates, NUL, joined emoji, right-to-left marks, brackets of all kinds."""
    assert torch.isfinite(tiny_model.prompts.encode(text)).all()


@given(st.lists(st.sampled_from([*"()[]:\\,", "BREAK", " ", "1.2", "a", "红"]), max_size=60))
def test_no_brackets_are_too_tangled_to_encode(tiny_model, parts):
    states = tiny_model.prompts.encode("".join(parts))
    assert torch.isfinite(states).all()
    assert states.shape[1] == 77 * tiny_model.prompts.chunks("".join(parts))


def sdxl(tiny_model, folder):
    """The tiny model with two encoders, whose vocabularies read "!!" differently."""
    count = write_tokenizer(folder)
    words = json.loads((folder / "vocab.json").read_text()) | {"!!</w>": count}
    (folder / "vocab.json").write_text(json.dumps(words))
    (folder / "merges.txt").write_text("#version: 0.2\n! !</w>\n")
    marks = {"bos_token_id": count - 2, "eos_token_id": count - 1}
    size = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2}
    shape = CLIPTextConfig(vocab_size=count + 1, num_attention_heads=2, **size, **marks)
    first = PromptEncoder(tokenizer(Vocabulary(folder)), Penultimate(CLIPTextModel(shape)))
    summing = CLIPTextModelWithProjection(shape)
    second = SecondEncoder(tokenizer(Vocabulary(folder, "!")), summing, zero_negative=False)
    return replace(tiny_model, prompts=first, second=second)


def test_two_encoders_that_count_differently_still_give_rows_of_one_length(tiny_model, tmp_path):
    """ "!" fills up SDXL's second encoder, and never becomes a part of a longer word there."""
    model = sdxl(tiny_model, tmp_path / "tokenizer")
    exclaimed = "!! " * 40
    assert (model.prompts.chunks(exclaimed), model.second.chunks(exclaimed)) == (1, 2)
    assert model.encode(exclaimed).shape == (1, 2 * 77, 32)
    for prompt, negative in ((exclaimed, "rain"), ("rain", exclaimed)):
        rows = lane(model, prompt, negative).rows()
        assert [row.conditioning.shape for row in rows] == [(1, 2 * 77, 32)] * 2


# In lanes


def lane(tiny_model, prompt, negative="", **settings):
    recipe = Recipe(prompt=prompt, negative_prompt=negative, width=64, height=64, **settings)
    return Lane(Job(recipe, Destination()), tiny_model)


def test_the_rows_of_a_lane_are_of_one_length_whichever_prompt_is_longer(tiny_model):
    for prompt, negative in (("a BREAK b BREAK c", "rain"), ("a", "rain BREAK fog BREAK snow")):
        rows = lane(tiny_model, prompt, negative).rows()
        assert [row.conditioning.shape for row in rows] == [(1, 3 * 77, 16)] * 2


def test_lanes_of_different_lengths_share_no_call_and_keep_their_pictures(tiny_model):
    texts = ["a (boat:1.3)", "a BREAK b", "the moon", "c BREAK (d:0.7)"]
    alone = [answer([lane(tiny_model, text)], tiny_model.denoise)[0] for text in texts]
    running = [lane(tiny_model, text) for text in texts]
    groups = list(together(running))
    assert sorted(len(group) for group in groups) == [2, 2]
    for group in groups:
        assert len({row.conditioning.shape for one in group for row in one.rows()}) == 1
        for one, rows in zip(group, answer(group, tiny_model.denoise), strict=True):
            for mine, neighbourless in zip(rows, alone[running.index(one)], strict=True):
                torch.testing.assert_close(mine, neighbourless, atol=1e-5, rtol=1e-5)


def test_an_unguided_lane_does_not_grow_by_a_negative_prompt_that_it_never_reads(tiny_model):
    (row,) = lane(tiny_model, "a", "b BREAK c", guidance=1.0).rows()
    assert row.conditioning.shape == (1, 77, 16)
