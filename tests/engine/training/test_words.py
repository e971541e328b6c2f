import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import pre_tokenizers
from transformers import CLIPTokenizer

from engine.training.plan import TextShape
from engine.training.words import BOS, EOS, MARK, encode, learn_words, save_words

LENGTH = 77


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words")
    save_words(learn_words(TextShape(), seed=0, captions=2000), folder)
    return CLIPTokenizer.from_pretrained(folder)


def test_every_byte_is_a_token_inside_and_at_the_end_of_a_word(tokenizer):
    vocabulary = tokenizer.get_vocab()
    for letter in pre_tokenizers.ByteLevel.alphabet():
        assert letter in vocabulary
        assert letter + MARK in vocabulary


def test_the_last_two_tokens_are_begin_and_end(tokenizer):
    vocabulary = tokenizer.get_vocab()
    assert vocabulary[BOS] == len(vocabulary) - 2
    assert vocabulary[EOS] == len(vocabulary) - 1
    assert tokenizer.pad_token_id == tokenizer.eos_token_id
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))


def test_common_words_are_one_token(tokenizer):
    assert len(tokenizer("a red boat at night").input_ids) == 2 + 5


def test_prompts_are_padded_to_the_length_that_the_pipeline_uses(tokenizer):
    assert tokenizer.model_max_length == LENGTH
    ids = encode(tokenizer, ["", "a boat", "boat " * 200])
    assert ids.shape == (3, LENGTH)
    assert ids[0].tolist() == [tokenizer.bos_token_id] + [tokenizer.eos_token_id] * 76
    assert int(ids[2, -1]) == tokenizer.eos_token_id


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=40))
def test_no_text_holds_anything_unknown(tokenizer, text):
    # The unknown token is EOS, as in CLIP: it may stand only where a text really ends.
    ids = tokenizer(text.replace("<|", ""), add_special_tokens=False).input_ids
    assert tokenizer.eos_token_id not in ids


@pytest.mark.parametrize("text", ["日落时海上的红帆船", "⛵🌅", "zażółć gęślą jaźń", "лодка"])
def test_other_scripts_come_back_as_they_were(tokenizer, text):
    ids = tokenizer(text, add_special_tokens=False).input_ids
    assert tokenizer.decode(ids).replace(" ", "") == text.replace(" ", "")
