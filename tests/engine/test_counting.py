import json
import random
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import CLIPTokenizer

from engine.checkpoints.encoders import tokenizer
from engine.counting import Counter
from engine.errors import CheckpointError
from engine.library.plan import Vocabulary
from engine.paths import RESOURCES
from engine.prompts import PromptEncoder
from engine.wording.chunks import MOST_CHUNKS, lay_out

STARTER = RESOURCES / "starter" / "tokenizer"
TEXT = """
    a boat, red sailing, 红色的帆船 ，夕阳 （柔和：1.2） d'été L'Océan 3.14 100% it's don't
    (big:1.3) [small] ((soft)) (warm [dark]) \\(text\\) {a|b} BREAK <|endoftext|> !! 😀 ½ ㍿
"""
SOME = TEXT.split()


@pytest.fixture(scope="module")
def counter():
    return Counter(STARTER)


def encoder(folder, pad=None):
    """What the engine loads of a vocabulary; it counts without a network."""
    return PromptEncoder(tokenizer(Vocabulary(folder, pad)), None)


@pytest.fixture(scope="module")
def engines():
    return encoder(STARTER)


def prompts(number):
    """Prompts of all lengths: languages, weights, BREAKs, commas and special tokens mixed."""
    chance = random.Random("etascope prompts")
    for _ in range(number):
        yield " ".join(chance.choices(SOME, k=chance.randrange(120)))


def agree(counter, engines, prompt):
    assert lay_out(prompt, counter.reader) == lay_out(prompt, engines._reader)
    count = counter.count(prompt)
    assert count.tokens + 2 == engines.count(prompt)
    assert min(count.chunks, MOST_CHUNKS) == engines.chunks(prompt)
    assert count.limit + 2 == engines.limit


def test_it_sees_the_very_tokens_that_the_engines_encoder_sees(counter, engines):
    for prompt in prompts(300):
        agree(counter, engines, prompt)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_it_agrees_about_any_text(counter, engines, text):
    agree(counter, engines, text)


def padding_of_its_own(folder):
    """As Stable Diffusion 2 and the second tokenizer of SDXL have it."""
    for name in ("tokenizer_config.json", "special_tokens_map.json"):
        values = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(values | {"pad_token": "!"}))


def one_file(folder):
    """As transformers writes them today."""
    words = CLIPTokenizer.from_pretrained(folder)
    shutil.rmtree(folder)
    words.save_pretrained(folder)
    assert not (folder / "vocab.json").exists()


def words_alone(folder):
    """Nothing but what there must be."""
    for name in ("tokenizer_config.json", "special_tokens_map.json"):
        (folder / name).unlink()


@pytest.mark.parametrize("pad", [None, "!"])
@pytest.mark.parametrize("rewritten", [padding_of_its_own, one_file, words_alone])
def test_it_reads_the_files_in_every_form_in_which_checkpoints_have_them(tmp_path, rewritten, pad):
    folder = tmp_path / "tokenizer"
    shutil.copytree(STARTER, folder)
    rewritten(folder)
    counter, engines = Counter(folder, pad), encoder(folder, pad)
    for prompt in prompts(20):
        agree(counter, engines, prompt)
    for chunk in lay_out("a boat BREAK b!", counter.reader):
        assert counter.reader.ids(chunk) == engines._reader.ids(chunk)


def test_it_needs_no_torch():
    question = (
        "import sys; from pathlib import Path; from engine.counting import Counter;"
        f"print(Counter(Path({str(STARTER)!r})).count('a boat').tokens, *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )
    count, *modules = done.stdout.split()
    assert count == "2"
    assert not {"torch", "diffusers", "transformers", "accelerate", "PySide6"} & set(modules)


# Where chunks end


def test_the_empty_prompt_has_no_tokens_and_one_chunk(counter):
    count = counter.count("")
    assert (count.tokens, count.chunks, count.limit, count.breaks, count.cut) == (
        0,
        1,
        75,
        (),
        None,
    )


def test_offsets_are_those_in_the_prompt_as_it_was_typed(counter):
    prompt = "a (red:1.2) boat BREAK the \\(sea\\)"
    (offset,) = counter.count(prompt).breaks
    assert prompt[:offset] == "a (red:1.2) boat"


def test_a_full_chunk_ends_after_75_tokens(counter):
    prompt = "a " * 100
    count = counter.count(prompt)
    assert (count.tokens, count.chunks) == (100, 2)
    assert count.breaks == (len("a " * 75) - 1,)


def test_a_full_chunk_ends_behind_a_comma_that_is_near_its_end(counter):
    near = "a " * 59 + "a, " + "b " * 30
    (offset,) = counter.count(near).breaks
    assert near[:offset].endswith("a,")
    far = "a " * 50 + "a, " + "b " * 40
    assert far[: counter.count(far).breaks[0]].endswith("b")


def test_a_comma_that_no_longer_fits_begins_the_next_chunk(counter):
    prompt = "a " * 75 + ", b"
    count = counter.count(prompt)
    assert count.breaks == (len("a " * 75) - 1,)
    assert lay_out(prompt, counter.reader)[1].ids[0] == counter.reader.comma


def test_what_is_moved_behind_a_comma_keeps_its_weight(counter):
    _, moved = lay_out("a " * 60 + ", b (c:1.5) " + "d " * 20, counter.reader)
    assert moved.weights[:3] == (1, 1.5, 1)


def test_an_empty_section_is_an_empty_chunk_but_not_at_the_end(counter):
    assert counter.count("BREAK a").chunks == 2
    assert counter.count("a BREAK BREAK b").chunks == 3
    assert counter.count("a BREAK BREAK ").chunks == 1


def test_behind_the_last_chunk_that_is_read_the_prompt_is_cut(counter):
    prompt = "a " * (75 * MOST_CHUNKS)
    assert counter.count(prompt).cut is None
    count = counter.count(prompt + "b")
    assert count.cut == len(prompt) - 1
    assert len(count.breaks) == MOST_CHUNKS - 1


@given(st.lists(st.sampled_from(SOME), max_size=150))
def test_chunks_hold_all_tokens_in_order_and_never_too_many(counter, parts):
    prompt = " ".join(parts)
    chunks = lay_out(prompt, counter.reader)
    assert all(len(chunk.ids) == len(chunk.weights) <= 75 for chunk in chunks)
    ends = [chunk.end for chunk in chunks]
    assert ends == sorted(ends)
    assert ends[-1] <= len(prompt)
    whole = prompt.replace("BREAK", " ")
    if "(" not in whole and "[" not in whole and "\\" not in whole:
        every = [token for chunk in chunks for token in chunk.ids]
        assert every == list(counter.reader.tokenize(whole)[0])


# Damaged files


@pytest.mark.parametrize("name", ["vocab.json", "merges.txt", "tokenizer_config.json"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1, 2]", b'{"a": "b"}', b"a b c\nd"])
def test_damaged_files_are_a_known_error_or_read(tmp_path, name, content):
    folder = tmp_path / "tokenizer"
    shutil.copytree(STARTER, folder)
    (folder / name).write_bytes(content)
    refusal = None
    try:
        assert Counter(folder).count("a boat").tokens > 0
    except CheckpointError as error:
        refusal = error
    assert refusal is None or (str(folder) in refusal.message and refusal.advice)


def test_a_folder_that_is_not_there_is_a_known_error(tmp_path):
    with pytest.raises(CheckpointError, match="nowhere"):
        Counter(tmp_path / "nowhere")
