import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import CLIPTextModel, CLIPTokenizer


def test_a_prompt_is_encoded_as_stable_diffusion_encodes_it(tiny_model, tiny_resources):
    folder = tiny_resources / "starter"
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    network = CLIPTextModel.from_pretrained(folder / "text_encoder").eval()
    ids = tokenizer("a boat", padding="max_length", truncation=True, return_tensors="pt").input_ids
    with torch.no_grad():
        expected = network(ids).last_hidden_state
    assert ids.shape == (1, 77)
    torch.testing.assert_close(tiny_model.prompts.encode("a boat"), expected)


def test_the_same_prompt_is_encoded_once(tiny_model):
    assert tiny_model.prompts.encode("a cat") is tiny_model.prompts.encode("a cat")


def test_tokens_are_counted_with_both_marks(tiny_model):
    assert tiny_model.prompts.count("") == 2
    assert tiny_model.prompts.count("abc") == 5  # the tiny tokenizer knows single letters alone


def test_ten_thousand_words_are_read_as_far_as_the_encoder_goes(tiny_model):
    long = "boat " * 10_000
    assert tiny_model.prompts.count(long) == 40_002
    assert tiny_model.prompts.encode(long).shape == (1, 77, 16)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_text_is_too_strange_to_encode(tiny_model, text):
    """Surrogates, NUL, joined emoji, right-to-left marks."""
    assert torch.isfinite(tiny_model.prompts.encode(text)).all()
