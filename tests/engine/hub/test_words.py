"""The vocabulary that a model in a file lacks: got from its text encoder's repository."""

import json

import pytest

from engine import library
from engine.errors import CheckpointError, WordsMissing, problem_of
from engine.hub.begun import all_begun
from engine.hub.talk import Done
from engine.library.vocabulary import PLAIN, REPOSITORY, find_vocabulary
from engine.paths import current_paths
from tests import plain
from tests.hub_server import Repository

WORDS = {
    name.removeprefix("tokenizer/"): data
    for name, data in plain.checkpoint().items()
    if name.startswith("tokenizer/")
}
ENCODER = WORDS | {
    "config.json": b"{}",
    "model.safetensors": plain.safetensors({"a": (9, 9)}),
    "pytorch_model.bin": b"a pickle",
    "tokenizer.json": b"{}",
}


@pytest.fixture
def encoder(hub):
    hub.repositories[REPOSITORY] = Repository(dict(ENCODER), licence="")
    return hub.repositories[REPOSITORY]


def test_a_file_without_a_vocabulary_finds_the_one_that_was_got(get, encoder, hub, tmp_path):
    with pytest.raises(WordsMissing, match="no vocabulary of its own") as caught:
        find_vocabulary(len(plain.SPECIAL), tmp_path / "model.safetensors")
    assert problem_of(caught.value).wants_words
    assert REPOSITORY in caught.value.advice
    done = get(REPOSITORY)[-1]
    assert isinstance(done, Done)
    assert done.id == ""
    assert str(find_vocabulary(len(plain.SPECIAL), tmp_path / "model.safetensors")) == done.path
    asked = {path.rpartition("/")[2] for path in hub.paths()}
    assert asked == set(WORDS)
    assert [one.id for one in library.checkpoints()] == ["starter"]
    assert all_begun(current_paths()) == ()


def test_of_a_whole_model_with_words_at_its_top_the_model_is_got(get, encoder, hub):
    encoder.files |= plain.checkpoint()
    assert get(REPOSITORY)[-1].id.startswith(f"{REPOSITORY}@")


@pytest.mark.parametrize(
    "words", [{"a": 0, "b": 1}, {"<|startoftext|>": 1, "<|endoftext|>": 0}, {}, []]
)
def test_a_vocabulary_of_another_kind_is_refused_and_nothing_of_it_stays(get, encoder, words):
    encoder.files["vocab.json"] = json.dumps(words).encode()
    with pytest.raises(CheckpointError):
        get(REPOSITORY)
    assert all_begun(current_paths()) == ()
    assert not list(current_paths().models.glob("hub/*/vocab.json"))


def test_both_files_are_wanted(get, encoder):
    del encoder.files[PLAIN[1]], encoder.files["model.safetensors"]
    with pytest.raises(CheckpointError, match="pickles"):
        get(REPOSITORY)
